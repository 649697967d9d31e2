// filter_var(): php.net/manual/en/filter.constants.php.
#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

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

Value filter_integer(const std::string& text, const Value& failed) {
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

Value filter_real(const std::string& text, Value failed) {
  const std::string word = trimmed(text);
  const std::optional<Numeric> number = read_numeric(word);
  // A point at an end, and hexadecimal or infinite numbers, are matters of PHP's own scanner.
  const bool plain =
      !word.empty() && word.find_first_not_of("0123456789+-.eE") == std::string::npos;
  if (plain && number && number->whole_text && base::is_digit(word.back()))
    return std::visit([](auto held) { return Value(static_cast<double>(held)); }, number->value);
  const bool certain = word.empty() || word.find_first_of("0123456789") == std::string::npos;
  return certain ? failed : Value::unknown("it filters in a way that gate does not");
}

// What the third argument asks for; nothing where gate does not know it.
struct Options {
  std::int64_t flags = 0;
  std::optional<Value> fallback;
  std::optional<std::int64_t> least;
  std::optional<std::int64_t> most;
};

std::optional<Options> read_options(const Value& given) {
  Options options;
  if (given.is(Type::integer)) {
    options.flags = given.whole();
    return options;
  }
  if (!given.is(Type::array)) return std::nullopt;
  for (const Array::Entry& entry : given.array().entries()) {
    if (entry.key == Key("flags") && entry.value.is(Type::integer)) {
      options.flags = entry.value.whole();
      continue;
    }
    if (!(entry.key == Key("options")) || !entry.value.is(Type::array)) return std::nullopt;
    for (const Array::Entry& option : entry.value.array().entries()) {
      if (option.key == Key("default")) {
        options.fallback = option.value;
      } else if (option.key == Key("min_range") && option.value.is(Type::integer)) {
        options.least = option.value.whole();
      } else if (option.key == Key("max_range") && option.value.is(Type::integer)) {
        options.most = option.value.whole();
      } else {
        return std::nullopt;
      }
    }
  }
  return options;
}

Value filter_var(Evaluator& /*evaluator*/, const Bound& given) {
  const std::optional<std::int64_t> filter =
      given.has(1) ? given.integer(1) : std::optional(kFilterDefault);
  const std::optional<Options> options =
      given.has(2) ? read_options(given[2]) : std::optional(Options());
  const std::optional<std::string> text =
      given[0].is(Type::array) || given[0].is(Type::object) ? std::nullopt : to_text(given[0]);
  if (!filter || !options || !text || (options->flags != 0 && options->flags != kNullOnFailure))
    return Value::unknown("it filters with options");
  const bool null_on_failure = options->flags == kNullOnFailure;
  const bool ranged = options->least || options->most;
  Value failed = null_on_failure ? Value() : Value(false);
  if (options->fallback) failed = *options->fallback;
  switch (*filter) {
    case kFilterBool:
      if (options->fallback || ranged) return Value::unknown("it filters with options");
      return filter_boolean(*text, null_on_failure);
    case kFilterInt: {
      const Value number = filter_integer(*text, failed);
      const bool outside =
          number.is(Type::integer) && ((options->least && number.whole() < *options->least) ||
                                       (options->most && number.whole() > *options->most));
      return outside ? failed : number;
    }
    case kFilterFloat:
      return ranged ? Value::unknown("it filters with options") : filter_real(*text, failed);
    case kFilterDefault:
      if (options->fallback || ranged) return Value::unknown("it filters with options");
      return *text;
    default:
      return Value::unknown("it filters in a way that gate does not");
  }
}

constexpr std::array kTable = {
    Function{"filter_var", "value filter options", 1, Needs::everything, filter_var},
};

}  // namespace

const std::span<const Function> kFilterFunctions = kTable;

}  // namespace gate::readers::php
