#include "gate/base/unicode.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

#include <utf8proc.h>

namespace gate::base {
namespace {

using CodePoint = utf8proc_int32_t;

constexpr CodePoint kReplacement = 0xFFFD;
constexpr std::string_view kReplacementBytes = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kFirstStrongIsolate = "\xE2\x81\xA8";  // U+2068
constexpr std::string_view kPopIsolate = "\xE2\x81\xA9";          // U+2069
constexpr std::string_view kTab = "    ";

constexpr char kEscape = '\x1B';
constexpr char kBell = '\a';

struct Decoded {
  CodePoint code = kReplacement;
  std::size_t size = 0;  // bytes read; of an invalid sequence its maximal subpart
  bool valid = false;
};

std::uint8_t byte_at(std::string_view bytes, std::size_t index) {
  return static_cast<std::uint8_t>(bytes[index]);
}

bool is_between(std::uint8_t byte, std::uint8_t low, std::uint8_t high) {
  return low <= byte && byte <= high;
}

// Reads one character of a text that is not empty. The ranges are those of table 3-7 of the Unicode
// standard, the size of an invalid sequence follows its section 3.9 (maximal subparts).
Decoded decode(std::string_view bytes) {
  const std::uint8_t lead = byte_at(bytes, 0);
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
    if (index == bytes.size() || !is_between(byte_at(bytes, index), low, high))
      return {kReplacement, index, false};
    code = (code << 6) | (byte_at(bytes, index) & 0x3F);
    low = 0x80;
    high = 0xBF;
  }
  return {code, size, true};
}

// Returns how many bytes at the start are ASCII; most texts are nothing else.
std::size_t ascii_prefix(std::string_view bytes) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t index = 0;
  for (; index + sizeof(std::uint64_t) <= bytes.size(); index += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + index, sizeof word);
    if ((word & kHighBits) != 0) break;
  }
  while (index < bytes.size() && byte_at(bytes, index) < 0x80)
    ++index;
  return index;
}

bool is_printable_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return ' ' <= c && c <= '~'; });
}

bool is_isolate_start(CodePoint code) { return 0x2066 <= code && code <= 0x2068; }
bool is_isolate_end(CodePoint code) { return code == 0x2069; }
bool is_bidi_formatting(CodePoint code) {
  return (0x202A <= code && code <= 0x202E) || (0x2066 <= code && code <= 0x2069);
}
bool is_bidi_override(CodePoint code) { return code == 0x202D || code == 0x202E; }

// What a terminal shows in one place: an extended grapheme cluster of UAX #29.
struct Grapheme {
  std::string_view bytes;
  std::size_t width = 0;
  CodePoint first = 0;
};

// Adds up the cells of a grapheme, character by character.
class GraphemeWidth {
 public:
  void add(CodePoint code) {
    constexpr CodePoint kEmojiPresentation = 0xFE0F;
    constexpr CodePoint kKeycap = 0x20E3;
    const utf8proc_property_t& property = *utf8proc_get_property(code);
    const auto width = static_cast<std::size_t>(utf8proc_charwidth(code));
    switch (property.boundclass) {
      case UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR:  // a flag is two of them
      case UTF8PROC_BOUNDCLASS_SPACINGMARK:
        width_ += width;
        break;
      default:
        width_ = std::max(width_, width);
    }
    if (property.boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC) is_pictograph_ = true;
    if ((code == kEmojiPresentation && is_pictograph_) || code == kKeycap) width_ = 2;
  }

  [[nodiscard]] std::size_t cells() const { return width_; }

 private:
  std::size_t width_ = 0;
  bool is_pictograph_ = false;
};

// Takes the next grapheme off the front of a text that is not empty.
Grapheme take_grapheme(std::string_view& text) {
  const Decoded first = decode(text);
  GraphemeWidth width;
  width.add(first.code);
  utf8proc_int32_t state = 0;
  std::size_t size = first.size;
  CodePoint last = first.code;
  while (size < text.size()) {
    const Decoded next = decode(text.substr(size));
    if (utf8proc_grapheme_break_stateful(last, next.code, &state)) break;
    width.add(next.code);
    size += next.size;
    last = next.code;
  }
  const Grapheme grapheme{text.substr(0, size), width.cells(), first.code};
  text.remove_prefix(size);
  return grapheme;
}

constexpr char kC1Lead = '\xC2';

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
    out += kReplacementBytes;
  }
}

bool is_breaking_space(CodePoint code) {
  constexpr CodePoint kNoBreakSpace = 0xA0;
  constexpr CodePoint kFigureSpace = 0x2007;
  constexpr CodePoint kNarrowNoBreakSpace = 0x202F;
  if (code == kNoBreakSpace || code == kFigureSpace || code == kNarrowNoBreakSpace) return false;
  return code == '\t' || utf8proc_category(code) == UTF8PROC_CATEGORY_ZS;
}

void append(std::string& out, CodePoint code) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const utf8proc_ssize_t size = utf8proc_encode_char(code, bytes.data());
  for (utf8proc_ssize_t index = 0; index < size; ++index)
    out += static_cast<char>(bytes[static_cast<std::size_t>(index)]);
}

// Returns whether a character is one of `\p{Word}` (UTS #18, without its join controls).
bool is_word(CodePoint code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC:
      return true;
    default:
      return false;
  }
}

// The isolates open at one place of a text.
class Isolates {
 public:
  void see(const Grapheme& grapheme) {
    if (is_isolate_start(grapheme.first)) open_.push_back(grapheme.bytes);
    if (is_isolate_end(grapheme.first) && !open_.empty()) open_.pop_back();
  }

  void close(std::string& line) const {
    for (std::size_t index = 0; index < open_.size(); ++index)
      line += kPopIsolate;
  }

  void reopen(std::string& line) const {
    for (const std::string_view start : open_)
      line += start;
  }

 private:
  std::vector<std::string_view> open_;
};

// Returns a stretch of graphemes as a line of its own: spaces at its end dropped, isolates closed,
// those that are still open from earlier lines opened anew.
std::string make_line(std::span<const Grapheme> graphemes, Isolates& isolates) {
  std::size_t size = graphemes.size();
  while (size != 0 && is_breaking_space(graphemes[size - 1].first))
    --size;
  std::string line;
  isolates.reopen(line);
  for (const Grapheme& grapheme : graphemes.first(size)) {
    isolates.see(grapheme);
    line += grapheme.bytes;
  }
  isolates.close(line);
  return line;
}

void wrap_line(std::string_view text, std::size_t width, std::size_t used,
               std::vector<std::string>& lines) {
  std::vector<Grapheme> graphemes;
  while (!text.empty())
    graphemes.push_back(take_grapheme(text));
  Isolates isolates;
  std::span<const Grapheme> rest = graphemes;
  do {
    const std::size_t room = width - std::min(width, used);
    std::size_t end = 0;
    std::size_t cells = 0;
    std::size_t space = 0;  // the last one behind a word; 0: none
    bool has_word = false;
    for (; end < rest.size(); ++end) {
      if (is_breaking_space(rest[end].first)) {
        if (has_word) space = end;
      } else {
        if ((end != 0 || used != 0) && cells + rest[end].width > room) break;
        has_word = true;
      }
      cells += rest[end].width;
    }
    if (end != rest.size() && (space != 0 || used != 0)) end = space;
    used = 0;
    lines.push_back(make_line(rest.first(end), isolates));
    while (end != rest.size() && is_breaking_space(rest[end].first))
      ++end;
    rest = rest.subspan(end);
  } while (!rest.empty());
}

}  // namespace

std::string to_valid_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t ascii = ascii_prefix(bytes);
    out += bytes.substr(0, ascii);
    bytes.remove_prefix(ascii);
    if (bytes.empty()) break;
    const Decoded next = decode(bytes);
    out += next.valid ? bytes.substr(0, next.size) : kReplacementBytes;
    bytes.remove_prefix(next.size);
  }
  return out;
}

bool is_valid_utf8(std::string_view bytes) {
  while (true) {
    bytes.remove_prefix(ascii_prefix(bytes));
    if (bytes.empty()) return true;
    const Decoded next = decode(bytes);
    if (!next.valid) return false;
    bytes.remove_prefix(next.size);
  }
}

std::size_t display_width(std::string_view text) {
  if (is_printable_ascii(text)) return text.size();
  std::size_t width = 0;
  while (!text.empty())
    width += take_grapheme(text).width;
  return width;
}

bool has_right_to_left(std::string_view text) {
  while (true) {
    text.remove_prefix(ascii_prefix(text));
    if (text.empty()) return false;
    const Decoded next = decode(text);
    const auto bidi_class = utf8proc_get_property(next.code)->bidi_class;
    if (bidi_class == UTF8PROC_BIDI_CLASS_R || bidi_class == UTF8PROC_BIDI_CLASS_AL) return true;
    text.remove_prefix(next.size);
  }
}

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
    const utf8proc_category_t category = utf8proc_category(next.code);
    if (!next.valid || is_bidi_override(next.code)) {
      out += kReplacementBytes;
    } else if (category == UTF8PROC_CATEGORY_CC) {
      append_control(out, next.code);
    } else if (category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP) {
      out += ' ';
    } else if (!is_bidi_formatting(next.code)) {
      out += text.substr(0, next.size);
    }
    text.remove_prefix(next.size);
  }
  if (right_to_left) out += kPopIsolate;
  return out;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t used) {
  std::vector<std::string> lines;
  if (text.empty()) return lines;
  while (true) {
    const std::size_t end = text.find('\n');
    wrap_line(text.substr(0, end), width, lines.empty() ? used : 0, lines);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string truncate(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  Isolates isolates;
  std::string out;
  std::size_t cells = 0;
  while (true) {  // ends before the text does: it is wider than `width`
    const Grapheme grapheme = take_grapheme(text);
    if (cells + grapheme.width >= width) break;
    isolates.see(grapheme);
    out += grapheme.bytes;
    cells += grapheme.width;
  }
  out += kEllipsis;
  isolates.close(out);
  return out;
}

std::string to_anchor(std::string_view text) {
  std::string anchor;
  while (!text.empty()) {
    const Decoded character = decode(text);
    text.remove_prefix(character.size);
    if (character.code == ' ' || character.code == '-') {
      anchor += '-';
    } else if (character.valid && is_word(character.code)) {
      append(anchor, utf8proc_tolower(character.code));
    }
  }
  return anchor;
}

}  // namespace gate::base
