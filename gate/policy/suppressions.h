// [[suppress]]: findings that a policy lets stand, why and until when.
#pragma once

#include "gate/policy/rule_directory.h"

namespace gate::policy {

// Adds a file's suppressions to `into`.
void read_suppressions(TableReader& root, const RuleDirectory& rules, std::vector<Suppress>& into);

}  // namespace gate::policy
