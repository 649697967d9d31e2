// The habits of environment files that dotenv-linter asks for: how lines are written, whatever
// their readers make of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::readers {

enum class EnvStyle : std::uint8_t {
  duplicated_key,
  ending_blank_line,
  extra_blank_line,
  incorrect_delimiter,
  key_without_value,
  leading_character,
  lowercase_key,
  quote_character,
  space_character,
  substitution_key,
  trailing_whitespace,
  unordered_key,
  value_without_quotes,
};

// Returns the style of this name as rules write it ("duplicated-key"), or nothing.
[[nodiscard]] std::optional<EnvStyle> find_env_style(std::string_view name);
[[nodiscard]] std::span<const std::string_view> env_style_names();

struct EnvStyleMistake {
  base::Span span;      // of the line
  std::string key;      // of the line; empty where it has none
  std::string message;  // quotes keys, never values
};

// Returns the lines that are not written as this style wants, in file order; linear but for the
// sorting of keys. The rules of dotenv-linter 3 and 4.
[[nodiscard]] std::vector<EnvStyleMistake> check_env_style(std::string_view text, EnvStyle style);

}  // namespace gate::readers
