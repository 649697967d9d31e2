#include "gate/readers/routes/classes.h"

#include <algorithm>

#include "gate/readers/formats/json.h"

namespace gate::readers::laravel {
namespace {

constexpr std::size_t kMaxParents = 8;

bool is_class_like(php::NodeKind kind) {
  return kind == php::NodeKind::class_declaration || kind == php::NodeKind::trait_declaration ||
         kind == php::NodeKind::enum_declaration;
}

// Returns the class that fits, also inside a namespace in braces.
php::NodeId find_in(php::Node parent, std::string_view short_name) {
  for (const php::Node node : parent.children()) {
    if (is_class_like(node.kind()) &&
        (short_name.empty() || php::same_name(php::short_name(node.text()), short_name)))
      return node.id();
    if (node.is(php::NodeKind::namespace_statement) || node.is(php::NodeKind::block)) {
      if (const php::NodeId inner = find_in(node, short_name); inner != 0) return inner;
    }
  }
  return 0;
}

std::string with_slash(std::string folder) {
  if (!folder.empty() && folder.back() != '/') folder += '/';
  return folder;
}

}  // namespace

php::Node ClassFile::method(std::string_view name) const {
  for (const php::Node member : members().children())
    if (member.is(php::NodeKind::method) && php::same_name(member.text(), name)) return member;
  return {file.tree.get(), 0};
}

php::Node ClassFile::property(std::string_view name) const {
  for (const php::Node member : members().children()) {
    if (!member.is(php::NodeKind::property_declaration)) continue;
    for (const php::Node element : member.children())
      if (element.is(php::NodeKind::variable_element) && element.text() == name)
        return element.first();
  }
  return {file.tree.get(), 0};
}

Classes::Classes(const ProjectFiles& files, World& world) : files_(files), world_(world) {
  read_autoload();
}

void Classes::read_autoload() {
  std::optional<std::string> text = files_.read("composer.json");
  if (text) {
    const auto document =
        parse_json(std::make_shared<const base::Source>("composer.json", *std::move(text)));
    const std::optional<Value> autoload =
        document ? (*document)->root().find("autoload") : std::nullopt;
    const std::optional<Value> psr4 = autoload ? autoload->find("psr-4") : std::nullopt;
    if (psr4) {
      for (const Value& entry : psr4->children()) {
        if (entry->kind == NodeKind::string)
          prefixes_.emplace_back(entry->key, with_slash(std::string(entry->text)));
        for (const Value& folder : entry.children())
          prefixes_.emplace_back(entry->key, with_slash(std::string(folder->text)));
      }
    }
  }
  if (prefixes_.empty()) prefixes_.emplace_back("App\\", "app/");
  std::stable_sort(prefixes_.begin(), prefixes_.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

std::optional<ClassFile> Classes::first_of(std::string_view path) {
  const std::optional<php::File> file = world_.file(path);
  if (!file) return std::nullopt;
  const php::NodeId node = find_in(file->tree->root(), {});
  return node == 0 ? std::nullopt : std::optional(ClassFile{*file, node});
}

std::optional<ClassFile> Classes::in_file(const std::string& path, std::string_view short_name) {
  const std::optional<php::File> file = world_.file(path);
  if (!file) return std::nullopt;
  const php::NodeId node = find_in(file->tree->root(), short_name);
  return node == 0 ? std::nullopt : std::optional(ClassFile{*file, node});
}

std::optional<ClassFile> Classes::find(std::string_view name) {
  if (name.starts_with('\\')) name.remove_prefix(1);
  for (const auto& [prefix, root] : prefixes_) {
    if (!name.starts_with(prefix)) continue;
    std::string path = root + std::string(name.substr(prefix.size())) + ".php";
    std::replace(path.begin(), path.end(), '\\', '/');
    if (std::optional<ClassFile> found = in_file(path, php::short_name(name))) return found;
  }
  return std::nullopt;
}

std::optional<ClassFile> Classes::find(std::string_view name, std::string_view folder) {
  if (std::optional<ClassFile> found = find(name)) return found;
  // Where the name does not lead to a file: the only file of that name.
  const std::string_view short_name = php::short_name(name);
  const std::string wanted = "/" + std::string(short_name) + ".php";
  std::string only;
  for (const std::string& path : files_.below(folder)) {
    if (!path.ends_with(wanted)) continue;
    if (!only.empty()) return std::nullopt;
    only = path;
  }
  return only.empty() ? std::nullopt : in_file(only, short_name);
}

std::optional<Classes::Method> Classes::find_method(const ClassFile& of, std::string_view name) {
  std::vector<ClassFile> open{of};
  for (std::size_t i = 0; i < open.size() && i < kMaxParents; ++i) {
    const ClassFile at = open[i];
    if (const php::Node method = at.method(name)) return Method{at, method};
    const auto follow = [&](std::string_view class_name) {
      if (std::optional<ClassFile> next = find(class_name, "app")) {
        const bool seen = std::any_of(open.begin(), open.end(), [&](const ClassFile& known) {
          return known.file.tree == next->file.tree && known.node == next->node;
        });
        if (!seen) open.push_back(*std::move(next));
      }
    };
    for (const php::Node member : at.members().children()) {
      if (!member.is(php::NodeKind::trait_use)) continue;
      for (const php::Node trait : member.children())
        follow(trait.text());
    }
    for (const php::Node parent : at.declaration().child(1).children())
      follow(parent.text());
  }
  return std::nullopt;
}

}  // namespace gate::readers::laravel
