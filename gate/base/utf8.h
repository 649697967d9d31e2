// UTF-8 read character by character. What characters mean is the matter of unicode.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gate::base {

using CodePoint = std::int32_t;

inline constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";  // U+FFFD
inline constexpr std::string_view kLeftToRightIsolate = "\xE2\x81\xA6";    // U+2066
inline constexpr std::string_view kRightToLeftIsolate = "\xE2\x81\xA7";    // U+2067
inline constexpr std::string_view kFirstStrongIsolate = "\xE2\x81\xA8";    // U+2068
inline constexpr std::string_view kPopIsolate = "\xE2\x81\xA9";            // U+2069

struct Decoded {
  CodePoint code = 0xFFFD;
  std::size_t size = 0;  // bytes read; of an invalid sequence its maximal subpart
  bool valid = false;
};

[[nodiscard]] constexpr std::uint8_t byte_at(std::string_view text, std::size_t index) {
  return static_cast<std::uint8_t>(text[index]);
}

[[nodiscard]] constexpr bool is_between(std::uint8_t byte, std::uint8_t low, std::uint8_t high) {
  return low <= byte && byte <= high;
}

// Reads the first character of a text that is not empty.
[[nodiscard]] Decoded decode(std::string_view text);

// Appends a character; U+FFFD for what is none (surrogates, beyond U+10FFFF).
void append_utf8(std::string& out, CodePoint code);

// Returns how many bytes at the start are ASCII; most texts are nothing else.
[[nodiscard]] std::size_t ascii_prefix(std::string_view text);

// Returns whether all bytes are ASCII characters that can be seen, or spaces.
[[nodiscard]] bool is_printable_ascii(std::string_view text);

}  // namespace gate::base
