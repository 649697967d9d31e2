// What stands around a match in its file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gate::checks {

// Counts lines from one offset to a later one.
class LineCursor {
 public:
  explicit LineCursor(std::string_view text) : text_(text) {}

  // Goes on to `offset`, which is not before the last.
  void advance(std::size_t offset);

  // Both 1-based, of the offset; the column in bytes.
  [[nodiscard]] std::uint32_t line() const { return line_; }
  [[nodiscard]] std::uint32_t column() const;
  [[nodiscard]] std::size_t line_begin() const { return line_begin_; }

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  std::size_t line_begin_ = 0;
  std::uint32_t line_ = 1;
};

// Returns the line from `line_begin` without its line end; of a longer one `most` bytes around
// `offset`.
[[nodiscard]] std::string_view line_around(std::string_view text, std::size_t line_begin,
                                           std::size_t offset, std::size_t most);

// Returns what names the match [begin, end) wherever the lines around it move to: the last line
// before it that is not blank, its own, the next that is not blank, and the match; each without the
// white space around it and cut to a few hundred bytes about the match.
[[nodiscard]] std::string identity_of(std::string_view text, std::size_t line_begin,
                                      std::size_t begin, std::size_t end);

}  // namespace gate::checks
