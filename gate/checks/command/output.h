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
  // Takes the values of these variables: every one whose name tells of a secret, and of the others
  // those that are too long to be a plain setting.
  explicit Masks(const std::vector<std::pair<std::string, std::string>>& variables);

  [[nodiscard]] std::string apply(std::string text) const;

 private:
  std::vector<std::string> values_;  // longest first, so that none hides a part of another
};

// Returns the last lines that are not blank, at most `most`, as a terminal would show them: without
// escape sequences, of a line that was written over the last state, long ones cut.
[[nodiscard]] std::vector<std::string> last_lines(std::string_view output, std::size_t most);

}  // namespace gate::checks
