// Texts taken apart at blanks and other single characters. Blanks are those of ascii.h.
#pragma once

#include <algorithm>
#include <string_view>

#include "gate/base/ascii.h"

namespace gate::base {

// Calls `on_word(std::string_view)` for each run of characters that are no blanks.
template <class OnWord>
void for_each_word(std::string_view text, OnWord on_word) {
  while (true) {
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return;
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(kBlanks), text.size());
    on_word(text.substr(0, end));
    text.remove_prefix(end);
  }
}

// Calls `on_part(std::string_view)` for each part between separators; an empty text is one part.
template <class OnPart>
void for_each_part(std::string_view text, char separator, OnPart on_part) {
  while (true) {
    const std::size_t end = text.find(separator);
    on_part(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

// Calls `on_line(std::string_view)` for each line without its line end (LF or CRLF); a final line
// end opens no further line.
template <class OnLine>
void for_each_line(std::string_view text, OnLine on_line) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    on_line(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// Returns what stands before and behind the first `separator`; `found` is false and all of it
// stands before where there is none.
struct Halves {
  std::string_view before;
  std::string_view behind;
  bool found = false;
};
[[nodiscard]] constexpr Halves split_once(std::string_view text, std::string_view separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return {text, text.substr(text.size()), false};
  return {text.substr(0, at), text.substr(at + separator.size()), true};
}

}  // namespace gate::base
