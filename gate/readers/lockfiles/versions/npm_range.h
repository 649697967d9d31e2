// Ranges of npm (github.com/npm/node-semver 7, Range and Comparator), read loosely as npm reads
// what a package.json asks for; and those of Cargo, which has the same forms
// (doc.rust-lang.org/cargo, "Specifying Dependencies"; crate semver 1).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "gate/readers/lockfiles/versions/operators.h"

namespace gate::readers::lockfiles {

// A version of three numbers; views point into the text it was read from.
struct NpmVersion {
  std::array<std::uint64_t, 3> numbers{};
  std::string_view prerelease;  // without its `-`

  [[nodiscard]] static std::optional<NpmVersion> parse(std::string_view text);
  friend std::weak_ordering operator<=>(const NpmVersion& a, const NpmVersion& b);
};

class NpmRange {
 public:
  // Returns nothing for a text that is no range: a tag, an address. `text` must outlive the range.
  [[nodiscard]] static std::optional<NpmRange> parse(std::string_view text);
  // The same for what a Cargo.toml asks for: "1.2" means "^1.2", commas stand between.
  [[nodiscard]] static std::optional<NpmRange> parse_cargo(std::string_view text);

  // A pre-release counts only where the range names one of the same three numbers.
  [[nodiscard]] bool matches(const NpmVersion& version) const;

 private:
  struct Comparator {
    Operator op = Operator::at_least;
    NpmVersion version;
    bool is_any = false;
    [[nodiscard]] bool matches(const NpmVersion& candidate) const;
  };
  using All = std::vector<Comparator>;
  class Parser;

  std::vector<All> alternatives_;
};

}  // namespace gate::readers::lockfiles
