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
  if (known == of_rule_.end()) return;
  std::map<std::string, std::size_t> left = known->second;
  for (finding::Finding& finding : outcome.findings) {
    const auto found = left.find(finding.fingerprint);
    if (finding.suppressed || found == left.end() || found->second == 0) continue;
    --found->second;
    finding.suppressed =
        finding::Suppression{finding::Suppression::By::base,
                             fmt::format("it was there at {}", at_.substr(0, 12)), "", ""};
  }
}

}  // namespace gate::engine
