// The dialects of environment files, one reader each, and what they share.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/formats/dotenv.h"

namespace gate::readers {

[[nodiscard]] EnvFile read_phpdotenv(std::string_view text, const EnvScope& scope);
[[nodiscard]] EnvFile read_node(std::string_view text, const EnvScope& scope);
[[nodiscard]] EnvFile read_node_expand(std::string_view text, const EnvScope& scope);
[[nodiscard]] EnvFile read_next(std::string_view text, const EnvScope& scope);
[[nodiscard]] EnvFile read_python_dotenv(std::string_view text, const EnvScope& scope);
[[nodiscard]] EnvFile read_django_environ(std::string_view text, const EnvScope& scope);
[[nodiscard]] EnvFile read_decouple(std::string_view text, const EnvScope& scope);
[[nodiscard]] EnvFile read_compose(std::string_view text, const EnvScope& scope);
[[nodiscard]] EnvFile read_docker(std::string_view text, const EnvScope& scope);
[[nodiscard]] EnvFile read_bash(std::string_view text, const EnvScope& scope);

// The variables that a file has set so far; null for one named without a value.
using KnownVariables = std::map<std::string, std::optional<std::string>, std::less<>>;

// Returns a variable where the process wins over the file, and the file over those before it.
[[nodiscard]] std::optional<std::string> find_variable(std::string_view key, const EnvScope& scope,
                                                       const KnownVariables& known);

// A text whose line ends CR LF and CR became LF, with the way back to the places of the original.
class UnixText {
 public:
  explicit UnixText(std::string_view original);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] base::Span source(std::size_t begin, std::size_t end) const {
    return {source(begin), source(end)};
  }

 private:
  [[nodiscard]] std::uint32_t source(std::size_t offset) const;

  std::string copy_;  // empty where nothing had to be changed
  std::string_view text_;
  std::vector<std::size_t> removed_;  // offsets in text_ before which a CR fell out
};

// Whose white space: the languages differ in a few characters beyond ASCII.
enum class Spaces : std::uint8_t { javascript, python, go };

// Returns how many bytes at the start of `text` are one white space character, 0 for another.
[[nodiscard]] std::size_t space_length(std::string_view text, Spaces spaces);
// Returns the first offset at or after `from` that is no white space; with `in_line` a LF is none.
[[nodiscard]] std::size_t skip_spaces(std::string_view text, std::size_t from, Spaces spaces,
                                      bool in_line = false);
// Returns the text without white space at its end.
[[nodiscard]] std::string_view trim_end(std::string_view text, Spaces spaces);

// Returns the offset of the next quote at or after `from` that no backslash stands before, or npos;
// `begin`: where the quoted text begins, before which no backslash counts.
[[nodiscard]] std::size_t find_plain_quote(std::string_view text, std::size_t begin,
                                           std::size_t from, char quote);

// Replaces every `from` by `to`.
void replace_all(std::string& text, std::string_view from, std::string_view to);

// Puts the problems into file order.
void sort_problems(EnvFile& file);

}  // namespace gate::readers
