// Types, numbers, filter_var(), getenv(), and the constants of PHP.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "gate/base/ascii.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

template <Type type>
Value is_type(Evaluator& /*evaluator*/, const Bound& given) {
  return given[0].is(type);
}

Value is_numeric(Evaluator& /*evaluator*/, const Bound& given) {
  if (given[0].is(Type::integer) || given[0].is(Type::number)) return true;
  if (!given[0].is(Type::string)) return false;
  const std::optional<Numeric> number = read_numeric(given[0].text());
  return number && number->whole_text;
}

Value is_scalar(Evaluator& /*evaluator*/, const Bound& given) {
  return given[0].is(Type::boolean) || given[0].is(Type::integer) || given[0].is(Type::number) ||
         given[0].is(Type::string);
}

template <Operator op>
Value convert(Evaluator& /*evaluator*/, const Bound& given) {
  if (given.has(1)) return Value::unknown("it converts to another base");
  return apply(op, given[0]);
}

template <char first, char last, char other_first, char other_last>
Value ctype(Evaluator& /*evaluator*/, const Bound& given) {
  if (!given[0].is(Type::string))
    return Value::unknown("it asks the characters of what is no text");
  const std::string& text = given[0].text();
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= first && c <= last) || (c >= other_first && c <= other_last);
  });
}

// --- numbers -------------------------------------------------------------------------------------

// The least (sign -1) or largest of several values, or of one array.
Value extreme(const Bound& given, int wanted) {
  std::vector<Value> values;
  if (given.size() == 1) {
    const Array* const array = given.array(0);
    if (array == nullptr || array->empty()) return wrong_arguments();
    for (const Array::Entry& entry : array->entries())
      values.push_back(entry.value);
  } else {
    for (std::size_t i = 0; i < given.size(); ++i)
      values.push_back(given[i]);
  }
  Value best = values.front();
  for (const Value& value : values) {
    const std::optional<int> order = compare(value, best);
    if (!order) return Value::unknown("it compares what gate cannot compare");
    if (*order == wanted) best = value;
  }
  return best;
}

Value max(Evaluator& /*evaluator*/, const Bound& given) { return extreme(given, 1); }
Value min(Evaluator& /*evaluator*/, const Bound& given) { return extreme(given, -1); }

Value abs(Evaluator& /*evaluator*/, const Bound& given) {
  Value number = apply(Operator::plus, given[0]);
  if (number.is(Type::integer) && number.whole() < 0) return apply(Operator::minus, number);
  if (number.is(Type::number)) return std::fabs(number.real());
  return number;
}

template <double (*round)(double)>
Value rounded(Evaluator& /*evaluator*/, const Bound& given) {
  const Value number = apply(Operator::plus, given[0]);
  if (number.is(Type::integer)) return static_cast<double>(number.whole());
  return number.is(Type::number) ? Value(round(number.real())) : number;
}

Value round_half(Evaluator& /*evaluator*/, const Bound& given) {
  const Value number = apply(Operator::plus, given[0]);
  const bool whole = !given.has(1) || (given[1].is(Type::integer) && given[1].whole() == 0);
  // Digits behind the point PHP rounds in its own way.
  if (!whole || given.has(2)) return Value::unknown("it rounds to some digits");
  if (number.is(Type::integer)) return static_cast<double>(number.whole());
  return number.is(Type::number) ? Value(std::round(number.real())) : number;
}

Value intdiv(Evaluator& /*evaluator*/, const Bound& given) {
  const std::optional<std::int64_t> left = given.integer(0);
  const std::optional<std::int64_t> right = given.integer(1);
  if (!left || !right || *right == 0) return wrong_arguments();
  if (*right == -1) return apply(Operator::minus, *left);
  return *left / *right;
}

Value pow(Evaluator& /*evaluator*/, const Bound& given) {
  return apply(Operator::power, given[0], given[1]);
}

// --- filter_var ----------------------------------------------------------------------------------

constexpr std::int64_t kFilterInt = 257;
constexpr std::int64_t kFilterBool = 258;
constexpr std::int64_t kFilterFloat = 259;
constexpr std::int64_t kFilterDefault = 516;
constexpr std::int64_t kNullOnFailure = 134217728;

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\n\r\v");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\n\r\v") - begin + 1));
}

Value filter_boolean(const std::string& text, bool null_on_failure) {
  const std::string lowered = base::to_lower(trimmed(text));
  constexpr std::array<std::string_view, 4> kYes = {"1", "true", "on", "yes"};
  constexpr std::array<std::string_view, 5> kNo = {"0", "false", "off", "no", ""};
  if (std::find(kYes.begin(), kYes.end(), lowered) != kYes.end()) return true;
  const bool is_no = std::find(kNo.begin(), kNo.end(), lowered) != kNo.end();
  return is_no || !null_on_failure ? Value(false) : Value();
}

Value filter_integer(const std::string& text, bool null_on_failure) {
  Value failed = null_on_failure ? Value() : Value(false);
  const std::string word = trimmed(text);
  const bool is_signed = !word.empty() && (word[0] == '-' || word[0] == '+');
  const std::string_view digits = std::string_view(word).substr(is_signed ? 1 : 0);
  const bool is_number = !digits.empty() &&
                         std::all_of(digits.begin(), digits.end(), base::is_digit) &&
                         (digits == "0" || digits[0] != '0');
  if (!is_number) return failed;
  const std::optional<Numeric> number = read_numeric(word);
  const auto* const whole = number ? std::get_if<std::int64_t>(&number->value) : nullptr;
  return whole == nullptr ? failed : Value(*whole);
}

Value filter_var(Evaluator& /*evaluator*/, const Bound& given) {
  std::int64_t flags = 0;
  const std::optional<std::int64_t> filter =
      given.has(1) ? given.integer(1) : std::optional(kFilterDefault);
  if (given.has(2)) {
    if (!given[2].is(Type::integer)) return Value::unknown("it filters with options");
    flags = given[2].whole();
  }
  const bool is_plain = given[0].is(Type::string) || given[0].is(Type::boolean) ||
                        given[0].is(Type::integer) || given[0].is(Type::null);
  if (!filter || !is_plain || (flags != 0 && flags != kNullOnFailure))
    return Value::unknown("it filters with options");
  const std::string text = *to_text(given[0]);
  switch (*filter) {
    case kFilterBool:
      return filter_boolean(text, flags == kNullOnFailure);
    case kFilterInt:
      return filter_integer(text, flags == kNullOnFailure);
    case kFilterDefault:
      return text;
    default:
      return Value::unknown("it filters in a way that gate does not");
  }
}

// --- the environment, functions ------------------------------------------------------------------

Value getenv(Evaluator& evaluator, const Bound& given) {
  if (!given.has(0) || !given[0].is(Type::string))
    return Value::unknown("it asks for the whole environment");
  const Value value = evaluator.world().environment(given[0].text());
  return value.is(Type::null) ? Value(false).with(value.trace()) : value;
}

Value call_user_func(Evaluator& evaluator, const Bound& given) {
  std::vector<Value> passed;
  for (std::size_t i = 1; i < given.size(); ++i)
    passed.push_back(given[i]);
  return evaluator.invoke(given[0], passed);
}

constexpr std::array kTable = {
    Function{"abs", "num", 1, Needs::everything, abs},
    Function{"boolval", "value", 1, Needs::outside, convert<Operator::to_bool>},
    Function{"call_user_func", "callback args...", 1, Needs::outside, call_user_func},
    Function{"ceil", "num", 1, Needs::everything, rounded<std::ceil>},
    Function{"ctype_digit", "text", 1, Needs::everything, ctype<'0', '9', '0', '9'>},
    Function{"doubleval", "value", 1, Needs::everything, convert<Operator::to_float>},
    Function{"filter_var", "value filter options", 1, Needs::everything, filter_var},
    Function{"floatval", "value", 1, Needs::everything, convert<Operator::to_float>},
    Function{"floor", "num", 1, Needs::everything, rounded<std::floor>},
    Function{"getenv", "name local_only", 0, Needs::everything, getenv},
    Function{"intdiv", "num1 num2", 2, Needs::everything, intdiv},
    Function{"intval", "value base", 1, Needs::everything, convert<Operator::to_int>},
    Function{"is_array", "value", 1, Needs::outside, is_type<Type::array>},
    Function{"is_bool", "value", 1, Needs::outside, is_type<Type::boolean>},
    Function{"is_double", "value", 1, Needs::outside, is_type<Type::number>},
    Function{"is_float", "value", 1, Needs::outside, is_type<Type::number>},
    Function{"is_int", "value", 1, Needs::outside, is_type<Type::integer>},
    Function{"is_integer", "value", 1, Needs::outside, is_type<Type::integer>},
    Function{"is_long", "value", 1, Needs::outside, is_type<Type::integer>},
    Function{"is_null", "value", 1, Needs::outside, is_type<Type::null>},
    Function{"is_numeric", "value", 1, Needs::outside, is_numeric},
    Function{"is_scalar", "value", 1, Needs::outside, is_scalar},
    Function{"is_string", "value", 1, Needs::outside, is_type<Type::string>},
    Function{"max", "value values...", 1, Needs::everything, max},
    Function{"min", "value values...", 1, Needs::everything, min},
    Function{"pow", "num exponent", 2, Needs::everything, pow},
    Function{"round", "num precision mode", 1, Needs::everything, round_half},
    Function{"strval", "value", 1, Needs::everything, convert<Operator::to_string>},
};

struct Constant {
  std::string_view name;
  std::int64_t value;
};

// Sorted by name.
constexpr std::array kIntegers = {
    Constant{"ARRAY_FILTER_USE_BOTH", 1},
    Constant{"ARRAY_FILTER_USE_KEY", 2},
    Constant{"COUNT_RECURSIVE", 1},
    Constant{"E_ALL", 32767},
    Constant{"E_DEPRECATED", 8192},
    Constant{"E_ERROR", 1},
    Constant{"E_NOTICE", 8},
    Constant{"E_STRICT", 2048},
    Constant{"E_USER_DEPRECATED", 16384},
    Constant{"E_USER_ERROR", 256},
    Constant{"E_USER_NOTICE", 1024},
    Constant{"E_USER_WARNING", 512},
    Constant{"E_WARNING", 2},
    Constant{"FILTER_DEFAULT", kFilterDefault},
    Constant{"FILTER_FLAG_ALLOW_FRACTION", 4096},
    Constant{"FILTER_NULL_ON_FAILURE", kNullOnFailure},
    Constant{"FILTER_UNSAFE_RAW", kFilterDefault},
    Constant{"FILTER_VALIDATE_BOOL", kFilterBool},
    Constant{"FILTER_VALIDATE_BOOLEAN", kFilterBool},
    Constant{"FILTER_VALIDATE_EMAIL", 274},
    Constant{"FILTER_VALIDATE_FLOAT", kFilterFloat},
    Constant{"FILTER_VALIDATE_INT", kFilterInt},
    Constant{"FILTER_VALIDATE_IP", 275},
    Constant{"FILTER_VALIDATE_REGEXP", 272},
    Constant{"FILTER_VALIDATE_URL", 273},
    Constant{"JSON_ERROR_NONE", 0},
    Constant{"JSON_HEX_AMP", 2},
    Constant{"JSON_HEX_APOS", 4},
    Constant{"JSON_HEX_QUOT", 8},
    Constant{"JSON_HEX_TAG", 1},
    Constant{"JSON_NUMERIC_CHECK", 32},
    Constant{"JSON_PRESERVE_ZERO_FRACTION", 1024},
    Constant{"JSON_PRETTY_PRINT", 128},
    Constant{"JSON_THROW_ON_ERROR", 4194304},
    Constant{"JSON_UNESCAPED_SLASHES", 64},
    Constant{"JSON_UNESCAPED_UNICODE", 256},
    Constant{"LOCK_EX", 2},
    Constant{"PHP_INT_MAX", std::numeric_limits<std::int64_t>::max()},
    Constant{"PHP_INT_MIN", std::numeric_limits<std::int64_t>::min()},
    Constant{"PHP_INT_SIZE", 8},
    Constant{"PHP_URL_FRAGMENT", 7},
    Constant{"PHP_URL_HOST", 1},
    Constant{"PHP_URL_PASS", 4},
    Constant{"PHP_URL_PATH", 5},
    Constant{"PHP_URL_PORT", 2},
    Constant{"PHP_URL_QUERY", 6},
    Constant{"PHP_URL_SCHEME", 0},
    Constant{"PHP_URL_USER", 3},
    Constant{"SORT_NUMERIC", 1},
    Constant{"SORT_REGULAR", 0},
    Constant{"SORT_STRING", 2},
    Constant{"STR_PAD_BOTH", 2},
    Constant{"STR_PAD_LEFT", 0},
    Constant{"STR_PAD_RIGHT", 1},
};

}  // namespace

const std::span<const Function> kValueFunctions = kTable;

std::optional<Value> find_constant(std::string_view name) {
  const auto* const found = std::lower_bound(
      kIntegers.begin(), kIntegers.end(), name,
      [](const Constant& constant, std::string_view wanted) { return constant.name < wanted; });
  if (found != kIntegers.end() && found->name == name) return Value(found->value);
  if (name == "PHP_EOL") return Value(std::string("\n"));
  if (name == "DIRECTORY_SEPARATOR") return Value(std::string("/"));
  if (name == "PATH_SEPARATOR") return Value(std::string(":"));
  if (name == "PHP_FLOAT_EPSILON") return Value(std::numeric_limits<double>::epsilon());
  if (name == "M_PI") return Value(3.14159265358979323846);
  if (name == "INF") return Value(std::numeric_limits<double>::infinity());
  return std::nullopt;
}

}  // namespace gate::readers::php
