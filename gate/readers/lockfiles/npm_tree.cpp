#include "gate/readers/lockfiles/npm_tree.h"

namespace gate::readers::lockfiles {

NpmTree::NpmTree(const Lockfile& lock) {
  nodes_.reserve(lock.packages.size() + lock.links.size());
  for (const Package& package : lock.packages)
    nodes_[package.key].package = &package;
  for (const Link& link : lock.links)
    nodes_[link.key].link = &link;
}

const NpmTree::Node* NpmTree::find(std::string_view key) const {
  const auto found = nodes_.find(key);
  return found == nodes_.end() ? nullptr : &found->second;
}

const NpmTree::Node* NpmTree::resolve(std::string_view from, std::string_view name) {
  std::string_view place = from;
  while (true) {
    probe_.assign(place);
    if (!probe_.empty()) probe_ += '/';
    probe_ += kNodeModules;
    probe_ += name;
    if (const Node* node = find(probe_)) return node;
    if (place.empty()) return nullptr;
    const std::size_t modules = place.rfind(kNodeModules);
    if (modules == 0) {
      place = {};
    } else if (modules != std::string_view::npos && place[modules - 1] == '/') {
      place = place.substr(0, modules - 1);
    } else {
      const std::size_t slash = place.rfind('/');
      place = slash == std::string_view::npos ? std::string_view() : place.substr(0, slash);
    }
  }
}

const Package* NpmTree::package_of(const Node& node) const {
  if (node.link == nullptr) return node.package;
  const Node* folder = find(node.link->target);
  return folder != nullptr ? folder->package : nullptr;
}

}  // namespace gate::readers::lockfiles
