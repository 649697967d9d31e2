// What literals of a Python file mean: escapes, prefixes, digits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "gate/readers/formats/python/tree.h"

namespace gate::readers::python {

// Returns whether a string literal holds bytes (`b"..."`).
[[nodiscard]] bool is_bytes_literal(std::string_view literal);

// Returns the text of a `string` literal as UTF-8, or its bytes; nothing where UTF-8 cannot hold it
// or it names a character by its Unicode name (`\N{...}`).
[[nodiscard]] std::optional<std::string> string_value(const Tree& tree, NodeIndex index);

// Returns the literal text of a `format_text` below a `format`: `{{` is one brace. `raw` is what
// is_raw() says of the f-string.
[[nodiscard]] std::optional<std::string> format_text_value(const Tree& tree, NodeIndex index,
                                                           bool raw);
// Returns what `=` in a `field` writes in front of the value: the expression as written, with
// `=` and blanks.
[[nodiscard]] std::string_view debug_text(const Tree& tree, NodeIndex field);

// Returns whether an f-string (or the literal of this text) has the prefix r.
[[nodiscard]] bool is_raw_literal(std::string_view literal);

// Returns the text of `strings` that have no expression in them, or of one `string`; nothing where
// there is one, or bytes, or no text.
[[nodiscard]] std::optional<std::string> constant_text(const Tree& tree, NodeIndex index);

// Returns the number of a `number`; nothing for an imaginary one, and for integers that need more
// than 64 bits.
[[nodiscard]] std::optional<std::variant<std::int64_t, double>> number_value(const Tree& tree,
                                                                             NodeIndex index);

}  // namespace gate::readers::python
