// Policy: what gate.toml, the packs it names and the files it includes add up to, as data.
//
// Knows TOML and rules' heads; does not know what a kind of rule does: each rule's table is handed
// to a callback.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/date.h"
#include "gate/base/diagnostic.h"
#include "gate/base/glob.h"
#include "gate/base/result.h"
#include "gate/policy/rule_head.h"
#include "gate/policy/table_reader.h"
#include "gate/repo/snapshot.h"

namespace gate::policy {

// Where the policy of a repository lies unless somebody names another file.
inline constexpr std::string_view kPolicyFile = "gate.toml";

// `when` of a rule or a pack: it applies where every condition that is given holds.
struct When {
  std::vector<std::string> files;  // globs; each must match at least one path
  std::vector<std::string>
      packages;  // "laravel/framework" in composer.json, "next" in package.json, "django" in
                 // requirements*.txt, pyproject.toml or Pipfile; each must be declared
  std::vector<std::string> branches;  // globs; the branch must match one
  std::vector<std::string> keys{};    // "pyproject.toml: tool.mypy"; each file must hold its key
  std::vector<When> any{};            // one of them must hold
  std::vector<When> none{};           // none of them may hold

  [[nodiscard]] bool empty() const {
    return files.empty() && packages.empty() && branches.empty() && keys.empty() && any.empty() &&
           none.empty();
  }
};

struct Rule {
  RuleHead head;
  When when;
  bool enabled = true;  // false: switched off by an override or by its pack (`enabled = false`)
  std::string disabled_why;
  bool strict = false;   // a matter of taste or noisy: on only where strictness is asked for
  readers::Value table;  // as written; lives in one of Policy::documents
  std::vector<readers::Value> overrides;  // the [[override]] tables that change it, in order
  base::Label place;                      // of its id
};

// [[suppress]]
struct Suppress {
  std::string rule;                  // id, alias or glob over ids
  base::GlobSet paths;               // empty: everywhere
  std::optional<std::string> match;  // only findings whose message holds this text
  base::GlobSet codes;               // only findings of tools whose code one of these matches
  std::string advisory;              // only findings about this known hole, by id or alias
  std::string package;               // only findings about this package
  std::string versions;              // ... in a version of this range, in its ecosystem's words
  std::string reason;
  base::Date until;
  std::string owner;
  base::Label place;
};

// [environment.NAME]
struct EnvironmentSource {
  std::string name;
  std::vector<std::string> files;    // in the repository, beside it or absolute
  std::vector<std::string> process;  // globs over names of process variables that belong to it
  std::string dialect;               // "auto", "phpdotenv" ...
  std::vector<base::Label> file_places{};  // where each of `files` is named; empty: nowhere
};

struct Policy {
  std::vector<Rule> rules;  // shipped packs in the order named, then the user's own, in file order
  std::vector<std::string> packs;  // used
  bool packs_detected = false;
  std::vector<std::string> detected_because;  // "laravel (artisan)", where packs were detected
  bool incomplete = false;  // a file could not be read or a pack is unknown: rules may be missing
  finding::Severity fail_on = finding::Severity::error;
  bool fail_fast = false;  // the first failure that blocks ends the commands
  std::vector<Suppress> suppressions;
  std::vector<EnvironmentSource> environments;
  std::vector<std::string> checklists;
  std::size_t checklist_items = 0;  // in all of them; counted when they are bound
  Vars vars;
  std::string file;  // "gate.toml"; empty where there is none
  std::vector<std::shared_ptr<const readers::Document>> documents;

  [[nodiscard]] const Rule* find(std::string_view id_or_alias) const;
};

struct PackShelf;

struct LoadOptions {
  // Reads a policy file by its path relative to the judged folder; std::nullopt where there is
  // none.
  std::function<Result<std::optional<std::string>>(std::string_view path)> read;
  std::string file{kPolicyFile};   // the main file
  bool file_required = false;      // named by the user: its absence is a mistake
  std::vector<std::string> packs;  // --pack: these instead of those of the file, with all they have
  bool strict = false;             // --strict: rules marked `strict` are on
  std::vector<std::pair<std::string, std::string>> vars;  // --var
  const repo::Snapshot* files = nullptr;  // for detection and `include` globs; null: no detection
};

// Called once for each rule, in order, also for disabled ones; builds the kind's own part from the
// reader and reports mistakes through it. Must call finish() on the reader.
using RuleCallback = std::function<void(const RuleHead& head, TableReader& table)>;

// Loads everything; all mistakes of all files go to `diagnostics`, ordered by file and place. With
// errors there the policy must not be used.
[[nodiscard]] Policy load(const LoadOptions& options, const RuleCallback& on_rule,
                          base::Diagnostics& diagnostics);

// The same with other packs than the shipped ones: for the build of those, and for tests.
[[nodiscard]] Policy load(const LoadOptions& options, const PackShelf& packs,
                          const RuleCallback& on_rule, base::Diagnostics& diagnostics);

}  // namespace gate::policy
