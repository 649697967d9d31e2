#include "gate/base/unicode.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include <utf8proc.h>

#include "gate/base/utf8.h"

namespace gate::base {
namespace {

constexpr std::string_view kEllipsis = "…";

bool is_isolate_start(CodePoint code) { return 0x2066 <= code && code <= 0x2068; }
bool is_isolate_end(CodePoint code) { return code == 0x2069; }
bool is_right_to_left(utf8proc_propval_t bidi_class) {
  return bidi_class == UTF8PROC_BIDI_CLASS_R || bidi_class == UTF8PROC_BIDI_CLASS_AL;
}

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

bool is_breaking_space(CodePoint code) {
  constexpr CodePoint kNoBreakSpace = 0xA0;
  constexpr CodePoint kFigureSpace = 0x2007;
  constexpr CodePoint kNarrowNoBreakSpace = 0x202F;
  if (code == kNoBreakSpace || code == kFigureSpace || code == kNarrowNoBreakSpace) return false;
  return code == '\t' || utf8proc_category(code) == UTF8PROC_CATEGORY_ZS;
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

// The isolates open at one place of a text. One whose direction comes from its first strong
// character keeps that direction on later lines, whatever they start with.
class Isolates {
 public:
  void see(const Grapheme& grapheme) {
    if (is_isolate_start(grapheme.first)) {
      open_.push_back(grapheme.bytes);
    } else if (open_.empty()) {
      return;
    } else if (is_isolate_end(grapheme.first)) {
      open_.pop_back();
    } else if (open_.back() == kFirstStrongIsolate) {
      const auto bidi_class = utf8proc_get_property(grapheme.first)->bidi_class;
      if (bidi_class == UTF8PROC_BIDI_CLASS_L) open_.back() = kLeftToRightIsolate;
      if (is_right_to_left(bidi_class)) open_.back() = kRightToLeftIsolate;
    }
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
    out += next.valid ? bytes.substr(0, next.size) : kReplacementCharacter;
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
    if (is_right_to_left(utf8proc_get_property(next.code)->bidi_class)) return true;
    text.remove_prefix(next.size);
  }
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
      append_utf8(anchor, utf8proc_tolower(character.code));
    }
  }
  return anchor;
}

}  // namespace gate::base
