// Functions and classes as they are defined: decorators, enumerations.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/readers/settings/python/evaluator.h"

namespace gate::readers::python {

Flow Evaluator::define_function(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const NodeIndex decorators = tree.child(node, 0);
  const std::string_view name = tree.text(tree.child(node, 1));
  auto function = std::make_shared<Object>(Type::function);
  function->name = std::string(name);
  function->module = scope->module;
  function->node = node;
  // What a class binds is not seen from its methods.
  function->scope = scope->is_class ? scope->enclosing : scope->is_function ? scope : nullptr;
  function->defaults = parameter_defaults(scope, tree.child(node, 3));
  Value value(std::move(function));
  bool decorated = false;
  for (const NodeIndex decorator : tree.children(decorators)) {
    const NodeIndex called =
        tree.kind(decorator) == NodeKind::call ? tree.child(decorator, 0) : decorator;
    const std::string written = tree.dotted_name(called);
    const std::string last = written.substr(written.rfind('.') + 1);
    if (last == "lru_cache" || last == "cache" || last == "staticmethod" || last == "wraps") {
      if (last == "staticmethod") value.object()->content.table.set_name("static", Value(true));
      continue;
    }
    if (last == "classmethod") {
      value.object()->content.table.set_name("class", Value(true));
      continue;
    }
    if ((last == "property" || last == "cached_property") && value.is(Type::function)) {
      value.object()->content.table.set_name("property", Value(true));
      continue;
    }
    decorated = decorated || !scope->is_class;
    if (decorated) continue;
    value = Value::unknown(fmt::format("the decorator @{} is not known", written));
  }
  if (decorated) value = decorate(scope, decorators, std::move(value));
  if (raised_) return Flow::raised;
  bind_name(scope, name, std::move(value));
  return Flow::next;
}

// A function of the project that takes a function and returns another; the last one is called
// first.
Value Evaluator::decorate(const ScopePtr& scope, NodeIndex node, Value value) {
  const Tree& tree = scope->module->tree;
  std::vector<NodeIndex> decorators;
  for (const NodeIndex decorator : tree.children(node))
    decorators.insert(decorators.begin(), decorator);
  for (const NodeIndex decorator : decorators) {
    const Value by = evaluate(scope, decorator);
    if (raised_) return by;
    if (!by.is(Type::function)) {
      const NodeIndex called =
          tree.kind(decorator) == NodeKind::call ? tree.child(decorator, 0) : decorator;
      return Value::unknown(
          fmt::format("the decorator @{} is not known", tree.dotted_name(called)));
    }
    Call call{*scope, decorator, {value}, {}};
    value = call_function(by, call);
    if (raised_) return value;
  }
  return value;
}

namespace {

bool is_enumeration(const Value& base) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag"});
  return base.is(Type::native) &&
         std::find(kNames.begin(), kNames.end(), base.object()->name) != kNames.end();
}

// What a class of enum.Enum binds are objects of it, each with its name and its value.
void make_members(const ObjectPtr& type) {
  Table members;
  for (const Table::Entry& entry : type->content.table.entries()) {
    const bool is_member = !entry.code.starts_with('_') && !entry.value.is(Type::function) &&
                           !entry.value.is(Type::class_type);
    if (!is_member) {
      members.set(entry.code, entry.key, entry.value);
      continue;
    }
    auto member = std::make_shared<Object>(Type::instance);
    member->name = type->name;
    member->parts = {Value(type)};
    member->content.table.set_name("name", Value(entry.code));
    member->content.table.set_name("value", entry.value);
    members.set(entry.code, entry.key, Value(std::move(member)));
  }
  members.set_name(kEnumMark, Value(true));
  type->content.table = std::move(members);
}

}  // namespace

Flow Evaluator::define_class(const ScopePtr& scope, NodeIndex node) {
  const Tree& tree = scope->module->tree;
  const std::string_view name = tree.text(tree.child(node, 1));
  auto type = std::make_shared<Object>(Type::class_type);
  type->name = std::string(name);
  type->module = scope->module;
  const NodeIndex bases = tree.child(node, 3);
  if (tree.kind(bases) == NodeKind::arguments) {
    for (const NodeIndex base : tree.children(bases)) {
      if (tree.kind(base) == NodeKind::keyword) {
        type->content.others = "its metaclass may add to it";
      } else {
        type->parts.push_back(evaluate(scope, base));
      }
    }
  }
  if (!tree.children(tree.child(node, 0)).empty()) {
    type->content.others = "its decorator may add to it";
  }
  auto inner = std::make_shared<Scope>();
  inner->module = scope->module;
  inner->names = type;
  inner->is_class = true;
  inner->enclosing = scope->is_function ? scope : nullptr;
  const Flow flow = block(inner, tree.last_child(node));
  if (flow == Flow::raised) return flow;
  if (class_attribute(Value(type), kEnumMark) != nullptr ||
      std::any_of(type->parts.begin(), type->parts.end(), is_enumeration)) {
    make_members(type);
  }
  bind_name(scope, name, Value(std::move(type)));
  return Flow::next;
}

}  // namespace gate::readers::python
