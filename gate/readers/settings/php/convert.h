// Conversions, comparisons and operators of PHP 8, to the letter.
// Sources: php.net/manual/en/language.types.php, language.operators.php, types.comparisons.php; the
// tests compare with PHP itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "gate/readers/formats/php/syntax.h"
#include "gate/readers/settings/php/value.h"

namespace gate::readers::php {

// Each returns nothing where the value, or a part of it that counts, is unknown.
[[nodiscard]] std::optional<bool> to_bool(const Value& value);
// Nothing also for what cannot be converted (an array to a string).
[[nodiscard]] std::optional<std::string> to_text(const Value& value);
[[nodiscard]] std::optional<std::int64_t> to_int(const Value& value);
[[nodiscard]] std::optional<double> to_float(const Value& value);
// The key that a value is in an array.
[[nodiscard]] std::optional<Key> to_key(const Value& value);

// Returns a number as PHP writes it: "1.5", "1.0E+25", "-0", "INF"; nothing where that depends on
// the setting `precision` (14 as PHP comes, often -1).
[[nodiscard]] std::optional<std::string> text_of(double value);

// Returns whether every byte is one of ASCII: then bytes are characters, as for the functions mb_*.
[[nodiscard]] bool is_ascii(std::string_view text);

// A number in a text.
struct Numeric {
  std::variant<std::int64_t, double> value;
  bool whole_text = false;  // nothing but blanks beside it
};
// Returns the number that a text begins with, or nothing.
[[nodiscard]] std::optional<Numeric> read_numeric(std::string_view text);

// `===`, `==`, `<=>`.
[[nodiscard]] std::optional<bool> is_identical(const Value& left, const Value& right);
[[nodiscard]] std::optional<bool> is_equal(const Value& left, const Value& right);
[[nodiscard]] std::optional<int> compare(const Value& left, const Value& right);

// Returns the result of an operator but `??`, `&&`, `||` and `instanceof`; unknown where an operand
// is, and where PHP would stop with an error.
[[nodiscard]] Value apply(Operator op, const Value& left, const Value& right);
// `+`, `-`, `~` in front, and casts.
[[nodiscard]] Value apply(Operator op, const Value& operand);

}  // namespace gate::readers::php
