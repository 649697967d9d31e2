// What a program printed, made fit to be shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gate::checks {

// Replaces values that may be secrets in a text by `***`.
class Masks {
 public:
  using Variables = std::vector<std::pair<std::string, std::string>>;

  // Takes the values of variables that a rule declares: of every one whose name tells of a secret,
  // and those that look random.
  void add_declared(const Variables& variables);
  // Takes the values of variables whose names tell of a secret, as far as they are no ordinary
  // words.
  void add_secrets(const Variables& variables);

  [[nodiscard]] std::string apply(std::string text) const;

 private:
  void add(std::string_view value, std::size_t least);

  std::vector<std::string> values_;  // longest first, so that none hides a part of another
};

// Returns the last lines that are not blank, at most `most`, as a terminal would show them: without
// escape sequences, of a line that was written over the last state, long ones cut.
[[nodiscard]] std::vector<std::string> last_lines(std::string_view output, std::size_t most);

// Returns the lines that tell why a program broke down, at most `most`, as last_lines() shows them:
// the first and the last of those that speak of an error, since what lies between is mostly the way
// there; where none does, the last lines.
[[nodiscard]] std::vector<std::string> telling_lines(std::string_view output, std::size_t most);

}  // namespace gate::checks
