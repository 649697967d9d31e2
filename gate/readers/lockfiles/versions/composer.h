// Versions and constraints of Composer (github.com/composer/semver, VersionParser and Constraint of
// 3.4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/lockfiles/versions/operators.h"

namespace gate::readers::lockfiles {

// Returns a version in the form in which Composer compares it: "1.2.0.0-beta1", "dev-main",
// "1.9999999.9999999.9999999-dev"; nothing for a text that Composer refuses.
[[nodiscard]] std::optional<std::string> normalize_composer(std::string_view version);

// Returns what PHP's version_compare (ext/standard/versioning.c) says of two texts: -1, 0 or 1.
[[nodiscard]] int php_version_compare(std::string_view a, std::string_view b);

class ComposerConstraint {
 public:
  // Returns nothing for a text that Composer refuses.
  [[nodiscard]] static std::optional<ComposerConstraint> parse(std::string_view text);

  // `version` is in normal form.
  [[nodiscard]] bool matches(std::string_view version) const;

 private:
  struct Comparison {
    Operator op = Operator::any;
    std::string version;
    [[nodiscard]] bool matches(std::string_view candidate) const;
  };
  using All = std::vector<Comparison>;
  class Parser;

  std::vector<All> alternatives_;
};

}  // namespace gate::readers::lockfiles
