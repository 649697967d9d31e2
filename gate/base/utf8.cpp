#include "gate/base/utf8.h"

#include <algorithm>
#include <cstring>

namespace gate::base {
namespace {

constexpr CodePoint kReplacement = 0xFFFD;

}  // namespace

// The ranges are those of table 3-7 of the Unicode standard, the size of an invalid sequence
// follows its section 3.9 (maximal subparts).
Decoded decode(std::string_view text) {
  const std::uint8_t lead = byte_at(text, 0);
  if (lead < 0x80) return {lead, 1, true};
  if (!is_between(lead, 0xC2, 0xF4)) return {kReplacement, 1, false};

  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::uint8_t low = 0x80;
  std::uint8_t high = 0xBF;
  if (lead == 0xE0) low = 0xA0;   // no overlong forms
  if (lead == 0xED) high = 0x9F;  // no surrogates
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;  // nothing beyond U+10FFFF
  CodePoint code = lead & (0xFF >> (size + 1));
  for (std::size_t index = 1; index < size; ++index) {
    if (index == text.size() || !is_between(byte_at(text, index), low, high))
      return {kReplacement, index, false};
    code = (code << 6) | (byte_at(text, index) & 0x3F);
    low = 0x80;
    high = 0xBF;
  }
  return {code, size, true};
}

void append_utf8(std::string& out, CodePoint code) {
  if (code < 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::size_t ascii_prefix(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t index = 0;
  for (; index + sizeof(std::uint64_t) <= text.size(); index += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + index, sizeof word);
    if ((word & kHighBits) != 0) break;
  }
  while (index < text.size() && byte_at(text, index) < 0x80)
    ++index;
  return index;
}

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return ' ' <= c && c <= '~'; });
}

}  // namespace gate::base
