// The digest of a policy: equal for policies that decide alike, whatever their comments, layout,
// order and prose.
#pragma once

#include <string>

#include "gate/policy/policy.h"

namespace gate::policy {

// Returns "sha256:…" over rules with their overrides, vars, suppressions, environments, fail_on and
// checklists.
[[nodiscard]] std::string digest(const Policy& policy);

}  // namespace gate::policy
