// Which words Python knows: keywords, punctuation, prefixes of strings.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "gate/base/ascii.h"
#include "gate/readers/formats/python/token.h"

namespace gate::readers::python {

constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Every character beyond ASCII counts as a letter: which of them Python takes is a matter of
// Unicode's tables, and none of them stands for anything else.
constexpr bool begins_name(char c) { return base::is_letter(c) || c == '_' || !is_ascii(c); }
constexpr bool continues_name(char c) {
  return base::is_alphanumeric(c) || c == '_' || !is_ascii(c);
}

// Returns the keyword that a word is, or `name`.
[[nodiscard]] TokenKind keyword(std::string_view word);

struct Punctuation {
  TokenKind kind = TokenKind::end;
  std::size_t size = 0;  // 0: none
};

// Returns the longest punctuation, brackets aside, that a text begins with.
[[nodiscard]] Punctuation punctuation_at(std::string_view text);

struct StringPrefix {
  std::size_t size = 0;
  bool raw = false;
  bool format = false;
};

// Returns the prefix of a string that these letters are right before a quote, or nothing where
// they are none.
[[nodiscard]] std::optional<StringPrefix> string_prefix(std::string_view letters);

}  // namespace gate::readers::python
