// UTF-8 as it appears on a screen. Widths and breaks come from utf8proc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gate::base {

// Returns `bytes` with every invalid sequence replaced by U+FFFD (one per maximal subpart, as the
// Unicode standard recommends).
[[nodiscard]] std::string to_valid_utf8(std::string_view bytes);
[[nodiscard]] bool is_valid_utf8(std::string_view bytes);

// Returns how many terminal cells a valid text takes: wide and emoji two, combining marks none,
// controls none. Counted by grapheme (UAX #29), as terminals do that join emoji.
[[nodiscard]] std::size_t display_width(std::string_view text);

// Returns whether the text has a strong right-to-left character (Arabic, Hebrew, Syriac ...).
[[nodiscard]] bool has_right_to_left(std::string_view text);

// Returns the text for a terminal line. Escape sequences are dropped; controls become their
// pictures (U+2400 …), tabs four spaces, invalid bytes, noncharacters and bidirectional overrides
// U+FFFD; other bidirectional controls are dropped. A text with right-to-left characters is wrapped
// in an isolate (U+2068 … U+2069), so that it does not reorder what stands beside it.
[[nodiscard]] std::string for_terminal(std::string_view text);

// Returns a path for a terminal line: as for_terminal(), but every part between slashes is isolated
// by itself and runs from left to right, so that the parts are read in their order.
[[nodiscard]] std::string path_for_terminal(std::string_view path);

// Breaks a text into lines of at most `width` cells: at line ends, at white space where possible,
// never inside a grapheme. Isolates are closed at the end of a line and opened anew on the next, in
// the same direction. An empty text has no lines. On the first line `used` cells are taken by
// something else; it stays empty where no word fits beside that.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width,
                                            std::size_t used = 0);

// Returns the text cut to `width` cells, with `…` as its last where something was cut.
[[nodiscard]] std::string truncate(std::string_view text, std::size_t width);

// Returns the text as GitHub makes an anchor of a heading: in lower case, spaces as `-`, and of the
// other characters only letters, marks, decimal digits, `-` and `_` and its like.
[[nodiscard]] std::string to_anchor(std::string_view text);

}  // namespace gate::base
