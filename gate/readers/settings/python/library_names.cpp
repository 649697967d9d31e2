// What looks at names while a program runs: globals() and vars(), getattr() and setattr(),
// sys.modules.
#include <array>

#include <fmt/format.h>

#include "gate/readers/settings/python/library.h"

namespace gate::readers::python {
namespace {

Value attribute_of(Evaluator& evaluator, Call& call) {
  const Value* object = call.find(0);
  const std::optional<std::string> name = text_argument(call, 1);
  if (object == nullptr || !name) return evaluator.unknown("getattr() of an unknown name");
  const Value* fallback = call.find(2);
  if (fallback != nullptr && object->is(Type::module) && object->object()->module != nullptr &&
      object->object()->content.others.empty()) {
    const Value* found = object->object()->content.table.find(*name);
    return found == nullptr ? *fallback : *found;
  }
  const Value found = evaluator.attribute(call.scope, call.node, *object, *name);
  if (fallback != nullptr && found.is_unknown()) {
    return evaluator.unknown(fmt::format("whether it has `{}` is not known", *name));
  }
  return found;
}

Value has_attribute(Evaluator& evaluator, Call& call) {
  const Value* object = call.find(0);
  const std::optional<std::string> name = text_argument(call, 1);
  if (object != nullptr && name && object->is(Type::module) &&
      object->object()->module != nullptr && object->object()->content.others.empty()) {
    return {object->object()->content.table.find(*name) != nullptr};
  }
  return evaluator.unknown("hasattr() is not followed", 0, Type::boolean);
}

// setattr(): of a module of the project, a class or an object.
Value set_attribute(Evaluator& evaluator, Call& call) {
  const Value* object = call.find(0);
  const Value* value = call.find(2);
  const std::optional<std::string> name = text_argument(call, 1);
  const bool is_module = object != nullptr && object->is(Type::module);
  if (object == nullptr || object->is_unknown() || value == nullptr ||
      (is_module && object->object()->module == nullptr)) {
    // It may as well be this module.
    evaluator.poison_module(*call.scope.module, "setattr() of something that is not known");
    return {};
  }
  if (!name) {
    if (is_module) {
      evaluator.poison_module(*object->object()->module, "setattr() of a name that is not known");
    } else {
      evaluator.poison_object(*object, "setattr() of a name that is not known");
    }
    return {};
  }
  if (is_module || object->is(Type::class_type) || object->is(Type::instance)) {
    evaluator.touch(*object);
    object->object()->content.table.set_name(*name, *value);
  }
  return {};
}

Value module_by_name(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> name = text_argument(call, 0);
  if (name && *name == call.scope.module->name) return call.scope.module->object;
  return evaluator.unknown("which modules are imported is not known", Evaluator::maybe_lookup);
}

// `__import__()` returns the package at the top.
Value import_by_name(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> name = text_argument(call, 0, "name");
  if (!name) return evaluator.unknown("a module of an unknown name is imported");
  const Value module = evaluator.import_dynamic(call, *name, "");
  if (evaluator.is_raising() || name->find('.') == std::string::npos) return module;
  return evaluator.import_dynamic(call, name->substr(0, name->find('.')), "");
}

// The names of the module: what is changed in it changes them.
Value names_of_module(Evaluator& evaluator, Call& call) {
  Module* module = call.scope.module;
  if (const Value* of = call.find(0)) {
    if (!of->is(Type::module) || of->object()->module == nullptr) {
      return evaluator.unknown("the names of an object are not followed", 0);
    }
    module = of->object()->module;
  }
  Value names = make_instance("namespace");
  names.object()->module = module;
  return names;
}

// The module whose names globals() returned, wherever that is looked at.
Module& module_of(const Call& call) { return *call.self.object()->module; }

Value namespace_update(Evaluator& evaluator, Call& call) {
  Module& module = module_of(call);
  const Value* from = call.find(0);
  evaluator.touch(module.object);
  Table& names = module.object.object()->content.table;
  if (from != nullptr) {
    if (!from->is(Type::dict) || !from->object()->content.poison.empty() ||
        !from->object()->content.others.empty()) {
      evaluator.poison_module(module, "its names are replaced by unknown ones (`update`)");
      return {};
    }
    for (const Table::Entry& entry : from->object()->content.table.entries()) {
      if (entry.key.is(Type::text)) names.set_name(entry.key.text(), entry.value);
    }
  }
  for (const Call::Named& named : call.named)
    names.set_name(named.name, named.value);
  return {};
}

Value namespace_get(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> name = text_argument(call, 0);
  const Content& content = module_of(call).object.object()->content;
  if (!name) return evaluator.unknown("a name that is not known is asked for");
  if (const Value* found = content.table.find(*name)) return *found;
  if (!content.others.empty()) return evaluator.unknown(content.others, Evaluator::maybe_lookup);
  const Value* fallback = call.find(1);
  return fallback == nullptr ? Value() : *fallback;
}

Value namespace_item(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> name = text_argument(call, 0);
  const Content& content = module_of(call).object.object()->content;
  if (name && content.table.find(*name) == nullptr && content.others.empty()) {
    return evaluator.raise(call, "KeyError", *name);
  }
  return namespace_get(evaluator, call);
}

Value namespace_set_default(Evaluator& evaluator, Call& call) {
  const std::optional<std::string> name = text_argument(call, 0);
  Module& module = module_of(call);
  const Content& content = module.object.object()->content;
  if (!name || (content.table.find(*name) == nullptr && !content.others.empty())) {
    evaluator.poison_module(module, "a name that is not known is bound");
    return evaluator.unknown("a name that is not known is bound");
  }
  if (const Value* found = content.table.find(*name)) return *found;
  const Value value = call.find(1) == nullptr ? Value() : *call.find(1);
  evaluator.touch(module.object);
  module.object.object()->content.table.set_name(*name, value);
  return value;
}

// The names of a module, with those that Python itself gives it; the values of these are unknown.
std::vector<Table::Entry> entries_of(const Module& module) {
  const Content& content = module.object.object()->content;
  std::vector<Table::Entry> entries;
  for (const std::string_view name :
       {"__builtins__", "__cached__", "__doc__", "__loader__", "__spec__"}) {
    if (content.table.find(name) == nullptr) {
      entries.push_back({std::string(name), Value(std::string(name)),
                         Value::unknown(fmt::format("`{}` is not followed", name))});
    }
  }
  entries.insert(entries.end(), content.table.entries().begin(), content.table.entries().end());
  for (Table::Entry& entry : entries)
    entry.key = Value(entry.code);
  return entries;
}

Value namespace_items(Evaluator& /*evaluator*/, Call& call) {
  const Module& module = module_of(call);
  std::vector<Value> pairs;
  for (const Table::Entry& entry : entries_of(module))
    pairs.push_back(make_list({entry.key, entry.value}, Type::tuple));
  const std::string& others = module.object.object()->content.others;
  if (!others.empty()) pairs.push_back(Value::stretch(others));
  return make_list(std::move(pairs));
}

Value namespace_copy(Evaluator& /*evaluator*/, Call& call) {
  const Module& module = module_of(call);
  Value made = make_dict();
  for (const Table::Entry& entry : entries_of(module)) {
    set_item(made, entry.code, entry.value);
  }
  made.object()->content.others = module.object.object()->content.others;
  return made;
}

Value names_in(const Module& module) {
  std::vector<Value> names;
  for (const Table::Entry& entry : entries_of(module))
    names.push_back(entry.key);
  const std::string& others = module.object.object()->content.others;
  if (!others.empty()) names.push_back(Value::stretch(others));
  return make_list(std::move(names));
}

Value namespace_keys(Evaluator& /*evaluator*/, Call& call) { return names_in(module_of(call)); }

Value dir(Evaluator& evaluator, Call& call) {
  const Value* of = call.find(0);
  if (of == nullptr && call.scope.names != call.scope.module->object.object()) {
    return evaluator.unknown("the names of a function are not followed", 0);
  }
  if (of != nullptr && (!of->is(Type::module) || of->object()->module == nullptr)) {
    return evaluator.unknown("the names of an object are not followed", 0);
  }
  const Module& module = of == nullptr ? *call.scope.module : *of->object()->module;
  Call sorting{call.scope, call.node, {names_in(module)}, {}};
  return find_native("sorted")(evaluator, sorting);
}

constexpr auto kNatives = std::to_array<NativeEntry>({
    {"__import__", import_by_name},
    {"dir", dir},
    {"getattr", attribute_of},
    {"globals", names_of_module},
    {"hasattr", has_attribute},
    {"locals", names_of_module},
    {"namespace.__getitem__", namespace_item},
    {"namespace.copy", namespace_copy},
    {"namespace.get", namespace_get},
    {"namespace.items", namespace_items},
    {"namespace.keys", namespace_keys},
    {"namespace.setdefault", namespace_set_default},
    {"namespace.update", namespace_update},
    {"setattr", set_attribute},
    {"sys.modules.__getitem__", module_by_name},
    {"vars", names_of_module},
});

}  // namespace

std::span<const NativeEntry> name_natives() { return kNatives; }

}  // namespace gate::readers::python
