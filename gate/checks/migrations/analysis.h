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
  std::vector<std::string> undecided;   // of merged files that were edited: what cannot be told
};

struct MigrationAnalysis {
  std::vector<SequenceAnalysis> sequences;
  std::vector<SequenceAnalysis> vanished;  // of sequences whose last file is deleted
};

// `history` must outlive the result. `files`: what is judged; `base`: what the change started from,
// null where none is judged.
[[nodiscard]] MigrationAnalysis analyse(const MigrationHistory& history, const repo::Snapshot* base,
                                        const repo::Snapshot& files);

}  // namespace gate::checks
