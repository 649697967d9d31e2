// The scanner behind tokenize(): one pass over the bytes. For token.cpp only.
#pragma once

#include <algorithm>
#include <string_view>

#include "gate/base/ascii.h"
#include "gate/readers/formats/sql/token.h"

namespace gate::readers::sql {

inline bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

inline bool is_word_start(char c) {
  return base::is_letter(c) || c == '_' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

inline bool is_word(char c) { return is_word_start(c) || base::is_digit(c) || c == '$'; }

// Returns whether a text begins with a word, which is given in small letters.
inline bool same_word(std::string_view text, std::string_view lowered) {
  return text.size() >= lowered.size() &&
         std::equal(lowered.begin(), lowered.end(), text.begin(),
                    [](char a, char b) { return a == base::to_lower(b); });
}

class Scanner {
 public:
  Scanner(std::string_view text, Dialect dialect) : text_(text), dialect_(dialect) {}

  Tokens run();

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool starts(std::string_view word) const {
    return text_.substr(at_, word.size()) == word;
  }
  [[nodiscard]] bool mysql() const { return dialect_ == Dialect::mysql; }

  bool pass_blank();
  bool pass_comment();
  bool pass_block_comment();
  void pass_line_comment(std::size_t mark);
  void keep_comment(std::size_t begin, std::size_t end);
  bool pass_client_command();
  void pass_copy_rows();
  bool pass_template();
  [[nodiscard]] std::size_t template_end(std::size_t at) const;
  void read_token();
  bool read_end();
  bool read_string();
  void read_quotes(std::size_t begin, TokenKind kind, bool escapes);
  bool read_dollar();
  bool read_word();
  bool read_number();
  bool read_parameter();
  void read_symbol();
  void add(TokenKind kind, std::size_t begin, bool unterminated = false);

  std::string_view text_;
  Dialect dialect_;
  std::size_t at_ = 0;
  std::size_t statement_ = 0;   // the first token of the statement at hand
  std::string_view delimiter_;  // that a client was told; empty: `;`
  bool executed_comment_ = false;
  bool held_ = false;  // between goose's StatementBegin and StatementEnd
  bool blank_ = true;  // white space since the token before
  Tokens out_;
};

}  // namespace gate::readers::sql
