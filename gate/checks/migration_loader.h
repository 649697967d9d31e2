// Reads the migrations of a snapshot. For migration_history.cpp.
#pragma once

#include <vector>

#include "gate/checks/migration_history.h"

namespace gate::checks {

// See MigrationHistory.
struct LoadedMigrations {
  std::vector<MigrationSequence> sequences;
  std::vector<MigrationSequence> vanished;
};

// As MigrationHistory::read.
[[nodiscard]] LoadedMigrations load_migrations(const repo::Snapshot& files,
                                               const repo::Snapshot* base,
                                               const repo::Snapshot* target,
                                               const MigrationSettings& settings,
                                               MigrationHistory::Ways ways);

}  // namespace gate::checks
