// Reports to render: one with everything a report can hold, one that is large and hostile.
#pragma once

#include <cstddef>
#include <deque>

#include "gate/report/report.h"

namespace gate::report {

// A report with what its entries point to. Elements of a deque stay where they are when it moves.
struct Fixture {
  std::deque<policy::RuleHead> rules;
  std::deque<finding::Outcome> outcomes;
  Report report;

  // Adds a rule and its outcome; finish() must follow the last one.
  void add(policy::RuleHead rule, finding::Outcome outcome);

  // Gives findings their fingerprints, as the engine does, and counts.
  void finish();
};

// All verdicts, severities and kinds of suppressions; text of all scripts; what would be a command,
// markup or an escape sequence where somebody forgot to escape it.
[[nodiscard]] Fixture everything();

// `count` findings of many rules with pseudo-random bytes in messages and paths; always the same.
[[nodiscard]] Fixture hostile(std::size_t count);

}  // namespace gate::report
