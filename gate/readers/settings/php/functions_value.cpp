// Types and characters, getenv().
#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

// A path on the server is a text to PHP.
bool is_path(const Value& value) {
  return value.is(Type::object) && value.object().of == Object::Class::path;
}

template <Type type>
Value is_type(Evaluator& /*evaluator*/, const Bound& given) {
  return given[0].is(type) || (type == Type::string && is_path(given[0]));
}

Value gettype(Evaluator& /*evaluator*/, const Bound& given) {
  switch (given[0].type()) {
    case Type::null:
      return std::string("NULL");
    case Type::boolean:
      return std::string("boolean");
    case Type::integer:
      return std::string("integer");
    case Type::number:
      return std::string("double");
    case Type::string:
      return std::string("string");
    case Type::array:
      return std::string("array");
    default:
      return std::string(is_path(given[0]) ? "string" : "object");
  }
}

Value is_iterable(Evaluator& /*evaluator*/, const Bound& given) {
  if (given[0].is(Type::object) && !is_path(given[0]))
    return Value::unknown("it asks for the class of an object");
  return given[0].is(Type::array);
}

Value is_numeric(Evaluator& /*evaluator*/, const Bound& given) {
  if (given[0].is(Type::integer) || given[0].is(Type::number)) return true;
  if (!given[0].is(Type::string)) return false;
  const std::optional<Numeric> number = read_numeric(given[0].text());
  return number && number->whole_text;
}

Value is_scalar(Evaluator& /*evaluator*/, const Bound& given) {
  return given[0].is(Type::boolean) || given[0].is(Type::integer) || given[0].is(Type::number) ||
         given[0].is(Type::string) || is_path(given[0]);
}

template <Operator op>
Value convert(Evaluator& /*evaluator*/, const Bound& given) {
  return apply(op, given[0]);
}

template <bool (*is_one)(char)>
Value ctype(Evaluator& /*evaluator*/, const Bound& given) {
  if (!given[0].is(Type::string))
    return Value::unknown("it asks the characters of what is no text");
  const std::string& text = given[0].text();
  return !text.empty() && std::all_of(text.begin(), text.end(), is_one);
}

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_hex(char c) {
  return base::is_digit(c) || (base::to_lower(c) >= 'a' && base::to_lower(c) <= 'f');
}
bool is_blank(char c) { return base::kBlanks.find(c) != std::string_view::npos; }

// --- the environment, functions ------------------------------------------------------------------

Value getenv(Evaluator& evaluator, const Bound& given) {
  if (!given.has(0) || !given[0].is(Type::string))
    return Value::unknown("it asks for the whole environment");
  const Value value = evaluator.world().environment(given[0].text());
  return value.is(Type::null) ? Value(false).with(value.trace()) : value;
}

constexpr std::array kTable = {
    Function{"boolval", "value", 1, Needs::outside, convert<Operator::to_bool>},
    Function{"ctype_alnum", "text", 1, Needs::everything, ctype<base::is_alphanumeric>},
    Function{"ctype_alpha", "text", 1, Needs::everything, ctype<base::is_letter>},
    Function{"ctype_digit", "text", 1, Needs::everything, ctype<base::is_digit>},
    Function{"ctype_lower", "text", 1, Needs::everything, ctype<is_small>},
    Function{"ctype_space", "text", 1, Needs::everything, ctype<is_blank>},
    Function{"ctype_upper", "text", 1, Needs::everything, ctype<base::is_upper>},
    Function{"ctype_xdigit", "text", 1, Needs::everything, ctype<is_hex>},
    Function{"doubleval", "value", 1, Needs::everything, convert<Operator::to_float>},
    Function{"floatval", "value", 1, Needs::everything, convert<Operator::to_float>},
    Function{"getenv", "name local_only", 0, Needs::everything, getenv},
    Function{"gettype", "value", 1, Needs::outside, gettype},
    Function{"is_array", "value", 1, Needs::outside, is_type<Type::array>},
    Function{"is_bool", "value", 1, Needs::outside, is_type<Type::boolean>},
    Function{"is_countable", "value", 1, Needs::outside, is_iterable},
    Function{"is_double", "value", 1, Needs::outside, is_type<Type::number>},
    Function{"is_float", "value", 1, Needs::outside, is_type<Type::number>},
    Function{"is_int", "value", 1, Needs::outside, is_type<Type::integer>},
    Function{"is_integer", "value", 1, Needs::outside, is_type<Type::integer>},
    Function{"is_iterable", "value", 1, Needs::outside, is_iterable},
    Function{"is_long", "value", 1, Needs::outside, is_type<Type::integer>},
    Function{"is_null", "value", 1, Needs::outside, is_type<Type::null>},
    Function{"is_numeric", "value", 1, Needs::outside, is_numeric},
    Function{"is_scalar", "value", 1, Needs::outside, is_scalar},
    Function{"is_string", "value", 1, Needs::outside, is_type<Type::string>},
    Function{"strval", "value", 1, Needs::everything, convert<Operator::to_string>},
};

}  // namespace

const std::span<const Function> kValueFunctions = kTable;

}  // namespace gate::readers::php
