// A policy, its plan and a sample repository in a few lines, for the tests of the engine.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gate/engine/check_list.h"
#include "gate/engine/plan.h"
#include "gate/engine/run.h"
#include "gate/policy/policy.h"
#include "gate/repo/sample.h"

namespace gate::engine::test {

// Everything one judgement of a sample needs; later members point into earlier ones.
struct Bench {
  base::Diagnostics diagnostics;
  std::unique_ptr<repo::Snapshot> files;
  CheckList checks;
  policy::Policy policy;
};

// Loads gate.toml from `files` (path to content), without shipped packs but those it names.
[[nodiscard]] std::unique_ptr<Bench> load(const std::map<std::string, std::string>& files);

// Plans and runs; the day is 2026-06-01.
[[nodiscard]] RunResult judge(Bench& bench, const Selection& selection = {}, unsigned jobs = 1);

// Returns outcomes as lines "rule verdict reason", findings below as "  path:line:column message
// [suppressed: reason]".
[[nodiscard]] std::string spell(const RunResult& result);

}  // namespace gate::engine::test
