// The words of a Python file: what the tokenizer hands to the parser.
//
// Knows the lexical grammar of Python 3.8 to 3.14 (docs.python.org/3/reference/lexical_analysis),
// f-strings as PEP 701 takes them apart; knows no syntax.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers::python {

enum class TokenKind : std::uint8_t {
  end,      // of the file
  newline,  // of a logical line
  indent,
  dedent,
  name,  // soft keywords (match, case, type, _) are names
  number,
  string,         // a whole literal with prefix and quotes
  format_begin,   // prefix and opening quotes of an f-string or t-string
  format_text,    // literal text in it, `{{` and `}}` as written
  format_end,     // closing quotes
  field_open,     // `{` in it
  field_convert,  // `!` before r, s or a
  field_spec,     // `:` before a format specification
  field_close,    // `}`
  left_paren,
  right_paren,
  left_bracket,
  right_bracket,
  left_brace,
  right_brace,
  comma,
  colon,
  semicolon,
  dot,
  ellipsis,
  arrow,
  at,
  assign,
  walrus,
  plus,
  minus,
  star,
  double_star,
  slash,
  double_slash,
  percent,
  ampersand,
  bar,
  caret,
  tilde,
  shift_left,
  shift_right,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  plus_assign,
  minus_assign,
  star_assign,
  slash_assign,
  double_slash_assign,
  percent_assign,
  at_assign,
  ampersand_assign,
  bar_assign,
  caret_assign,
  shift_left_assign,
  shift_right_assign,
  double_star_assign,
  kw_and,
  kw_as,
  kw_assert,
  kw_async,
  kw_await,
  kw_break,
  kw_class,
  kw_continue,
  kw_def,
  kw_del,
  kw_elif,
  kw_else,
  kw_except,
  kw_false,
  kw_finally,
  kw_for,
  kw_from,
  kw_global,
  kw_if,
  kw_import,
  kw_in,
  kw_is,
  kw_lambda,
  kw_none,
  kw_nonlocal,
  kw_not,
  kw_or,
  kw_pass,
  kw_raise,
  kw_return,
  kw_true,
  kw_try,
  kw_while,
  kw_with,
  kw_yield,
};

struct Token {
  TokenKind kind = TokenKind::end;
  base::Span span;
};

// Why a file is not read further, and where; the words end without a full stop.
struct SyntaxError {
  base::Span span;
  std::string message;
};

// How the bytes of string literals are to be taken (PEP 263).
enum class Encoding : std::uint8_t { utf8, latin1 };

struct Tokens {
  std::vector<Token> tokens;  // ends with `end`; without an error, indents and dedents balance
  Encoding encoding = Encoding::utf8;
  std::optional<SyntaxError> error;
};

// Limits; what exceeds one is an error. CPython's own are 200 brackets and 100 indents.
inline constexpr std::size_t kMaxSource = std::size_t{4} << 20;
inline constexpr std::size_t kMaxBrackets = 200;
inline constexpr std::size_t kMaxIndents = 100;

// Splits a file; linear in the text. Tokens hold places, not the text.
[[nodiscard]] Tokens tokenize(std::string_view text);

}  // namespace gate::readers::python
