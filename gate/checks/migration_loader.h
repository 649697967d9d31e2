// Reads the migrations of a snapshot. For migration_history.cpp.
#pragma once

#include <vector>

#include "gate/checks/migration_history.h"

namespace gate::checks {

// As MigrationHistory::read.
[[nodiscard]] std::vector<MigrationSequence> load_migrations(const repo::Snapshot& files,
                                                             const repo::Snapshot* base,
                                                             const MigrationSettings& settings);

}  // namespace gate::checks
