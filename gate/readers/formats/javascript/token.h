// The tokens of a JavaScript or TypeScript file, with places and with their partners: every bracket
// knows where it is closed.
//
// Knows spelling only (ECMA-262, chapter 12); TypeScript adds no token. Comments and blanks leave
// none. A template literal is its two backticks, and between them its texts and `${` … `}`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers::javascript {

enum class TokenKind : std::uint8_t {
  end,
  name,           // also keywords, private names and names with escapes
  number,         // as written
  string,         // with its quotes
  template_text,  // a part of a template that stands for itself
  regex,
  punctuator,  // an operator, a bracket, a backtick, `${`
};

struct Token {
  TokenKind kind = TokenKind::end;
  bool line_before = false;  // a line ends between the token before and this one
  std::uint32_t match = 0;   // of a bracket or backtick: the number of its partner
  base::Span span;
};

struct Problem {
  base::Span span;
  std::string_view message;  // of static storage; lower case, no full stop
};

struct Tokens {
  std::vector<Token> list;  // ends with `end`; without a problem all brackets have partners
  std::optional<Problem> problem;
};

inline constexpr std::size_t kMaxBytes = std::size_t{4} << 20U;  // of a file
inline constexpr std::size_t kMaxNesting = 200;                  // of brackets

// Splits a file; linear in the text.
[[nodiscard]] Tokens tokenize(std::string_view text);

// Returns what a string literal or a part of a template stands for: escapes replaced, quotes taken
// off where `quoted`.
[[nodiscard]] std::string unescape(std::string_view written, bool quoted);

}  // namespace gate::readers::javascript
