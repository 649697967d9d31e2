// Expressions of a migration's methods.
#include <algorithm>
#include <utility>
#include <variant>

#include "gate/readers/formats/php/literals.h"
#include "gate/readers/migrations/laravel/interpreter.h"

namespace gate::readers::migrations::laravel {
namespace {

using php::Node;
using php::NodeKind;
using php::Operator;

Value integer_of(std::string_view written) {
  const auto number = php::read_integer(written);
  if (const auto* whole = std::get_if<std::int64_t>(&number)) return Value::of(*whole);
  Value value = Value::of(Value::Kind::floating);
  value.floating = std::get<double>(number);
  return value;
}

constexpr std::int64_t kLarge = std::int64_t{1} << 31;  // beyond it sums could overflow

}  // namespace

Value* Interpreter::variable(std::string_view name) {
  const auto found = scopes_.back().find(name);
  return found == scopes_.back().end() ? nullptr : &found->second;
}

bool Interpreter::equal(const Value& a, const Value& b) {
  if (a.kind == b.kind && a.is(Value::Kind::null)) return true;
  const std::optional<std::string> left = a.as_text();
  const std::optional<std::string> right = b.as_text();
  return left && right && *left == *right;
}

std::optional<bool> Interpreter::compare(const Value& a, const Value& b) {
  if (!a.known() || !b.known()) return std::nullopt;
  if (!a.is(Value::Kind::list) || !b.is(Value::Kind::list)) return equal(a, b);
  if (a.items->size() != b.items->size()) return false;
  for (std::size_t at = 0; at < a.items->size(); ++at) {
    const auto& [key, value] = (*a.items)[at];
    const auto& [other_key, other] = (*b.items)[at];
    const std::optional<bool> same = compare(value, other);
    if (!same) return std::nullopt;
    if (!*same || !equal(key, other_key)) return false;
  }
  return true;
}

Value Interpreter::evaluate(Node node) {
  if (!step()) return {};
  switch (node.kind()) {
    case NodeKind::variable:
      if (const Value* value = variable(node.text())) return *value;
      return node.text() == "this" ? Value::of(Value::Kind::self) : Value{};
    case NodeKind::integer:
      return integer_of(node.text());
    case NodeKind::floating: {
      Value value = Value::of(Value::Kind::floating);
      value.floating = php::read_floating(node.text());
      return value;
    }
    case NodeKind::string:
      return Value::of(std::string(node.text()));
    case NodeKind::template_string:
      return evaluate_template(node);
    case NodeKind::array_literal:
      return evaluate_array(node);
    case NodeKind::constant:
    case NodeKind::class_constant:
      return evaluate_constant(node);
    case NodeKind::property:
    case NodeKind::static_property:
      return evaluate_property(node);
    case NodeKind::index: {
      const Value base = evaluate(node.child(0));
      const std::optional<std::string> key = evaluate(node.child(1)).as_text();
      return key ? base.at(*key) : Value{};
    }
    case NodeKind::call:
      return evaluate_call(node);
    case NodeKind::method_call:
      return evaluate_method_call(node);
    case NodeKind::static_call:
      return evaluate_static_call(node);
    case NodeKind::closure:
    case NodeKind::arrow_function:
      return make_closure(node);
    case NodeKind::new_object: {
      // `new Expression('...')` stands for what DB::raw makes.
      const bool raw = php::same_name(php::short_name(node.child(0).text()), "Expression");
      const Arguments arguments = evaluate_arguments(node.child(1));
      Value value = Value::of(raw ? Value::Kind::raw : Value::Kind::object);
      value.text = raw ? arguments.text(0, "") : std::string(node.child(0).text());
      if (value.text == "self" || value.text == "static") value.text = family().front().text();
      return value.text.empty() ? Value{} : value;
    }
    case NodeKind::unary:
      return evaluate_unary(node);
    case NodeKind::binary:
      return evaluate_binary(node);
    case NodeKind::assignment:
      return evaluate_assignment(node);
    case NodeKind::ternary: {
      const Value condition = evaluate(node.child(0));
      const std::optional<bool> truth = condition.truth();
      if (!truth) {
        ++undecided_;
        evaluate(node.child(1));
        evaluate(node.child(2));
        --undecided_;
        return {};
      }
      if (*truth) return node.child(1) ? evaluate(node.child(1)) : condition;
      return evaluate(node.child(2));
    }
    case NodeKind::match:
      return evaluate_match(node);
    case NodeKind::cast: {
      const Value value = evaluate(node.child(0));
      if (node.op() == Operator::to_string) {
        const std::optional<std::string> text = value.as_text();
        return text ? Value::of(*text) : Value{};
      }
      if (node.op() == Operator::to_array && value.is(Value::Kind::text))
        return Value::of(Items{{Value::of(std::int64_t{0}), value}});
      return value;
    }
    case NodeKind::isset:
    case NodeKind::empty:
      return evaluate_presence(node);
    default:
      return {};
  }
}

Value Interpreter::evaluate_unary(Node node) {
  const Node operand = node.child(0);
  const Value value = evaluate(operand);
  const bool is_whole =
      value.is(Value::Kind::integer) && value.integer > -kLarge && value.integer < kLarge;
  switch (node.op()) {
    case Operator::logical_not: {
      const std::optional<bool> truth = value.truth();
      return truth ? Value::of(!*truth) : Value{};
    }
    case Operator::minus:
      return is_whole ? Value::of(-value.integer) : Value{};
    case Operator::plus:
    case Operator::silence:
      return value;
    case Operator::pre_increment:
    case Operator::post_increment:
    case Operator::pre_decrement:
    case Operator::post_decrement: {
      const bool up = node.op() == Operator::pre_increment || node.op() == Operator::post_increment;
      const bool before =
          node.op() == Operator::pre_increment || node.op() == Operator::pre_decrement;
      const Value changed = is_whole ? Value::of(value.integer + (up ? 1 : -1)) : Value{};
      bind(operand, changed);
      return before ? changed : value;
    }
    default:
      return {};
  }
}

Value Interpreter::evaluate_binary(Node node) {
  const Operator op = node.op();
  if (op == Operator::logical_and || op == Operator::logical_or) {
    const bool stops_at = op == Operator::logical_or;
    bool all_known = true;
    for (const Node operand : node.children()) {
      const std::optional<bool> truth = evaluate(operand).truth();
      if (truth == stops_at) return Value::of(stops_at);
      all_known = all_known && truth.has_value();
    }
    return all_known ? Value::of(!stops_at) : Value{};
  }
  std::vector<Value> values;
  for (const Node operand : node.children())
    values.push_back(evaluate(operand));
  if (op == Operator::concat) {
    std::string text;
    for (const Value& value : values) {
      const std::optional<std::string> part = value.as_text();
      if (!part) return {};
      text += *part;
    }
    return Value::of(std::move(text));
  }
  if (op == Operator::coalesce) {
    for (const Value& value : values) {
      if (!value.is(Value::Kind::null)) return value;
    }
    return values.empty() ? Value{} : values.back();
  }
  if (values.size() != 2 || !values[0].known() || !values[1].known()) return {};
  const std::optional<bool> alike = compare(values[0], values[1]);
  if (!alike) return {};
  const bool same = *alike;
  if (op == Operator::equal || op == Operator::identical) return Value::of(same);
  if (op == Operator::not_equal || op == Operator::not_identical) return Value::of(!same);
  if (!values[0].is(Value::Kind::integer) || !values[1].is(Value::Kind::integer)) return {};
  const std::int64_t a = values[0].integer;
  const std::int64_t b = values[1].integer;
  const bool small = a < kLarge && b < kLarge && a > -kLarge && b > -kLarge;
  switch (op) {
    case Operator::less:
      return Value::of(a < b);
    case Operator::less_equal:
      return Value::of(a <= b);
    case Operator::greater:
      return Value::of(a > b);
    case Operator::greater_equal:
      return Value::of(a >= b);
    case Operator::add:
      return small ? Value::of(a + b) : Value{};
    case Operator::subtract:
      return small ? Value::of(a - b) : Value{};
    case Operator::multiply:
      return small ? Value::of(a * b) : Value{};
    default:
      return {};
  }
}

// isset($a, $b['c']) and empty($a); what a variable that nobody has set holds is not known.
Value Interpreter::evaluate_presence(Node node) {
  bool all_known = true;
  for (const Node operand : node.children()) {
    const Value value = evaluate(operand);
    if (node.is(NodeKind::empty)) {
      const std::optional<bool> truth = value.truth();
      return truth ? Value::of(!*truth) : Value{};
    }
    if (value.is(Value::Kind::null)) return Value::of(false);
    all_known = all_known && value.known();
  }
  return all_known ? Value::of(true) : Value{};
}

Value Interpreter::evaluate_array(Node node) {
  Items items;
  std::int64_t place = 0;
  for (const Node item : node.children()) {
    if (!item.is(NodeKind::array_item)) {
      ++place;
      continue;
    }
    const Value value = evaluate(item.child(1));
    if (item.has(php::spread)) {
      if (!value.is(Value::Kind::list)) return {};
      for (const auto& [key, element] : *value.items)
        items.emplace_back(key.is(Value::Kind::integer) ? Value::of(place++) : key, element);
      continue;
    }
    items.emplace_back(item.child(0) ? evaluate(item.child(0)) : Value::of(place++), value);
  }
  return Value::of(std::move(items));
}

Value Interpreter::evaluate_template(Node node) {
  std::string text;
  for (const Node part : node.children()) {
    const std::optional<std::string> value = evaluate(part).as_text();
    if (!value) return {};
    text += *value;
  }
  return Value::of(std::move(text));
}

Arguments Interpreter::evaluate_arguments(Node node) {
  Arguments arguments;
  for (const Node argument : node.children()) {
    Value value = evaluate(argument.child(0));
    if (argument.has(php::spread) && value.is(Value::Kind::list)) {
      for (const auto& [key, element] : *value.items)
        arguments.places.push_back(element);
    } else if (argument.text().empty()) {
      arguments.places.push_back(std::move(value));
    } else {
      arguments.names.insert_or_assign(std::string(argument.text()), std::move(value));
    }
  }
  return arguments;
}

}  // namespace gate::readers::migrations::laravel
