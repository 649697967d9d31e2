#include "gate/report/formats.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "fixture.h"
#include "gate/base/unicode.h"
#include "gate/report/fence.h"
#include "gate/report/wording.h"

namespace gate::report {
namespace {

using finding::Finding;
using finding::Outcome;
using finding::Place;
using finding::Severity;
using finding::Verdict;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end == std::string::npos ? text.size() : end + 1;
  }
  return lines;
}

std::size_t occurrences(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

policy::RuleHead rule_of(Severity severity) {
  policy::RuleHead rule;
  rule.id = "pack.rule";
  rule.pack = "pack";
  rule.title = "something is wrong";
  rule.severity = severity;
  return rule;
}

Finding finding_at(Place place, Severity severity = Severity::error) {
  Finding finding;
  finding.message = "message";
  finding.place = std::move(place);
  finding.severity = severity;
  return finding;
}

Fixture single(Severity severity, Verdict verdict, std::vector<Finding> findings,
               std::string reason = {}) {
  Fixture fixture;
  Outcome outcome;
  outcome.verdict = verdict;
  outcome.reason = std::move(reason);
  outcome.findings = std::move(findings);
  fixture.add(rule_of(severity), std::move(outcome));
  fixture.finish();
  return fixture;
}

Finding suppressed(Finding finding) {
  finding.suppressed = finding::Suppression{};
  return finding;
}

std::string github_of(const Place& place) {
  const Fixture fixture = single(Severity::error, Verdict::failed, {finding_at(place)});
  return lines_of(kGithub.write(fixture.report, {})).front();
}

TEST_CASE("a fence ends with a token that its text decides") {
  CHECK(fence_commands("").empty());
  const std::vector<std::string> lines = lines_of(fence_commands("::error::a\nb"));
  REQUIRE(lines.size() == 4);
  const std::string token = lines.front().substr(std::string("::stop-commands::").size());
  CHECK(token.size() == 64);
  CHECK(lines == std::vector<std::string>{"::stop-commands::" + token, "::error::a", "b",
                                          "::" + token + "::"});
  CHECK(fence_commands("::error::a\nb") == fence_commands("::error::a\nb"));
  CHECK(lines_of(fence_commands("c\n")).size() == 3);
  CHECK(fence_commands("c\n").find(token) == std::string::npos);
}

}  // namespace

TEST_CASE("formats have names of their own and are found by them") {
  std::set<std::string_view> names;
  for (const Format* format : formats()) {
    CHECK(names.insert(format->name).second);
    CHECK(find_format(format->name) == format);
    CHECK_FALSE(format->summary.empty());
  }
  CHECK(find_format("Pretty") == nullptr);
  CHECK(find_format("") == nullptr);
}

TEST_CASE("what blocks is decided by verdict, severity and suppressions") {
  struct Case {
    std::string name;
    Severity rule;
    Verdict verdict;
    std::vector<Finding> findings;
    Severity fail_on;
    Decision decision;
  };
  const Finding error = finding_at({});
  const Finding warning = finding_at({}, Severity::warning);
  const Case cases[] = {
      {"passed", Severity::error, Verdict::passed, {}, Severity::error, Decision::passed},
      {"does not apply",
       Severity::error,
       Verdict::not_applicable,
       {},
       Severity::note,
       Decision::passed},
      {"failed error",
       Severity::error,
       Verdict::failed,
       {error},
       Severity::error,
       Decision::blocked},
      {"failed warning",
       Severity::warning,
       Verdict::failed,
       {warning},
       Severity::error,
       Decision::passed},
      {"failed warning that counts",
       Severity::warning,
       Verdict::failed,
       {warning},
       Severity::warning,
       Decision::blocked},
      {"the findings' severity decides",
       Severity::error,
       Verdict::failed,
       {warning},
       Severity::error,
       Decision::passed},
      {"one of two",
       Severity::warning,
       Verdict::failed,
       {warning, error},
       Severity::error,
       Decision::blocked},
      {"the error is suppressed",
       Severity::error,
       Verdict::failed,
       {warning, suppressed(error)},
       Severity::error,
       Decision::passed},
      {"failed without findings",
       Severity::error,
       Verdict::failed,
       {},
       Severity::error,
       Decision::blocked},
      {"pending", Severity::note, Verdict::pending, {}, Severity::error, Decision::blocked},
      {"could not run",
       Severity::error,
       Verdict::could_not_run,
       {},
       Severity::error,
       Decision::undecided},
      {"could not run below",
       Severity::warning,
       Verdict::could_not_run,
       {},
       Severity::error,
       Decision::passed},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    Fixture fixture = single(c.rule, c.verdict, c.findings);
    fixture.report.fail_on = c.fail_on;
    CHECK(decide(fixture.report) == c.decision);
    // JUnit is red exactly where the gate is.
    const std::string junit = kJunit.write(fixture.report, {});
    const bool is_red =
        junit.find("<failure") != std::string::npos || junit.find("<error") != std::string::npos;
    CHECK(is_red == (c.decision != Decision::passed));
  }
}

TEST_CASE("blocked wins over undecided") {
  Fixture fixture = single(Severity::error, Verdict::could_not_run, {});
  Outcome failed;
  failed.verdict = Verdict::failed;
  fixture.add(rule_of(Severity::error), failed);
  fixture.finish();
  CHECK(decide(fixture.report) == Decision::blocked);
}

TEST_CASE("rules that one cause stopped share a block at the terminal") {
  Fixture fixture;
  const auto stopped = [&](std::string id, std::string reason) {
    policy::RuleHead rule = rule_of(Severity::error);
    rule.id = std::move(id);
    Outcome outcome;
    outcome.rule = rule.id;
    outcome.verdict = Verdict::could_not_run;
    outcome.reason = std::move(reason);
    fixture.add(rule, outcome);
  };
  stopped("a.one", ".env:1:3: a blank");
  stopped("a.two", "no such tool");
  stopped("a.three", ".env:1:3: a blank");
  stopped("a.four", ".env:1:3: a blank");
  fixture.finish();
  CHECK(kPretty.write(fixture.report, {}).find(R"(
could not run[a.one]: .env:1:3: a blank
  the same stops 2 more rules: a.three, a.four

could not run[a.two]: no such tool

could not decide: 4 rules could not run
)") != std::string::npos);
}

TEST_CASE("an item of a checklist holds where all its rules passed") {
  Fixture fixture;
  const auto item = [&](std::vector<std::string> items, Verdict verdict) {
    policy::RuleHead rule = rule_of(Severity::error);
    rule.id = fmt::format("a.r{}", fixture.rules.size());
    rule.checklist = std::move(items);
    Outcome outcome;
    outcome.rule = rule.id;
    outcome.verdict = verdict;
    fixture.add(rule, outcome);
  };
  CHECK(checklist_in_words(fixture.report).empty());
  item({"A", "B", "C"}, Verdict::passed);
  item({"B"}, Verdict::failed);
  item({"C"}, Verdict::not_applicable);
  item({"D"}, Verdict::could_not_run);
  fixture.finish();
  fixture.report.checklist_items = 6;
  CHECK(checklist_in_words(fixture.report) ==
        "of 6 items 1 holds, 1 does not, 4 are not decided here");
}

TEST_CASE("the verdict is said in words") {
  CHECK(verdict_in_words(everything().report) ==
        "blocked: 5 rules failed, 1 pending, 2 could not run, 2 only warn, 2 passed");
  CHECK(verdict_in_words(Fixture().report) == "nothing judged: no rule was asked");
  CHECK(verdict_in_words(single(Severity::error, Verdict::not_applicable, {}).report) ==
        "nothing judged: no rule applies at stage ");
  CHECK(verdict_in_words(single(Severity::error, Verdict::passed, {}).report) ==
        "passed: 1 rule passed");
  CHECK(verdict_in_words(single(Severity::error, Verdict::could_not_run, {}).report) ==
        "could not decide: 1 rule could not run");
  CHECK(
      verdict_in_words(
          single(Severity::warning, Verdict::failed, {finding_at({}, Severity::warning)}).report) ==
      "passed: 1 rule only warns");
}

TEST_CASE("no text is read as a command by the runner of GitHub") {
  CHECK(without_commands("a::b ##x [y]") == "a::b ##x [y]");
  CHECK(without_commands("::error::x") == "\u2060::error::x");
  CHECK(without_commands("a\n \t\u00A0::error::x") == "a\n \t\u00A0\u2060::error::x");
  CHECK(without_commands("a ##[error]x") == "a ##\u2060[error]x");
  CHECK(without_commands("section_start:1:a section_end:2:a section:3") ==
        "section_start\u2060:1:a section_end\u2060:2:a section:3");
}

TEST_CASE("GitHub annotations carry the places that the runner keeps") {
  struct Case {
    std::string name;
    Place place;
    std::string line;
  };
  const std::string end = "title=pack.rule::message";
  const Case cases[] = {
      {"no place", {}, "::error " + end},
      {"file", {"a", 0, 0, 0, 0}, "::error file=a," + end},
      {"line", {"a", 3, 0, 0, 0}, "::error file=a,line=3," + end},
      {"column", {"a", 3, 2, 0, 0}, "::error file=a,line=3,col=2," + end},
      {"span", {"a", 3, 2, 3, 9}, "::error file=a,line=3,endLine=3,col=2,endColumn=9," + end},
      {"lines", {"a", 3, 2, 5, 9}, "::error file=a,line=3,endLine=5," + end},
      {"up to the line end", {"a", 3, 2, 4, 1}, "::error file=a,line=3,endLine=3,col=2," + end},
      {"end before start", {"a", 3, 2, 1, 9}, "::error file=a,line=3,col=2," + end},
      {"end column before column",
       {"a", 3, 5, 3, 2},
       "::error file=a,line=3,endLine=3,col=5," + end},
      {"escaped", {"a,b:c%d\n", 0, 0, 0, 0}, "::error file=a%2Cb%3Ac%25d%0A," + end},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(github_of(c.place) == c.line);
  }
}

TEST_CASE("GitHub gets ten annotations of a level at most and nothing else that is a command") {
  for (const std::size_t count : {9U, 10U, 30'000U}) {
    const Fixture fixture = hostile(count);
    const std::string text = kGithub.write(fixture.report, {});
    const std::vector<std::string> lines = lines_of(text);
    for (const std::string_view level : {"::error ", "::warning ", "::notice "}) {
      CHECK(std::count_if(lines.begin(), lines.end(),
                          [&](const std::string& line) { return line.starts_with(level); }) <= 10);
    }
    for (std::size_t index = 0; index + 1 < lines.size(); ++index) {
      const std::string& line = lines[index];
      INFO(line);
      CHECK((line.starts_with("::error ") || line.starts_with("::warning ") ||
             line.starts_with("::notice ")));
      CHECK(line.find("##[") == std::string::npos);
      CHECK(line.find('\r') == std::string::npos);
    }
    CHECK(lines.back().starts_with("gate: "));
    CHECK(base::is_valid_utf8(text));
  }
}

TEST_CASE("GitHub is told how many annotations are left out") {
  std::vector<Finding> findings;
  for (std::uint32_t line = 1; line <= 11; ++line)
    findings.push_back(finding_at({"a", line, 0, 0, 0}, Severity::note));
  const Fixture fixture = single(Severity::note, Verdict::failed, findings);
  const std::vector<std::string> lines = lines_of(kGithub.write(fixture.report, {}));
  REQUIRE(lines.size() == 11);
  CHECK(lines[9] == "::notice title=gate::and 2 more notes, `--report json=FILE` has all of them");
  CHECK(lines[10] == "gate: passed: 1 rule only warns");
}

TEST_CASE("GitLab fingerprints are unique, also for findings that look the same") {
  Fixture fixture = single(Severity::error, Verdict::failed,
                           {finding_at({"a", 1, 0, 0, 0}), finding_at({"a", 2, 0, 0, 0})});
  for (Finding& finding : fixture.outcomes[0].findings)
    finding.fingerprint = "f";
  const std::string twice = kGitlab.write(fixture.report, {});
  CHECK(occurrences(twice, "\"fingerprint\": \"f\"") == 1);
  CHECK(occurrences(twice, "\"fingerprint\": ") == 2);

  // Two folders of one repository are judged by two jobs; GitLab puts their reports together.
  fixture.report.prefix = "services/api/";
  CHECK(occurrences(kGitlab.write(fixture.report, {}), "\"fingerprint\": \"f\"") == 0);
}

TEST_CASE("a finding outside the repository stands at the policy file for GitLab") {
  Fixture fixture =
      single(Severity::error, Verdict::failed, {finding_at({"/etc/app/.env", 3, 1, 0, 0})});
  fixture.report.prefix = "services/api/";
  CHECK(shown_path(fixture.report, fixture.outcomes[0].findings[0]) == "/etc/app/.env");
  const std::string text = kGitlab.write(fixture.report, {});
  CHECK(text.find("\"description\": \"/etc/app/.env:3:1: message\"") != std::string::npos);
  CHECK(text.find("\"path\": \"services/api/gate.toml\"") != std::string::npos);
}

TEST_CASE("a test of JUnit is named by rule and path") {
  const Fixture fixture =
      single(Severity::error, Verdict::failed,
             {finding_at({"b", 9, 1, 0, 0}), finding_at({"b", 12, 1, 0, 0}), finding_at({})});
  const std::string junit = kJunit.write(fixture.report, {});
  CHECK(occurrences(junit, "<testcase ") == 2);
  CHECK(occurrences(junit, "name=\"pack.rule\" classname=\"gate.pack\"") == 1);
  CHECK(occurrences(
            junit,
            "name=\"pack.rule: b\" classname=\"gate.pack\" time=\"0.000\" file=\"b\" line=\"9\"") ==
        1);
  CHECK(occurrences(junit, "message=\"something is wrong (2 findings)\"") == 1);
}

TEST_CASE("pretty lines fit the width, but for places that are there to be copied") {
  const Fixture fixture = everything();
  for (const std::size_t width : {40U, 60U, 80U, 132U}) {
    const std::string text = kPretty.write(fixture.report, {.verbose = true, .width = width});
    for (const std::string& line : lines_of(text)) {
      INFO(line);
      const bool is_place =
          line.starts_with("  services/api/") || line.starts_with("  \u2068services/api/");
      CHECK((base::display_width(line) <= width || is_place));
      CHECK_FALSE(line.ends_with(' '));
    }
  }
}

TEST_CASE("the same report is written with the same bytes") {
  for (const Format* format : formats())
    CHECK(format->write(hostile(500).report, {}) == format->write(hostile(500).report, {}));
}

}  // namespace gate::report
