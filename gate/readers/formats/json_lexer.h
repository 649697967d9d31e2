// The words of JSON (RFC 8259): strings, numbers, brackets, with their places. What both readers of
// JSON are made of: the one that builds a document and the one that reads in passing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gate::readers {

// Nesting deeper than this is a mistake.
inline constexpr std::size_t kJsonDepth = 64;

// Texts that stand nowhere in the source as they are (escapes were resolved).
using JsonTexts = std::vector<std::unique_ptr<std::string>>;

class JsonLexer {
 public:
  // `text` must outlive every view that is handed out; so must `texts`. A byte order mark at the
  // start is passed over.
  JsonLexer(std::string_view text, JsonTexts& texts);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::uint32_t offset() const { return static_cast<std::uint32_t>(at_); }
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }

  void skip_blank() {
    while (at_ < text_.size() && is_blank(text_[at_]))
      ++at_;
  }
  // Returns the byte that comes next, 0 at the end.
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  // Passes over blanks, and over `wanted` where it comes next.
  bool take(char wanted) {
    skip_blank();
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }

  // Reads the string that opens here; without escapes the result is a view of the source. False
  // after a mistake.
  bool read_string(std::string_view& into);
  // Reads what stands up to the next blank, comma, colon or closing bracket: a number, `true`,
  // `false` or `null`, and nothing else. False after a mistake.
  bool read_word(std::string_view& into);

  // Says what is wrong, here or at an offset; only the first mistake counts. Returns false.
  bool fail(std::string_view what) { return fail_at(at_, what); }
  bool fail_at(std::size_t offset, std::string_view what);
  // Returns "line 3, column 7: …", or an empty text.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

  bool read_escape(std::string& out);
  bool read_unit(char32_t& unit);

  std::string_view text_;
  std::size_t at_ = 0;
  JsonTexts* texts_;
  std::string problem_;
};

}  // namespace gate::readers
