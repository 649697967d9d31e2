// Judge: the flow from what was typed to outcomes and reports; the pipeline of ARCHITECTURE.md in
// one place.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gate/base/diagnostic.h"
#include "gate/checks/check.h"
#include "gate/cli/arguments.h"
#include "gate/cli/change.h"
#include "gate/cli/place.h"
#include "gate/engine/check_list.h"
#include "gate/engine/plan.h"
#include "gate/engine/run.h"
#include "gate/policy/policy.h"
#include "gate/policy/when.h"
#include "gate/report/report.h"

namespace gate::cli {

// Where one report goes.
struct Output {
  const report::Format* format = nullptr;
  std::string file;  // empty: standard output
};

// What was typed, made usable.
struct JudgeOptions {
  std::optional<std::string> path;
  std::optional<std::string> at;
  std::optional<std::string> since;
  std::optional<std::string> policy_file;
  std::vector<std::string> packs;
  std::vector<std::pair<std::string, std::string>> vars;
  std::vector<std::string> env_files;
  std::optional<std::string> env_name;  // none: production
  std::vector<Output> outputs;
  engine::Selection selection;
  unsigned jobs = 1;
  std::optional<finding::Severity> fail_on;
  bool new_only = false;
  bool strict = false;
  bool env_from_process = false;
  bool fail_fast = false;
  bool no_cache = false;
  bool timings = false;
  bool quiet = false;
  bool verbose = false;
  bool color = false;
};

// Options that `run` and `show` share: which policy, which files, which rules.
[[nodiscard]] std::span<const Option> judge_options();

// Reads JudgeOptions from a checked command line; mistakes in values go to `diagnostics`.
[[nodiscard]] JudgeOptions judge_options(const Arguments& arguments, const Streams& streams,
                                         base::Diagnostics& diagnostics);

// Everything that a judgement stands on, ready to run. Later members point into earlier ones: it
// does not move.
struct Session {
  Place place;
  std::unique_ptr<repo::GitState>
      git;  // as it looks from the judged folder; null: in no repository
  engine::CheckList checks;
  policy::Policy policy;
  std::optional<std::string> branch;
  std::optional<policy::Conditions> conditions;
  engine::Plan plan;
  std::optional<checks::Environment> environment;
  std::optional<Change> change;                           // none: all there is counts
  std::optional<checks::Environment> environment_before;  // as the files were there
};

// Opens the place, loads the policy and plans. Returns null where something stops it; it is then
// written to streams.err, and `status` says with which exit status to end.
[[nodiscard]] std::unique_ptr<Session> open_session(const JudgeOptions& options, Streams& streams,
                                                    int& status);

// Judges and writes the reports; returns the exit status.
int judge(const JudgeOptions& options, Streams& streams);

}  // namespace gate::cli
