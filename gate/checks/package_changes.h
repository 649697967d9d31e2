// Package changes: what differs between the lockfiles of two snapshots.
#pragma once

#include "gate/checks/inventory.h"
#include "gate/finding/package_change.h"

namespace gate::checks {

// Compares lockfile by lockfile, at the same path. One that is only there before has lost all its
// packages, one that is only there after has brought them in. `base` is left to the caller.
[[nodiscard]] finding::PackageChanges compare_packages(const Inventory& before,
                                                       const Inventory& after);

}  // namespace gate::checks
