#include "gate/readers/settings/php/effects.h"

namespace gate::readers::php {
namespace {

// The variable at the root of `$a['b']`, or a none.
Node root_of(Node target) {
  while (target.is(NodeKind::index) || target.is(NodeKind::property))
    target = target.first();
  return target;
}

bool is_count(Node node) {
  return node.is(NodeKind::unary) && node.op() >= Operator::pre_increment &&
         node.op() <= Operator::post_decrement;
}

// Calls `use` with each node of some code until it returns true.
template <class Use>
bool any_below(Node code, const Use& use) {
  if (use(code)) return true;
  for (const Node child : code.children())
    if (any_below(child, use)) return true;
  return false;
}

}  // namespace

bool names_variable(Node code, std::string_view name) {
  return any_below(code, [&](Node node) {
    return node.is(NodeKind::variable_variable) ||
           ((node.is(NodeKind::variable) || node.is(NodeKind::closure_use)) && node.text() == name);
  });
}

bool sets_variable(Node code, std::string_view name) {
  return any_below(code, [&](Node node) {
    if (!node.is(NodeKind::assignment) && !is_count(node)) return false;
    const Node root = root_of(node.first());
    return root.is(NodeKind::array_literal) ? names_variable(root, name)
                                            : root.is(NodeKind::variable) && root.text() == name;
  });
}

bool place_changes_value(Node target, Node value) {
  if (!target.is(NodeKind::index)) return false;
  return any_below(target, [&](Node node) {
    if (!node.is(NodeKind::assignment) && !is_count(node)) return false;
    const Node root = root_of(node.first());
    return !root.is(NodeKind::variable) || names_variable(value, root.text());
  });
}

bool sets_on_the_way(Node target) {
  return target.is(NodeKind::index) && any_below(target, [](Node node) {
           return node.is(NodeKind::assignment) || is_count(node);
         });
}

bool is_definition(Node node) {
  return node.is(NodeKind::closure) || node.is(NodeKind::arrow_function) ||
         node.is(NodeKind::function_declaration) || node.is(NodeKind::class_declaration);
}

bool yields(Node body) {
  if (body.is(NodeKind::yield) || body.is(NodeKind::yield_from)) return true;
  if (is_definition(body)) return false;
  for (const Node child : body.children())
    if (yields(child)) return true;
  return false;
}

bool takes_reference(Node function) {
  for (const Node parameter : function.child(1).children())
    if (parameter.has(by_reference)) return true;
  return false;
}

}  // namespace gate::readers::php
