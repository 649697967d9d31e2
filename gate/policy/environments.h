// [environment.NAME]: where the values of an environment are read.
#pragma once

#include "gate/policy/policy.h"

namespace gate::policy {

// Adds a file's environments to `into`; a name that is already there is reported. `places`: where
// those stand.
void read_environments(TableReader& root, std::vector<EnvironmentSource>& into,
                       std::vector<base::Label>& places);

}  // namespace gate::policy
