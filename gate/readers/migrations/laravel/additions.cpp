// What the code of an application adds to Laravel's schema builder before migrations run: macros of
// Blueprint, the kind of ids that morphs() makes; and files of SQL that migrations read.
#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/migrations/laravel/project.h"

namespace gate::readers::migrations::laravel {
namespace {

using php::Node;
using php::NodeKind;

bool is_closure(Node node) {
  return node.is(NodeKind::closure) || node.is(NodeKind::arrow_function);
}

void each_static_call(Node node, const std::function<void(Node)>& found) {
  if (node.is(NodeKind::static_call)) found(node);
  for (const Node child : node.children())
    each_static_call(child, found);
}

// Returns the value of the argument of this place, or a none.
Node argument(Node call, std::size_t place) { return call.child(1).child(place).child(0); }

// What stands for the folder of the application in paths, wherever it will lie.
constexpr std::string_view kRoot = "/{application}/";

}  // namespace

std::optional<std::string> Project::path_of(std::string_view helper, std::string_view below) {
  const auto folder = readers::laravel::World::helper_folder(helper);
  if (!folder) return std::nullopt;
  return fmt::format("{}{}/{}", kRoot, *folder, below);
}

std::optional<std::string> Project::folder_of(std::string_view file) const {
  // The path is one of the repository, where the application may lie in a folder.
  while (!files_.has(file)) {
    const std::size_t slash = file.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    file.remove_prefix(slash + 1);
  }
  const std::size_t slash = file.rfind('/');
  const bool at_root = slash == std::string_view::npos;
  return std::string(kRoot) + std::string(file.substr(0, at_root ? 0 : slash));
}

std::optional<std::string> Project::text_of(std::string_view path) const {
  if (!path.starts_with(kRoot)) return std::nullopt;
  return world_.text(path.substr(kRoot.size()));
}

void Project::read_additions() {
  if (std::exchange(has_additions_, true)) return;
  for (const std::string& path : files_.below("app")) {
    if (!path.ends_with(".php")) continue;
    const std::optional<std::string> text = files_.read(path);
    if (!text || (text->find("Blueprint::") == std::string::npos &&
                  text->find("orphKeyType") == std::string::npos &&
                  text->find("morphUsing") == std::string::npos))
      continue;
    std::optional<php::File> file = world_.file(path);
    if (!file) continue;
    each_static_call(file->tree->root(), [&](Node call) {
      const std::string_view scope = php::short_name(call.child(0).text());
      const std::string_view method = call.text();
      if (scope == "Schema" || scope == "Builder") {
        const std::string_view kind = argument(call, 0).text();
        if (method == "morphUsingUuids" || (method == "defaultMorphKeyType" && kind == "uuid"))
          morph_key_ = Model::Key::uuid;
        if (method == "morphUsingUlids" || (method == "defaultMorphKeyType" && kind == "ulid"))
          morph_key_ = Model::Key::ulid;
      }
      if (scope != "Blueprint") return;
      if (method == "macro" && argument(call, 0).is(NodeKind::string) &&
          is_closure(argument(call, 1)))
        macros_.insert_or_assign(std::string(argument(call, 0).text()), argument(call, 1));
      // mixin(new Columns): each method gives the closure of the macro of its name.
      if (method != "mixin" || !argument(call, 0).is(NodeKind::new_object)) return;
      const auto mixed = class_named(argument(call, 0).child(0).text());
      if (!mixed) return;
      for (const Node member : mixed->child(3).children()) {
        if (!member.is(NodeKind::method)) continue;
        const Node last = member.child(3).first();
        if (last.is(NodeKind::return_statement) && is_closure(last.child(0)))
          macros_.insert_or_assign(std::string(member.text()), last.child(0));
      }
    });
    providers_.push_back(*std::move(file));
  }
}

}  // namespace gate::readers::migrations::laravel
