// Attributes: of modules and classes of the project, of builtin types, of libraries.
#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "gate/readers/settings/python/evaluator.h"

namespace gate::readers::python {
namespace {

// What a value of a builtin type has methods of (docs.python.org/3/library/stdtypes).
bool has_method(Type type, std::string_view name) {
  constexpr auto kText = std::to_array<std::string_view>(
      {"capitalize", "casefold", "center",       "count",      "encode",       "endswith",
       "expandtabs", "find",     "format",       "format_map", "index",        "isalnum",
       "isalpha",    "isascii",  "isdecimal",    "isdigit",    "isidentifier", "islower",
       "isnumeric",  "isspace",  "istitle",      "isupper",    "isprintable",  "join",
       "ljust",      "lower",    "lstrip",       "maketrans",  "partition",    "removeprefix",
       "replace",    "rfind",    "removesuffix", "rindex",     "rjust",        "rpartition",
       "rsplit",     "rstrip",   "split",        "splitlines", "startswith",   "strip",
       "swapcase",   "title",    "translate",    "upper",      "zfill"});
  constexpr auto kList =
      std::to_array<std::string_view>({"append", "clear", "copy", "count", "extend", "index",
                                       "insert", "pop", "remove", "reverse", "sort"});
  constexpr auto kTuple = std::to_array<std::string_view>({"count", "index"});
  constexpr auto kSet = std::to_array<std::string_view>(
      {"add", "clear", "copy", "difference", "difference_update", "discard", "intersection",
       "intersection_update", "isdisjoint", "issubset", "issuperset", "pop", "remove",
       "symmetric_difference", "symmetric_difference_update", "union", "update"});
  constexpr auto kDict =
      std::to_array<std::string_view>({"clear", "copy", "fromkeys", "get", "items", "keys", "pop",
                                       "popitem", "setdefault", "update", "values"});
  const auto holds = [&](std::span<const std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  switch (type) {
    case Type::text:
      return holds(kText);
    case Type::list:
      return holds(kList);
    case Type::tuple:
      return holds(kTuple);
    case Type::set:
      return holds(kSet);
    case Type::dict:
      return holds(kDict);
    default:
      return false;
  }
}

// Names that each module has without binding them.
bool is_given_by_python(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"__annotations__", "__builtins__", "__cached__", "__class__", "__dict__", "__doc__",
       "__loader__", "__path__", "__spec__"});
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

bool is_unbound_method(std::string_view full) {
  constexpr auto kTypes =
      std::to_array<Type>({Type::text, Type::list, Type::tuple, Type::set, Type::dict});
  return std::any_of(kTypes.begin(), kTypes.end(), [&](Type type) {
    const std::string_view name = describe(type);
    return full.size() > name.size() + 1 && full.starts_with(name) && full[name.size()] == '.' &&
           has_method(type, full.substr(name.size() + 1));
  });
}

const Value* Evaluator::class_attribute(const Value& type, std::string_view name, int depth) const {
  if (!type.is(Type::class_type) || depth > 10) return nullptr;
  if (const Value* found = type.object()->content.table.find(name)) return found;
  for (const Value& base : type.object()->parts) {
    if (const Value* found = class_attribute(base, name, depth + 1)) return found;
  }
  return nullptr;
}

Value Evaluator::attribute(const Scope& scope, NodeIndex node, const Value& object,
                           std::string_view name) {
  const auto bound = [&](Value function) {
    auto method = std::make_shared<Object>(Type::method);
    method->name = std::string(name);
    method->parts = {object, std::move(function)};
    return Value(std::move(method));
  };
  switch (object.type()) {
    case Type::unknown:
      return Value::unknown(object.reason()).with(object.trace()).marked(object.origins());
    case Type::module: {
      const Object& module = *object.object();
      if (const Value* found = module.content.table.find(name)) return *found;
      const std::string full = fmt::format("{}.{}", module.name, name);
      if (const auto found = modules_.find(full); found != modules_.end()) {
        return found->second->object;
      }
      if (module.module != nullptr) {
        if (is_given_by_python(name)) return unknown(fmt::format("`{}` is not followed", name), 0);
        if (!module.content.others.empty()) return unknown(module.content.others, maybe_lookup);
        return raise_at(scope, node, "AttributeError",
                        fmt::format("`{}` has no `{}`", module.name, name));
      }
      if (std::optional<Value> member = library_member(module.name, name)) return *member;
      if (std::optional<Value> member = caller_knows(full)) return *member;
      return unknown(fmt::format("gate does not know `{}`", full), 0);
    }
    case Type::class_type: {
      if (const Value* found = class_attribute(object, name)) {
        const bool takes_class =
            found->is(Type::function) && found->object()->content.table.find("class") != nullptr;
        return takes_class ? bound(*found) : *found;
      }
      return unknown(
          fmt::format("the class {} has no `{}` that gate sees", object.object()->name, name),
          maybe_lookup);
    }
    case Type::instance: {
      const Content& content = object.object()->content;
      if (!content.poison.empty()) return unknown(content.poison, maybe_lookup);
      const bool of_project = !object.object()->parts.empty();
      if (const Value* found = content.table.find(name);
          found != nullptr && (name != "value" || of_project)) {
        return *found;
      }
      if (of_project) {
        if (const Value* found = class_attribute(object.object()->parts.front(), name)) {
          const bool is_function = found->is(Type::function);
          if (is_function && found->object()->content.table.find("property") != nullptr) {
            const Value function = *found;
            Call call{scope, node, {object}, {}};
            return call_function(function, call);
          }
          const bool is_static =
              is_function && found->object()->content.table.find("static") != nullptr;
          return found->is(Type::function) && !is_static ? bound(*found) : *found;
        }
        return unknown(
            fmt::format("an object of {} has no `{}` that gate sees", object.object()->name, name),
            maybe_lookup);
      }
      // A property of a library's class.
      const std::string full = fmt::format("{}.{}", object.object()->name, name);
      if (const Native getter = find_native("get " + full)) {
        Call call{scope, node, {}, {}};
        call.self = object;
        return getter(*this, call);
      }
      if (find_native(full) != nullptr) return bound(Value());
      return unknown(fmt::format("gate does not know `{}`", full), maybe_lookup);
    }
    case Type::native: {
      const std::string full = fmt::format("{}.{}", object.object()->name, name);
      if (find_native(full) != nullptr || is_unbound_method(full)) return make_native(full);
      if (std::optional<Value> member = library_member(object.object()->name, name)) return *member;
      return unknown(fmt::format("gate does not know `{}`", full), maybe_lookup);
    }
    case Type::function:
    case Type::method:
      return unknown(fmt::format("`{}` of a function is not followed", name), maybe_lookup);
    case Type::none:
      return raise_at(scope, node, "AttributeError", fmt::format("None has no `{}`", name));
    default:
      // `sys.version_info.major` is one of its elements.
      if (object.is(Type::tuple)) {
        if (const Value* found = object.object()->content.table.find(name)) return *found;
      }
      if (has_method(object.type(), name)) return bound(Value());
      return unknown(fmt::format("`{}` of a {} is not followed", name, describe(object.type())),
                     maybe_lookup);
  }
}

}  // namespace gate::readers::python
