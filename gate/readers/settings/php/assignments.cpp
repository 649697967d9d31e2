#include <fmt/format.h>

#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/evaluator.h"

namespace gate::readers::php {
namespace {

// The variable at the root of `$a['b']->c`, or a none.
Node root_of(Node target) {
  while (target.is(NodeKind::index) || target.is(NodeKind::property))
    target = target.first();
  return target;
}

}  // namespace

Value Evaluator::assignment(Node node) {
  const Node target = node.first();
  if (node.has(by_reference)) {
    forget(node, "a reference to it was taken");
    return stopped_at(node, "it is a reference");
  }
  if (node.op() == Operator::none) {
    const Value value = expression(node.child(1));
    assign(target, value);
    return value;
  }
  Value value;
  if (node.op() == Operator::coalesce) {
    value = quiet(target);
    if (value.is_known() && !value.is(Type::null)) return value;
    const Value given = expression(node.child(1));
    value = value.is_known() ? given : Value::unknown(value.reason());
  } else {
    const Value old = expression(target);
    const Value given = expression(node.child(1));
    value = apply(node.op(), old, given).with(Trace::join(old.trace(), given.trace()));
  }
  assign(target, value);
  return value;
}

void Evaluator::assign(Node target, const Value& value) {
  switch (target.kind()) {
    case NodeKind::variable:
      (*variables_)[std::string(target.text())] = value;
      return;
    case NodeKind::index:
      assign_item(target, value);
      return;
    case NodeKind::array_literal:
      destructure(target, value);
      return;
    case NodeKind::property:
    case NodeKind::static_property:
      return;  // objects are not followed
    default:
      forget_all("a variable whose name is computed was set");
  }
}

// `$a['b'][] = value`: the arrays on the way are made anew.
void Evaluator::assign_item(Node target, const Value& value) {
  std::vector<Node> path;  // from the innermost index out
  Node at = target;
  for (; at.is(NodeKind::index); at = at.first())
    path.push_back(at);
  if (!at.is(NodeKind::variable)) return forget(at, "gate does not follow where it is set");
  if (at.text() == "_ENV" || at.text() == "_SERVER" || at.text() == "GLOBALS")
    return forget_all("the code changes the environment");
  const auto found = variables_->find(at.text());
  const Value old = found == variables_->end() ? Value() : found->second;

  // Down: the value at each step; up: each with the changed one below it.
  std::vector<Value> olds{old};
  std::vector<std::optional<Key>> keys;
  std::string problem;
  for (std::size_t i = path.size(); i-- > 0;) {
    const Value& holder = olds.back();
    const Node key_node = path[i].child(1);
    std::optional<Key> key;
    if (key_node) {
      const Value key_value = expression(key_node);
      key = to_key(key_value);
      if (!key) problem = key_value.is_known() ? "its key is no key" : key_value.reason();
    }
    if (!holder.is_known())
      problem = holder.reason();
    else if (!holder.is(Type::null) && !holder.is(Type::array))
      problem = "it sets a key of what is no array";
    else if (holder.is(Type::array) && !holder.array().unknown_key().empty())
      problem = holder.array().unknown_key();
    if (!problem.empty()) break;
    const Value* const inner = key && holder.is(Type::array) ? holder.array().find(*key) : nullptr;
    keys.push_back(key);
    olds.push_back(inner == nullptr ? Value() : *inner);
  }
  if (!problem.empty()) return forget_variable(at.text(), problem);
  Value changed = value;
  for (std::size_t i = keys.size(); i-- > 0;) {
    Array array = olds[i].is(Type::array) ? olds[i].array() : Array();
    if (keys[i])
      array.set(*keys[i], std::move(changed));
    else
      array.push(std::move(changed));
    changed = Value(std::move(array)).with(olds[i].trace());
  }
  (*variables_)[std::string(at.text())] = std::move(changed);
}

void Evaluator::destructure(Node target, const Value& value) {
  std::int64_t place = 0;
  for (const Node item : target.children()) {
    const std::int64_t at = place++;
    if (!item) continue;
    if (item.has(by_reference) || item.has(spread)) {
      forget(item, "a reference to it was taken");
      continue;
    }
    std::optional<Key> key = Key(at);
    if (item.first()) key = to_key(expression(item.first()));
    const Value* found = nullptr;
    if (value.is(Type::array) && value.array().unknown_key().empty() && key)
      found = value.array().find(*key);
    const std::string reason =
        value.is_known() ? "it is taken from what does not have it" : value.reason();
    assign(item.child(1), found != nullptr ? *found : Value::unknown(reason));
  }
}

Value Evaluator::increment(Node node) {
  const Node target = node.first();
  const Value old = expression(target);
  const bool up = node.op() == Operator::pre_increment || node.op() == Operator::post_increment;
  const bool before = node.op() == Operator::pre_increment || node.op() == Operator::pre_decrement;
  if (!old.is(Type::integer)) {
    const Value value = stopped_at(node, "it counts what is no integer");
    assign(target, value);
    return value;
  }
  const Value counted =
      apply(up ? Operator::add : Operator::subtract, old, std::int64_t{1}).with(old.trace());
  assign(target, counted);
  return before ? counted : old;
}

void Evaluator::unset(Node target) {
  if (target.is(NodeKind::variable)) {
    variables_->erase(std::string(target.text()));
    return;
  }
  const Node holder = target.first();
  if (target.is(NodeKind::index) && holder.is(NodeKind::variable)) {
    const auto found = variables_->find(holder.text());
    const std::optional<Key> key = to_key(expression(target.child(1)));
    if (found != variables_->end() && found->second.is(Type::array) && key &&
        found->second.array().unknown_key().empty()) {
      Array array = found->second.array();
      array.remove(*key);
      found->second = Value(std::move(array)).with(found->second.trace());
      return;
    }
  }
  forget(target, "gate does not follow how it is taken apart");
}

void Evaluator::forget_variable(std::string_view name, const std::string& reason) {
  (*variables_)[std::string(name)] = Value::unknown(reason);
}

void Evaluator::forget_all(const std::string& reason) {
  if (forgotten_.empty()) forgotten_ = reason;
}

// Makes unknown every variable that the code below a node may set.
void Evaluator::forget(Node node, const std::string& reason) {
  const auto forget_root = [&](Node target) {
    const Node root = root_of(target);
    if (root.is(NodeKind::variable))
      forget_variable(root.text(), reason);
    else if (root.is(NodeKind::variable_variable))
      forget_all(reason);
    else if (root.is(NodeKind::array_literal))
      forget_targets(root, reason);
  };
  switch (node.kind()) {
    case NodeKind::variable:
      return forget_variable(node.text(), reason);
    case NodeKind::assignment:
      forget_root(node.first());
      if (node.has(by_reference)) forget_root(node.child(1));
      break;
    case NodeKind::unary:
      if (node.op() >= Operator::pre_increment && node.op() <= Operator::post_decrement)
        forget_root(node.first());
      break;
    case NodeKind::foreach_loop:
      forget_root(node.child(1));
      forget_root(node.child(2));
      if (node.has(by_reference)) forget_root(node.first());
      break;
    case NodeKind::unset_statement:
      for (const Node target : node.children())
        forget_root(target);
      break;
    case NodeKind::call:
    case NodeKind::static_call:
    case NodeKind::method_call:
    case NodeKind::new_object:
      // What is called may take a variable by reference.
      if (takes_values(node)) break;
      for (const Node argument : node.child(1).children())
        forget_root(argument.first());
      break;
    case NodeKind::catch_clause:
      if (!node.text().empty()) forget_variable(node.text(), reason);
      break;
    case NodeKind::global_statement:
    case NodeKind::static_statement:
    case NodeKind::include:
    case NodeKind::eval:
      return forget_all(reason);
    case NodeKind::closure:
      for (const Node use : node.child(4).children())
        if (use.has(by_reference)) forget_variable(use.text(), reason);
      return;
    case NodeKind::arrow_function:
    case NodeKind::function_declaration:
    case NodeKind::class_declaration:
      return;
    default:
      break;
  }
  for (const Node child : node.children())
    if (!child.is(NodeKind::variable)) forget(child, reason);
}

void Evaluator::forget_targets(Node list, const std::string& reason) {
  for (const Node item : list.children()) {
    const Node target = root_of(item.child(1));
    if (target.is(NodeKind::array_literal))
      forget_targets(target, reason);
    else if (target.is(NodeKind::variable))
      forget_variable(target.text(), reason);
  }
}

}  // namespace gate::readers::php
