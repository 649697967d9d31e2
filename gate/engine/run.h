// Run: decides the tasks of a plan, in parallel, with outcomes in the plan's order.
#pragma once

#include <optional>
#include <vector>

#include "gate/checks/check.h"
#include "gate/checks/scan.h"
#include "gate/engine/durations.h"
#include "gate/engine/known.h"
#include "gate/engine/plan.h"
#include "gate/engine/progress.h"
#include "gate/finding/finding.h"
#include "gate/policy/policy.h"

namespace gate::engine {

struct RunResult {
  std::vector<finding::Outcome> outcomes;  // one for each task, same index
  checks::ScanTotals totals;
};

struct RunOptions {
  unsigned jobs = 1;                     // threads, and slots for what commands take
  const Durations* durations = nullptr;  // of earlier runs; null: nothing is known
  Progress* progress = nullptr;          // null: nobody wants to know
  // Where it is set, a finding of at least this severity ends the commands that run, and none
  // begins any more.
  std::optional<finding::Severity> fail_fast{};
  const Known* known = nullptr;  // of before the change; null: all there is counts
};

// Runs every task that applies, once, with `jobs` threads: one pass over the files for all that
// checks want found in them, then the checks, each after those whose outcomes it needs, the longest
// first, each outcome through the sift, and last the checks of the suppressions themselves. A check
// that throws becomes could_not_run with the words "this is a bug in gate". The outcomes do not
// depend on `jobs` or `durations`; with `fail_fast`, which commands still ran does.
//
// `context` needs no hits, suppressions and outcome function: they are filled in here.
[[nodiscard]] RunResult run(const policy::Policy& policy, const Plan& plan,
                            const checks::Context& context, const RunOptions& options);

}  // namespace gate::engine
