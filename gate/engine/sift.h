// Sift: what becomes of a raw answer on its way to the report, one ordered list of steps for every
// finding: severity (at most that of the rule), order by place, doubles out, fingerprint, inline
// allows, suppressions of the policy, and what was there before the judged change.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/date.h"
#include "gate/checks/check.h"
#include "gate/checks/scan.h"
#include "gate/engine/known.h"
#include "gate/engine/plan.h"
#include "gate/finding/finding.h"
#include "gate/policy/policy.h"

namespace gate::engine {

// Returns the request that finds inline allows: `gate:allow RULE reason until=YYYY-MM-DD`, where
// RULE may be the code of a tool's finding (`eslint.no-undef`), behind the start of a comment
// (`#`, `//`, `/*`, `*`, `--`, `;`, `%`, `{#`, `{{--`, and `<!--`, which alone counts in Markdown).
[[nodiscard]] checks::ScanRequest allow_request();

class Sift {
 public:
  // `allows` answers allow_request(). `known`: findings that do not count, because they were there
  // before; may be null. Policy, plan and `known` must outlive the sift.
  Sift(const policy::Policy& policy, const Plan& plan, base::Date today,
       const checks::ScanHits& allows, const Known* known = nullptr);

  // Turns the raw outcome of a rule into the one that is reported. A failed rule whose findings are
  // all suppressed has passed, and its reason says so. Thread-safe for different outcomes.
  void apply(const policy::Rule& rule, finding::Outcome& outcome);

  // Returns what every suppression came to, in order of place; call it when all outcomes went
  // through apply().
  [[nodiscard]] std::vector<checks::SuppressionState> states() const;

 private:
  // One suppression, wherever it was written.
  struct Entry {
    const policy::Suppress* policy = nullptr;  // null for an inline allow
    finding::Suppression suppression;
    std::string rule;               // id, alias or glob
    finding::Place place;           // where it stands
    std::uint32_t covers_line = 0;  // of an inline allow: the line whose findings it covers
    std::string malformed;          // not empty: it covers nothing, because
    bool expired = false;
    std::atomic<bool> asked{false};  // a rule it names was decided in this run
    std::atomic<bool> used{false};
  };

  // An entry that may cover findings of a rule: all of them, or those of its code.
  struct Use {
    Entry* entry;
    bool by_code;
  };

  void add_inline(const checks::ScanMatch& match, const Plan& plan);
  void add_policy(const policy::Suppress& suppress);
  static bool covers(const Use& use, const finding::Finding& finding);

  void suppress(const policy::Rule& rule, finding::Outcome& outcome);

  base::Date today_;
  const Known* known_;
  std::deque<Entry> entries_;  // a deque: entries hold atomics and do not move
  std::map<std::string, std::vector<Use>, std::less<>> of_rule_;  // by rule id
};

}  // namespace gate::engine
