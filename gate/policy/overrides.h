// [[override]]: what a policy changes of a rule that somebody else wrote.
#pragma once

#include <array>
#include <string_view>

#include "gate/policy/rule_directory.h"

namespace gate::policy {

// The keys of an override that say something about itself; the others replace those of the rule.
inline constexpr std::array<std::string_view, 2> kOverrideOwnKeys = {"rule", "why"};

// Hangs a file's overrides on the drafts that they name. One with a mistake is reported and left
// out.
void apply_overrides(TableReader& root, const RuleDirectory& rules);

}  // namespace gate::policy
