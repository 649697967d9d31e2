#include "gate/readers/settings/php/convert.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::readers::php {
namespace {

constexpr std::string_view kBlanks = " \t\n\r\v\f";

bool fits(double value) { return value >= -0x1p63 && value < 0x1p63; }

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && base::is_digit(text[at]))
    ++at;
  return at;
}

std::optional<std::int64_t> whole_of(double value) {
  // What lies outside differs between versions of PHP.
  if (!std::isfinite(value) || !fits(value)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::optional<std::int64_t> int_of(std::string_view text) {
  const std::optional<Numeric> number = read_numeric(text);
  if (!number) return 0;
  if (const auto* const real = std::get_if<double>(&number->value); real && std::isinf(*real))
    return std::nullopt;
  if (const auto* const whole = std::get_if<std::int64_t>(&number->value)) return *whole;
  // Of a text PHP takes the nearest integer that there is.
  const double real = std::get<double>(number->value);
  if (real >= 0x1p63) return std::numeric_limits<std::int64_t>::max();
  if (real < -0x1p63) return std::numeric_limits<std::int64_t>::min();
  return whole_of(real);
}

}  // namespace

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::optional<std::string> text_of(double value) {
  if (std::isnan(value)) return "NAN";
  if (std::isinf(value)) return value > 0 ? "INF" : "-INF";
  if (value == 0) return std::signbit(value) ? "-0" : "0";
  std::array<char, 64> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                     std::chars_format::scientific);
  const std::string_view shortest(buffer.data(),
                                  static_cast<std::size_t>(written.ptr - buffer.data()));
  const std::size_t e = shortest.find('e');
  std::string digits;
  for (const char c : shortest.substr(0, e))
    if (base::is_digit(c)) digits += c;
  const int exponent = std::atoi(std::string(shortest.substr(e + 1)).c_str());
  constexpr int kPrecision = 14;
  constexpr int kExact = 17;
  const bool differs = exponent >= kPrecision && exponent < kExact;
  if (digits.size() > kPrecision || differs) return std::nullopt;
  std::string out = value < 0 ? "-" : "";
  if (exponent < -4 || exponent >= kExact) {
    out += digits.substr(0, 1) + "." + (digits.size() > 1 ? digits.substr(1) : "0");
    return out + fmt::format("E{}{}", exponent < 0 ? '-' : '+', std::abs(exponent));
  }
  if (exponent < 0)
    return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto before = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= before) return out + digits + std::string(before - digits.size(), '0');
  return out + digits.substr(0, before) + "." + digits.substr(before);
}

std::optional<Numeric> read_numeric(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
  std::size_t at = begin;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  const std::size_t digits = at;
  at = skip_digits(text, at);
  bool is_whole = true;
  std::size_t count = at - digits;
  if (at < text.size() && text[at] == '.') {
    const std::size_t end = skip_digits(text, at + 1);
    count += end - at - 1;
    if (count > 0) {
      is_whole = false;
      at = end;
    }
  }
  if (count == 0) return std::nullopt;
  if (at < text.size() && base::to_lower(text[at]) == 'e') {
    std::size_t end = at + 1;
    if (end < text.size() && (text[end] == '+' || text[end] == '-')) ++end;
    if (end < text.size() && base::is_digit(text[end])) {
      is_whole = false;
      at = skip_digits(text, end);
    }
  }
  Numeric number;
  number.whole_text = text.find_first_not_of(kBlanks, at) == std::string_view::npos;
  const std::string written(text.substr(begin, at - begin));
  if (is_whole) {
    std::int64_t whole = 0;
    const char* const first = written.c_str() + (written[0] == '+' ? 1 : 0);
    if (std::from_chars(first, written.c_str() + written.size(), whole).ec == std::errc()) {
      number.value = whole;
      return number;
    }
  }
  number.value = std::strtod(written.c_str(), nullptr);
  return number;
}

std::optional<bool> to_bool(const Value& value) {
  switch (value.type()) {
    case Type::unknown:
      return std::nullopt;
    case Type::null:
      return false;
    case Type::boolean:
      return value.truth();
    case Type::integer:
      return value.whole() != 0;
    case Type::number:
      return value.real() != 0;
    case Type::string:
      return !value.text().empty() && value.text() != "0";
    case Type::array:
      if (!value.array().unknown_key().empty()) return true;
      return !value.array().empty();
    case Type::closure:
    case Type::object:
      return true;
  }
  return std::nullopt;
}

std::optional<std::string> to_text(const Value& value) {
  switch (value.type()) {
    case Type::null:
      return "";
    case Type::boolean:
      return value.truth() ? "1" : "";
    case Type::integer:
      return std::to_string(value.whole());
    case Type::number:
      return text_of(value.real());
    case Type::string:
      return value.text();
    case Type::object:
      if (value.object().of == Object::Class::stringable) return to_text(value.object().value);
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

std::optional<std::int64_t> to_int(const Value& value) {
  switch (value.type()) {
    case Type::null:
      return 0;
    case Type::boolean:
      return value.truth() ? 1 : 0;
    case Type::integer:
      return value.whole();
    case Type::number:
      return whole_of(value.real());
    case Type::string:
      return int_of(value.text());
    case Type::array:
      return value.array().empty() ? 0 : 1;
    default:
      return std::nullopt;
  }
}

std::optional<double> to_float(const Value& value) {
  if (value.is(Type::number)) return value.real();
  if (value.is(Type::string)) {
    const std::optional<Numeric> number = read_numeric(value.text());
    if (!number) return 0.0;
    if (const auto* const real = std::get_if<double>(&number->value)) return *real;
    return static_cast<double>(std::get<std::int64_t>(number->value));
  }
  const std::optional<std::int64_t> whole = to_int(value);
  return whole ? std::optional<double>(static_cast<double>(*whole)) : std::nullopt;
}

std::optional<Key> to_key(const Value& value) {
  switch (value.type()) {
    case Type::null:
      return Key(std::string_view());
    case Type::boolean:
    case Type::integer:
    case Type::number: {
      const std::optional<std::int64_t> whole = to_int(value);
      return whole ? std::optional<Key>(*whole) : std::nullopt;
    }
    case Type::string:
      return Key(std::string_view(value.text()));
    default:
      return std::nullopt;
  }
}

}  // namespace gate::readers::php
