// Check: decides one rule. Every kind of rule is one implementation, built from the rule's table.
//
// Knows the snapshot and what else the context hands in; knows no other check, no report, no
// command line.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/date.h"
#include "gate/checks/advisory_bytes.h"
#include "gate/checks/environment.h"
#include "gate/checks/memo.h"
#include "gate/checks/outcome_cache.h"
#include "gate/checks/scan.h"
#include "gate/finding/finding.h"
#include "gate/policy/reference.h"
#include "gate/policy/rule_head.h"
#include "gate/policy/table_reader.h"
#include "gate/repo/git_state.h"
#include "gate/repo/snapshot.h"
#include "gate/system/process.h"

namespace gate::checks {

class Readings;

// What one suppression of the policy or of a comment came to in this run.
struct SuppressionState {
  enum class State : std::uint8_t { used, unused, expired, malformed };
  State state = State::used;
  finding::Place place;  // of the comment, or in the policy file
  std::string text;      // what is wrong with it, for people
};

// What a check may look at. All of it outlives run() and may be used from any thread.
struct Context {
  const repo::Snapshot& files;
  const repo::GitState* git = nullptr;  // null: the judged folder is in no repository
  // What the judged change started from: the merge base with the revision that was asked for; null
  // where no change is judged but all there is.
  const repo::Snapshot* base = nullptr;
  // What the change is to be merged into, where that has moved on since; null: the base.
  const repo::Snapshot* target = nullptr;
  const Memo* memo = nullptr;                // what checks share; null: each works it out itself
  const Environment* environment = nullptr;  // null: no production environment is declared
  Readings* readings = nullptr;  // structured files, read once for all; null: each reads for itself
  system::ProcessRunner* processes = nullptr;  // null: commands must not run
  OutcomeCache* cache = nullptr;               // null: no earlier outcome may stand
  std::filesystem::path
      folder{};  // where commands run: the judged folder on disk; empty: there is none
  base::Date today{};
  policy::Stage stage = policy::Stage::ci;  // the stage that is asked
  bool needed = false;                      // a command of the plan waits for this rule
  const ScanHits* hits =
      nullptr;  // answers the check's own scan(); null where it asked for nothing
  // Returns the advisories that were imported on this machine; null where none ever were, an error
  // where they cannot be read. Empty: a run that knows none.
  std::function<Result<std::shared_ptr<const AdvisoryBytes>>()> advisories{};
  std::span<const SuppressionState>
      suppressions{};  // only for kinds that need them: complete after the sift
  // Returns the outcome of a rule named by after(), or null where the plan has no such rule.
  std::function<const finding::Outcome*(std::string_view rule)> outcome{};
};

// What a check comes to. Findings need no fingerprint or order: the engine gives them these, and a
// severity above the rule's becomes the rule's.
struct Answer {
  finding::Verdict verdict = finding::Verdict::could_not_run;
  std::string reason;
  std::vector<finding::Finding> findings;
  std::vector<std::string> evidence;
  std::optional<finding::Severity> notice{};  // see Outcome
  bool recalled = false;                      // see Outcome
  std::vector<std::string> unmet{};           // see Outcome

  // Passed without findings, failed with some.
  [[nodiscard]] static Answer judged(std::vector<finding::Finding> findings,
                                     std::vector<std::string> evidence);
  [[nodiscard]] static Answer could_not_run(std::string reason);
  [[nodiscard]] static Answer not_applicable(std::string reason);
};

// What a check occupies while it runs.
struct Demand {
  unsigned weight = 1;                 // of the slots that `--jobs` gives
  std::vector<std::string> exclusive;  // names that no two running checks may have in common
};

class Check {
 public:
  virtual ~Check() = default;

  // Returns what this check wants found in the one pass over all files; asked once, before run().
  [[nodiscard]] virtual std::optional<ScanRequest> scan() const { return std::nullopt; }

  // Returns the ids of rules whose outcomes it needs.
  [[nodiscard]] virtual std::vector<std::string> after() const { return {}; }

  // Returns the tool in front of the codes of its findings ("eslint" of "eslint.no-undef"), by
  // which a comment may allow one of them; empty where they have none.
  [[nodiscard]] virtual std::string_view code_prefix() const { return {}; }

  // Returns whether it may find something in a line of a file, which a comment there may allow.
  [[nodiscard]] virtual bool finds_places() const { return true; }

  // Returns whether run() may look at the snapshot. Its files are then looked for before anything
  // runs: what they are must not depend on what a command has written meanwhile.
  [[nodiscard]] virtual bool looks_at_files() const { return true; }

  [[nodiscard]] virtual Demand demand() const { return {}; }

  // Decides. Const and thread-safe: state lives in the call. An exception from here is a bug of
  // gate and becomes could_not_run.
  [[nodiscard]] virtual Answer run(const Context& context) const = 0;
};

using policy::KeyDoc;

struct Kind {
  // What a kind needs besides files; a hook or `--offline` refuses by it before anything runs.
  enum Needs : std::uint8_t {
    nothing = 0,
    git = 1,
    environment = 2,
    commands = 4,
    network = 8,
    suppressions = 16
  };

  std::string_view name;
  std::string_view summary;  // one sentence: what it decides
  std::uint8_t needs = nothing;
  std::span<const policy::Stage> stages;  // where a rule names none
  std::span<const KeyDoc> keys;
  // Builds the check; mistakes are reported through the reader. Must read every key it knows, must
  // not call finish().
  std::unique_ptr<Check> (*make)(const policy::RuleHead& head, policy::TableReader& table);
};

}  // namespace gate::checks
