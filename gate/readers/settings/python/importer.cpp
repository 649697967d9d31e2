// Imports: modules of the project are run, libraries are known by name, the rest is unknown.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/glob.h"
#include "gate/readers/settings/python/evaluator.h"

namespace gate::readers::python {
namespace {

std::string with_slashes(std::string_view dotted) {
  std::string path(dotted);
  std::replace(path.begin(), path.end(), '.', '/');
  return path;
}

std::string below(std::string_view folder, std::string_view path) {
  return folder.empty() ? std::string(path) : fmt::format("{}/{}", folder, path);
}

std::string_view first_part(std::string_view dotted) { return dotted.substr(0, dotted.find('.')); }
std::string_view last_part(std::string_view dotted) {
  const std::size_t dot = dotted.rfind('.');
  return dot == std::string_view::npos ? dotted : dotted.substr(dot + 1);
}
std::string_view parent(std::string_view dotted) {
  const std::size_t dot = dotted.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : dotted.substr(0, dot);
}

// Names of modules that hold what one machine needs and are kept out of the repository.
bool sounds_local(std::string_view name) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"local", "settings", "secret", "private", "override", "custom_conf", "development", "dev_"});
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

}  // namespace

// Returns the path of a module of the project.
std::optional<std::string> Evaluator::find_module(std::string_view dotted) const {
  const std::string path = with_slashes(dotted);
  for (const std::string& root : options_.roots) {
    std::string package = below(root, path + "/__init__.py");
    if (files_.has(package)) return package;
    std::string plain = below(root, path + ".py");
    if (files_.has(plain)) return plain;
  }
  return std::nullopt;
}

// Returns whether a folder of the project holds modules under this name.
bool Evaluator::is_package(std::string_view dotted) const {
  const std::string path = with_slashes(dotted);
  return std::any_of(options_.roots.begin(), options_.roots.end(), [&](const std::string& root) {
    const std::vector<std::string> files = files_.below(below(root, path));
    return std::any_of(files.begin(), files.end(),
                       [](const std::string& file) { return file.ends_with(".py"); });
  });
}

Value Evaluator::import_module(std::string_view name) {
  import_parents(name);
  Value module = Value::unknown(fmt::format("the module `{}` is not in the repository", name));
  if (const std::optional<std::string> path = find_module(name)) {
    module = import_project(std::string(name), *path);
  }
  raised_.reset();
  return module;
}

Value Evaluator::run_program(std::string_view path) {
  std::optional<std::string> text = files_.read(path);
  if (!text) return Value::unknown(fmt::format("there is no file {}", path));
  programs_.push_back(std::make_unique<Module>("__main__", std::string(path), *std::move(text)));
  Module& module = *programs_.back();
  auto object = std::make_shared<Object>(Type::module);
  object->name = module.name;
  object->module = &module;
  module.object = Value(std::move(object));
  run_module(module);
  raised_.reset();
  return module.object;
}

// A package is run before what it holds.
void Evaluator::import_parents(std::string_view dotted) {
  for (std::size_t dot = dotted.find('.'); dot != std::string_view::npos;
       dot = dotted.find('.', dot + 1)) {
    const std::string name(dotted.substr(0, dot));
    if (const std::optional<std::string> path = find_module(name)) {
      if (path->ends_with("/__init__.py")) import_project(name, *path);
    }
  }
}

Value Evaluator::import_project(const std::string& dotted, const std::string& path) {
  if (const auto found = modules_.find(dotted); found != modules_.end()) {
    return found->second->object;
  }
  std::optional<std::string> text = files_.read(path);
  if (!text) return Value::unknown(fmt::format("{} cannot be read, or is larger than 4 MB", path));
  Module& module =
      *modules_.emplace(dotted, std::make_unique<Module>(dotted, path, *std::move(text)))
           .first->second;
  auto object = std::make_shared<Object>(Type::module);
  object->name = dotted;
  object->module = &module;
  module.object = Value(std::move(object));
  run_module(module);
  // A package knows its modules by name once they are imported.
  if (const auto above = modules_.find(parent(dotted)); above != modules_.end()) {
    touch(above->second->object);
    above->second->object.object()->content.table.set_name(last_part(dotted), module.object);
  }
  return module.object;
}

void Evaluator::run_module(Module& module) {
  files_run_.push_back(module.path);
  Table& names = module.object.object()->content.table;
  names.set_name("__name__", Value(module.name));
  names.set_name("__file__", Value(fmt::format("{}/{}", kProjectMark, module.path)));
  names.set_name("__package__",
                 Value(module.path.ends_with("/__init__.py") ? module.name
                                                             : std::string(parent(module.name))));
  if (const SyntaxError* error = module.tree.error()) {
    const base::Position at = module.lines.position(error->span.begin);
    const std::string reason = fmt::format("{} cannot be read as Python: line {}, column {}: {}",
                                           module.path, at.line, at.column, error->message);
    problems_.push_back({reason, place_of(module.path, module.lines, error->span), true});
    poison_module(module, reason);
    maybe_ |= maybe_any;
    return;
  }
  if (depth_ + 1 > kMaxDepth) {
    poison_module(module, "the imports are nested too deeply");
    return;
  }
  auto scope = std::make_shared<Scope>();
  scope->module = &module;
  scope->names = module.object.object();
  ++depth_;
  const Flow flow = block(scope, Tree::root());
  --depth_;
  if (flow == Flow::raised && tries_ == 0) {
    const std::string reason =
        raised_ ? fmt::format("{}:{} raises {}: {}", raised_->place.path, raised_->place.line,
                              last_part(raised_->types.front()), raised_->message)
                : std::string("it raises an exception");
    poison_module(module, reason);
  } else if (flow == Flow::uncertain) {
    poison_module(module, uncertain_);
  }
}

std::string Evaluator::absolute_name(const Module& module, unsigned dots,
                                     std::string_view rest) const {
  if (dots == 0) return std::string(rest);
  std::string_view package = module.path.ends_with("/__init__.py") || module.path == "__init__.py"
                                 ? std::string_view(module.name)
                                 : parent(module.name);
  for (unsigned level = 1; level < dots; ++level)
    package = parent(package);
  if (package.empty()) return std::string(rest);
  return rest.empty() ? std::string(package) : fmt::format("{}.{}", package, rest);
}

Value Evaluator::missing_module(const Scope& scope, NodeIndex node, const std::string& dotted,
                                bool relative) {
  const std::string top(first_part(dotted));
  const std::optional<bool> installed =
      options_.installed && !relative ? options_.installed(top) : std::nullopt;
  const std::string reason = fmt::format("`{}` is not in the repository", dotted);
  const bool ours = relative || (dotted != top && (find_module(top) || is_package(top)));
  if (installed == false || ours || (!installed && sounds_local(last_part(dotted)))) {
    return raise_at(scope, node, "ModuleNotFoundError", reason);
  }
  return unknown(reason, installed == true ? std::uint8_t{0} : std::uint8_t{maybe_import});
}

// Returns the module of this full name, or raises, or unknown.
Value Evaluator::import_named(const Scope& scope, NodeIndex node, const std::string& dotted) {
  import_parents(dotted);
  if (const std::optional<std::string> path = find_module(dotted)) {
    return import_project(dotted, *path);
  }
  if (is_library(dotted)) {
    const std::optional<bool> installed =
        options_.installed ? options_.installed(first_part(dotted)) : std::nullopt;
    if (installed == false) {
      return raise_at(scope, node, "ModuleNotFoundError",
                      fmt::format("`{}` is not installed in production", dotted));
    }
    auto object = std::make_shared<Object>(Type::module);
    object->name = dotted;
    return {std::move(object)};
  }
  if (is_package(dotted)) {
    // A folder without __init__.py.
    auto object = std::make_shared<Object>(Type::module);
    object->name = dotted;
    return {std::move(object)};
  }
  return missing_module(scope, node, dotted, scope.module->tree[node].dots() > 0);
}

Flow Evaluator::import_statement(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  for (const NodeIndex alias : tree.children(node)) {
    std::string dotted;
    for (const char c : tree.text(tree.child(alias, 0))) {
      if (c != ' ' && c != '\t') dotted += c;
    }
    Value module = import_named(*scope, node, dotted);
    if (raised_) return Flow::raised;
    if (const NodeIndex as = tree.child(alias, 1); as != 0) {
      bind_name(scope, tree.text(as), std::move(module));
    } else {
      const std::string top(first_part(dotted));
      if (top != dotted) {
        const auto found = modules_.find(top);
        if (found != modules_.end()) {
          module = found->second->object;
        } else if (!module.is_unknown()) {
          auto object = std::make_shared<Object>(Type::module);
          object->name = top;
          module = Value(std::move(object));
        }
      }
      bind_name(scope, top, std::move(module));
    }
  }
  return Flow::next;
}

Flow Evaluator::import_from(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const NodeIndex from = tree.child(node, 0);
  std::string rest;
  if (tree.kind(from) != NodeKind::absent) {
    for (const char c : tree.text(from)) {
      if (c != ' ' && c != '\t') rest += c;
    }
  }
  const std::string dotted = absolute_name(*scope->module, tree[node].dots(), rest);
  const Value module = dotted.empty() ? Value::unknown("it is imported from beyond the project")
                                      : import_named(*scope, node, dotted);
  if (raised_) return Flow::raised;
  if (tree[node].has(flag::star)) {
    import_star(scope, node, module);
    return raised_ ? Flow::raised : Flow::next;
  }
  for (const NodeIndex alias : tree.children(node)) {
    if (alias == from) continue;
    const std::string_view name = tree.text(tree.child(alias, 0));
    const NodeIndex as = tree.child(alias, 1);
    Value value;
    const Value* found = module.is(Type::module) && module.object()->module != nullptr
                             ? module.object()->content.table.find(name)
                             : nullptr;
    if (found != nullptr) {
      value = *found;
    } else if (module.is_unknown()) {
      value = Value::unknown(module.reason());
    } else if (const auto path = find_module(fmt::format("{}.{}", dotted, name))) {
      value = import_project(fmt::format("{}.{}", dotted, name), *path);
    } else if (const auto member = library_member(dotted, name)) {
      value = *member;
    } else if (std::optional<Value> known = caller_knows(fmt::format("{}.{}", dotted, name))) {
      value = *std::move(known);
    } else if (is_library(dotted)) {
      value = unknown(fmt::format("gate does not know `{}.{}`", dotted, name), maybe_import);
    } else if (!module.object()->content.others.empty()) {
      value = unknown(module.object()->content.others, maybe_import);
    } else {
      value = missing_module(*scope, node, fmt::format("{}.{}", dotted, name), true);
    }
    if (raised_) return Flow::raised;
    bind_name(scope, tree.text(as == 0 ? tree.child(alias, 0) : as), std::move(value));
  }
  return Flow::next;
}

void Evaluator::import_star(const ScopePtr& scope, NodeIndex node, const Value& module) {
  if (!module.is(Type::module)) {
    // It may bind, and so replace, anything.
    poison_module(*scope->module, module.is_unknown() ? module.reason() : "it is no module");
    return;
  }
  const Content& content = module.object()->content;
  if (module.object()->module == nullptr) {
    if (is_library(module.object()->name)) {
      // What of it is known is bound; nothing of it is a setting.
      poison_module(*scope->module, fmt::format("`from {} import *`", module.object()->name));
    }
    return;
  }
  if (!content.others.empty()) poison_module(*scope->module, content.others);
  const Value* all = content.table.find("__all__");
  if (all != nullptr && (!all->is_sequence() || find_unknown(*all) != nullptr)) {
    poison_module(*scope->module, unknown_reason(*all));
    all = nullptr;
  }
  // What is bound may be this very module's table.
  const std::vector<Table::Entry> entries = content.table.entries();
  for (const Table::Entry& entry : entries) {
    const bool wanted =
        all != nullptr ? contains(*all, Value(entry.code)) == true : !entry.code.starts_with('_');
    if (wanted) bind_name(scope, entry.code, entry.value);
  }
  (void)node;
}

void Evaluator::include(const Scope& scope, NodeIndex node, const std::string& pattern,
                        bool optional) {
  // Relative to the file that asks.
  const std::string& path = scope.module->path;
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? std::string() : path.substr(0, slash);
  std::string wanted = pattern;
  if (!wanted.empty() && wanted.front() == kProjectMark) {
    wanted = wanted.substr(std::min<std::size_t>(2, wanted.size()));
  } else {
    wanted = below(folder, wanted);
  }
  std::vector<std::string> found;
  if (wanted.find_first_of("*?[") == std::string::npos) {
    if (files_.has(wanted)) found.push_back(wanted);
  } else if (const Result<base::Glob> glob = base::Glob::compile("/" + wanted)) {
    for (const std::string& file : files_.below(folder)) {
      if (glob->matches(file)) found.push_back(file);
    }
  }
  if (found.empty()) {
    if (!optional) raise_at(scope, node, "OSError", fmt::format("no such file: {}", pattern));
    return;
  }
  for (const std::string& file : found) {
    if (std::find(files_run_.begin(), files_run_.end(), file) != files_run_.end() && file == path) {
      continue;
    }
    std::optional<std::string> text = files_.read(file);
    if (!text) continue;
    programs_.push_back(std::make_unique<Module>(scope.module->name, file, *std::move(text)));
    Module& module = *programs_.back();
    // It runs among the names of the one that asks, under its own path.
    module.object = scope.module->object;
    const Value outer = *module.object.object()->content.table.find("__file__");
    if (programs_.size() > 100) {
      poison_module(module, "too many files are included");
      return;
    }
    run_module(module);
    touch(module.object);
    module.object.object()->content.table.set_name("__file__", outer);
    if (raised_) return;
  }
}

Value Evaluator::import_dynamic(const Call& call, std::string_view name, std::string_view package) {
  std::string dotted(name);
  if (name.starts_with('.')) {
    const std::size_t dots = std::min(name.find_first_not_of('.'), name.size());
    std::string_view above = package.empty() ? parent(call.scope.module->name) : package;
    for (std::size_t level = 1; level < dots; ++level)
      above = parent(above);
    dotted = fmt::format("{}.{}", above, name.substr(dots));
  }
  return import_named(call.scope, call.node, dotted);
}

}  // namespace gate::readers::python
