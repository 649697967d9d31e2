// Analysis: every hazard of every migration that is judged, found in one replay.
#pragma once

#include <string>
#include <vector>

#include "gate/checks/migration_history.h"
#include "gate/checks/migrations/hazard.h"

namespace gate::checks {

struct SequenceAnalysis {
  const MigrationSequence* sequence = nullptr;
  std::vector<HazardFinding> findings;
  std::vector<std::string> unreadable;  // "path: why", of files that are judged
};

struct MigrationAnalysis {
  std::vector<SequenceAnalysis> sequences;
};

// `history` must outlive the result.
[[nodiscard]] MigrationAnalysis analyse(const MigrationHistory& history);

}  // namespace gate::checks
