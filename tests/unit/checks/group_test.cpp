#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using finding::Outcome;
using finding::Verdict;
using test::RuleUnderTest;

// Judges a group over rules a, b, c whose verdicts these letters name: p passed, f failed, w
// pending, n not applicable, x could not run, - not in the plan.
std::string judge(std::string_view keys, std::string_view verdicts) {
  const RuleUnderTest rule("group", keys);
  CHECK(rule.mistakes().empty());
  std::map<std::string, Outcome, std::less<>> outcomes;
  for (std::size_t index = 0; index < verdicts.size(); ++index) {
    const std::string id(1, static_cast<char>('a' + index));
    Outcome outcome;
    outcome.rule = id;
    switch (verdicts[index]) {
      case 'p':
        outcome.verdict = Verdict::passed;
        break;
      case 'f':
        outcome.verdict = Verdict::failed;
        break;
      case 'w':
        outcome.verdict = Verdict::pending;
        outcome.reason = "nobody signed";
        break;
      case 'n':
        outcome.verdict = Verdict::not_applicable;
        break;
      case 'x':
        outcome.verdict = Verdict::could_not_run;
        outcome.reason = "no php";
        break;
      default:
        continue;
    }
    outcomes[id] = outcome;
  }
  const auto files = test::sample({});
  Context context{*files};
  context.outcome = [&](std::string_view id) -> const Outcome* {
    const auto found = outcomes.find(id);
    return found == outcomes.end() ? nullptr : &found->second;
  };
  return test::spell(rule.run(context));
}

struct Case {
  std::string_view verdicts;
  std::string_view wanted;
};

constexpr std::string_view kStopped = "could_not_run: `b` could not run: no php";
constexpr std::string_view kWaiting = "pending: `b` is pending: nobody signed";

TEST_CASE("all: each member that applies must pass") {
  for (const Case& one : std::vector<Case>{
           {"ppp", "passed"},
           {"pnp", "passed"},
           {"nnn", "not_applicable: none of its rules applies here"},
           {"pfp", "failed\n`b` failed"},
           {"ffp", "failed\n`a` failed\n`b` failed"},
           {"fxw", "failed\n`a` failed"},
           {"pxp", kStopped},
           {"pxw", kStopped},
           {"pwp", kWaiting},
           {"nwn", kWaiting},
           {"p-p", "could_not_run: `b` is not in the plan"},
       }) {
    INFO(one.verdicts);
    CHECK(judge("all = [\"a\", \"b\", \"c\"]", one.verdicts) == one.wanted);
  }
}

TEST_CASE("any: one member must pass") {
  for (const Case& one : std::vector<Case>{
           {"pff", "passed"},
           {"pxw", "passed"},
           {"fff", "failed\n`a` failed\n`b` failed\n`c` failed"},
           {"fnf", "failed\n`a` failed\n`c` failed"},
           {"fxf", kStopped},
           {"fwf", kWaiting},
           {"nnn", "not_applicable: none of its rules applies here"},
       }) {
    INFO(one.verdicts);
    CHECK(judge("any = [\"a\", \"b\", \"c\"]", one.verdicts) == one.wanted);
  }
}

TEST_CASE("at_least: so many members must pass") {
  for (const Case& one : std::vector<Case>{
           {"ppf", "passed"},
           {"pff", "failed\n`b` failed\n`c` failed"},
           {"pxf", kStopped},
           {"pwf", kWaiting},
           {"pnf", "failed\n`c` failed"},
           {"pnn", "not_applicable: only 1 of its rules applies here, and 2 must pass"},
           {"nnn", "not_applicable: none of its rules applies here"},
       }) {
    INFO(one.verdicts);
    CHECK(judge("at_least = 2\nof = [\"a\", \"b\", \"c\"]", one.verdicts) == one.wanted);
  }
}

TEST_CASE("a group names its members for the plan, and how they came out") {
  const RuleUnderTest rule("group", "any = [\"a\", \"b\"]");
  CHECK(rule.check().after() == std::vector<std::string>{"a", "b"});
  Outcome failed{"a", Verdict::failed, "", {finding::Finding{}, finding::Finding{}}, {}, 0};
  failed.findings[0].suppressed.emplace();
  const Outcome skipped{"b", Verdict::not_applicable, "", {}, {}, 0};
  const auto files = test::sample({});
  Context context{*files};
  context.outcome = [&](std::string_view id) { return id == "a" ? &failed : &skipped; };
  const Answer answer = rule.run(context);
  CHECK(test::spell(answer) == "failed\n`a` failed with 1 finding");
  CHECK(answer.evidence == std::vector<std::string>{"0 of 2 passed, 1 not applicable"});
}

TEST_CASE("mistakes in the keys of a group are told") {
  const auto mistakes = [](std::string_view keys) {
    return RuleUnderTest("group", keys).mistakes();
  };
  CHECK_FALSE(mistakes("").empty());
  CHECK(mistakes("all = []") ==
        "1:7 `all` names no rule; write the ids of rules: [\"app.tests\"]\n");
  CHECK(mistakes("all = [\"a\", \"a\"]") == "1:13 `a` stands twice in this group\n");
  CHECK(mistakes("all = [\"a\", \"test.rule\"]") == "1:13 a group cannot be a member of itself\n");
  CHECK(mistakes("all = \"a\"\nany = \"b\"") ==
        "2:7 `any` beside `all`: a group has one of them; write a group for each, and a third one "
        "over both\n");
  CHECK(mistakes("at_least = 3\nof = [\"a\", \"b\"]") ==
        "1:12 `at_least` is 3, but `of` names 2 rules only\n");
  CHECK(mistakes("all = \"a\"\nof = \"b\"") ==
        "2:6 `of` without `at_least`; write at_least = 1, or `all` instead of `of`\n");
  CHECK_FALSE(mistakes("at_least = 1").empty());
  CHECK_FALSE(mistakes("at_least = 0\nof = \"a\"").empty());
}

}  // namespace
}  // namespace gate::checks
