// Whether the address of an archive fits the package that a lock says it is.
#pragma once

#include <string>

#include "gate/readers/lockfiles/lockfile.h"

namespace gate::readers::lockfiles {

// Returns what does not fit, "the address is that of `evil` 1.0.0"; empty where it fits, or where
// nothing can be told from it.
[[nodiscard]] std::string address_problem(Ecosystem ecosystem, const Package& package);

}  // namespace gate::readers::lockfiles
