// Requirements of Ruby gems (Gem::Requirement, rubygems/requirement.rb).
#pragma once

#include <optional>
#include <string_view>

namespace gate::readers::lockfiles {

// Returns whether a version satisfies all of "~> 1.2, >= 1.2.3"; nothing where the requirement
// cannot be read. An empty one takes every version.
[[nodiscard]] std::optional<bool> satisfies_gem(std::string_view version,
                                                std::string_view requirement);

}  // namespace gate::readers::lockfiles
