#include <vector>

#include <catch2/catch.hpp>

#include "gate/checks/kinds.h"
#include "support.h"

namespace gate::checks::test {
namespace {

using State = SuppressionState::State;

const std::vector<SuppressionState> kStates{
    {State::used, {"a.php", 1, 1, 1, 5}, ""},
    {State::unused, {"b.php", 2, 1, 2, 5}, "covers no finding"},
    {State::expired, {"c.php", 3, 1, 3, 5}, "has ended"},
    {State::malformed, {"d.php", 4, 1, 4, 5}, "has no end"},
};

// Returns the paths of what a rule with this `state` finds among the states.
std::vector<std::string> found(const std::string& state,
                               const std::vector<SuppressionState>& states) {
  RuleUnderTest rule("suppression", "state = \"" + state + "\"");
  const auto files = repo::sample_snapshot({});
  Context context{*files};
  context.suppressions = states;
  std::vector<std::string> paths;
  for (const finding::Finding& finding : rule.check().run(context).findings)
    paths.push_back(finding.place.path);
  return paths;
}

TEST_CASE("each state of a suppression is a finding of its own rule") {
  CHECK(found("unused", kStates) == std::vector<std::string>{"b.php"});
  CHECK(found("expired", kStates) == std::vector<std::string>{"c.php"});
  CHECK(found("malformed", kStates) == std::vector<std::string>{"d.php"});
  CHECK(found("unused", {kStates[0]}).empty());
}

TEST_CASE("without suppressions there is nothing to judge") {
  RuleUnderTest rule("suppression", "state = \"unused\"");
  const auto files = repo::sample_snapshot({});
  CHECK(rule.check().run(Context{*files}).verdict == finding::Verdict::not_applicable);
}

TEST_CASE("a state that there is not is a mistake of the policy") {
  CHECK(RuleUnderTest("suppression", "state = \"old\"").mistakes().find("`old`") !=
        std::string::npos);
  CHECK_FALSE(RuleUnderTest("suppression", "").mistakes().empty());
}

}  // namespace
}  // namespace gate::checks::test
