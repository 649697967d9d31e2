#include "gate/checks/tally.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gate::checks {

Answer Tally::answer(std::vector<std::string> evidence) && {
  Answer answer;
  if (!findings_.empty()) {
    answer = Answer::judged(std::move(findings_), std::move(evidence));
    answer.reason = fmt::format("{}", fmt::join(unknown_, "; "));
  } else if (!unknown_.empty()) {
    answer = Answer::could_not_run(fmt::format("{}", fmt::join(unknown_, "; ")));
    answer.evidence = std::move(evidence);
  } else if (judged_) {
    std::move(skipped_.begin(), skipped_.end(), std::back_inserter(evidence));
    answer = Answer::judged({}, std::move(evidence));
  } else {
    answer = Answer::not_applicable(fmt::format("{}", fmt::join(skipped_, "; ")));
    answer.evidence = std::move(evidence);
  }
  return answer;
}

}  // namespace gate::checks
