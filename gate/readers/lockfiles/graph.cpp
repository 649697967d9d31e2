#include "gate/readers/lockfiles/graph.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/formats.h"
#include "gate/readers/lockfiles/npm_spec.h"
#include "gate/readers/lockfiles/npm_tree.h"
#include "gate/readers/lockfiles/pnpm_key.h"

namespace gate::readers::lockfiles {
namespace {

using Index = std::optional<std::uint32_t>;

// Leads from a requirement to a package.
class Resolver {
 public:
  virtual ~Resolver() = default;
  // `asker`: the package that asks; null for the project in the folder `project`.
  virtual Index resolve(const Package* asker, std::string_view project,
                        const Requirement& requirement) = 0;
  // What the lock settled for a requirement of a project, where it says so.
  virtual Index resolve_locked(const Project& project, const Requirement& requirement,
                               std::string_view /*locked*/) {
    return resolve(nullptr, project.path, requirement);
  }
};

class NpmResolver final : public Resolver {
 public:
  explicit NpmResolver(const Lockfile& lock) : lock_(lock), tree_(lock) {}

  Index resolve(const Package* asker, std::string_view project,
                const Requirement& requirement) override {
    const NpmTree::Node* node =
        tree_.resolve(asker != nullptr ? asker->key : project, requirement.name);
    if (node == nullptr) return std::nullopt;
    const Package* package = tree_.package_of(*node);
    if (package == nullptr) return std::nullopt;
    return static_cast<std::uint32_t>(package - lock_.packages.data());
  }

 private:
  const Lockfile& lock_;
  NpmTree tree_;
};

class YarnResolver final : public Resolver {
 public:
  explicit YarnResolver(const Lockfile& lock) {
    for (std::uint32_t index = 0; index < lock.packages.size(); ++index) {
      for (const std::string_view text : lock.descriptors(lock.packages[index])) {
        const NpmAlias parts = split_npm_descriptor(text);
        by_descriptor_.emplace(descriptor(parts.name, parts.range), index);
        by_name_.emplace(parts.name, index);
      }
    }
  }

  Index resolve(const Package* /*asker*/, std::string_view /*project*/,
                const Requirement& requirement) override {
    const auto found = by_descriptor_.find(descriptor(requirement.name, requirement.range));
    if (found != by_descriptor_.end()) return found->second;
    // A resolution has put another range in its place.
    const auto named = by_name_.find(requirement.name);
    if (named == by_name_.end() || by_name_.count(requirement.name) != 1) return std::nullopt;
    return named->second;
  }

 private:
  static std::string descriptor(std::string_view name, std::string_view range) {
    if (range.starts_with("npm:") && range.find('@', 5) == std::string_view::npos)
      range.remove_prefix(4);
    std::string text(name);
    text += '@';
    text += range;
    return text;
  }

  std::unordered_map<std::string, std::uint32_t> by_descriptor_;
  std::unordered_multimap<std::string_view, std::uint32_t> by_name_;
};

class PnpmResolver final : public Resolver {
 public:
  explicit PnpmResolver(const Lockfile& lock) {
    for (std::uint32_t index = 0; index < lock.packages.size(); ++index)
      by_key_.emplace(lock.packages[index].key, index);
  }

  // A package asks for versions that are settled.
  Index resolve(const Package* /*asker*/, std::string_view /*project*/,
                const Requirement& requirement) override {
    return find(requirement.name, requirement.range);
  }
  Index resolve_locked(const Project& /*project*/, const Requirement& requirement,
                       std::string_view locked) override {
    return find(requirement.name, locked);
  }

 private:
  Index find(std::string_view name, std::string_view version) {
    if (version.starts_with("link:")) return std::nullopt;
    std::string id(name);
    for (const std::string_view text : {version, without_peers(version)}) {
      // An alias names the key itself; so does an address.
      for (const std::string& key :
           {std::string(text), "/" + std::string(text), id + "@" + std::string(text),
            "/" + id + "@" + std::string(text), "/" + id + "/" + std::string(text)}) {
        const auto found = by_key_.find(key);
        if (found != by_key_.end()) return found->second;
      }
    }
    return std::nullopt;
  }

  std::unordered_map<std::string_view, std::uint32_t> by_key_;
};

// Keys are ways through the tree: "a/b" is the b that only a has.
class BunResolver final : public Resolver {
 public:
  explicit BunResolver(const Lockfile& lock) {
    for (std::uint32_t index = 0; index < lock.packages.size(); ++index)
      by_key_.emplace(lock.packages[index].key, index);
  }

  Index resolve(const Package* asker, std::string_view /*project*/,
                const Requirement& requirement) override {
    std::string place(asker != nullptr ? asker->key : std::string_view());
    while (true) {
      std::string key = place.empty() ? "" : place + "/";
      key += requirement.name;
      const auto found = by_key_.find(key);
      if (found != by_key_.end()) return found->second;
      if (place.empty()) return std::nullopt;
      const std::size_t slash = place.rfind('/');
      place.resize(slash == std::string::npos ? 0 : slash);
    }
  }

 private:
  std::unordered_map<std::string_view, std::uint32_t> by_key_;
};

// By name, and where several versions are locked by the version that is asked for.
class NameResolver final : public Resolver {
 public:
  explicit NameResolver(const Lockfile& lock) : lock_(lock) {
    for (std::uint32_t index = 0; index < lock.packages.size(); ++index)
      by_name_.emplace(canonical_name(lock.ecosystem, lock.packages[index].name), index);
    for (const Provision& provision : lock.provisions) {
      if (!provision.is_alias && provision.package < lock.packages.size())
        by_name_.emplace(canonical_name(lock.ecosystem, provision.name), provision.package);
    }
  }

  Index resolve(const Package* /*asker*/, std::string_view /*project*/,
                const Requirement& requirement) override {
    // "name[extra]>=1" is what pdm writes.
    const std::string_view bare =
        requirement.name.substr(0, requirement.name.find_first_of(" [<>=!~;@"));
    const auto [first, last] = by_name_.equal_range(canonical_name(lock_.ecosystem, bare));
    Index any;
    for (auto entry = first; entry != last; ++entry) {
      if (lock_.packages[entry->second].version == requirement.range) return entry->second;
      any = entry->second;
    }
    return any;
  }

 private:
  const Lockfile& lock_;
  std::unordered_multimap<std::string, std::uint32_t> by_name_;
};

std::unique_ptr<Resolver> make_resolver(const Lockfile& lock) {
  if (lock.format == kNpm.name) return std::make_unique<NpmResolver>(lock);
  if (lock.format == kYarn.name) return std::make_unique<YarnResolver>(lock);
  if (lock.format == kPnpm.name) return std::make_unique<PnpmResolver>(lock);
  if (lock.format == kBun.name) return std::make_unique<BunResolver>(lock);
  return std::make_unique<NameResolver>(lock);
}

// What a project asks for something for. Berry's copy of a manifest does not say; the manifests do.
Need need_of(const Lockfile& lock, const Requirement& requirement,
             const std::vector<Requirement>& wanted) {
  if (lock.format != kYarn.name || requirement.need != Need::production) return requirement.need;
  bool is_development = false;
  for (const Requirement& one : wanted) {
    if (one.name != requirement.name) continue;
    if (one.need != Need::development) return one.need;
    is_development = true;
  }
  return is_development ? Need::development : requirement.need;
}

}  // namespace

Graph::Graph(const Lockfile& lock, const std::vector<Requirement>& wanted) {
  const std::unique_ptr<Resolver> resolver = make_resolver(lock);
  edges_.resize(lock.packages.size());
  for (std::size_t index = 0; index < lock.packages.size(); ++index) {
    const Package& package = lock.packages[index];
    for (const Requirement& requirement : lock.requirements(package.requirements)) {
      if (requirement.need == Need::development || requirement.need == Need::platform) continue;
      if (const Index target = resolver->resolve(&package, {}, requirement))
        edges_[index].push_back(*target);
    }
  }
  for (const Project& project : lock.projects) {
    const auto requirements = lock.requirements(project.requirements);
    const auto locked = lock.locked(project);
    for (std::size_t index = 0; index < requirements.size(); ++index) {
      const Index target =
          index < locked.size()
              ? resolver->resolve_locked(project, requirements[index], locked[index])
              : resolver->resolve(nullptr, project.path, requirements[index]);
      if (target) roots_.push_back({*target, need_of(lock, requirements[index], wanted)});
    }
  }
  if (!roots_.empty()) return;
  for (const Requirement& requirement : wanted) {
    if (const Index target = resolver->resolve(nullptr, {}, requirement))
      roots_.push_back({*target, requirement.need});
  }
}

std::vector<std::uint32_t> Graph::asked_by(std::uint32_t package) const {
  std::vector<std::uint32_t> askers;
  for (std::uint32_t index = 0; index < edges_.size(); ++index) {
    if (std::find(edges_[index].begin(), edges_[index].end(), package) != edges_[index].end())
      askers.push_back(index);
  }
  return askers;
}

std::vector<std::uint32_t> Graph::way_to(std::uint32_t package) const {
  constexpr std::uint32_t kUnseen = 0xFFFFFFFF;
  std::vector<std::uint32_t> from(edges_.size(), kUnseen);
  std::vector<std::uint32_t> open;
  for (const Root& root : roots_) {
    if (from[root.package] != kUnseen) continue;
    from[root.package] = root.package;
    open.push_back(root.package);
  }
  for (std::size_t at = 0; at < open.size(); ++at) {
    if (open[at] == package) break;
    for (const std::uint32_t next : edges_[open[at]]) {
      if (from[next] != kUnseen) continue;
      from[next] = open[at];
      open.push_back(next);
    }
  }
  std::vector<std::uint32_t> way;
  if (from[package] == kUnseen) return way;
  for (std::uint32_t at = package;; at = from[at]) {
    way.push_back(at);
    if (from[at] == at) break;
  }
  std::reverse(way.begin(), way.end());
  return way;
}

std::optional<std::vector<bool>> Graph::development_only() const {
  if (roots_.empty()) return std::nullopt;
  std::vector<bool> production(edges_.size(), false);
  std::vector<bool> development(edges_.size(), false);
  const auto reach = [&](bool for_development, std::vector<bool>& reached) {
    std::vector<std::uint32_t> open;
    const auto go = [&](std::uint32_t package) {
      if (reached[package]) return;
      reached[package] = true;
      open.push_back(package);
    };
    for (const Root& root : roots_) {
      if ((root.need == Need::development) == for_development) go(root.package);
    }
    while (!open.empty()) {
      const std::uint32_t at = open.back();
      open.pop_back();
      for (const std::uint32_t next : edges_[at])
        go(next);
    }
  };
  reach(false, production);
  reach(true, development);
  for (std::size_t index = 0; index < edges_.size(); ++index)
    development[index] = development[index] && !production[index];
  return development;
}

}  // namespace gate::readers::lockfiles
