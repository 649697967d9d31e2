// Numbers of JavaScript. Only for the sources of this folder.
#pragma once

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "gate/readers/settings/javascript/value.h"

namespace gate::readers::javascript {

// Returns the number that a literal stands for (1_000, 0x1F, 1e3), or nothing.
[[nodiscard]] inline std::optional<double> read_number(std::string_view written) {
  std::string digits;
  for (const char c : written) {
    if (c != '_') digits += c;
  }
  int radix = 10;
  if (digits.size() > 2 && digits[0] == '0') {
    const char mark = static_cast<char>(digits[1] | 0x20);
    radix = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
  }
  const char* const end = digits.data() + digits.size();
  if (radix != 10) {
    unsigned long long whole = 0;
    const auto [at, error] = std::from_chars(digits.data() + 2, end, whole, radix);
    if (error != std::errc() || at != end) return std::nullopt;
    return static_cast<double>(whole);
  }
  double number = 0;
  const auto [at, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc() || at != end) return std::nullopt;
  return number;
}

// Returns Number(value) of a primitive.
[[nodiscard]] inline double to_number(const Value& value) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  switch (value.type) {
    case Type::null:
      return 0;
    case Type::boolean:
      return value.truth ? 1 : 0;
    case Type::number:
      return value.number;
    case Type::text: {
      std::string_view text = value.text;
      const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
      while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
      while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
      if (text.empty()) return 0;
      const bool negative = text.front() == '-';
      const std::optional<double> number = read_number(negative ? text.substr(1) : text);
      if (!number || text.find('_') != std::string_view::npos) return kNone;
      return negative ? -*number : *number;
    }
    default:
      return kNone;
  }
}

}  // namespace gate::readers::javascript
