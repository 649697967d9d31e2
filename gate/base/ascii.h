// Letters and digits of ASCII, whatever the locale; every other byte is neither.
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

}  // namespace gate::base
