// Text with places: where a byte of a file stands, as people and tools count.
//
// Offsets are bytes from 0. Lines and columns are 1-based, columns count UTF-8 bytes, ends are
// exclusive: the convention of every report (LSP and SARIF readers convert from it).
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gate::base {

// A stretch of bytes [begin, end) of one text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] bool empty() const { return begin == end; }
  friend bool operator==(const Span&, const Span&) = default;
};

struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

// A value and where it was written.
template <class T>
struct Located {
  T value{};
  Span span{};
};

// Finds lines in a text by offset. Holds no copy: `text` must outlive it. Lines end with LF; a CR
// before it counts as part of the line end. The constructor is linear, every question after it
// logarithmic.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);

  // Returns the place of a byte; offsets beyond the end give the place just after the last byte.
  [[nodiscard]] Position position(std::uint32_t offset) const;

  // Returns line `number` (1-based) without its line end; empty for a number out of range.
  [[nodiscard]] std::string_view line(std::uint32_t number) const;

  // Returns how many lines there are; a final line end opens no further line, an empty text has
  // none.
  [[nodiscard]] std::uint32_t count() const;

 private:
  std::string_view text_;
  std::vector<std::uint32_t> starts_;
};

// A named text that outlives everything which points into it: a policy file, a line of the command.
class Source {
 public:
  Source(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {}
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }

  // Returns the lines, found when somebody first asks: a file without a finding never pays for
  // them. Thread-safe.
  [[nodiscard]] const LineIndex& lines() const;

 private:
  std::string name_;
  std::string text_;
  mutable std::once_flag asked_;
  mutable std::optional<LineIndex> lines_;
};

}  // namespace gate::base
