#include "gate/engine/known.h"

#include <catch2/catch.hpp>

namespace gate::engine {
namespace {

finding::Finding found(std::string fingerprint, bool suppressed = false) {
  finding::Finding finding;
  finding.fingerprint = std::move(fingerprint);
  if (suppressed)
    finding.suppressed = finding::Suppression{finding::Suppression::By::policy, "old", "", ""};
  return finding;
}

finding::Outcome outcome(std::string rule, std::vector<finding::Finding> findings) {
  finding::Outcome outcome;
  outcome.rule = std::move(rule);
  outcome.findings = std::move(findings);
  return outcome;
}

TEST_CASE("a finding that was there before is marked, as often as it was there") {
  Known known("0123456789abcdef0123456789abcdef01234567");
  known.add(outcome("a", {found("x"), found("x"), found("y", true)}));

  finding::Outcome now = outcome("a", {found("x"), found("x"), found("x"), found("y"), found("z")});
  known.mark(now);
  REQUIRE(now.findings[0].suppressed.has_value());
  CHECK(now.findings[0].suppressed->by == finding::Suppression::By::base);
  CHECK(now.findings[0].suppressed->reason == "it was there at 0123456789ab");
  CHECK(now.findings[1].suppressed.has_value());
  CHECK_FALSE(now.findings[2].suppressed.has_value());
  // What was suppressed there may count here: the change may have taken the suppression away.
  CHECK_FALSE(now.findings[3].suppressed.has_value());
  CHECK_FALSE(now.findings[4].suppressed.has_value());

  finding::Outcome other = outcome("b", {found("x")});
  known.mark(other);
  CHECK_FALSE(other.findings[0].suppressed.has_value());
}

TEST_CASE("a suppression of the policy stays the reason") {
  Known known("0123456789ab");
  known.add(outcome("a", {found("x")}));
  finding::Outcome now = outcome("a", {found("x", true), found("x")});
  known.mark(now);
  CHECK(now.findings[0].suppressed->by == finding::Suppression::By::policy);
  CHECK(now.findings[1].suppressed->by == finding::Suppression::By::base);
}

}  // namespace
}  // namespace gate::engine
