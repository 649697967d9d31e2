#include <fmt/format.h>

#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/effects.h"
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
    take_reference(target);
    take_reference(node.child(1));
    return stopped_at(node, "it is a reference");
  }
  if (node.op() == Operator::none) {
    Value value = set_at(node, expression(node.child(1)));
    if (place_changes_value(target, node.child(1))) {
      value = stopped_at(node, "what it sets depends on the order in which PHP computes");
      forget(node, value.reason());
    }
    assign(target, value);
    return value;
  }
  if (sets_on_the_way(target)) return forget_place(node);
  Value value;
  if (node.op() == Operator::coalesce) {
    value = quiet(target);
    if (value.is_known() && !value.is(Type::null)) return value;
    const Value given = expression(node.child(1));
    value = value.is_known() ? given : Value::unknown(value.reason());
  } else {
    const Value old = expression(target);
    const Value given = expression(node.child(1));
    const Node root = root_of(target);
    const bool reads_late =
        root.is(NodeKind::variable) && sets_variable(node.child(1), root.text());
    value = reads_late ? stopped_at(node, "it reads and changes the variable at once")
                       : apply(node.op(), old, given).with(Trace::join(old.trace(), given.trace()));
  }
  assign(target, value);
  return value;
}

// Of `$a[$i++] += 1` the keys are computed once; what they come to is not followed.
Value Evaluator::forget_place(Node node) {
  Value value = stopped_at(node, "it counts in a key of what it sets");
  forget(node, value.reason());
  return value;
}

// A value that is set knows why, and at least where.
Value Evaluator::set_at(Node assignment, const Value& value) {
  const Trace trace = Trace::join(conditions_, value.trace());
  if (!trace.empty() && !value.trace().empty()) return value.with(trace);
  const std::string_view name = file_->tree->written(assignment.first());
  constexpr std::size_t kMost = 40;
  if (name.size() > kMost || name.find('\n') != std::string_view::npos) return value.with(trace);
  return value.with(trace.then({fmt::format("{} is {}", name, shown(value)), place(assignment)}));
}

void Evaluator::assign(Node target, const Value& value) {
  switch (target.kind()) {
    case NodeKind::variable:
      (*variables_)[std::string(target.text())] = value;
      return;
    case NodeKind::index:
      change_item(target, &value);
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

// `$a['b'][] = value`, or where there is no value `unset($a['b']['c'])`: the arrays on the way are
// made anew.
void Evaluator::change_item(Node target, const Value* value) {
  std::vector<Node> path;  // from the last index to the first
  Node at = target;
  for (; at.is(NodeKind::index); at = at.first())
    path.push_back(at);
  if (!at.is(NodeKind::variable)) return;  // objects are not followed
  if (at.text() == "_ENV" || at.text() == "_SERVER" || at.text() == "GLOBALS") {
    forget_all(stopped_at(target, "the code changes what is global").reason());
    return world_.forget_environment(forgotten_);
  }
  const auto found = variables_->find(at.text());
  std::vector<Value> holders{found == variables_->end() ? Value() : found->second};
  std::vector<std::optional<Key>> keys;  // no key: `[]`
  for (std::size_t i = path.size(); i-- > 0;) {
    const Value holder = holders.back();
    std::optional<Key> key;
    if (path[i].child(1)) {
      const Value key_value = expression(path[i].child(1));
      key = to_key(key_value);
      if (!key) {
        return forget_variable(at.text(),
                               key_value.is_known() ? "a key of it is no key" : key_value.reason());
      }
    }
    if (!holder.is_known()) return forget_variable(at.text(), holder.reason());
    const bool is_array = holder.is(Type::array);
    if (!is_array && !holder.is(Type::null))
      return forget_variable(at.text(), "a key is set of what is no array");
    if (is_array && !holder.array().unknown_key().empty())
      return forget_variable(at.text(), holder.array().unknown_key());
    const Value* const inner = key && is_array ? holder.array().find(*key) : nullptr;
    if (inner == nullptr && value == nullptr) return;  // nothing to take out
    charge(holder);
    keys.push_back(key);
    holders.push_back(inner == nullptr ? Value() : *inner);
  }
  Value changed = value == nullptr ? Value() : *value;
  for (std::size_t i = keys.size(); i-- > 0;) {
    Array array = holders[i].is(Type::array) ? holders[i].array() : Array();
    if (!keys[i])
      array.push(std::move(changed));
    else if (value == nullptr && i + 1 == keys.size())
      array.remove(*keys[i]);
    else
      array.set(*keys[i], std::move(changed));
    const bool is_new = holders[i].trace().empty() && value != nullptr;
    changed = Value(std::move(array)).with(is_new ? value->trace() : holders[i].trace());
  }
  (*variables_)[std::string(at.text())] = std::move(changed);
}

void Evaluator::destructure(Node target, const Value& value) {
  std::int64_t place = 0;
  for (const Node item : target.children()) {
    const std::int64_t at = place++;
    if (!item) continue;
    if (item.has(by_reference) || item.has(spread)) {
      take_reference(item.child(1));
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
  if (sets_on_the_way(target)) return forget_place(node);
  const Value old = expression(target);
  const bool up = node.op() == Operator::pre_increment || node.op() == Operator::post_increment;
  const bool before = node.op() == Operator::pre_increment || node.op() == Operator::pre_decrement;
  if (!old.is(Type::integer)) {
    Value value = stopped_at(node, "it counts what is no integer");
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
    referenced_.erase(std::string(target.text()));
    return;
  }
  if (target.is(NodeKind::index)) return change_item(target, nullptr);
  const Node root = root_of(target);
  if (root.is(NodeKind::variable_variable))
    forget_all("a variable whose name is computed was unset");
}

void Evaluator::forget_variable(std::string_view name, const std::string& reason) {
  (*variables_)[std::string(name)] = Value::unknown(reason);
}

// From now on the variable at the root of this may change anywhere.
void Evaluator::take_reference(Node target) {
  const Node root = root_of(target);
  if (root.is(NodeKind::variable))
    referenced_.emplace(root.text());
  else if (root.is(NodeKind::variable_variable))
    forget_all("a reference was taken to a variable whose name is computed");
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
      if (node.has(by_reference)) {
        take_reference(node.first());
        take_reference(node.child(1));
      }
      break;
    case NodeKind::unary:
      if (node.op() >= Operator::pre_increment && node.op() <= Operator::post_decrement)
        forget_root(node.first());
      break;
    case NodeKind::foreach_loop:
      forget_root(node.child(1));
      forget_root(node.child(2));
      if (node.has(by_reference)) {
        take_reference(node.first());
        take_reference(node.child(2));
      }
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
        if (use.has(by_reference)) referenced_.emplace(use.text());
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
