// The tokenizer behind tokenize().
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/readers/formats/python/token.h"
#include "gate/readers/formats/python/vocabulary.h"

namespace gate::readers::python {

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  Tokens run() &&;

 private:
  using Kind = TokenKind;

  // What an open bracket is; literal text of an f-string and of a specification in it counts as
  // one.
  enum class Open : std::uint8_t { paren, bracket, brace, format, field, spec };

  struct Level {
    Open open = Open::paren;
    char quote = 0;  // of the f-string that a format, field or spec belongs to
    bool triple = false;
    bool raw = false;
    std::uint32_t begin = 0;
  };

  // Columns as CPython counts them: tabs to the next multiple of 8, and, to find what looks the
  // same and is not, tabs as one.
  struct Indent {
    std::size_t column = 0;
    std::size_t narrow = 0;
  };

  void fail(base::Span span, std::string message) {
    if (!out_.error) out_.error = SyntaxError{span, std::move(message)};
  }
  void fail_at(std::size_t at, std::string message) {
    fail({static_cast<std::uint32_t>(at),
          static_cast<std::uint32_t>(std::min(at + 1, text_.size()))},
         std::move(message));
  }
  void push(Kind kind, std::size_t begin, std::size_t end) {
    out_.tokens.push_back(
        {kind, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
  }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool done() const { return at_ >= text_.size() || out_.error.has_value(); }

  // tokenizer.cpp: lines, names, brackets
  void encoding();
  void lines();
  void unclosed();
  void begin_line();
  void set_indent(Indent indent, std::size_t begin);
  void ambiguous(std::size_t begin);
  void skip_comment();
  bool skip_line_end();
  void word();
  void name();
  void punctuation();
  void bracket(Kind kind, Open what);
  void close(Kind kind, Open what);

  // tokenize_literals.cpp: numbers, strings
  void number();
  static bool has_leading_zero(std::string_view digits);
  [[nodiscard]] bool keyword_follows() const;
  void bad_number(std::size_t begin);
  void digits(bool (*accept)(char));
  void string(std::size_t begin, StringPrefix prefix);
  void format_text();
  void skip_escape(bool raw);
  void flush_text(std::size_t begin);
  void open(Level level);
  [[nodiscard]] std::size_t field_begin() const { return levels_[levels_.size() - 2].begin; }

  std::string_view text_;
  std::size_t at_ = 0;
  bool line_open_ = false;  // a logical line has begun
  std::vector<Indent> indents_{Indent{}};
  std::vector<Level> levels_;
  Tokens out_;
};

}  // namespace gate::readers::python
