// for_terminal(): what a terminal may get of a text that others wrote.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gate/base/unicode.h"
#include "gate/base/utf8.h"

namespace gate::base {
namespace {

constexpr std::string_view kTab = "    ";

constexpr char kEscape = '\x1B';
constexpr char kBell = '\a';
constexpr char kC1Lead = '\xC2';

bool is_control(CodePoint code) { return code < 0x20 || (0x7F <= code && code < 0xA0); }
bool is_separator(CodePoint code) { return code == 0x2028 || code == 0x2029; }
bool is_bidi_formatting(CodePoint code) {
  return (0x202A <= code && code <= 0x202E) || (0x2066 <= code && code <= 0x2069);
}
bool is_noncharacter(CodePoint code) {
  return (code & 0xFFFE) == 0xFFFE || (0xFDD0 <= code && code <= 0xFDEF);
}
bool is_bidi_override(CodePoint code) { return code == 0x202D || code == 0x202E; }

// Returns whether a C1 control in UTF-8 (U+0080 … U+009F) is at the start.
bool starts_with_c1(std::string_view text) {
  return text.size() >= 2 && text[0] == kC1Lead && is_between(byte_at(text, 1), 0x80, 0x9F);
}

// Returns the size of a control string's body with its end (BEL or ST); nothing where another
// sequence starts before, or none ends it.
std::optional<std::size_t> control_string_size(std::string_view body) {
  for (std::size_t index = 0; index < body.size(); ++index) {
    const std::string_view rest = body.substr(index);
    if (rest[0] == kBell) return index + 1;
    if (rest.starts_with("\x1B\\") || rest.starts_with("\xC2\x9C")) return index + 2;
    if (rest[0] == kEscape || starts_with_c1(rest)) return std::nullopt;
  }
  return std::nullopt;
}

// Returns the size of parameters, intermediate and final byte; nothing where they are malformed.
std::optional<std::size_t> control_sequence_size(std::string_view body) {
  std::size_t index = 0;
  while (index < body.size() && is_between(byte_at(body, index), 0x30, 0x3F))
    ++index;
  while (index < body.size() && is_between(byte_at(body, index), 0x20, 0x2F))
    ++index;
  if (index == body.size() || !is_between(byte_at(body, index), 0x40, 0x7E)) return std::nullopt;
  return index + 1;
}

// Returns the size of intermediates and final byte of `ESC ( B` and the like.
std::optional<std::size_t> intermediate_size(std::string_view body) {
  std::size_t index = 0;
  while (index < body.size() && is_between(byte_at(body, index), 0x20, 0x2F))
    ++index;
  if (index == body.size() || !is_between(byte_at(body, index), 0x30, 0x7E)) return std::nullopt;
  return index + 1;
}

// Returns the size of the escape sequence (ECMA-48, section 5) at the start of a text, or 0 where
// there is none. An introducer is two bytes in both of its forms: ESC with a letter, and the C1
// control in UTF-8.
std::size_t escape_sequence_size(std::string_view text) {
  if (text.size() < 2) return 0;
  const bool is_c1 = starts_with_c1(text);
  if (!is_c1 && text[0] != kEscape) return 0;
  const std::string_view body = text.substr(2);
  std::optional<std::size_t> size;
  switch (is_c1 ? byte_at(text, 1) - 0x40 : byte_at(text, 1)) {
    case '[':
      size = control_sequence_size(body);
      break;
    case ']':  // OSC
    case 'P':  // DCS
    case 'X':  // SOS
    case '^':  // PM
    case '_':  // APC
      size = control_string_size(body);
      break;
    default:
      if (is_between(byte_at(text, 1), 0x30, 0x7E)) size = 0;
      if (is_between(byte_at(text, 1), 0x20, 0x2F)) size = intermediate_size(body);
  }
  return size ? 2 + *size : 0;
}

void append_control(std::string& out, CodePoint code) {
  if (code == '\t') {
    out += kTab;
  } else if (code == 0x7F) {
    out += "␡";
  } else if (code < 0x20) {  // U+2400 … U+241F are pictures of U+0000 … U+001F
    out += "\xE2\x90";
    out += static_cast<char>(0x80 + code);
  } else {
    out += kReplacementCharacter;
  }
}

}  // namespace

std::string for_terminal(std::string_view text) {
  if (is_printable_ascii(text)) return std::string(text);
  const bool right_to_left = has_right_to_left(text);
  std::string out;
  if (right_to_left) out += kFirstStrongIsolate;
  while (!text.empty()) {
    if (const std::size_t size = escape_sequence_size(text); size != 0) {
      text.remove_prefix(size);
      continue;
    }
    const Decoded next = decode(text);
    if (!next.valid || is_bidi_override(next.code) || is_noncharacter(next.code)) {
      out += kReplacementCharacter;
    } else if (is_control(next.code)) {
      append_control(out, next.code);
    } else if (is_separator(next.code)) {
      out += ' ';
    } else if (!is_bidi_formatting(next.code)) {
      out += text.substr(0, next.size);
    }
    text.remove_prefix(next.size);
  }
  if (right_to_left) out += kPopIsolate;
  return out;
}

std::string path_for_terminal(std::string_view path) {
  if (!has_right_to_left(path)) return for_terminal(path);
  std::string out;
  while (true) {
    const std::size_t slash = path.find('/');
    std::string part = for_terminal(path.substr(0, slash));
    if (part.starts_with(kFirstStrongIsolate))
      part.replace(0, kFirstStrongIsolate.size(), kLeftToRightIsolate);
    out += part;
    if (slash == std::string_view::npos) return out;
    out += '/';
    path.remove_prefix(slash + 1);
  }
}

}  // namespace gate::base
