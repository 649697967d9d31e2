// Letters, digits and blanks of ASCII, whatever the locale; every other byte is none of them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace gate::base {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }
constexpr bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

// Returns the text with its capital letters made small.
[[nodiscard]] inline std::string to_lower(std::string_view text) {
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(),
                 [](char c) { return to_lower(c); });
  return lowered;
}

inline constexpr std::string_view kBlanks = " \t\r\n\f\v";

// Returns the text without the blanks around it.
[[nodiscard]] constexpr std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

}  // namespace gate::base
