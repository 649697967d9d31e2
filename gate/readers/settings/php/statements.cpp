#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/formats/php/literals.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/effects.h"
#include "gate/readers/settings/php/evaluator.h"
#include "gate/readers/settings/php/frame.h"

namespace gate::readers::php {
namespace {

// Whether control may leave this code other than at its end.
bool may_leave(Node node) {
  switch (node.kind()) {
    case NodeKind::return_statement:
    case NodeKind::break_statement:
    case NodeKind::continue_statement:
    case NodeKind::goto_statement:
    case NodeKind::exit:
    case NodeKind::include:
    case NodeKind::opaque:
      return true;
    default:
      break;
  }
  if (is_definition(node)) return false;
  for (const Node child : node.children())
    if (may_leave(child)) return true;
  return false;
}

// Whether a `return` may leave this code; `break` stays inside.
bool returns_below(Node node) {
  if (node.is(NodeKind::break_statement) || node.is(NodeKind::continue_statement))
    return node.first().kind() != NodeKind::none;
  if (node.is(NodeKind::closure) || node.is(NodeKind::arrow_function)) return false;
  const bool leaves = node.is(NodeKind::return_statement) || node.is(NodeKind::exit) ||
                      node.is(NodeKind::goto_statement) || node.is(NodeKind::include);
  if (leaves) return true;
  for (const Node child : node.children())
    if (returns_below(child)) return true;
  return false;
}

// Whether code ends the program, so that whatever value there is comes from elsewhere.
bool ends_program(Node block) {
  for (const Node statement : block.children()) {
    const Node inner = statement.first();
    if (statement.is(NodeKind::expression_statement) &&
        (inner.is(NodeKind::throw_expression) || inner.is(NodeKind::exit)))
      return true;
  }
  return false;
}

}  // namespace

// Code that is run inside other code shares its budget.
void Evaluator::begin() {
  if (calls_ > 0) return;
  steps_ = 0;
  includes_ = 0;
  forgotten_.clear();
  referenced_.clear();
  conditions_ = Trace();
}

Value Evaluator::run(const File& file) {
  Variables own;
  begin();
  if (!file.tree->ok() && !world_.explores()) {
    return Value::unknown(
        fmt::format("{} cannot be read as PHP: {}", *file.path, file.tree->first_problem()));
  }
  Frame frame(*this, file, &own);
  const Flow flow = statements(file.tree->root());
  return flow == Flow::returns ? returned_ : Value(std::int64_t{1});
}

Value Evaluator::run(const File& file, Node function, Variables variables) {
  begin();
  if (calls_ >= kMaxCalls) return Value::unknown("functions call each other too deeply");
  Frame frame(*this, file, &variables);
  const Flow flow = statements(function.child(3));
  return flow == Flow::returns ? returned_ : Value();
}

Value Evaluator::require(const File& file) {
  if (calls_ >= kMaxCalls) return Value::unknown("files include each other too deeply");
  Variables own;
  Frame frame(*this, file, &own);
  const Flow flow = statements(file.tree->root());
  return flow == Flow::returns ? returned_ : Value(std::int64_t{1});
}

Value Evaluator::run_expression(const File& file, Node node) {
  Variables none;
  begin();
  Frame frame(*this, file, &none);
  return expression(node);
}

void Evaluator::declare_functions(Node parent) {
  for (const Node statement : parent.children()) {
    if (!statement.is(NodeKind::function_declaration)) continue;
    // Code of its namespace calls it by its short name.
    const std::string name = base::to_lower(statement.text());
    functions_.emplace(short_name(name), std::pair(*file_, statement.id()));
    functions_.insert_or_assign(name, std::pair(*file_, statement.id()));
  }
}

Evaluator::Flow Evaluator::statements(Node parent) {
  declare_functions(parent);
  for (const Node one : parent.children()) {
    const Flow flow = statement(one);
    if (flow != Flow::normal) return flow;
  }
  return Flow::normal;
}

// Whatever comes, the file's value is not known.
Evaluator::Flow Evaluator::give_up(std::string reason) {
  returned_ = Value::unknown(std::move(reason));
  return Flow::returns;
}

Evaluator::Flow Evaluator::statement(Node node) {
  if (!step()) return give_up("computing it takes too many steps");
  switch (node.kind()) {
    case NodeKind::block:
    case NodeKind::namespace_statement:
      return statements(node);
    case NodeKind::declare_statement:
      for (const Node element : node.first().children())
        if (element.text() == "strict_types") strict_ = element.first().text() == "1";
      return node.child(1) ? statements(node.child(1)) : Flow::normal;
    case NodeKind::expression_statement:
      if (node.first().is(NodeKind::exit)) return give_up("the code ends the program");
      if (node.first().is(NodeKind::throw_expression)) {
        return give_up(stopped_at(node, "the code throws an exception").reason());
      }
      static_cast<void>(expression(node.first()));
      return Flow::normal;
    case NodeKind::none:
      return Flow::normal;
    case NodeKind::return_statement:
      returned_ = node.first() ? expression(node.first()) : Value();
      return Flow::returns;
    case NodeKind::if_statement:
      return if_statement(node);
    case NodeKind::foreach_loop:
      return foreach_loop(node);
    case NodeKind::for_loop:
      return for_loop(node);
    case NodeKind::while_loop:
      return while_loop(node, true);
    case NodeKind::do_loop:
      return while_loop(node, false);
    case NodeKind::switch_statement:
      return switch_statement(node);
    case NodeKind::break_statement:
    case NodeKind::continue_statement:
      levels_ = 1;
      if (node.first().is(NodeKind::integer)) {
        const auto levels = read_integer(node.first().text());
        const auto* const whole = std::get_if<std::int64_t>(&levels);
        levels_ = whole != nullptr && *whole > 0 ? static_cast<std::size_t>(*whole) : 1;
      }
      return node.is(NodeKind::break_statement) ? Flow::breaks : Flow::continues;
    case NodeKind::unset_statement:
      for (const Node target : node.children())
        unset(target);
      return Flow::normal;
    case NodeKind::const_statement:
      for (Node element = node.first().next(); element; element = element.next())
        constants_.insert_or_assign(std::string(element.text()), expression(element.first()));
      return Flow::normal;
    case NodeKind::echo:
    case NodeKind::inline_html:
    case NodeKind::use_statement:
    case NodeKind::function_declaration:
    case NodeKind::class_declaration:
    case NodeKind::interface_declaration:
    case NodeKind::trait_declaration:
    case NodeKind::enum_declaration:
      return Flow::normal;
    case NodeKind::try_statement:
      if (!world_.explores()) break;
      for (const Node part : node.children())
        static_cast<void>(
            statements(part.is(NodeKind::block) ? part : part.child(part.size() - 1)));
      return Flow::normal;
    default:
      break;
  }
  // `try`, `global`, `goto` and the like.
  const std::string reason = stopped_at(node, "gate does not follow this code").reason();
  if (may_leave(node) && !world_.explores()) return give_up(reason);
  forget(node, reason);
  return Flow::normal;
}

Evaluator::Flow Evaluator::if_statement(Node node) {
  const Trace outside = conditions_;
  Flow flow = Flow::normal;
  for (Node clause = node.first(); clause; clause = clause.next()) {
    bool runs = true;
    if (clause.first()) {
      const Value condition = expression(clause.first());
      const std::optional<bool> truth = to_bool(condition);
      if (!truth) {
        flow = branches_unknown(clause, condition.reason());
        break;
      }
      conditions_ = Trace::join(conditions_, condition.trace());
      runs = *truth;
    }
    if (!runs) continue;
    flow = statements(clause.child(1));
    break;
  }
  conditions_ = outside;
  return flow;
}

// From this clause on nobody knows which one runs.
Evaluator::Flow Evaluator::branches_unknown(Node clause, const std::string& reason) {
  for (; clause; clause = clause.next()) {
    forget(clause.first(), reason);
    const Node block = clause.child(1);
    if (world_.explores()) {
      static_cast<void>(statements(block));
      forget(block, reason);
      continue;
    }
    if (ends_program(block)) continue;
    if (may_leave(block)) return give_up(reason);
    forget(block, reason);
  }
  return Flow::normal;
}

Evaluator::Flow Evaluator::foreach_loop(Node node) {
  const Value subject = expression(node.first());
  const Node body = node.child(3);
  const bool is_open =
      !subject.is(Type::array) || !subject.array().unknown_key().empty() || node.has(by_reference);
  if (is_open) {
    const std::string reason = subject.is_known()
                                   ? stopped_at(node, "gate does not follow this loop").reason()
                                   : subject.reason();
    if (world_.explores()) {
      forget(node, reason);
      static_cast<void>(statements(body));
    } else if (may_leave(body)) {
      return give_up(reason);
    }
    forget(node, reason);
    return Flow::normal;
  }
  // The body may set the variable anew; `subject` keeps what is looped over.
  for (const Array::Entry& entry : subject.array().entries()) {
    if (node.child(1)) assign(node.child(1), entry.key.value());
    assign(node.child(2), entry.value);
    Flow after = Flow::normal;
    if (loop_body(body, after) == Flow::breaks) return after;
  }
  return Flow::normal;
}

// Runs a body once. Returns `breaks` where the loop ends; then `after` says how it goes on behind
// it.
Evaluator::Flow Evaluator::loop_body(Node body, Flow& after) {
  const Flow flow = statements(body);
  if (flow == Flow::normal) return flow;
  if (flow != Flow::returns && levels_ > 1) {  // a loop around this one is meant
    --levels_;
    after = flow;
    return Flow::breaks;
  }
  if (flow == Flow::continues) return Flow::normal;
  after = flow == Flow::breaks ? Flow::normal : flow;
  return Flow::breaks;
}

Evaluator::Flow Evaluator::for_loop(Node node) {
  for (const Node one : node.first().children())
    static_cast<void>(expression(one));
  while (true) {
    Value condition = true;
    for (const Node one : node.child(1).children())
      condition = expression(one);
    const std::optional<bool> truth = to_bool(condition);
    if (!truth) {
      if (world_.explores())
        static_cast<void>(statements(node.child(3)));
      else if (may_leave(node.child(3)))
        return give_up(condition.reason());
      forget(node, condition.reason());
      return Flow::normal;
    }
    if (!*truth) return Flow::normal;
    Flow after = Flow::normal;
    if (loop_body(node.child(3), after) == Flow::breaks) return after;
    if (!step()) return give_up("computing it takes too many steps");
    for (const Node one : node.child(2).children())
      static_cast<void>(expression(one));
  }
}

Evaluator::Flow Evaluator::while_loop(Node node, bool test_first) {
  const Node test = node.child(test_first ? 0 : 1);
  const Node body = node.child(test_first ? 1 : 0);
  bool is_tested = !test_first;
  while (true) {
    if (!is_tested) {
      const Value condition = expression(test);
      const std::optional<bool> truth = to_bool(condition);
      if (!truth) {
        if (world_.explores())
          static_cast<void>(statements(body));
        else if (may_leave(body))
          return give_up(condition.reason());
        forget(node, condition.reason());
        return Flow::normal;
      }
      if (!*truth) return Flow::normal;
    }
    is_tested = false;
    Flow after = Flow::normal;
    if (loop_body(body, after) == Flow::breaks) return after;
    if (!step()) return give_up("computing it takes too many steps");
  }
}

Evaluator::Flow Evaluator::switch_statement(Node node) {
  const Value subject = expression(node.first());
  Node start(&node.tree(), 0);
  Node fallback(&node.tree(), 0);
  for (Node one = node.first().next(); one && !start; one = one.next()) {
    if (!one.first()) {
      fallback = one;
      continue;
    }
    const Value wanted = expression(one.first());
    const std::optional<bool> same = is_equal(subject, wanted);
    if (!same) {
      const std::string reason =
          subject.is_known() ? "it compares what gate cannot compare" : subject.reason();
      // `break` only ends the switch, `return` may end the file.
      if (world_.explores()) {
        for (Node each = node.first().next(); each; each = each.next())
          for (Node inner = each.first().next(); inner; inner = inner.next())
            static_cast<void>(statement(inner));
      } else if (returns_below(node)) {
        return give_up(reason);
      }
      forget(node, reason);
      return Flow::normal;
    }
    if (*same) start = one;
  }
  const Trace outside = conditions_;
  conditions_ = Trace::join(conditions_, subject.trace());
  Flow flow = Flow::normal;
  for (Node one = start ? start : fallback; one && flow == Flow::normal; one = one.next()) {
    for (Node inner = one.first().next(); inner && flow == Flow::normal; inner = inner.next())
      flow = statement(inner);
  }
  conditions_ = outside;
  if (flow == Flow::returns || flow == Flow::normal) return flow;
  if (levels_ == 1) return Flow::normal;
  --levels_;
  return flow;
}

}  // namespace gate::readers::php
