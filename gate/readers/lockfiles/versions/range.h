// Ranges of versions in the words of each ecosystem.
#pragma once

#include <optional>
#include <string_view>

#include "gate/readers/lockfiles/ecosystem.h"

namespace gate::readers::lockfiles {

// Returns whether a version lies in a range, "^1.2" (npm, Cargo, Composer), ">=1.2,<2" (PyPI, Go),
// "~> 1.2" (RubyGems); nothing where one of them cannot be read. An empty range and `*` take every
// version.
[[nodiscard]] std::optional<bool> in_range(Ecosystem ecosystem, std::string_view version,
                                           std::string_view range);

}  // namespace gate::readers::lockfiles
