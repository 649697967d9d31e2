#include "gate/report/report.h"

#include <algorithm>

namespace gate::report {

using finding::Finding;
using finding::Verdict;

Totals count(std::span<const Entry> entries) {
  Totals totals;
  for (const Entry& entry : entries) {
    switch (entry.outcome->verdict) {
      case Verdict::passed:
        ++totals.passed;
        break;
      case Verdict::failed:
        ++totals.failed;
        break;
      case Verdict::pending:
        ++totals.pending;
        break;
      case Verdict::not_applicable:
        ++totals.not_applicable;
        break;
      case Verdict::could_not_run:
        ++totals.could_not_run;
        break;
    }
    for (const Finding& finding : entry.outcome->findings)
      ++(finding.suppressed ? totals.suppressed : totals.findings);
  }
  return totals;
}

std::string shown_path(const Report& report, const Finding& finding) {
  const std::string& path = finding.place.path;
  return path.empty() || path.starts_with('/') ? path : report.prefix + path;
}

bool blocks(const Report& report, const Entry& entry) {
  const finding::Outcome& outcome = *entry.outcome;
  if (outcome.verdict == Verdict::pending) return true;
  if (outcome.verdict != Verdict::failed) return false;
  if (outcome.findings.empty()) return entry.rule->severity >= report.fail_on;
  return std::any_of(outcome.findings.begin(), outcome.findings.end(), [&](const Finding& finding) {
    return !finding.suppressed && finding.severity >= report.fail_on;
  });
}

bool leaves_open(const Report& report, const Entry& entry) {
  return entry.outcome->verdict == Verdict::could_not_run && entry.rule->severity >= report.fail_on;
}

Decision decide(const Report& report) {
  const auto any = [&report](bool (*holds)(const Report&, const Entry&)) {
    return std::any_of(report.entries.begin(), report.entries.end(),
                       [&](const Entry& entry) { return holds(report, entry); });
  };
  if (any(blocks)) return Decision::blocked;
  return any(leaves_open) ? Decision::undecided : Decision::passed;
}

}  // namespace gate::report
