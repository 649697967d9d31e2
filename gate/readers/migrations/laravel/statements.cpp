// Statements of a migration's methods.
#include <algorithm>
#include <utility>

#include "gate/readers/migrations/laravel/interpreter.h"

namespace gate::readers::migrations::laravel {
namespace {

using php::Node;
using php::NodeKind;

constexpr int kMostRounds = 1000;  // of one loop

}  // namespace

Interpreter::Interpreter(Node declaration, Schema& schema, Origin origin, Project& project)
    : class_(declaration), schema_(schema), origin_(origin), project_(project) {
  scopes_.emplace_back();
  families_.push_back(family_of(declaration));
}

void Interpreter::run(std::string_view method) {
  for (const std::string_view name : {std::string_view("__construct"), method}) {
    const Node found = find_method(name);
    if (found) call_method_of_class(found, {});
  }
}

Value Interpreter::call_method_of_class(Node method, const Arguments& arguments) {
  if (depth_ >= kDeepest) return {};
  Scope scope;
  std::size_t place = 0;
  for (const Node parameter : method.child(1).children()) {
    Value value = arguments.get(place++, parameter.text());
    if (!value.known() && parameter.child(2)) value = evaluate(parameter.child(2));
    scope.insert_or_assign(std::string(parameter.text()), std::move(value));
  }
  ++depth_;
  scopes_.push_back(std::move(scope));
  result_ = {};
  run_block(method.child(3));
  scopes_.pop_back();
  --depth_;
  return std::exchange(result_, {});
}

// What a closure takes along is what the variables hold where it is written.
Value Interpreter::make_closure(Node node) {
  Value closure = Value::of(Value::Kind::closure);
  closure.node = node.id();
  closure.tree = &node.tree();
  Scope captured;
  if (node.is(NodeKind::arrow_function)) {
    captured = scopes_.back();
  } else {
    for (const Node use : node.child(4).children()) {
      // What runs in it may change the variable outside.
      if (use.has(php::by_reference)) {
        scopes_.back().insert_or_assign(std::string(use.text()), Value{});
      } else if (const Value* value = variable(use.text())) {
        captured.insert_or_assign(std::string(use.text()), *value);
      }
    }
    if (const Value* self = variable("this")) captured.insert_or_assign("this", *self);
  }
  closure.captured = std::make_shared<const Scope>(std::move(captured));
  return closure;
}

Value Interpreter::call_closure(const Value& closure, const std::vector<Value>& arguments) {
  if (!closure.is(Value::Kind::closure) || depth_ >= kDeepest) return {};
  const Node node(closure.tree, closure.node);
  Scope scope = closure.captured ? *closure.captured : Scope();
  const bool arrow = node.is(NodeKind::arrow_function);
  std::size_t place = 0;
  for (const Node parameter : node.child(1).children()) {
    Value value = place < arguments.size() ? arguments[place] : Value{};
    if (place >= arguments.size() && parameter.child(2)) value = evaluate(parameter.child(2));
    ++place;
    scope.insert_or_assign(std::string(parameter.text()), std::move(value));
  }
  ++depth_;
  scopes_.push_back(std::move(scope));
  Value result;
  if (arrow) {
    result = evaluate(node.child(3));
  } else {
    result_ = {};
    run_block(node.child(3));
    result = std::exchange(result_, {});
  }
  scopes_.pop_back();
  --depth_;
  return result;
}

Interpreter::Flow Interpreter::run_block(Node block) {
  if (!block.is(NodeKind::block)) return run_statement(block);
  for (const Node statement : block.children()) {
    const Flow flow = run_statement(statement);
    if (flow != Flow::next) return flow;
  }
  return Flow::next;
}

Interpreter::Flow Interpreter::run_if(Node node) {
  bool open = false;  // a condition before this one may have been true
  for (const Node clause : node.children()) {
    const Node condition = clause.child(0);
    const std::optional<bool> holds = condition ? evaluate(condition).truth() : std::optional(true);
    if (holds == false) continue;
    if (holds == true && !open) return run_block(clause.child(1));
    open = true;
    ++undecided_;
    run_block(clause.child(1));
    --undecided_;
    if (holds == true) break;
  }
  return Flow::next;
}

void Interpreter::bind(Node target, const Value& value) {
  if (target.is(NodeKind::variable)) {
    scopes_.back().insert_or_assign(std::string(target.text()), value);
    return;
  }
  if (!target.is(NodeKind::array_literal)) return;
  std::int64_t place = 0;
  for (const Node item : target.children()) {
    const Value key = item.child(0) ? evaluate(item.child(0)) : Value::of(place);
    ++place;
    bind(item.child(1), value.at(key.as_text().value_or("")));
  }
}

Interpreter::Flow Interpreter::run_foreach(Node node) {
  const Value subject = evaluate(node.child(0));
  if (!subject.is(Value::Kind::list)) {
    // Rows of the database, a configuration: once around, for what it would do to the schema.
    ++undecided_;
    if (node.child(1)) bind(node.child(1), {});
    bind(node.child(2), {});
    run_block(node.child(3));
    --undecided_;
    return Flow::next;
  }
  int rounds = 0;
  for (const auto& [key, value] : *subject.items) {
    if (++rounds > kMostRounds) break;
    if (node.child(1)) bind(node.child(1), key);
    bind(node.child(2), value);
    const Flow flow = run_block(node.child(3));
    if (flow == Flow::leave) return flow;
    if (flow == Flow::stop_loop) break;
  }
  return Flow::next;
}

Interpreter::Flow Interpreter::run_for(Node node) {
  for (const Node expression : node.child(0).children())
    evaluate(expression);
  for (int rounds = 0; rounds < kMostRounds && step(); ++rounds) {
    std::optional<bool> holds = true;
    for (const Node condition : node.child(1).children())
      holds = evaluate(condition).truth();
    if (holds == false) break;
    if (!holds) ++undecided_;
    const Flow flow = run_block(node.child(3));
    if (!holds) {
      --undecided_;
      break;
    }
    if (flow == Flow::leave) return flow;
    if (flow == Flow::stop_loop) break;
    for (const Node expression : node.child(2).children())
      evaluate(expression);
  }
  return Flow::next;
}

Interpreter::Flow Interpreter::run_switch(Node node) {
  const Value subject = evaluate(node.child(0));
  bool running = false;
  const bool known = subject.known();
  Node otherwise(&node.tree(), 0);
  const auto run_case = [&](Node body) {
    bool first = true;
    for (const Node statement : body.children()) {
      if (std::exchange(first, false)) continue;  // the value
      const Flow flow = run_statement(statement);
      if (flow != Flow::next) return flow;
    }
    return Flow::next;
  };
  if (!known) ++undecided_;
  Flow left = Flow::next;
  for (const Node item : node.children()) {
    if (!item.is(NodeKind::switch_case)) continue;
    if (!item.child(0)) otherwise = item;
    running = running || !known || (item.child(0) && equal(subject, evaluate(item.child(0))));
    if (!running) continue;
    const Flow flow = run_case(item);
    if (flow == Flow::leave && known) left = flow;
    if (flow != Flow::next && known) break;
  }
  if (!running && otherwise) {
    running = true;
    left = run_case(otherwise) == Flow::leave ? Flow::leave : Flow::next;
  }
  if (!known) --undecided_;
  return left;
}

// What the database refuses in a block of `try` ends it; the first `catch` goes on. In a
// transaction of PostgreSQL nothing goes on.
Interpreter::Flow Interpreter::run_try(Node node) {
  const bool goes_on =
      !schema_.database().is_postgres() || property("withinTransaction").truth() == false;
  tries_ += goes_on ? 1 : 0;
  Flow flow = run_block(node.child(0));
  tries_ -= goes_on ? 1 : 0;
  const bool caught = std::exchange(thrown_, false);
  bool first = true;
  for (const Node part : node.children()) {
    if (part.is(NodeKind::catch_clause) && caught && std::exchange(first, false)) {
      if (!part.text().empty()) scopes_.back().insert_or_assign(std::string(part.text()), Value{});
      flow = run_block(part.child(1));
    }
    if (part.is(NodeKind::finally_clause)) run_block(part.child(0));
  }
  return flow;
}

Interpreter::Flow Interpreter::run_statement(Node node) {
  if (!step()) return Flow::leave;
  switch (node.kind()) {
    case NodeKind::block:
      return run_block(node);
    case NodeKind::expression_statement:
      if (node.child(0).is(NodeKind::throw_expression))
        return undecided_ > 0 ? Flow::next : Flow::leave;
      evaluate(node.child(0));
      return thrown_ ? Flow::leave : Flow::next;
    case NodeKind::if_statement:
      return run_if(node);
    case NodeKind::foreach_loop:
      return run_foreach(node);
    case NodeKind::for_loop:
      return run_for(node);
    case NodeKind::while_loop:
    case NodeKind::do_loop: {
      const bool leads = node.is(NodeKind::while_loop);
      if (leads && evaluate(node.child(0)).truth() == false) return Flow::next;
      ++undecided_;
      run_block(node.child(leads ? 1 : 0));
      --undecided_;
      return Flow::next;
    }
    case NodeKind::switch_statement:
      return run_switch(node);
    case NodeKind::try_statement:
      return run_try(node);
    case NodeKind::return_statement:
      if (node.child(0)) result_ = evaluate(node.child(0));
      if (thrown_) return Flow::leave;
      // Where nobody knows whether it is reached, what stands behind it may run too.
      return undecided_ > 0 ? Flow::next : Flow::leave;
    case NodeKind::break_statement:
      return Flow::stop_loop;
    case NodeKind::continue_statement:
      return Flow::next_round;
    case NodeKind::opaque:
      emit_opaque(node, "PHP that cannot be read");
      return Flow::next;
    case NodeKind::echo:
    case NodeKind::unset_statement:
      return Flow::next;
    default:
      return Flow::next;
  }
}

}  // namespace gate::readers::migrations::laravel
