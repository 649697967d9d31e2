// Cursor: walks over the tokens of one statement. For the readers of statements only.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/formats/sql/statement.h"
#include "gate/readers/formats/sql/token.h"

namespace gate::readers::sql {

class Cursor {
 public:
  // `source`: the text that the tokens point into.
  Cursor(std::span<const Token> tokens, std::string_view source, Dialect dialect)
      : tokens_(tokens), source_(source), dialect_(dialect) {}

  [[nodiscard]] Dialect dialect() const { return dialect_; }
  [[nodiscard]] bool mysql() const { return dialect_ == Dialect::mysql; }
  [[nodiscard]] std::string_view source() const { return source_; }
  [[nodiscard]] bool done() const { return at_ >= tokens_.size(); }
  [[nodiscard]] std::size_t index() const { return at_; }
  void go_to(std::size_t index) { at_ = index; }

  // Returns the token at hand, or the one `ahead` of it; beyond the end an empty symbol.
  [[nodiscard]] const Token& token(std::size_t ahead = 0) const {
    return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : kNothing;
  }
  [[nodiscard]] std::span<const Token> rest() const {
    return tokens_.subspan(at_ < tokens_.size() ? at_ : tokens_.size());
  }

  // Returns whether these words, in small letters, come next.
  [[nodiscard]] bool at(std::string_view word) const { return token().is(word); }
  [[nodiscard]] bool at(std::initializer_list<std::string_view> words) const;
  [[nodiscard]] bool at_symbol(std::string_view symbol) const { return token().is_symbol(symbol); }
  // Returns whether the token at hand can be a name.
  [[nodiscard]] bool at_name() const;

  // Passes over what is named, where it comes next; otherwise stays and returns false.
  bool take(std::string_view word);
  bool take(std::initializer_list<std::string_view> words);
  bool take_any(std::initializer_list<std::string_view> words);  // one of them
  bool take_symbol(std::string_view symbol);

  // Passes over one token, or a whole group where it is an opening parenthesis or bracket.
  void skip();
  // Passes over what comes before the next `,` or `)` of this level.
  void skip_element();
  void skip_all() { at_ = tokens_.size(); }

  // Reads an identifier; empty where none comes next.
  std::string identifier();
  // Reads `schema.name`, also of three parts; empty where no name comes next.
  Name name();
  // Reads `(a, b)`: the names in it, lengths and orders passed over. Empty where none comes next.
  std::vector<std::string> name_list();
  // Reads `(...)` as the texts of its elements, strings by their value.
  std::vector<std::string> argument_list();
  // Reads what comes before a `,` or `)` of this level, or before a token for which `stops` holds.
  template <class Stops>
  std::string text_until(Stops stops) {
    const std::size_t begin = at_;
    while (!done() && !at_symbol(",") && !at_symbol(")") && !stops(*this))
      skip();
    return text_from(begin);
  }

  // Returns the text from the token `begin` up to the last one passed, blanks made single.
  [[nodiscard]] std::string text_from(std::size_t begin) const;
  [[nodiscard]] base::Span span_from(std::size_t begin) const;

  // Remembers that this cannot be read; the first counts.
  void fail(std::string why);
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  static const Token kNothing;

  std::span<const Token> tokens_;
  std::string_view source_;
  Dialect dialect_;
  std::size_t at_ = 0;
  std::string problem_;
};

}  // namespace gate::readers::sql
