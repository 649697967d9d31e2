// The small pieces of Markdown's syntax that blocks and inlines share.
//
// Each scan_… looks at text[at] and returns where the piece ends, or nothing where there is none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gate::readers::markdown {

[[nodiscard]] constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}
[[nodiscard]] constexpr bool is_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
         (c >= '{' && c <= '~');
}

// Returns the first index from `at` on that is no white space.
[[nodiscard]] std::size_t skip_space(std::string_view text, std::size_t at);
[[nodiscard]] std::string_view trim(std::string_view text);
// Returns the trimmed text with every stretch of white space as one blank.
[[nodiscard]] std::string fold_space(std::string_view text);

// `<target>` or `target`, as a link has it.
struct Destination {
  std::size_t begin = 0;  // of the target itself
  std::size_t end = 0;
  std::size_t next = 0;  // after the closing bracket
};
[[nodiscard]] std::optional<Destination> scan_destination(std::string_view text, std::size_t at);

// `"title"`, `'title'` or `(title)`.
[[nodiscard]] std::optional<std::size_t> scan_title(std::string_view text, std::size_t at);

// `[label]` with something in it and no bracket.
[[nodiscard]] std::optional<std::size_t> scan_label(std::string_view text, std::size_t at);

// Returns a label as it is compared: case folded (ASCII), white space put together.
[[nodiscard]] std::string normal_label(std::string_view label);

// `&amp;`, `&#1632;` and the like; appends the character. Names besides amp, lt, gt, quot, apos and
// nbsp count as text.
[[nodiscard]] std::optional<std::size_t> scan_entity(std::string_view text, std::size_t at,
                                                     std::string& out);

// Returns the text with backslash escapes and entities resolved.
[[nodiscard]] std::string unescape(std::string_view text);

}  // namespace gate::readers::markdown
