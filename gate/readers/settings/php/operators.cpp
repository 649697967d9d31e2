// Operators: php.net/manual/en/language.operators.php.
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "gate/readers/settings/php/convert.h"

namespace gate::readers::php {
namespace {

using Number = std::variant<std::int64_t, double>;

// Returns the number that arithmetic takes a value for; nothing where PHP warns or stops.
std::optional<Number> number_of(const Value& value) {
  switch (value.type()) {
    case Type::null:
      return Number(std::int64_t{0});
    case Type::boolean:
      return Number(std::int64_t{value.truth() ? 1 : 0});
    case Type::integer:
      return Number(value.whole());
    case Type::number:
      return Number(value.real());
    case Type::string: {
      const std::optional<Numeric> number = read_numeric(value.text());
      if (!number || !number->whole_text) return std::nullopt;
      return number->value;
    }
    default:
      return std::nullopt;
  }
}

double real_of(const Number& number) {
  if (const auto* const whole = std::get_if<std::int64_t>(&number))
    return static_cast<double>(*whole);
  return std::get<double>(number);
}

Value power(const Number& left, const Number& right) {
  const auto* const base = std::get_if<std::int64_t>(&left);
  const auto* const exponent = std::get_if<std::int64_t>(&right);
  if (base == nullptr || exponent == nullptr || *exponent < 0)
    return std::pow(real_of(left), real_of(right));
  // By squares, and on in real numbers from where it does not fit: so the last digit is PHP's.
  std::int64_t result = 1;
  std::int64_t factor = *base;
  std::int64_t left_over = *exponent;
  while (left_over >= 1) {
    const std::int64_t before = left_over % 2 != 0 ? result : factor;
    const double product = static_cast<double>(before) * static_cast<double>(factor);
    if (left_over % 2 != 0) {
      --left_over;
      if (__builtin_mul_overflow(result, factor, &result))
        return product * std::pow(static_cast<double>(factor), static_cast<double>(left_over));
    } else {
      left_over /= 2;
      if (__builtin_mul_overflow(factor, factor, &factor))
        return static_cast<double>(result) * std::pow(product, static_cast<double>(left_over));
    }
  }
  return result;
}

Value divide(const Number& left, const Number& right) {
  if (real_of(right) == 0) return Value::unknown("it divides by zero");
  const auto* const a = std::get_if<std::int64_t>(&left);
  const auto* const b = std::get_if<std::int64_t>(&right);
  const bool overflows =
      a != nullptr && b != nullptr && *a == std::numeric_limits<std::int64_t>::min() && *b == -1;
  if (a != nullptr && b != nullptr && !overflows && *a % *b == 0) return *a / *b;
  return real_of(left) / real_of(right);
}

Value calculate(Operator op, const Number& left, const Number& right) {
  if (op == Operator::divide) return divide(left, right);
  if (op == Operator::power) return power(left, right);
  const auto* const a = std::get_if<std::int64_t>(&left);
  const auto* const b = std::get_if<std::int64_t>(&right);
  std::int64_t result = 0;
  if (a != nullptr && b != nullptr) {
    const bool overflow = op == Operator::add        ? __builtin_add_overflow(*a, *b, &result)
                          : op == Operator::subtract ? __builtin_sub_overflow(*a, *b, &result)
                                                     : __builtin_mul_overflow(*a, *b, &result);
    if (!overflow) return result;
  }
  const double x = real_of(left);
  const double y = real_of(right);
  if (op == Operator::add) return x + y;
  return op == Operator::subtract ? x - y : x * y;
}

Value modulo(std::int64_t left, std::int64_t right) {
  if (right == 0) return Value::unknown("it divides by zero");
  if (right == -1) return std::int64_t{0};
  return left % right;
}

Value shift(Operator op, std::int64_t left, std::int64_t by) {
  if (by < 0) return Value::unknown("it shifts by a negative number");
  const std::int64_t filled = op == Operator::shift_right && left < 0 ? -1 : 0;
  if (by >= 64) return filled;
  if (op == Operator::shift_right) return left >> by;
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(left) << static_cast<unsigned>(by));
}

// The operators on integers; a number with a fraction is cut with a notice that nobody sees.
Value on_integers(Operator op, const Value& left, const Value& right) {
  const std::optional<Number> x = number_of(left);
  const std::optional<Number> y = number_of(right);
  const std::optional<std::int64_t> a = x ? to_int(left) : std::nullopt;
  const std::optional<std::int64_t> b = y ? to_int(right) : std::nullopt;
  const bool texts = left.is(Type::string) && right.is(Type::string);
  const bool bits = op == Operator::bit_and || op == Operator::bit_or || op == Operator::bit_xor;
  if (!a || !b || (texts && bits)) return Value::unknown("it calculates with what is no integer");
  switch (op) {
    case Operator::modulo:
      return modulo(*a, *b);
    case Operator::bit_and:
      return *a & *b;
    case Operator::bit_or:
      return *a | *b;
    case Operator::bit_xor:
      return *a ^ *b;
    default:
      return shift(op, *a, *b);
  }
}

Value unite(const Array& left, const Array& right) {
  Array united = left;
  if (united.unknown_key().empty()) united.set_unknown_key(right.unknown_key());
  for (const Array::Entry& entry : right.entries())
    if (united.find(entry.key) == nullptr) united.set(entry.key, entry.value);
  return united;
}

Value arithmetic(Operator op, const Value& left, const Value& right) {
  if (op == Operator::add && left.is(Type::array) && right.is(Type::array))
    return unite(left.array(), right.array());
  const std::optional<Number> a = number_of(left);
  const std::optional<Number> b = number_of(right);
  if (!a || !b) return Value::unknown("it calculates with what is no number");
  return calculate(op, *a, *b);
}

bool is_path(const Value& value) {
  return value.is(Type::object) && value.object().of == Object::Class::path;
}

Value concatenate(const Value& left, const Value& right) {
  const std::optional<std::string> a = to_text(is_path(left) ? left.object().value : left);
  const std::optional<std::string> b = to_text(right);
  if (is_path(left) && a && b) return Object{Object::Class::path, Value(*a + *b)};
  if (is_path(right))
    return Value::unknown("it depends on where the application lies on the server");
  if (!a || !b) {
    return Value::unknown(
        fmt::format("it joins {} to a text", describe(a ? right.type() : left.type())));
  }
  return *a + *b;
}

Value order(Operator op, const Value& left, const Value& right) {
  const bool arrays = left.is(Type::array) && right.is(Type::array);
  const std::optional<int> found = compare(left, right);
  if (!found || (arrays && op != Operator::equal && op != Operator::not_equal))
    return Value::unknown("it compares what gate cannot compare");
  switch (op) {
    case Operator::equal:
      return *found == 0;
    case Operator::not_equal:
      return *found != 0;
    case Operator::less:
      return *found < 0;
    case Operator::less_equal:
      return *found <= 0;
    case Operator::greater:
      return *found > 0;
    case Operator::greater_equal:
      return *found >= 0;
    default:
      return std::int64_t{*found};
  }
}

Value negate(const Value& operand) {
  const std::optional<Number> number = number_of(operand);
  if (!number) return Value::unknown("it calculates with what is no number");
  return calculate(Operator::multiply, *number, std::int64_t{-1});
}

Value cast(Operator op, const Value& operand) {
  const auto or_unknown = [](const auto& converted, std::string_view to) {
    return converted ? Value(*converted)
                     : Value::unknown(fmt::format("it cannot be converted to {}", to));
  };
  switch (op) {
    case Operator::to_bool:
      return or_unknown(to_bool(operand), "a boolean");
    case Operator::to_int:
      return or_unknown(to_int(operand), "an integer");
    case Operator::to_float:
      return or_unknown(to_float(operand), "a number");
    case Operator::to_string:
      return or_unknown(to_text(operand), "a text");
    case Operator::to_array: {
      if (operand.is(Type::array)) return operand;
      Array array;
      if (operand.is(Type::closure) || operand.is(Type::object))
        return Value::unknown("it makes an array of an object");
      if (!operand.is(Type::null)) array.push(operand);
      return array;
    }
    default:
      return Value::unknown("it makes an object");
  }
}

// Of two operands, or of one given twice.
const Value* first_unknown(const Value& left, const Value& right) {
  if (!left.is_known()) return &left;
  return right.is_known() ? nullptr : &right;
}

}  // namespace

Value apply(Operator op, const Value& left, const Value& right) {
  if (const Value* const unknown = first_unknown(left, right))
    return Value::unknown(unknown->reason());
  switch (op) {
    case Operator::add:
    case Operator::subtract:
    case Operator::multiply:
    case Operator::divide:
    case Operator::power:
      return arithmetic(op, left, right);
    case Operator::modulo:
    case Operator::shift_left:
    case Operator::shift_right:
    case Operator::bit_and:
    case Operator::bit_or:
    case Operator::bit_xor:
      return on_integers(op, left, right);
    case Operator::concat:
      return concatenate(left, right);
    case Operator::identical:
    case Operator::not_identical: {
      const std::optional<bool> same = is_identical(left, right);
      if (!same) return Value::unknown("it compares what gate cannot compare");
      return *same == (op == Operator::identical);
    }
    case Operator::logical_xor:
      return *to_bool(left) != *to_bool(right);
    case Operator::less:
    case Operator::less_equal:
    case Operator::greater:
    case Operator::greater_equal:
    case Operator::equal:
    case Operator::not_equal:
    case Operator::spaceship:
      return order(op, left, right);
    default:
      return Value::unknown("gate does not know this operator");
  }
}

Value apply(Operator op, const Value& operand) {
  if (!operand.is_known()) return Value::unknown(operand.reason());
  switch (op) {
    case Operator::plus:
      return arithmetic(Operator::multiply, operand, std::int64_t{1});
    case Operator::minus:
      return negate(operand);
    case Operator::bit_not: {
      if (!operand.is(Type::integer))
        return Value::unknown("it calculates with what is no integer");
      return ~operand.whole();
    }
    case Operator::logical_not:
      return !*to_bool(operand);
    default:
      return cast(op, operand);
  }
}

}  // namespace gate::readers::php
