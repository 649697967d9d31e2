// Expressions: operators by precedence, literals, members.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/settings/javascript/evaluator.h"
#include "gate/readers/settings/javascript/number.h"

namespace gate::readers::javascript {
namespace {

struct Precedence {
  std::string_view sign;
  int level;
};
constexpr auto kBinary = std::to_array<Precedence>(
    {{"??", 1},  {"||", 1}, {"&&", 2},        {"|", 3},          {"^", 4},  {"&", 5},  {"===", 6},
     {"!==", 6}, {"==", 6}, {"!=", 6},        {"<", 7},          {">", 7},  {"<=", 7}, {">=", 7},
     {"in", 7},  {"as", 7}, {"satisfies", 7}, {"instanceof", 7}, {"<<", 8}, {">>", 8}, {">>>", 8},
     {"+", 9},   {"-", 9},  {"*", 10},        {"/", 10},         {"%", 10}, {"**", 11}});

// Raises a counter while a call of the evaluator lasts.
class Deeper {
 public:
  explicit Deeper(std::uint32_t& depth) : depth_(depth) { ++depth_; }
  ~Deeper() { --depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  std::uint32_t& depth_;
};

// What `typeof` says.
std::string_view type_name(Type type) {
  switch (type) {
    case Type::undefined:
      return "undefined";
    case Type::boolean:
      return "boolean";
    case Type::number:
      return "number";
    case Type::text:
      return "string";
    case Type::function:
      return "function";
    default:
      return "object";
  }
}

// The first of the values that is not known, as the result of what is made of them.
const Value& first_unknown(const Value& left, const Value& right) {
  return left.is(Type::unknown) ? left : right;
}

}  // namespace

Value Evaluator::expression() {
  const Deeper deeper(depth_);
  if (depth_ > kMaxDepth) {
    at_ = end_;
    return Value::unknown("it is nested too deeply");
  }
  if (++steps_ > kMaxSteps) {
    at_ = end_;
    return Value::unknown("it takes too many steps to compute");
  }
  if (std::optional<Value> function = arrow_function()) return *std::move(function);
  return conditional();
}

Value Evaluator::conditional() {
  Value condition = binary(1);
  if (!is("?")) return condition;
  ++at_;
  Value yes = expression();
  if (!take(":")) return give_up("a condition without `:`");
  Value no = expression();
  bool known = true;
  const bool truth = condition.truthy(known);
  if (!known)
    return Value::unknown(
        condition.is(Type::unknown) ? condition.text : "its condition is not known",
        condition.trace);
  Value chosen = truth ? std::move(yes) : std::move(no);
  chosen.trace = Trace::join(condition.trace, chosen.trace);
  return chosen;
}

Value Evaluator::binary(int least) {
  Value left = unary();
  while (!done()) {
    const auto* const found =
        std::find_if(kBinary.begin(), kBinary.end(),
                     [&](const Precedence& precedence) { return is(precedence.sign); });
    if (found == kBinary.end() || found->level < least) return left;
    const std::string_view sign = found->sign;
    if (sign == "as" || sign == "satisfies") {
      if (token(at_).line_before) return left;
      ++at_;
      skip_type();
      continue;
    }
    ++at_;
    // `**` binds to the right.
    Value right = binary(sign == "**" ? found->level : found->level + 1);
    left = operate(sign, left, right);
  }
  return left;
}

std::optional<bool> Evaluator::strictly_equal(const Value& left, const Value& right) {
  if (left.is(Type::unknown) || right.is(Type::unknown)) return std::nullopt;
  if (!left.is_primitive() || !right.is_primitive()) {
    if (left.is_primitive() != right.is_primitive() && !left.is(Type::imported) &&
        !right.is(Type::imported))
      return false;
    return std::nullopt;
  }
  if (left.type != right.type) return false;
  switch (left.type) {
    case Type::boolean:
      return left.truth == right.truth;
    case Type::number:
      return left.number == right.number;
    case Type::text:
      return left.text == right.text;
    default:
      return true;
  }
}

Value Evaluator::operate(std::string_view sign, const Value& left, const Value& right) {
  Trace trace = Trace::join(left.trace, right.trace);
  if (sign == "??") {
    if (left.is(Type::unknown) || left.is(Type::imported)) {
      return Value::unknown(left.is(Type::unknown) ? left.text : "it comes from another module",
                            left.trace);
    }
    Value result = left.is_nullish() ? right : left;
    if (left.is_nullish()) result.trace = std::move(trace);
    return result;
  }
  if (sign == "||" || sign == "&&") {
    bool known = true;
    const bool truth = left.truthy(known);
    if (!known) {
      return Value::unknown(left.is(Type::unknown) ? left.text : "it comes from another module",
                            left.trace);
    }
    if (truth == (sign == "||")) return left;
    Value result = right;
    result.trace = std::move(trace);
    return result;
  }
  if (left.is(Type::unknown) || right.is(Type::unknown))
    return Value::unknown(first_unknown(left, right).text, std::move(trace));
  if (sign == "===" || sign == "!==" || sign == "==" || sign == "!=") {
    const bool loose = sign.size() == 2;
    std::optional<bool> equal = strictly_equal(left, right);
    if (loose && left.is_nullish() && right.is_nullish()) equal = true;
    if (loose && equal == false && left.type != right.type && !left.is_nullish() &&
        !right.is_nullish())
      equal = std::nullopt;  // conversions
    if (!equal) return Value::unknown("what it compares is not known", std::move(trace));
    return Value::of(*equal == (sign.front() == '='), std::move(trace));
  }
  const bool numbers = left.is(Type::number) && right.is(Type::number);
  const bool texts = left.is(Type::text) && right.is(Type::text);
  if (sign == "+" && left.is_primitive() && right.is_primitive() && !numbers &&
      (left.is(Type::text) || right.is(Type::text))) {
    return Value::of(to_text(left) + to_text(right), std::move(trace));
  }
  if (numbers || texts) {
    const auto compare = [&](auto a, auto b) -> std::optional<bool> {
      if (sign == "<") return a < b;
      if (sign == ">") return a > b;
      if (sign == "<=") return a <= b;
      if (sign == ">=") return a >= b;
      return std::nullopt;
    };
    const std::optional<bool> order =
        numbers ? compare(left.number, right.number)
                : compare(std::string_view(left.text), std::string_view(right.text));
    if (order) return Value::of(*order, std::move(trace));
  }
  if (numbers) {
    const double a = left.number;
    const double b = right.number;
    if (sign == "+") return Value::of(a + b, std::move(trace));
    if (sign == "-") return Value::of(a - b, std::move(trace));
    if (sign == "*") return Value::of(a * b, std::move(trace));
    if (sign == "/") return Value::of(a / b, std::move(trace));
    if (sign == "%") return Value::of(std::fmod(a, b), std::move(trace));
    if (sign == "**") return Value::of(std::pow(a, b), std::move(trace));
  }
  if (sign == "in" && left.is(Type::text) && right.is(Type::object) && right.others.empty())
    return Value::of(right.find(left.text) != nullptr, std::move(trace));
  return Value::unknown(fmt::format("`{}` of these values is not computed", sign),
                        std::move(trace));
}

Value Evaluator::unary() {
  const Deeper deeper(depth_);
  if (depth_ > kMaxDepth) {
    at_ = end_;
    return Value::unknown("it is nested too deeply");
  }
  for (const std::string_view sign : {"!", "-", "+", "typeof", "void", "await", "delete", "~"}) {
    if (!is(sign)) continue;
    ++at_;
    Value value = unary();
    if (value.is(Type::unknown)) return value;
    if (sign == "!") {
      bool known = true;
      const bool truth = value.truthy(known);
      return known ? Value::of(!truth, value.trace)
                   : Value::unknown("whether it is set is not known", value.trace);
    }
    if (sign == "await") return value;
    if (sign == "typeof" && (value.is_primitive() || value.is(Type::array) ||
                             value.is(Type::object) || value.is(Type::function))) {
      return Value::of(std::string(type_name(value.type)), value.trace);
    }
    if (sign == "void") return Value::make(Type::undefined, value.trace);
    if ((sign == "-" || sign == "+") && value.is(Type::number))
      return Value::of(sign == "-" ? -value.number : value.number, value.trace);
    if (sign == "+" && value.is_primitive()) return Value::of(to_number(value), value.trace);
    return Value::unknown(fmt::format("`{}` of it is not computed", sign), value.trace);
  }
  return postfix();
}

Value Evaluator::postfix() {
  const std::uint32_t first = at_;
  std::string_view name = token(at_).kind == TokenKind::name ? text(at_) : std::string_view();
  std::optional<Value> self;  // what a method is called on
  Value value = is("new") ? new_expression() : primary();
  bool chain_ended = false;  // `a?.b.c` with a nullish `a`
  while (!done()) {
    const std::uint32_t here = at_;
    if (is("!") && !token(at_).line_before) {
      ++at_;  // TypeScript: it is there
      continue;
    }
    const bool optional = is("?.");
    if (optional && value.is_nullish()) chain_ended = true;
    if (optional || is(".")) {
      ++at_;
      if (!(optional && (is("(") || is("[")))) {
        if (done() || token(at_).kind != TokenKind::name) return give_up("a member without a name");
        const std::string member_name(text(at_++));
        if (chain_ended) continue;
        self = value;
        name = text(at_ - 1);
        // Methods are known by their names; only what is no call is looked up.
        const bool is_call = is("(") || (is("?.") && is_at(at_ + 1, "("));
        const bool own = value.is(Type::object) && value.find(member_name) != nullptr;
        if (!is_call || own || value.is(Type::imported)) value = member(value, member_name, here);
        continue;
      }
    }
    if (is("[")) {
      const std::uint32_t close = token(at_).match;
      ++at_;
      const Value key = expression();
      if (at_ != close) return give_up("an index that is no value");
      ++at_;
      if (chain_ended) continue;
      self = value;
      name = {};
      if (key.is(Type::unknown)) {
        value = Value::unknown(key.text, Trace::join(value.trace, key.trace));
      } else {
        value = member(value, to_text(key), here);
      }
      continue;
    }
    if (is("(")) {
      std::string others;
      std::vector<Value> given = arguments(others);
      if (chain_ended) continue;
      if (!others.empty()) {
        value = Value::unknown(others, value.trace);
      } else {
        value = call(value, self ? &*self : nullptr, name, std::move(given));
      }
      self.reset();
      name = {};
      continue;
    }
    if (is("`") && first != at_) {
      (void)literal_template();
      value = Value::unknown("it is a tagged template", value.trace);
      continue;
    }
    if ((is("++") || is("--")) && !token(at_).line_before) {
      ++at_;
      value = Value::unknown("it is counted");
      continue;
    }
    break;
  }
  return chain_ended ? Value::make(Type::undefined, value.trace) : value;
}

}  // namespace gate::readers::javascript
