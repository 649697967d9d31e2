// Numbers: php.net/manual/en/ref.math.php.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/php/convert.h"
#include "gate/readers/settings/php/functions.h"

namespace gate::readers::php {
namespace {

// The least (sign -1) or largest of several values, or of one array.
Value extreme(const Bound& given, int wanted) {
  std::vector<Value> values;
  if (given.size() == 1) {
    const Array* const array = given.array(0);
    if (array == nullptr || array->empty()) return wrong_arguments();
    for (const Array::Entry& entry : array->entries())
      values.push_back(entry.value);
  } else {
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (!given.has(i)) return wrong_arguments();
      values.push_back(given[i]);
    }
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

// Whether a number lies so near the middle of two that versions of PHP round it differently.
bool is_near_half(double scaled) {
  constexpr double kNear = 1e-6;
  const double rest = std::fabs(scaled) - std::floor(std::fabs(scaled));
  return std::fabs(rest - 0.5) < kNear * std::max(1.0, std::fabs(scaled) * 1e-6);
}

Value round_to(Evaluator& /*evaluator*/, const Bound& given) {
  const Value number = apply(Operator::plus, given[0]);
  const std::optional<std::int64_t> digits =
      given.has(1) ? given.integer(1) : std::optional<std::int64_t>(0);
  constexpr std::int64_t kMostDigits = 9;
  if (!digits || *digits < 0 || *digits > kMostDigits || given.has(2))
    return Value::unknown("it rounds in a way that gate does not");
  if (number.is(Type::integer)) return static_cast<double>(number.whole());
  if (!number.is(Type::number)) return number;
  const double factor = std::pow(10.0, static_cast<double>(*digits));
  const double scaled = number.real() * factor;
  constexpr double kLargest = 1e14;
  const bool is_half = *digits == 0 && number.real() * 2 == std::floor(number.real() * 2);
  if (!std::isfinite(scaled) || std::fabs(scaled) > kLargest || (!is_half && is_near_half(scaled)))
    return Value::unknown("versions of PHP round it differently");
  return std::round(scaled) / factor;
}

Value number_format(Evaluator& /*evaluator*/, const Bound& given) {
  const Value number = apply(Operator::to_float, given[0]);
  const std::optional<std::int64_t> digits =
      given.has(1) ? given.integer(1) : std::optional<std::int64_t>(0);
  const std::optional<std::string> point = given.has(2) ? given.text(2) : std::string(".");
  const std::optional<std::string> group = given.has(3) ? given.text(3) : std::string(",");
  constexpr std::int64_t kMostDigits = 9;
  const bool is_number = given[0].is(Type::integer) || given[0].is(Type::number);
  if (!is_number || !digits || *digits < 0 || *digits > kMostDigits || !point || !group)
    return Value::unknown("it formats what gate cannot format");
  const double scaled = number.real() * std::pow(10.0, static_cast<double>(*digits));
  constexpr double kLargest = 1e14;
  if (!std::isfinite(scaled) || std::fabs(scaled) > kLargest || is_near_half(scaled))
    return Value::unknown("versions of PHP round it differently");
  const double rounded = std::round(scaled);
  if (rounded == 0 && number.real() < 0)
    return Value::unknown("versions of PHP write the sign of nothing differently");
  std::string plain = fmt::format("{}", static_cast<std::int64_t>(std::fabs(rounded)));
  const auto behind = static_cast<std::size_t>(*digits);
  if (plain.size() <= behind) plain.insert(0, behind + 1 - plain.size(), '0');
  std::string out = plain.substr(plain.size() - behind);
  if (behind > 0) out = *point + out;
  plain.resize(plain.size() - behind);
  constexpr std::size_t kGroup = 3;
  for (; plain.size() > kGroup; plain.resize(plain.size() - kGroup))
    out = *group + plain.substr(plain.size() - kGroup) + out;
  return (rounded < 0 ? "-" : "") + plain + out;
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

Value fmod(Evaluator& /*evaluator*/, const Bound& given) {
  const auto is_number = [](const Value& value) {
    return value.is(Type::integer) || value.is(Type::number);
  };
  if (!is_number(given[0]) || !is_number(given[1])) return wrong_arguments();
  return std::fmod(*to_float(given[0]), *to_float(given[1]));
}

// Digits of another base, or of the one that the text names (0).
Value from_base(const std::string& text, std::int64_t base) {
  std::string_view rest = base::trim(text);
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  const std::string prefix = base::to_lower(rest.substr(0, 2));
  const std::int64_t named = prefix == "0x"          ? 16
                             : prefix == "0b"        ? 2
                             : rest.starts_with('0') ? 8
                                                     : 10;
  const bool has_prefix = prefix == "0x" || prefix == "0b";
  if (has_prefix && (base == 0 || base == named)) rest.remove_prefix(2);
  std::int64_t number = 0;
  const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number,
                                    static_cast<int>(base == 0 ? named : base));
  if (read.ec == std::errc::result_out_of_range) return Value::unknown("the number is too large");
  if (read.ec != std::errc()) return std::int64_t{0};
  return negative ? -number : number;
}

Value intval(Evaluator& /*evaluator*/, const Bound& given) {
  const std::optional<std::int64_t> base =
      given.has(1) ? given.integer(1) : std::optional<std::int64_t>(10);
  constexpr std::int64_t kDecimal = 10;
  constexpr std::int64_t kLargest = 36;
  if (!base || *base < 0 || *base == 1 || *base > kLargest) return wrong_arguments();
  if (*base == kDecimal || !given[0].is(Type::string)) return apply(Operator::to_int, given[0]);
  return from_base(given[0].text(), *base);
}

template <int base>
Value from_digits(Evaluator& /*evaluator*/, const Bound& given) {
  const std::optional<std::string> text = given.text(0);
  std::int64_t number = 0;
  if (!text || text->empty()) return wrong_arguments();
  const auto read = std::from_chars(text->data(), text->data() + text->size(), number, base);
  // What is no digit PHP passes over with a notice.
  const bool whole = read.ec == std::errc() && read.ptr == text->data() + text->size();
  return whole && number >= 0 ? Value(number) : wrong_arguments();
}

template <int base>
Value to_digits(Evaluator& /*evaluator*/, const Bound& given) {
  const std::optional<std::int64_t> whole = given.integer(0);
  if (!whole) return wrong_arguments();
  std::array<char, 65> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(),
                                     static_cast<std::uint64_t>(*whole), base);
  return std::string(digits.data(), written.ptr);
}

// From letter to letter.
Value range_of_letters(unsigned char first, unsigned char last, std::int64_t step) {
  Array out;
  const int direction = first <= last ? 1 : -1;
  for (int at = first; direction > 0 ? at <= last : at >= last;
       at += direction * static_cast<int>(step))
    out.push(std::string(1, static_cast<char>(at)));
  return out;
}

Value range(Evaluator& /*evaluator*/, const Bound& given) {
  constexpr std::int64_t kFar = std::int64_t{1} << 40;
  const std::optional<std::int64_t> asked =
      given.has(2) ? given.integer(2) : std::optional<std::int64_t>(1);
  // Down is down whatever the sign; 8.3 refuses a negative step upwards.
  if (!asked || *asked == 0 || std::abs(*asked) > kFar)
    return Value::unknown("it makes an odd range");
  const std::int64_t step = std::abs(*asked);
  const auto is_letter = [&](std::size_t place) {
    return given[place].is(Type::string) && given[place].text().size() == 1 &&
           base::is_letter(given[place].text()[0]);
  };
  constexpr std::int64_t kLetters = 58;
  if (is_letter(0) && is_letter(1) && *asked > 0 && step < kLetters) {
    return range_of_letters(static_cast<unsigned char>(given[0].text()[0]),
                            static_cast<unsigned char>(given[1].text()[0]), step);
  }
  const auto whole_of = [&](std::size_t place) -> std::optional<std::int64_t> {
    return given[place].is(Type::string) || given[place].is(Type::integer) ? given.integer(place)
                                                                           : std::nullopt;
  };
  const std::optional<std::int64_t> first = whole_of(0);
  const std::optional<std::int64_t> last = whole_of(1);
  if (!first || !last) return Value::unknown("it makes a range of other things than integers");
  if (std::abs(*first) > kFar || std::abs(*last) > kFar || (*asked < 0 && *first < *last) ||
      (*first != *last && std::abs(*last - *first) < step))
    return Value::unknown("it makes an odd range");
  if (static_cast<std::uint64_t>(std::abs(*last - *first) / step) > Value::kMaxWeight)
    return Value::unknown("the array is too large");
  Array out;
  for (std::int64_t at = *first; *first <= *last ? at <= *last : at >= *last;
       at += *first <= *last ? step : -step)
    out.push(at);
  return out;
}

constexpr std::array kTable = {
    Function{"abs", "num", 1, Needs::everything, abs},
    Function{"bindec", "binary_string", 1, Needs::everything, from_digits<2>},
    Function{"ceil", "num", 1, Needs::everything, rounded<std::ceil>},
    Function{"decbin", "num", 1, Needs::everything, to_digits<2>},
    Function{"dechex", "num", 1, Needs::everything, to_digits<16>},
    Function{"decoct", "num", 1, Needs::everything, to_digits<8>},
    Function{"floor", "num", 1, Needs::everything, rounded<std::floor>},
    Function{"fmod", "num1 num2", 2, Needs::everything, fmod},
    Function{"hexdec", "hex_string", 1, Needs::everything, from_digits<16>},
    Function{"intdiv", "num1 num2", 2, Needs::everything, intdiv},
    Function{"intval", "value base", 1, Needs::outside, intval},
    Function{"max", "value values...", 1, Needs::everything, max},
    Function{"min", "value values...", 1, Needs::everything, min},
    Function{"number_format", "num decimals decimal_separator thousands_separator", 1,
             Needs::everything, number_format},
    Function{"octdec", "octal_string", 1, Needs::everything, from_digits<8>},
    Function{"pow", "num exponent", 2, Needs::everything, pow},
    Function{"range", "start end step", 2, Needs::everything, range},
    Function{"round", "num precision mode", 1, Needs::everything, round_to},
};

}  // namespace

const std::span<const Function> kNumberFunctions = kTable;

}  // namespace gate::readers::php
