// Variables, properties and constants of a migration, and what is assigned to them.
#include <utility>

#include "gate/readers/migrations/laravel/interpreter.h"

namespace gate::readers::migrations::laravel {
namespace {

using php::Node;
using php::NodeKind;
using php::Operator;

}  // namespace

Value Interpreter::evaluate_assignment(Node node) {
  const Node target = node.child(0);
  Value value = evaluate(node.child(1));
  if (target.is(NodeKind::index) && !target.child(1) && target.child(0).is(NodeKind::variable)) {
    // $list[] = ...
    if (Value* list = variable(target.child(0).text());
        list != nullptr && list->is(Value::Kind::list)) {
      Items items = *list->items;
      items.emplace_back(Value::of(static_cast<std::int64_t>(items.size())), value);
      *list = Value::of(std::move(items));
    }
    return value;
  }
  if (target.is(NodeKind::property)) {
    const Value object = evaluate(target.child(0));
    if (object.is(Value::Kind::self)) {
      properties_.insert_or_assign(std::string(target.text()),
                                   node.op() == Operator::none ? value : Value{});
    } else if (object.is(Value::Kind::blueprint) && !blueprints_.empty()) {
      Arguments arguments;  // $table->engine = 'InnoDB'
      arguments.places.push_back(value);
      blueprints_.back()->call(target.text(), arguments, place(node));
    }
    return value;
  }
  if (node.op() == Operator::none) {
    bind(target, value);
    return value;
  }
  if (node.op() == Operator::concat && target.is(NodeKind::variable)) {
    const Value* before = variable(target.text());
    const std::optional<std::string> left = before == nullptr ? std::nullopt : before->as_text();
    const std::optional<std::string> right = value.as_text();
    bind(target, left && right ? Value::of(*left + *right) : Value{});
  } else {
    bind(target, {});
  }
  return {};
}

// A property of the class, or of an enum's case.
Value Interpreter::evaluate_property(Node node) {
  if (node.is(NodeKind::property)) {
    const Value object = evaluate(node.child(0));
    if (object.is(Value::Kind::enum_case)) return Value::of(Items(*object.items)).at(node.text());
    if (!object.is(Value::Kind::self)) return {};
  }
  return property(node.text());
}

Value Interpreter::property(std::string_view name) {
  if (families_.size() == 1) {
    if (const auto set = properties_.find(name); set != properties_.end()) return set->second;
  }
  for (const Node own : family()) {
    for (const Node member : own.child(3).children()) {
      if (!member.is(NodeKind::property_declaration)) continue;
      for (const Node element : member.children()) {
        if (!element.is(NodeKind::variable_element) || element.text() != name) continue;
        if (!element.child(0) || depth_ >= kDeepest) return {};
        ++depth_;
        Value value = evaluate(element.child(0));
        --depth_;
        return value;
      }
    }
  }
  return {};
}

Value Interpreter::evaluate_constant(Node node) {
  if (node.is(NodeKind::class_constant)) {
    const std::string_view scope = node.child(0).text();
    const bool own = scope == "self" || scope == "static" || scope == "parent";
    if (php::same_name(node.text(), "class")) {
      Value value = Value::of(Value::Kind::class_name);
      value.text = own ? family().front().text() : scope;
      return value;
    }
    if (own || php::same_name(scope, family().front().text())) return find_constant(node.text());
    std::optional<Family> other = family_named(scope);
    if (!other) return {};
    return in_family(*std::move(other), [&] { return find_constant(node.text()); });
  }
  const std::string_view name = node.text();
  if (php::same_name(name, "true")) return Value::of(true);
  if (php::same_name(name, "false")) return Value::of(false);
  if (php::same_name(name, "null")) return Value::of(Value::Kind::null);
  if (name == "__DIR__") {
    auto folder = project_.folder_of(node.tree().source()->name());
    return folder ? Value::of(*std::move(folder)) : Value{};
  }
  return {};
}

Value Interpreter::evaluate_match(Node node) {
  const Value subject = evaluate(node.child(0));
  for (const Node arm : node.children()) {
    if (!arm.is(NodeKind::match_arm)) continue;
    const Node conditions = arm.child(0);
    if (conditions.size() == 0) return evaluate(arm.child(1));
    if (!subject.known()) return {};
    for (const Node condition : conditions.children()) {
      if (equal(subject, evaluate(condition))) return evaluate(arm.child(1));
    }
  }
  return {};
}

}  // namespace gate::readers::migrations::laravel
