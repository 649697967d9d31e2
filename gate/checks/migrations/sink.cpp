#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/migrations/step.h"

namespace gate::checks {
namespace {

std::string fill(std::string text, const std::vector<std::string>& subjects) {
  const std::size_t at = text.find("{}");
  if (at == std::string::npos) return text;
  std::string all;
  for (std::size_t index = 0; index < subjects.size(); ++index) {
    if (index != 0) all += index + 1 == subjects.size() ? " and " : ", ";
    all += fmt::format("`{}`", subjects[index]);
  }
  return text.replace(at, 2, all);
}

}  // namespace

void HazardSink::add(const Step& step, Hazard hazard, std::string_view subject, std::string text,
                     std::string fix) {
  add(step, hazard, step.operation.span, subject, std::move(text), std::move(fix));
}

void HazardSink::add(const Step& step, Hazard hazard, finding::Severity severity,
                     std::string_view subject, std::string text, std::string fix) {
  const std::size_t before = pending_.size();
  add(step, hazard, step.operation.span, subject, std::move(text), std::move(fix));
  if (pending_.size() > before) pending_.back().finding.severity = severity;
}

void HazardSink::add(const Step& step, Hazard hazard, base::Span span, std::string_view subject,
                     std::string text, std::string fix) {
  const std::string table = step.operation.name.empty() ? std::string() : step.table_name();
  for (Pending& pending : pending_) {
    if (pending.statement != &step.statement || pending.finding.hazard != hazard ||
        pending.finding.table != table || pending.finding.message != text)
      continue;
    if (std::find(pending.subjects.begin(), pending.subjects.end(), subject) ==
        pending.subjects.end())
      pending.subjects.emplace_back(subject);
    return;
  }
  Pending pending;
  pending.finding.hazard = hazard;
  pending.finding.place = place_in(*step.entry.source, span);
  pending.finding.message = std::move(text);
  pending.finding.fix = std::move(fix);
  pending.finding.table = table;
  pending.subjects.emplace_back(subject);
  pending.statement = &step.statement;
  pending_.push_back(std::move(pending));
}

std::vector<HazardFinding> HazardSink::take() {
  std::vector<HazardFinding> findings;
  findings.reserve(pending_.size());
  for (Pending& pending : pending_) {
    HazardFinding& finding = pending.finding;
    finding.identity = fmt::format("{} {} {}", doc(finding.hazard).name, finding.table,
                                   fmt::join(pending.subjects, " "));
    finding.message = fill(std::move(finding.message), pending.subjects);
    findings.push_back(std::move(finding));
  }
  pending_.clear();
  return findings;
}

}  // namespace gate::checks
