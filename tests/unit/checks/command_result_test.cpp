// What a tool reports, what it exits with, and what the two together say.
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/checks/command/places.h"
#include "gate/checks/command/rule.h"
#include "gate/checks/kinds.h"
#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using finding::Severity;
using readers::ColumnUnit;
using system::ProcessResult;
using test::RuleUnderTest;

ProcessResult exited(int status, std::optional<std::string> result, std::string output = {}) {
  ProcessResult ended;
  ended.status = status;
  ended.output = std::move(output);
  ended.result = std::move(result);
  return ended;
}

struct Setting {
  std::string_view keys;  // besides `run`
  std::map<std::string, std::string> files{};
  std::string run = "run = ['tool', '{result}']\n";
  std::vector<std::string> argv{"tool", "{result}"};
};

Answer answer(const Setting& setting, ProcessResult result) {
  const RuleUnderTest rule("command", setting.run + std::string(setting.keys));
  CHECK(rule.mistakes().empty());
  const auto files = test::sample(setting.files);
  const auto runner = system::make_recorded_runner({{setting.argv, std::move(result)}});
  Context context{*files};
  context.processes = runner.get();
  context.folder = "/srv/app";
  return rule.run(context);
}

// Spells a finding with its end, severity and code as well.
std::string spell(const Answer& answer) {
  std::string text(name(answer.verdict));
  if (!answer.reason.empty()) text += ": " + answer.reason;
  for (const finding::Finding& found : answer.findings) {
    const finding::Place& place = found.place;
    text +=
        fmt::format("\n{} {}:{}:{}", name(found.severity), place.path, place.line, place.column);
    if (place.end_line != 0) text += fmt::format("-{}:{}", place.end_line, place.end_column);
    text += fmt::format(" [{}] {}", found.code, found.message);
  }
  return text;
}

std::string judge(std::string_view keys, ProcessResult result) {
  return spell(answer({keys}, std::move(result)));
}

std::string junit(std::string_view cases) {
  return fmt::format("<testsuites><testsuite name=\"s\">{}</testsuite></testsuites>", cases);
}

constexpr std::string_view kJunit = "result = 'junit'";
constexpr std::string_view kGood = R"(<testcase name="good"/>)";
constexpr std::string_view kBad =
    R"(<testcase name="bad" file="tests/a.php" line="3"><failure message="no"/></testcase>)";

std::string mistakes(std::string_view keys) { return RuleUnderTest("command", keys).mistakes(); }

}  // namespace

TEST_CASE("tests pass where the tool and its report say so") {
  const Answer passed = answer({kJunit}, exited(0, junit(kGood)));
  CHECK(spell(passed) == "passed");
  CHECK(passed.evidence == std::vector<std::string>{"`tool {result}` exited with 0",
                                                    "1 test ran, 0 failed, 0 skipped"});
  CHECK(judge(kJunit, exited(1, junit(std::string(kGood) + std::string(kBad)))) ==
        "failed\nerror tests/a.php:3:0 [tool] bad: no");
}

TEST_CASE("a report with errors is no pass, whatever the exit status") {
  CHECK(judge(kJunit, exited(0, junit(kBad))) == "failed\nerror tests/a.php:3:0 [tool] bad: no");
}

TEST_CASE("an exit status that the report does not explain is no pass") {
  const Answer failed = answer({kJunit}, exited(1, junit(kGood), "coverage is 3 %\n"));
  CHECK(spell(failed) == "failed\nerror :0:0 [] `tool {result}` exited with 1");
  CHECK(failed.findings.front().trace == std::vector<std::string>{"coverage is 3 %"});
  CHECK(judge("result = 'junit'\nfailure = 1", exited(2, junit(kBad))) ==
        "could_not_run: `tool {result}` broke down: it exited with 2");
}

TEST_CASE("without a report that can be read nothing is decided") {
  const Answer crashed = answer({kJunit}, exited(255, std::nullopt, "Fatal error\n"));
  CHECK(spell(crashed) ==
        "could_not_run: `tool {result}` exited with 255, and it wrote no result; it said:\n"
        "Fatal error");
  CHECK(crashed.evidence == std::vector<std::string>{"`tool {result}` exited with 255"});
  CHECK(judge(kJunit, exited(0, std::nullopt)) ==
        "could_not_run: `tool {result}` exited with 0, and it wrote no result");
  CHECK(judge(kJunit, exited(0, "<testsuites>"))
            .starts_with("could_not_run: `tool {result}` exited with 0, and its result cannot be "
                         "read as junit: "));
  CHECK(judge(kJunit, exited(0, " \n")) ==
        "could_not_run: `tool {result}` exited with 0, and it wrote no result");
  ProcessResult cut = exited(0, std::nullopt);
  cut.result_cut = true;
  CHECK(judge(kJunit, std::move(cut)) ==
        "could_not_run: `tool {result}` exited with 0, and its result is longer than 32.0 MB");
}

TEST_CASE("tests that did not run prove nothing") {
  CHECK(judge(kJunit, exited(0, junit(""))) == "could_not_run: `tool {result}` ran no test");
  CHECK(judge(kJunit, exited(5, junit(""))) == "could_not_run: `tool {result}` ran no test");
  CHECK(judge(kJunit, exited(0, junit("<testcase name='a'><skipped/></testcase>"))) ==
        "could_not_run: `tool {result}` ran no test, 1 skipped");
  CHECK(judge("result = 'junit'\nmin_tests = 0", exited(0, junit(""))) == "passed");
  CHECK(judge("result = 'junit'\nmin_tests = 2", exited(0, junit(kGood))) ==
        "failed\nerror :0:0 [] `tool {result}` ran only 1 test; at least 2 must run");
  CHECK(judge("result = 'tap'", exited(0, "1..0 # SKIP nothing\n")) ==
        "could_not_run: `tool {result}` ran no test");
}

TEST_CASE("warnings stay warnings, unless the tool refuses them") {
  const std::string warning =
      R"([{"filePath": "a.js", "messages": [
            {"ruleId": "no-console", "severity": 1, "line": 1, "message": "no console"}]}])";
  CHECK(judge("result = 'eslint'", exited(0, warning)) ==
        "failed\nwarning a.js:1:0 [eslint.no-console] no console");
  CHECK(judge("result = 'eslint'", exited(1, warning)) ==
        "failed: `tool {result}` exited with 1, so its warnings count as errors\n"
        "error a.js:1:0 [eslint.no-console] no console");
}

TEST_CASE("what is not known is not hidden by warnings") {
  ProcessResult slow = exited(0, std::nullopt);
  slow.end = ProcessResult::End::timed_out;
  CHECK(judge("result = 'eslint'", std::move(slow)) ==
        "could_not_run: `tool {result}` ran longer than 10 min and was stopped");
  ProcessResult loud = exited(9, std::nullopt);
  loud.end = ProcessResult::End::too_much_output;
  CHECK(judge("result = 'tap'", std::move(loud)) ==
        "could_not_run: `tool {result}` printed more than 1.0 GB and was stopped");
  ProcessResult large = exited(9, std::nullopt);
  large.end = ProcessResult::End::too_much_memory;
  CHECK(judge("result = 'tap'\nmax_memory = '1MB'", std::move(large)) ==
        "could_not_run: `tool {result}` used more than 1.0 MB of memory and was stopped");
}

TEST_CASE("lines are read by patterns, from what the tool prints") {
  Setting setting{
      "pattern = ['^would reformat (?P<file>.+)$', "
      "'^(?P<file>[^:]+):(?P<line>\\d+): (?P<code>\\w+) (?P<message>.*)$']"};
  setting.run = "run = ['tool']\n";
  setting.argv = {"tool"};
  CHECK(
      spell(answer(setting, exited(1, {}, "would reformat a.py\nb.py:2: E1 long line\ntalk\n"))) ==
      "failed\nerror a.py:0:0 [tool] \nerror b.py:2:0 [tool.E1] long line");
  CHECK(spell(answer(setting, exited(0, {}, "all good\n"))) == "passed");
  const Answer failed = answer(setting, exited(2, {}, "usage: tool\n"));
  CHECK(spell(failed) == "failed\nerror :0:0 [] `tool` exited with 2");
  CHECK(failed.findings.front().trace == std::vector<std::string>{"usage: tool"});
}

TEST_CASE("a result on standard output is not shown as its last lines, unless nothing else is") {
  Setting setting{"result = 'eslint'"};
  setting.run = "run = ['tool']\n";
  setting.argv = {"tool"};
  const Answer broken = answer(setting, exited(2, {}, "Cannot find the configuration\n"));
  CHECK(spell(broken) ==
        "could_not_run: `tool` exited with 2, and its result cannot be read as eslint: "
        "line 1, column 1: `Cannot` is no value; it said:\nCannot find the configuration");
}

TEST_CASE("paths become paths of the judged folder") {
  const auto place = [](std::string_view keys, std::string_view path) {
    Setting setting{keys, {{"src/a.js", "x\n"}, {"top.js", "x\n"}}};
    const std::string result = fmt::format(
        R"([{{"filePath": "{}", "messages": [{{"severity": 2, "line": 1, "message": "m"}}]}}])",
        path);
    const Answer reached = answer(setting, exited(1, result));
    const finding::Finding& found = reached.findings.at(0);
    return fmt::format("{}:{} {}", found.place.path, found.place.line, found.message);
  };
  const std::string_view plain = "result = 'eslint'";
  CHECK(place(plain, "src/a.js") == "src/a.js:1 m");
  CHECK(place(plain, "./src//x/../a.js") == "src/a.js:1 m");
  CHECK(place(plain, "/srv/app/src/a.js") == "src/a.js:1 m");
  CHECK(place(plain, "file:///srv/app/src/a.js") == "src/a.js:1 m");
  CHECK(place(plain, "/srv/application/a.js") == ":0 m (in /srv/application/a.js:1)");
  CHECK(place(plain, "../a.js") == ":0 m (in ../a.js:1)");
  CHECK(place(plain, "/usr/lib/b.js") == ":0 m (in /usr/lib/b.js:1)");
  const std::string_view below = "result = 'eslint'\nfolder = 'src'";
  CHECK(place(below, "a.js") == "src/a.js:1 m");
  CHECK(place(below, "../top.js") == "top.js:1 m");
  CHECK(place(below, "src/a.js") == "src/a.js:1 m");  // as some tools count, from the top
  CHECK(place(below, "new.js") == "src/new.js:1 m");
  const std::string_view container = "result = 'eslint'\nresult_root = '/app'";
  CHECK(place(container, "/app/src/a.js") == "src/a.js:1 m");
  CHECK(place(container, "/apple/src/a.js") == ":0 m (in /apple/src/a.js:1)");
}

TEST_CASE("columns are bytes, whatever the tool counts") {
  const std::string line = "\té😀x";
  CHECK(column_in_bytes(line, 0, ColumnUnit::utf16) == 0);
  CHECK(column_in_bytes(line, 1, ColumnUnit::utf16) == 1);
  CHECK(column_in_bytes(line, 3, ColumnUnit::utf16) == 4);
  CHECK(column_in_bytes(line, 5, ColumnUnit::utf16) == 8);
  CHECK(column_in_bytes(line, 4, ColumnUnit::characters) == 8);
  CHECK(column_in_bytes(line, 9, ColumnUnit::terminal) == 2);
  CHECK(column_in_bytes(line, 11, ColumnUnit::terminal) == 8);
  CHECK(column_in_bytes(line, 8, ColumnUnit::bytes) == 8);
  CHECK(column_in_bytes(line, 99, ColumnUnit::bytes) == 9);
  CHECK(column_in_bytes(line, 99, ColumnUnit::characters) == 9);
  CHECK(column_in_bytes("a\xFF"
                        "b",
                        3, ColumnUnit::characters) == 3);

  const std::string result =
      R"([{"filePath": "a.js", "messages": [{"ruleId": "r", "severity": 2, "line": 2, "column": 5,
          "endLine": 2, "endColumn": 6, "message": "m"}]}])";
  CHECK(spell(answer({"result = 'eslint'", {{"a.js", "first\n\té😀x\n"}}}, exited(1, result))) ==
        "failed\nerror a.js:2:8-2:9 [eslint.r] m");
}

TEST_CASE("a finding keeps its identity when lines move and numbers change") {
  const auto identity = [](std::string_view text, int line, std::string_view message) {
    const std::string result = fmt::format(
        R"([{{"filePath": "a.js", "messages": [{{"severity": 2, "line": {}, "message": "{}"}}]}}])",
        line, message);
    return answer({"result = 'eslint'", {{"a.js", std::string(text)}}}, exited(1, result))
        .findings.at(0)
        .identity;
  };
  const std::string first = identity("a\nbad\nc\n", 2, "first used in line 7");
  CHECK(identity("new\n\na\n  bad\nc\n", 4, "first used in line 19") == first);
  CHECK(identity("a\nworse\nc\n", 2, "first used in line 7") != first);
  CHECK(identity("a\nbad\nc\n", 2, "never used") != first);
}

TEST_CASE("messages hide what the command was told in secret") {
  const Answer found =
      answer({"result = 'junit'\nenv = { DB_PASSWORD = 'swordfish' }"},
             exited(1, junit(R"(<testcase name="t"><failure message="swordfish!"/></testcase>)"),
                    "swordfish\n"));
  CHECK(spell(found) == "failed\nerror :0:0 [tool] t: ***!");
}

TEST_CASE("the name of a tool is that of what runs in the end") {
  CHECK(tool_name({"vendor/bin/phpunit"}) == "phpunit");
  CHECK(tool_name({"php", "vendor/bin/phpstan.phar", "analyse"}) == "phpstan");
  CHECK(tool_name({"php", "-d", "memory_limit=1G", "artisan", "test"}) == "artisan");
  CHECK(tool_name({"python3", "-m", "pytest"}) == "pytest");
  CHECK(tool_name({"npx", "--no-install", "eslint", "."}) == "eslint");
  CHECK(tool_name({"npm", "exec", "--", "prettier"}) == "prettier");
  CHECK(tool_name({"npm", "test"}) == "npm");
  CHECK(tool_name({"poetry", "run", "flake8"}) == "flake8");
  CHECK(tool_name({"node"}) == "node");
  CHECK(tool_name({}).empty());
}

TEST_CASE("mistakes in how a result is read are named") {
  CHECK(mistakes("run = 'tool'\nresult = 'junti'") ==
        "2:10 there is no result format `junti`; did you mean `junit`?\n");
  CHECK(mistakes("run = ['tool', '{result}']") ==
        "1:7 `{result}` is written and nobody reads it; name its format: result = \"junit\"\n");
  CHECK(
      mistakes("run = 'tool'\nresult = 'junit'\npattern = '(?P<message>x)'") ==
      "3:11 `pattern` and `result` both say how to read what the tool writes; write one of them\n");
  CHECK(mistakes("run = 'tool'\npattern = ['(?P<message>x)(?P<lin>y)', 'z']") ==
        "2:12 a pattern of results has no group `lin`; did you mean `line`?\n"
        "2:40 the pattern has neither a group `message` nor a group `file`; name what it finds: "
        "`(?P<file>[^:]+):(?P<line>\\d+): (?P<message>.*)`\n");
  CHECK(mistakes("run = 'tool'\ntool = 'x'\nmin_tests = 1") ==
        "2:8 `tool` says how to read a result, and there is none; name its format: result = "
        "\"junit\"\n"
        "3:13 `min_tests` says how to read a result, and there is none; name its format: result = "
        "\"junit\"\n");
  CHECK(mistakes("run = 'tool'\nresult = 'junit'\nresult_root = 'app'") ==
        "3:15 `result_root` must begin with a slash; write where the tool sees the judged folder: "
        "result_root = \"/app\"\n");
  CHECK(mistakes("run = 'tool'\nfailure = [0, 1]") == "2:12 0 cannot be success and failure\n");
  CHECK(mistakes("run = ['a', 'b']\nshell = true") ==
        "1:7 with `shell = true`, `run` is one text; write run = \"npm ci && npm test\"\n");
  CHECK(mistakes("run = 'npm ci && npm test'\nshell = true").empty());
}

TEST_CASE("a line for the shell ends at the first command that fails") {
  const auto run = [](std::string_view script) {
    const RuleUnderTest rule("command", fmt::format("shell = true\nrun = '{}'", script));
    CHECK(rule.mistakes().empty());
    const auto files = test::sample({});
    const auto runner = system::make_process_runner();
    Context context{*files};
    context.processes = runner.get();
    context.folder = "/usr";
    return test::spell(rule.run(context));
  };
  CHECK(run("false; true") == "failed\n`false; true` exited with 1");
  CHECK(run("true && test -d bin") == "passed");
}

TEST_CASE("the formats of results that the documentation names are those there are") {
  const Kind* kind = find_kind("command");
  REQUIRE(kind != nullptr);
  const auto key = std::find_if(kind->keys.begin(), kind->keys.end(),
                                [](const KeyDoc& doc) { return doc.name == "result"; });
  REQUIRE(key != kind->keys.end());
  for (const readers::ResultFormat* format : readers::result_formats())
    CHECK(key->type.find(fmt::format("`{}`", format->name)) != std::string_view::npos);
}

}  // namespace gate::checks
