// Report: what a rendering is made from. Knows outcomes and rules' heads; never a check, the engine
// or the repository.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/finding/finding.h"
#include "gate/finding/package_change.h"
#include "gate/policy/rule_head.h"

namespace gate::report {

struct Entry {
  const policy::RuleHead* rule = nullptr;     // never null
  const finding::Outcome* outcome = nullptr;  // never null
};

struct Totals {
  std::uint64_t passed = 0, failed = 0, pending = 0, not_applicable = 0, could_not_run = 0;
  std::uint64_t findings = 0, suppressed = 0;  // findings without the suppressed ones
  std::uint64_t files = 0, bytes = 0, commits = 0, blobs = 0;
};

struct Report {
  std::string version;  // of gate
  std::string at;       // "worktree", "index" or the commit's full id
  std::string stage;
  std::string policy_from;  // "worktree" or a commit's id
  // Returns "sha256:…" of the policy; to work it out costs more than many a run, so only formats
  // that show it ask.
  std::function<std::string()> policy_digest = [] { return std::string(); };
  std::string title;  // name of the judged folder, for people
  std::string
      prefix;  // "services/api/": put before every path, so that paths are the repository's own
  std::vector<std::string>
      notes;  // for people: "no gate.toml: detected Laravel (artisan), packs git, env, laravel"
  // For people, also who wants it short: what was not asked and why.
  std::vector<std::string> gaps;
  std::vector<Entry> entries;                       // in plan order
  std::optional<finding::PackageChanges> packages;  // of the change that is judged; none: no change
  std::size_t checklist_items = 0;  // of the checklists that the policy names, bound or not
  Totals totals;
  finding::Severity fail_on = finding::Severity::error;
  std::int64_t started_seconds = 0;  // since the epoch; used only where a format demands a time
  double duration_ms = 0;
};

struct Options {
  bool color = false;
  bool quiet = false;
  bool verbose = false;
  std::size_t width = 80;  // cells of the terminal
};

// A way to render. Returns the whole document.
struct Format {
  std::string_view name;     // as on the command line
  std::string_view summary;  // one line
  std::string (*write)(const Report& report, const Options& options);
};

// Returns the totals of the entries; files, bytes, commits and blobs are the caller's.
[[nodiscard]] Totals count(std::span<const Entry> entries);

// Returns the path of a finding as a report shows it: prefix and path, or empty where there is
// none.
[[nodiscard]] std::string shown_path(const Report& report, const finding::Finding& finding);

// Returns whether an entry blocks: failed with a finding left at or above fail_on, or pending.
[[nodiscard]] bool blocks(const Report& report, const Entry& entry);

// Returns whether an entry leaves the question open: a rule at or above fail_on could not run.
[[nodiscard]] bool leaves_open(const Report& report, const Entry& entry);

// What the report comes to, as the exit status says it. `blocked` wins over `undecided`.
enum class Decision : std::uint8_t { passed, blocked, undecided };

[[nodiscard]] Decision decide(const Report& report);

}  // namespace gate::report
