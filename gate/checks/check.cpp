#include "gate/checks/check.h"

#include <utility>

namespace gate::checks {

Answer Answer::judged(std::vector<finding::Finding> findings, std::vector<std::string> evidence) {
  const finding::Verdict verdict =
      findings.empty() ? finding::Verdict::passed : finding::Verdict::failed;
  return {verdict, {}, std::move(findings), std::move(evidence)};
}

Answer Answer::could_not_run(std::string reason) {
  return {finding::Verdict::could_not_run, std::move(reason), {}, {}};
}

Answer Answer::not_applicable(std::string reason) {
  return {finding::Verdict::not_applicable, std::move(reason), {}, {}};
}

}  // namespace gate::checks
