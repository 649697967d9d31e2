// The tokens of a PHP file (8.5 and before), with places.
//
// Knows spelling only: where strings end, what is a comment, where HTML and PHP meet. Blanks,
// comments and opening tags leave no token; a closing tag is a `;`, as PHP itself takes it. Text in
// double quotes becomes template_begin, its parts, template_end.
// Source: php.net/manual/en/langref.php and Zend/zend_language_scanner.l, read; compared in the
// tests with what PHP does.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers::php {

enum class TokenKind : std::uint8_t {
  end,  // of the file, or of what PHP reads of it (__halt_compiler)
  inline_html,
  open_echo,       // `<?=`
  name,            // `Foo`, also every keyword: see Token::keyword
  qualified_name,  // `A\B`, `\A\B`, `namespace\A`
  variable,        // `$name`
  integer,         // as written: 0x1F, 0b1, 0o17, 017, 1_000
  floating,        // as written
  string,          // in quotes, nothing to fill in; also nowdoc and heredoc without variables
  template_begin,  // the opening `"`, backtick or `<<<LABEL`
  template_text,   // a part of it that stands for itself
  template_code,   // `{` before `$`
  template_name,   // `${`
  template_end,
  symbol,  // an operator or bracket: see Token::symbol
};

// Operators and brackets, and casts, which PHP takes as one token.
enum class Symbol : std::uint8_t {
  none,
  paren_open,
  paren_close,
  bracket_open,
  bracket_close,
  brace_open,
  brace_close,
  attribute_open,
  comma,
  semicolon,
  colon,
  double_colon,
  question,
  backslash,
  dollar,
  at,
  arrow,
  nullsafe_arrow,
  double_arrow,
  ellipsis,
  plus,
  minus,
  star,
  slash,
  percent,
  power,
  dot,
  tilde,
  exclamation,
  increment,
  decrement,
  shift_left,
  shift_right,
  ampersand,
  pipe,
  caret,
  and_and,
  or_or,
  coalesce,
  pipe_forward,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  identical,
  not_identical,
  spaceship,
  assign,
  plus_assign,
  minus_assign,
  star_assign,
  slash_assign,
  percent_assign,
  power_assign,
  dot_assign,
  shift_left_assign,
  shift_right_assign,
  and_assign,
  or_assign,
  xor_assign,
  coalesce_assign,
  cast_int,
  cast_float,
  cast_string,
  cast_bool,
  cast_array,
  cast_object,
  cast_unset,
  cast_void,
};

// Words with a meaning in the grammar. PHP lets most of them be names of members; the parser
// decides.
enum class Keyword : std::uint8_t {
  none,
  kw_abstract,
  kw_and,
  kw_array,
  kw_as,
  kw_break,
  kw_callable,
  kw_case,
  kw_catch,
  kw_class,
  kw_clone,
  kw_const,
  kw_continue,
  kw_declare,
  kw_default,
  kw_die,
  kw_do,
  kw_echo,
  kw_else,
  kw_elseif,
  kw_empty,
  kw_enddeclare,
  kw_endfor,
  kw_endforeach,
  kw_endif,
  kw_endswitch,
  kw_endwhile,
  kw_enum,
  kw_eval,
  kw_exit,
  kw_extends,
  kw_final,
  kw_finally,
  kw_fn,
  kw_for,
  kw_foreach,
  kw_function,
  kw_global,
  kw_goto,
  kw_halt_compiler,
  kw_if,
  kw_implements,
  kw_include,
  kw_include_once,
  kw_instanceof,
  kw_insteadof,
  kw_interface,
  kw_isset,
  kw_list,
  kw_match,
  kw_namespace,
  kw_new,
  kw_or,
  kw_print,
  kw_private,
  kw_protected,
  kw_public,
  kw_readonly,
  kw_require,
  kw_require_once,
  kw_return,
  kw_static,
  kw_switch,
  kw_throw,
  kw_trait,
  kw_try,
  kw_unset,
  kw_use,
  kw_var,
  kw_while,
  kw_xor,
  kw_yield,
};

struct Token {
  TokenKind kind = TokenKind::end;
  Symbol symbol = Symbol::none;
  Keyword keyword = Keyword::none;
  // template_begin, string: blanks in front of a heredoc's closing label, which each of its lines
  // loses.
  std::uint8_t indent = 0;
  base::Span span;
};

// What stops the reading of a file, or of one statement.
struct Problem {
  base::Span span;
  std::string_view message;  // of static storage; lower case, no full stop
};

struct Tokens {
  std::vector<Token> list;         // ends with an `end`
  std::optional<Problem> problem;  // the list ends where it stands
};

// Reads the tokens of a file of at most 4 GiB; linear in the text.
[[nodiscard]] Tokens tokenize(std::string_view text);

// Returns the keyword that a word is, whatever its case.
[[nodiscard]] Keyword find_keyword(std::string_view word);

// Returns the bytes that begin, and go on with, a name: letters, `_`, everything beyond ASCII,
// and digits behind the first.
[[nodiscard]] bool is_name_start(char c);
[[nodiscard]] bool is_name_part(char c);

}  // namespace gate::readers::php
