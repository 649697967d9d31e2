#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "gate/checks/command/output.h"
#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using finding::Outcome;
using finding::Verdict;
using system::ProcessResult;
using test::RuleUnderTest;
using End = ProcessResult::End;

ProcessResult ended(End end, int status, std::string output = {}) {
  return {end, status, std::move(output), false, 1};
}

Answer answer(std::string_view keys, std::optional<ProcessResult> result,
              const std::map<std::string, Outcome>& outcomes = {}) {
  const RuleUnderTest rule("command", keys);
  CHECK(rule.mistakes().empty());
  const auto files = test::sample({{"app/a.php", ""}, {"app/b.php", ""}, {"README.md", ""}});
  const auto runner = system::make_recorded_runner({{{"tool", "check"}, std::move(result)}});
  Context context{*files};
  context.processes = runner.get();
  context.folder = "/";
  context.outcome = [&](std::string_view id) -> const Outcome* {
    const auto found = outcomes.find(std::string(id));
    return found == outcomes.end() ? nullptr : &found->second;
  };
  return rule.run(context);
}

const std::string kRun = "run = ['tool', 'check']\n";

std::string judge(std::string_view keys, std::optional<ProcessResult> result) {
  return test::spell(answer(kRun + std::string(keys), std::move(result)));
}

std::string mistakes(std::string_view keys) { return RuleUnderTest("command", keys).mistakes(); }

}  // namespace

TEST_CASE("the exit status decides") {
  CHECK(judge("", ended(End::exited, 0)) == "passed");
  CHECK(judge("", ended(End::exited, 1)) == "failed\n`tool check` exited with 1");
  CHECK(judge("success = [0, 2]", ended(End::exited, 2)) == "passed");
  CHECK(judge("success = 1", ended(End::exited, 0)) == "failed\n`tool check` exited with 0");
}

TEST_CASE("the finding shows the last lines of output, cleaned and masked") {
  std::string output = "line 0\n";
  for (int i = 1; i < 30; ++i)
    output += "line " + std::to_string(i) + "\r\n";
  output += "\x1B[31mred\x1B[0m 10%\r50%\rdone\n\n  \nkey open-sesame, port 8080\n\n";
  const Answer failed =
      answer(kRun + "env = { API_TOKEN = 'open-sesame', PORT = '8080', PIN_SECRET = 'ed' }",
             ended(End::exited, 1, output));
  REQUIRE(failed.findings.size() == 1);
  const std::vector<std::string>& trace = failed.findings.front().trace;
  REQUIRE(trace.size() == 20);
  CHECK(trace.front() == "line 12");
  CHECK(trace[18] == "done");
  CHECK(trace[19] == "key ***, port 8080");
  CHECK(failed.evidence == std::vector<std::string>{"`tool check` exited with 1"});
}

TEST_CASE("a command that did not come to its end says nothing about the rule") {
  CHECK(judge("timeout = '90s'", ended(End::timed_out, 15, "busy\n")) ==
        "could_not_run: `tool check` ran longer than 90 s and was stopped; it said:\nbusy");
  CHECK(judge("", ended(End::timed_out, 9)) ==
        "could_not_run: `tool check` ran longer than 10 min and was stopped");
  CHECK(judge("", ended(End::signalled, 11)) == "could_not_run: `tool check` was ended by SIGSEGV");
  ProcessResult stopped = ended(End::stopped, 15);
  stopped.stopped_why = "gate got SIGTERM";
  CHECK(judge("", std::move(stopped)) ==
        "could_not_run: `tool check` was stopped: gate got SIGTERM");
  const Answer busy = answer(kRun, ended(End::timed_out, 15, "1\n2\n3\n4\n5\n6\n"));
  CHECK(busy.reason.ends_with("; it said:\n2\n3\n4\n5\n6"));
  CHECK(test::spell(answer("run = ['other']", std::nullopt)) ==
        "could_not_run: no result is recorded for `other`");
}

TEST_CASE("a missing program means what the rule says") {
  CHECK(judge("", std::nullopt) == "could_not_run: `tool` is not installed");
  CHECK(judge("install = 'apt install tool'", std::nullopt) ==
        "could_not_run: `tool` is not installed; to install it: apt install tool");
  CHECK(judge("missing = 'warning'\ninstall = 'apt install tool'", std::nullopt) ==
        "not_applicable: `tool` is not installed; to install it: apt install tool");
  CHECK(judge("missing = 'skip'", std::nullopt) == "not_applicable: `tool` is not installed");
  CHECK(answer(kRun, std::nullopt).notice == std::nullopt);
  CHECK(answer(kRun + "missing = 'warning'", std::nullopt).notice == finding::Severity::warning);
  CHECK(answer(kRun + "missing = 'skip'", std::nullopt).notice == finding::Severity::note);
}

TEST_CASE("a command runs only where it may and can") {
  const RuleUnderTest rule("command", kRun);
  const auto files = test::sample({});
  Context context{*files};
  CHECK(test::spell(rule.run(context)) == "not_applicable: no program is started");
  const auto runner = system::make_recorded_runner({});
  context.processes = runner.get();
  CHECK(test::spell(rule.run(context)) ==
        "could_not_run: commands run in the work tree, and what is judged here is not on disk: "
        "check the commit out and run gate there without --at");
}

TEST_CASE("what a command needs must have passed") {
  const auto with = [](const std::map<std::string, Outcome>& outcomes) {
    const Answer reached =
        answer(kRun + "needs = ['app.install', 'app.build']", ended(End::exited, 0), outcomes);
    return test::spell(reached);
  };
  Outcome good;
  good.verdict = Verdict::passed;
  Outcome failed;
  failed.verdict = Verdict::failed;
  Outcome pending;
  pending.verdict = Verdict::pending;
  Outcome skipped;
  skipped.verdict = Verdict::not_applicable;
  skipped.reason = "no file matches `artisan`";
  CHECK(with({{"app.install", good}, {"app.build", good}}) == "passed");
  CHECK(with({{"app.install", good}, {"app.build", failed}}) ==
        "could_not_run: needs `app.build`, which failed");
  CHECK(with({{"app.install", pending}, {"app.build", Outcome{}}}) ==
        "could_not_run: needs `app.install`, which is pending; needs `app.build`, which could not "
        "run");
  CHECK(
      with({{"app.install", skipped}}) ==
      "could_not_run: needs `app.install`, which does not apply: no file matches `artisan`; needs "
      "`app.build`, which is not in the plan");
  CHECK(RuleUnderTest("command", kRun + "needs = 'app.build'").check().after() ==
        std::vector<std::string>{"app.build"});
}

TEST_CASE("inputs are noted") {
  CHECK(answer(kRun + "inputs = ['app/**']", ended(End::exited, 0)).evidence ==
        std::vector<std::string>{"`tool check` exited with 0", "2 input files"});
}

TEST_CASE("a real command runs in its folder with its variables") {
  const RuleUnderTest rule("command",
                           "run = ['sh', '-c', 'pwd; echo $GREETING; exit 3']\nfolder = 'bin/..'\n"
                           "env = { GREETING = 'hello' }");
  CHECK(rule.mistakes().empty());
  const auto files = test::sample({});
  const auto runner = system::make_process_runner();
  Context context{*files};
  context.processes = runner.get();
  context.folder = "/usr";
  const Answer reached = rule.run(context);
  REQUIRE(reached.findings.size() == 1);
  CHECK(reached.findings.front().trace == std::vector<std::string>{"/usr", "hello"});
}

TEST_CASE("mistakes in a command rule are named") {
  CHECK(mistakes("timeout = '1m'") ==
        "1:1 the key `run` is missing; write run = [\"php\", \"artisan\", \"test\"]\n");
  CHECK(mistakes("run = []") == "1:7 `run` names no program\n");
  CHECK(mistakes("run = ['']") == "1:7 `run` names no program\n");
  CHECK(mistakes("run = 'php artisan  test'") ==
        "1:7 `run` is a list of words, not a line for a shell; write run = [\"php\", \"artisan\", "
        "\"test\"], or `shell = true` beside it\n");
  CHECK(mistakes("run = 'php'\nfolder = '../x'\ntimeout = '0s'") ==
        "2:10 `folder` leaves the judged folder; write a path below it: folder = \"backend\"\n"
        "3:11 `timeout` must be more than 0 and at most 24 hours\n");
  CHECK(mistakes("run = 'php'\ngrace = '5s'") == "2:9 `grace` must be at most 4 seconds\n");
  CHECK(mistakes("run = 'php'\ngrace = '0s'").empty());
  CHECK(mistakes("run = 'php'\nfolder = '/tmp'") ==
        "2:10 `folder` leaves the judged folder; write a path below it: folder = \"backend\"\n");
  CHECK(mistakes("run = 'php'\nenv = { 'A=B' = 'c' }") == "2:7 `A=B` is no name of a variable\n");
  CHECK(mistakes("run = 'php'\nsuccess = [0, 256, 'x']") ==
        "2:15 `success` must be from 0 to 255, not 256\n"
        "2:20 `success` must be an integer or a list of integers, not a string\n");
  CHECK(mistakes("run = 'php'\nneeds = ['a.b', 'test.rule']") ==
        "2:17 a rule cannot need itself\n");
  CHECK(mistakes("run = 'php'\nmissing = 'ignore'") ==
        "2:11 `missing` cannot be `ignore`; expected one of `error`, `warning`, `skip`\n");
}

TEST_CASE("masks hide secrets of any name, and leave settings readable") {
  Masks masks;
  masks.add_declared({{"DB_PASSWORD", "abc"},
                      {"A_KEY", "xy"},
                      {"APP_ENV", "production"},
                      {"CACHE", "/var/cache/app1"},
                      {"STRIPE", "v4lue-1"},
                      {"LONGER", "v4lue-12"},
                      {"DB", "postgres://app:hunter2@db/app"},
                      {"PEM_SECRET", "first line\nsecond line"}});
  masks.add_secrets(
      {{"SESSION_TOKEN", "short"}, {"CI_TOKEN", "long-enough"}, {"LANG", "C.UTF-8-x"}});
  CHECK(masks.apply("abcabc xy production /var/cache/app1 v4lue-1 v4lue-12!") ==
        "****** xy production /var/cache/app1 v4lue-1 ***!");
  CHECK(masks.apply("second line\n  first line\n") == "***\n  ***\n");
  CHECK(masks.apply("app:hunter2@db short long-enough C.UTF-8-x") ==
        "app:***@db short *** C.UTF-8-x");
  CHECK(masks.apply("") == "");
}

TEST_CASE("the last lines are what a terminal would show last") {
  using Lines = std::vector<std::string>;
  CHECK(last_lines("", 3) == Lines{});
  CHECK(last_lines("\n\n \n", 3) == Lines{});
  CHECK(last_lines("a", 3) == Lines{"a"});
  CHECK(last_lines("a\n\nb\nc\nd\n", 3) == Lines{"b", "c", "d"});
  CHECK(last_lines("10%\r20%\r\nend\r", 3) == Lines{"20%", "end"});
  CHECK(last_lines(std::string(1000, 'x'), 3).front().size() == 199 + std::string("…").size());
}

TEST_CASE("of a breakdown the first and the last lines that speak of an error are shown") {
  using Lines = std::vector<std::string>;
  CHECK(telling_lines("", 3) == Lines{});
  CHECK(telling_lines("a\nb\nc\nd\n", 3) == Lines{"b", "c", "d"});
  CHECK(telling_lines("start\nError: no configuration\n  at load (x.js:1)\n  at y\n  at z\n", 3) ==
        Lines{"Error: no configuration"});
  CHECK(telling_lines("sh: 1: phpstan: not found\nbye\n", 3) == Lines{"sh: 1: phpstan: not found"});
  CHECK(telling_lines("error 1\nerror 2\nerror 3\nfatal 4\nPANIC\n", 3) ==
        Lines{"error 1", "fatal 4", "PANIC"});
}

}  // namespace gate::checks
