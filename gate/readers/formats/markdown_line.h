// One line of Markdown: how far it has been read, and what it may begin.
//
// Part of the Markdown reader; knows nothing of the lines before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace gate::readers::markdown {

inline constexpr std::size_t kTabStop = 4;
inline constexpr std::size_t kCodeIndent = 4;

// A line and how far it has been read. Columns count from 0, a tab goes on to the next multiple of
// four.
class Line {
 public:
  Line(std::string_view text, std::uint32_t source) : text_(text), source_(source) { look(); }

  // Columns of white space ahead, and whether nothing else is.
  [[nodiscard]] std::size_t indent() const { return next_column_ - column_; }
  [[nodiscard]] bool is_blank() const { return next_ == text_.size(); }
  [[nodiscard]] bool is_indented() const { return indent() >= kCodeIndent; }
  // The text from the first character that is no white space on; from where it has been read.
  [[nodiscard]] std::string_view rest() const { return text_.substr(next_); }
  [[nodiscard]] std::string_view unread() const { return text_.substr(at_); }
  [[nodiscard]] std::uint32_t rest_source() const { return source_ + offset(next_); }
  [[nodiscard]] std::uint32_t unread_source() const { return source_ + offset(at_); }

  void skip_indent() {
    at_ = next_;
    column_ = next_column_;
    tab_left_ = 0;
  }
  void skip_characters(std::size_t count) {
    at_ += count;
    column_ += count;
    look();
  }
  // Skips up to `count` columns of white space; returns how many.
  std::size_t skip_columns(std::size_t count) {
    std::size_t skipped = 0;
    while (skipped < count && at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
      if (text_[at_] == '\t' && tab_left_ == 0) tab_left_ = kTabStop - column_ % kTabStop;
      ++column_;
      ++skipped;
      if (text_[at_] == ' ' || --tab_left_ == 0) ++at_;
    }
    look();
    return skipped;
  }

 private:
  static std::uint32_t offset(std::size_t index) { return static_cast<std::uint32_t>(index); }

  void look() {
    next_ = at_;
    next_column_ = column_;
    std::size_t tab_left = tab_left_;
    for (; next_ < text_.size() && (text_[next_] == ' ' || text_[next_] == '\t'); ++next_) {
      const std::size_t tab = tab_left != 0 ? tab_left : kTabStop - next_column_ % kTabStop;
      next_column_ += text_[next_] == '\t' ? tab : 1;
      tab_left = 0;
    }
  }

  std::string_view text_;
  std::uint32_t source_;
  std::size_t at_ = 0;
  std::size_t column_ = 0;
  std::size_t tab_left_ = 0;  // columns of a tab that is read in part
  std::size_t next_ = 0;
  std::size_t next_column_ = 0;
};

// Whether the line, which is not blank, is a break like `* * *`.
[[nodiscard]] bool is_thematic_break(std::string_view line);

// Returns 1 or 2 for a line of `=` or `-`, 0 otherwise.
[[nodiscard]] int setext_level(std::string_view line);

struct ListMarker {
  std::size_t size = 0;
  bool may_interrupt = true;  // a paragraph: an ordered list only where it starts with 1
};

// Returns the marker of a list item that a line begins with; it is not blank.
[[nodiscard]] std::optional<ListMarker> scan_list_marker(std::string_view line);

// Returns the cells of a table row; a `|` after a backslash separates nothing.
[[nodiscard]] std::vector<std::string_view> split_cells(std::string_view row);

// `|---|:-:|`: the line between the head and the body of a table.
[[nodiscard]] bool is_table_delimiter(std::string_view line);

// Returns where the text goes on after metadata between `---` lines at its very start, `begin`,
// which no renderer shows as text. It begins with a key and has no blank line, so that nothing
// between two thematic breaks is taken for it.
[[nodiscard]] std::size_t skip_metadata(std::string_view text, std::size_t begin);

}  // namespace gate::readers::markdown
