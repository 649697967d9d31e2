#include "gate/engine/known.h"

#include <fmt/format.h>

namespace gate::engine {

void Known::add(const finding::Outcome& outcome) {
  for (const finding::Finding& finding : outcome.findings) {
    if (!finding.suppressed) ++of_rule_[outcome.rule][finding.fingerprint];
  }
}

void Known::mark(finding::Outcome& outcome) const {
  const auto known = of_rule_.find(outcome.rule);
  std::map<std::string, std::size_t> left;
  if (known != of_rule_.end()) left = known->second;
  for (finding::Finding& finding : outcome.findings) {
    if (finding.suppressed) continue;
    const auto found = left.find(finding.fingerprint);
    const bool is_known = found != left.end() && found->second != 0;
    if (!is_known && !finding.was_there) continue;
    if (is_known) --found->second;
    finding.suppressed =
        finding::Suppression{finding::Suppression::By::base,
                             fmt::format("it was there at {}", at_.substr(0, 12)), "", ""};
  }
}

}  // namespace gate::engine
