// SQL as tokens: PostgreSQL (manual 15, section 4.1) and MySQL/MariaDB (manual 8.0, chapter 9),
// also with the template blocks that migration runners fill in.
//
// Knows bytes and quotes; knows no statement. Never fails: what ends too early is marked as such.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers::sql {

// MariaDB reads as MySQL does; SQLite's statements read as PostgreSQL's.
enum class Dialect : std::uint8_t { postgres, mysql };

enum class TokenKind : std::uint8_t {
  word,    // an identifier or a keyword without quotes, also with a template block in it
  quoted,  // an identifier in quotes
  text,    // a string; in MySQL also between "double quotes"
  number,
  parameter,  // $1, ?, @name
  symbol,     // one character or one operator
  end,        // of a statement: `;` or the delimiter that the client was told
};

struct Token {
  TokenKind kind = TokenKind::symbol;
  bool unterminated = false;  // the text ends before its quote does
  bool glued = false;         // no white space before it
  base::Span span;
  std::string_view text;  // as written, with quotes

  // Returns whether it is this word, in any letter case. `lowered` is in small letters.
  [[nodiscard]] bool is(std::string_view lowered) const;
  [[nodiscard]] bool is_symbol(std::string_view wanted) const {
    return kind == TokenKind::symbol && text == wanted;
  }
};

struct Comment {
  base::Span span;
  std::string_view text;  // without its marks
};

struct Tokens {
  std::vector<Token> tokens;
  std::vector<Comment> comments;
  bool cut = false;  // more than kMostTokens: the rest was not read
};

inline constexpr std::size_t kMostTokens = 4'000'000;

// Returns the tokens of `text`, which must outlive them; linear. Comments, client commands (`\set`,
// DELIMITER), rows of COPY and template blocks that stand for no value are passed over. A comment
// that MySQL executes (`/*!40101 ... */`) counts as what it holds.
[[nodiscard]] Tokens tokenize(std::string_view text, Dialect dialect);

// Returns the name that a word or a quoted identifier stands for: without quotes, in PostgreSQL
// small letters where it has none, cut at 63 bytes there.
[[nodiscard]] std::string identifier(const Token& token, Dialect dialect);

// Returns the value of a string token, as far as escapes change it.
[[nodiscard]] std::string string_value(const Token& token, Dialect dialect);

}  // namespace gate::readers::sql
