// The readers of results against what the tools wrote (results/: phpunit 9.6, phpcs 3.7, pytest 7,
// node 20, bandit 1.6, shellcheck 0.9, eslint 10, tsc 7, npm 11, composer 2.5) or are documented to
// write (the rest; the answer of npm with holes in it too).
#include "gate/readers/results/results.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace gate::readers {
namespace {

std::string sample(std::string_view name) {
  std::ifstream file(fmt::format("{}/{}", GATE_SAMPLES, name), std::ios::binary);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string_view name_of(ToolLevel level) {
  switch (level) {
    case ToolLevel::note:
      return "note";
    case ToolLevel::warning:
      return "warning";
    case ToolLevel::error:
      return "error";
  }
  return "";
}

// Spells a result: `path:line:column-end_line:end_column level [code] message` a finding, and the
// count of the tests.
std::string spell(const ToolResult& result) {
  std::string out;
  for (const ToolFinding& finding : result.findings) {
    out += fmt::format("{}:{}:{}", finding.path, finding.line, finding.column);
    if (finding.end_line != 0 || finding.end_column != 0)
      out += fmt::format("-{}:{}", finding.end_line, finding.end_column);
    out += fmt::format(" {} [{}] {}\n", name_of(finding.level), finding.code, finding.message);
  }
  if (result.tests) {
    out += fmt::format("{} run, {} failed, {} skipped\n", result.tests->run, result.tests->failed,
                       result.tests->skipped);
  }
  return out;
}

Result<ToolResult> read(std::string_view format, std::string text) {
  const ResultFormat* const found = find_result_format(format);
  REQUIRE(found != nullptr);
  return found->read(std::make_shared<base::Source>("result", std::move(text)));
}

std::string read_and_spell(std::string_view format, std::string text) {
  const auto result = read(format, std::move(text));
  return result ? spell(*result) : fmt::format("error: {}\n", result.error().message);
}

struct Sample {
  std::string_view format;
  std::string_view file;
  std::string_view wanted;
};

const std::vector<Sample> kSamples = {
    {"junit", "phpunit.xml",
     R"(/srv/app/php/BrokenTest.php:7:0 error [RuntimeException] testOne: RuntimeException: no server
/srv/app/php/SumTest.php:14:0 error [PHPUnit\Framework\ExpectationFailedException] testFails: sums
/srv/app/php/SumTest.php:19:0 error [RuntimeException] testThrows: RuntimeException: no <sum> & "co"
/srv/app/php/SumTest.php:32:0 warning [PHPUnit\Framework\RiskyTestError] testRisky: This test did not perform any assertions
/srv/app/php/SumTest.php:38:0 error [PHPUnit\Framework\Error\Warning] testWarns: old way
/srv/app/php/SumTest.php:44:0 error [PHPUnit\Framework\ExpectationFailedException] testEach with data set "two": Failed asserting that 2 is identical to 1.
/srv/app/php/SumTest.php:0:0 error [PHPUnit\Framework\Error] Error: The data provider specified for SumTest::testNoProvider is invalid.
9 run, 6 failed, 2 skipped
)"},
    {"junit", "phpunit-warnings.xml",
     R"(/srv/app/php/w/EmptyTest.php:0:0 warning [PHPUnit\Framework\Warning] Warning: No tests found in class "EmptyTest".
/srv/app/php/w/LooseTest.php:5:0 warning [PHPUnit\Framework\Warning] testLoose: soon gone
2 run, 0 failed, 0 skipped
)"},
    {"junit", "pytest.xml",
     R"(test_broken.py:1:0 error [] test_broken: ModuleNotFoundError: No module named 'nothing_here'
test_sum.py:21:0 error [] test_fails: AssertionError: sums <add> & up
test_sum.py:7:0 error [] test_setup: failed on setup with "RuntimeError: no database"
test_sum.py:29:0 error [] test_both: assert 1 == 2
test_sum.py:13:0 error [] test_both: failed on teardown with "RuntimeError: cannot close"
:0:0 error [] test_mended: [XPASS(strict)] mended
test_sum.py:49:0 error [] test_each[2]: assert 2 == 1
test_sum.py:54:0 error [] test_sub: AssertionError: no
9 run, 7 failed, 2 skipped
)"},
    {"junit", "pytest-xunit1.xml",
     R"(test_sum.py:21:0 error [] test_fails: AssertionError: sums <add> & up
test_sum.py:7:0 error [] test_setup: failed on setup with "RuntimeError: no database"
test_sum.py:29:0 error [] test_both: assert 1 == 2
test_sum.py:13:0 error [] test_both: failed on teardown with "RuntimeError: cannot close"
test_sum.py:42:0 error [] test_mended: [XPASS(strict)] mended
test_sum.py:49:0 error [] test_each[2]: assert 2 == 1
test_sum.py:54:0 error [] test_sub: AssertionError: no
8 run, 6 failed, 2 skipped
)"},
    {"junit", "node.xml",
     R"(/srv/app/js/sum.test.js:4:30 error [testCodeFailure] fails: 3 == 4
/srv/app/js/sum.test.js:7:47 error [testCodeFailure] child # fails: no
5 run, 2 failed, 2 skipped
)"},
    {"sarif", "sarif.json",
     R"(/srv/app/aé.c:4:2-5:7 note [A1] rule's level
src/by index.c:1:0 error [A2] call of `gets` from main {9} {x}
:0:0 warning [] no rule
:0:0 note [A1] look at this
:0:0 note [A1] not suppressed
:0:0 note [A1] rejected
b.c:0:0 error [parse] cannot parse
:0:0 error [] third says that it did not come to its end
)"},
    {"checkstyle", "phpcs.xml",
     R"(/srv/app/php/bad.php:2:1 error [PEAR.Commenting.FileComment.Missing] Missing file doc comment
/srv/app/php/bad.php:2:1 error [PEAR.Commenting.ClassComment.Missing] Missing doc comment for class bad_name
/srv/app/php/bad.php:2:1 error [PEAR.NamingConventions.ValidClassName.StartWithCapital] Class name must begin with a capital letter
/srv/app/php/bad.php:2:1 error [PEAR.NamingConventions.ValidClassName.Invalid] Class name is not valid; consider Bad_Name instead
/srv/app/php/bad.php:2:16 error [PEAR.Classes.ClassDeclaration.OpenBraceNewLine] Opening brace of a class must be on the line after the definition
/srv/app/php/bad.php:3:3 error [PEAR.WhiteSpace.ScopeIndent.IncorrectExact] Line indented incorrectly; expected 4 spaces, found 2
/srv/app/php/bad.php:3:3 error [PEAR.Commenting.FunctionComment.Missing] Missing doc comment for function f()
/srv/app/php/bad.php:3:19 error [PEAR.Functions.FunctionDeclaration.BraceOnSameLine] Opening brace should be on a new line
/srv/app/php/bad.php:4:1 error [Generic.WhiteSpace.DisallowTabIndent.TabsUsed] Spaces must be used to indent lines; tabs are not allowed
/srv/app/php/bad.php:4:2 error [PEAR.WhiteSpace.ScopeIndent.IncorrectExact] Line indented incorrectly; expected 8 spaces, found 1
/srv/app/php/bad.php:4:2 error [PEAR.ControlStructures.ControlSignature.Found] Expected "if (...) {\n"; found "if(...) { "
/srv/app/php/bad.php:4:23 error [Generic.PHP.LowerCaseConstant.Found] TRUE, FALSE and NULL must be lowercase; expected "true" but found "TRUE"
/srv/app/php/bad.php:4:29 error [PEAR.WhiteSpace.ScopeClosingBrace.Line] Closing brace must be on a line by itself
/srv/app/php/bad.php:5:3 error [PEAR.WhiteSpace.ScopeIndent.IncorrectExact] Line indented incorrectly; expected 4 spaces, found 2
)"},
    {"checkstyle", "shellcheck.xml",
     R"(bad.sh:2:10 error [ShellCheck.SC2045] Iterating over ls output is fragile. Use globs.
bad.sh:2:15 note [ShellCheck.SC2035] Use ./*glob* or -- *glob* so names with dashes won't become options.
bad.sh:3:7 note [ShellCheck.SC2086] Double quote to prevent globbing and word splitting.
bad.sh:5:3 note [ShellCheck.SC2006] Use $(...) notation instead of legacy backticks `...`.
bad.sh:6:8 warning [ShellCheck.SC3014] In POSIX sh, == in place of = is undefined.
bad.sh:6:18 note [ShellCheck.SC2162] read without -r will mangle backslashes.
bad.sh:6:23 warning [ShellCheck.SC2034] y appears unused. Verify use (or export if used externally).
)"},
    {"rdjson", "rdjson.json",
     R"(src/a.go:3:5-3:8 error [V1] unused variable
LICENSE:0:0 warning [] no licence
a.md:1:0 note [] spelling
)"},
    {"rdjsonl", "rdjsonl.jsonl",
     R"(src/a.go:3:5 warning [V1] unused variable
LICENSE:0:0 error [] no licence
)"},
    {"tap", "node.tap",
     R"(/srv/app/js/sum.test.js:4:30 error [ERR_ASSERTION] fails: 3 == 4
/srv/app/js/sum.test.js:7:47 error [ERR_TEST_FAILURE] child # fails: no
6 run, 2 failed, 1 skipped
)"},
    {"tap", "node-crash.tap",
     R"(/srv/app/js/crash.test.js:1:1 error [ERR_TEST_FAILURE] /srv/app/js/crash.test.js: test failed
1 run, 1 failed, 0 skipped
)"},
    {"github", "github.txt",
     R"(src/app.js:10:5-11:9 error [no-var] use let
or const: 100%
a,b.js:1:0 warning [] Ruff (F401): `os` imported but unused
:0:0 note [] nothing to see
C:/x.js:0:0 error [E1] 
)"},
    {"eslint", "eslint.json",
     R"(/srv/app/js/bad.js:2:7-2:9 warning [eqeqeq] Expected '===' and instead saw '=='.
/srv/app/js/bad.js:2:13-3:2 error [no-empty] Empty block statement.
/srv/app/js/bad.js:4:1 warning [] Unused eslint-disable directive (no problems were reported from 'no-undef').
/srv/app/js/bad.js:5:22-5:24 warning [eqeqeq] Expected '===' and instead saw '=='.
/srv/app/js/broken.js:1:7 error [] Parsing error: Unexpected token =
)"},
    {"phpstan", "phpstan.json",
     R"(/srv/app/app/User.php:14:0 error [return.type] Method App\User::name() should return string but returns int.
/srv/app/app/User.php:0:0 error [] Class App\User extends unknown class Model.
/srv/app/app/Named.php:9:0 error [property.notFound] Access to an undefined property App\User::$title.
:0:0 error [] Ignored error pattern #^x$# was not matched in reported errors.
)"},
    {"phpstan", "phpstan-clean.json", ""},
    {"psalm", "psalm.json",
     R"(src/User.php:5:16-5:17 error [InvalidReturnStatement] The inferred type 'int' does not match the declared return type 'string'
src/User.php:9:21-11:6 note [MissingReturnType] Method App\User::x does not have a return type
)"},
    {"pint", "pint.json",
     R"(app/User.php:0:0 error [] is not formatted: class_definition, braces_position
routes/web.php:0:0 error [no_unused_imports] is not formatted: no_unused_imports
app/Plain.php:0:0 error [] is not formatted
)"},
    {"bandit", "bandit.json",
     R"(bad.py:1:0 note [B404] Consider possible security implications associated with subprocess module.
bad.py:4:0 error [B602] subprocess call with shell=True identified, security issue.
bad.py:5:0 note [B101] Use of assert detected. The enclosed code will be removed when compiling to optimised byte code.
bad.py:20:0 note [B110] Try, Except, Pass detected.
syntax.py:0:0 error [] could not be read: syntax error while parsing AST from file
)"},
    {"ruff", "ruff.json",
     R"(/srv/app/app.py:1:8-1:10 error [F401] `os` imported but unused
/srv/app/broken.py:2:6-3:1 error [] SyntaxError: Expected an expression
)"},
    {"mypy", "mypy.jsonl",
     R"(bad.py:9:12 error [return-value] Incompatible return value type (got "int", expected "str")
bad.py:13:17 note [misc] Revealed type is "builtins.int"
app.py:1:0 error [import-not-found] Cannot find implementation or library stub for module named "x"
)"},
    {"pip-audit", "pip-audit.json",
     R"(:0:0 error [PYSEC-2019-179] flask 0.5 has PYSEC-2019-179, mended in 1.0
:0:0 error [PYSEC-2018-66] flask 0.5 has PYSEC-2018-66, no version mends it
:0:0 warning [skipped] app was not audited: Dependency not found on PyPI and could not be audited: app (1.0)
)"},
    {"npm-audit", "npm-audit.json",
     R"(:0:0 warning [GHSA-vh95-rmgr-6w4m] minimist <0.2.1: Prototype Pollution in minimist
:0:0 error [GHSA-xvch-5gv4-984h] minimist <0.2.4: Prototype Pollution in minimist
)"},
    {"npm-audit", "npm-audit-no-lock.json",
     R"(error: npm says: This command requires an existing lockfile.
)"},
    {"npm-audit", "npm-audit-refused.json",
     R"(error: npm says: 405 Method Not Allowed - POST https://registry.example.org/-/npm/v1/security/advisories/bulk
)"},
    {"composer-audit", "composer-audit.json",
     R"(:0:0 warning [CVE-2022-24775] guzzlehttp/psr7 <1.8.4|>=2.0.0,<2.1.1: CVE-2022-24775: Inproper parsing of HTTP headers
:0:0 error [PKSA-1111-2222-3333] acme/mailer <6.2: Headers can be injected
:0:0 warning [abandoned] acme/old is abandoned; use acme/new
:0:0 warning [abandoned] acme/gone is abandoned
)"},
    {"composer-audit", "composer-audit-clean.json", ""},
    {"composer-validate", "composer-validate.txt",
     R"(composer.json:0:0 error [] name : Does not match the regex pattern ^[a-z0-9]([_.-]?[a-z0-9]+)*/[a-z0-9](([_.]|-{1,2})?[a-z0-9]+)*$
composer.json:0:0 error [] minimum-stability : Does not have a value in the enumeration ["dev","alpha","beta","rc","RC","stable"]
)"},
    {"composer-validate", "composer-validate-lock.txt",
     R"(composer.lock:0:0 error [] The lock file is not up to date with the latest changes in composer.json, it is recommended that you run `composer update` or `composer update <package name>`.
composer.lock:0:0 error [] Required package "psr/log" is not present in the lock file.
)"},
    {"composer-validate", "composer-validate-json.txt",
     R"(composer.json:2:0 error [] "./composer.json" does not contain valid JSON; Expected: 'STRING' - It appears you have an extra trailing comma
)"},
    {"hadolint", "hadolint.json",
     R"(Dockerfile:1:1 warning [DL3006] Always tag the version of an image explicitly
Dockerfile:3:1 note [SC2086] Double quote to prevent globbing and word splitting.
docker/Dockerfile:7:5 error [DL1000] unexpected 'F'
)"},
    {"shellcheck", "shellcheck.json",
     R"(bad.sh:2:10-2:19 error [SC2045] Iterating over ls output is fragile. Use globs.
bad.sh:2:15-2:16 note [SC2035] Use ./*glob* or -- *glob* so names with dashes won't become options.
bad.sh:3:7-3:9 note [SC2086] Double quote to prevent globbing and word splitting.
bad.sh:5:3-5:9 note [SC2006] Use $(...) notation instead of legacy backticks `...`.
bad.sh:6:8-6:10 warning [SC3014] In POSIX sh, == in place of = is undefined.
bad.sh:6:18-6:22 note [SC2162] read without -r will mangle backslashes.
bad.sh:6:23-6:24 warning [SC2034] y appears unused. Verify use (or export if used externally).
)"},
    {"tsc", "tsc.txt",
     R"(bad.ts:2:27 error [TS2322] Type 'number' is not assignable to type 'string'.
bad.ts:4:3 error [TS2345] Argument of type '(n: number) => number' is not assignable to parameter of type '(s: string) => number'. Types of parameters 'n' and 's' are incompatible. Type 'string' is not assignable to type 'number'.
bad.ts:5:5 error [TS2322] Type 'undefined' is not assignable to type 'string'.
bad.ts:6:18 error [TS2352] Conversion of type '{ a: number; b: { c: { d: number; }; }; }' to type 'A' may be a mistake because neither type sufficiently overlaps with the other. If this was intentional, convert the expression to 'unknown' first. The types of 'b.c' are incompatible between these types. Type '{ d: number; }' is not comparable to type 'string'.
)"},
};

TEST_CASE("each tool's output becomes findings with their places") {
  for (const Sample& one : kSamples) {
    INFO(one.file);
    CHECK(read_and_spell(one.format, sample(one.file)) == one.wanted);
  }
}

TEST_CASE("each format has a sample") {
  for (const ResultFormat* format : result_formats()) {
    INFO(format->name);
    CHECK(std::any_of(kSamples.begin(), kSamples.end(),
                      [&](const Sample& one) { return one.format == format->name; }));
  }
  CHECK(result_formats().size() == 21);
  CHECK(find_result_format("nonsense") == nullptr);
}

// A format of lines has no end that could be missing: what is left of it are whole lines, and who
// calls has the exit status beside it.
bool has_end(std::string_view format) {
  return format != "github" && format != "tsc" && format != "mypy" && format != "rdjsonl" &&
         format != "composer-validate";
}

TEST_CASE("output that was cut is an error, wherever it was cut") {
  for (const Sample& one : kSamples) {
    if (!has_end(one.format)) continue;
    const std::string whole = sample(one.file);
    const std::size_t end = whole.find_last_not_of(" \n") + 1;
    for (std::size_t size = 0; size < end; ++size) {
      INFO(one.file << " cut after " << size);
      const auto result = read(one.format, whole.substr(0, size));
      if (one.format != "tap" || size < whole.rfind("1..") + 4) REQUIRE_FALSE(result.has_value());
    }
  }
}

TEST_CASE("a record of JSON lines that was cut is an error") {
  for (const std::string_view format : {"mypy", "rdjsonl"}) {
    const std::string whole = R"({"message": "x", "location": {"path": "a"}})";
    for (std::size_t size = 1; size < whole.size(); ++size) {
      CHECK_FALSE(read(format, whole.substr(0, size)).has_value());
      CHECK_FALSE(read(format, whole + "\n" + whole.substr(0, size) + "\n").has_value());
    }
  }
}

struct Text {
  std::string_view format;
  std::string_view text;
  std::string_view wanted;
};

TEST_CASE("what is none of a format is an error, not an empty result") {
  const std::vector<Text> texts = {
      {"junit", "", "error: there is no root element\n"},
      {"junit", "Tests: 1", "error: line 1, column 1: something stands beside the root element\n"},
      {"junit", "<html/>", "error: there is no `testsuites` or `testsuite` element\n"},
      {"junit", "<testsuites/><testsuites/>",
       "error: line 1, column 15: something stands beside the root element\n"},
      {"checkstyle", "<testsuites/>", "error: there is no `checkstyle` element\n"},
      {"checkstyle", "<checkstyle><file name='a'><error line='1'/></file></checkstyle>",
       "error: a record has no `@message`\n"},
      {"sarif", R"({"runs": []})", "error: `runs` is empty: no tool ran\n"},
      {"sarif", R"({"runs": null})", "error: `runs` is nothing, not a list\n"},
      {"sarif", R"({"runs": [{"tool": {}}]})", "error: there is no `results`\n"},
      {"sarif", R"({"runs": [{"results": [{"ruleId": "A"}]}]})",
       "error: a result has no message\n"},
      {"rdjson", R"({"message": "x"})", "error: there is no `diagnostics`\n"},
      {"rdjsonl", "[]\n", "error: record 1: a record has no `message`\n"},
      {"mypy", "{\"message\": \"x\"}\nTraceback (most recent call last):\n",
       "error: record 2: line 1, column 1: `Traceback` is no value\n"},
      {"tap", "", "error: there is no plan (`1..N`): the output is no TAP, or it was cut\n"},
      {"tap", "ok 1\n1..x\n",
       "error: there is no plan (`1..N`): the output is no TAP, or it was cut\n"},
      {"tap", "1..1\nok 1\n1..1\nok 1\n", "error: there are two plans (`1..N`)\n"},
      {"tap", "1..2\n    not ok 1 - child\n",
       "error: the output ends among subtests: it was cut\n"},
      {"tap", "1..1\nnot ok 1\n  ---\n  error: x\n",
       "error: the details of a test have no end: the output was cut\n"},
      {"eslint", R"([{"filePath": "a.js"}])", "error: there is no `messages`\n"},
      {"eslint", R"([{"filePath": "a.js", "messages": [{"line": 1}]}])",
       "error: a record has no `message`\n"},
      {"phpstan", R"({"files": null, "errors": []})", "error: `files` is nothing, not a list\n"},
      {"phpstan", R"({"files": []})", "error: there is no `errors`\n"},
      {"pint", R"({"files": [{"appliedFixers": []}]})", "error: a file has no `name`\n"},
      {"bandit", R"({"results": []})", "error: there is no `errors`\n"},
      {"pip-audit", R"([{"name": "a", "version": "1"}])", "error: there is no `vulns`\n"},
      {"npm-audit", R"({"advisories": {}})", "error: there is no `vulnerabilities`\n"},
      {"npm-audit", R"({"error": {}})", "error: npm says: the audit failed\n"},
      {"npm-audit", R"({"vulnerabilities": {"a": {"via": ["b"]}, "b": {"via": ["a"]}}})",
       "error: `vulnerabilities` names packages and no hole\n"},
      {"composer-audit", R"({"advisories": null})", "error: `advisories` is nothing, not a list\n"},
      {"composer-audit", R"({"advisories": {"a/b": "x"}})",
       "error: the advisories of `a/b` are no list\n"},
      {"hadolint", R"([{"filePath": "a.js", "messages": []}])",
       "error: a record has no `message`\n"},
      {"shellcheck", "No files specified.\n", "error: line 1, column 1: `No` is no value\n"},
  };
  for (const Text& one : texts) {
    INFO(one.format << ": " << one.text);
    CHECK(read_and_spell(one.format, std::string(one.text)) == one.wanted);
  }
}

TEST_CASE("a JSON value of another type is an error in every format of JSON") {
  for (const std::string_view format :
       {"sarif", "rdjson", "rdjsonl", "eslint", "phpstan", "psalm", "pint", "bandit", "ruff",
        "mypy", "pip-audit", "npm-audit", "composer-audit", "hadolint", "shellcheck"}) {
    for (const std::string_view text : {"null", "true", "12", "\"text\"", "[1]", "[null]", "[[]]",
                                        "{}", "{\"x\": []}", "[{\"unknown\": 1}]"}) {
      INFO(format << ": " << text);
      CHECK_FALSE(read(format, std::string(text)).has_value());
    }
  }
}

TEST_CASE("oddities of single formats") {
  const std::vector<Text> texts = {
      {"junit", "<testsuites/>", "0 run, 0 failed, 0 skipped\n"},
      {"junit", R"(<testsuite name="s" file="s.php"><error message="died"/></testsuite>)",
       "s.php:0:0 error [] s: died\n0 run, 0 failed, 0 skipped\n"},
      {"junit", R"(<testsuite name="s" failures="2" errors="1"><testcase name="a"/></testsuite>)",
       ":0:0 error [] s: 3 failures were counted and none is told of\n1 run, 0 failed, 0 "
       "skipped\n"},
      {"junit", R"(<testsuite><testcase name="t"><failure/></testcase></testsuite>)",
       ":0:0 error [] the test t failed\n1 run, 1 failed, 0 skipped\n"},
      {"junit",
       R"(<testsuite><testcase name="t"><failure><![CDATA[a <b> &c;]]></failure></testcase></testsuite>)",
       ":0:0 error [] t: a <b> &c;\n1 run, 1 failed, 0 skipped\n"},
      {"junit", R"(<testsuite><testcase name="t" status="notrun"/></testsuite>)",
       "0 run, 0 failed, 1 skipped\n"},
      {"junit",
       R"(<testsuite><testcase name="t" line="99999999999" file="a.py::t"><skipped/><failure message="x"/></testcase></testsuite>)",
       "a.py:0:0 error [] t: x\n1 run, 1 failed, 0 skipped\n"},
      {"junit",
       "<testsuite><testcase name='t'><error>java.lang.Error: x\n\tat "
       "a.B.c(B.java:12)</error></testcase></testsuite>",
       ":0:0 error [] t: java.lang.Error: x\n1 run, 1 failed, 0 skipped\n"},
      {"junit",
       "<testsuite><testcase name='t'><failure message='x'>at db.example.org:5432 "
       "refused\nhttp://example.org:80\n"
       "    at run (node:internal/test:9:1)\n    at f (/srv/node_modules/a/b.js:1:2)\n"
       "    at async /srv/t.js:3:4\n    at Object.&lt;anonymous&gt; "
       "(/srv/t.js:5:6)</failure></testcase></testsuite>",
       "/srv/t.js:5:6 error [] t: x\n1 run, 1 failed, 0 skipped\n"},
      {"checkstyle", "<checkstyle/>", ""},
      {"checkstyle",
       "<checkstyle><file name='A.java'><exception>\n<![CDATA[died\nat "
       "x]]></exception></file></checkstyle>",
       "A.java:0:0 error [exception] died\n"},
      {"rdjsonl", "", ""},
      {"mypy", "Success: no issues found in 1 source file\n", ""},
      {"tap", "1..0 # SKIP no server\n", "0 run, 0 failed, 0 skipped\n"},
      {"tap", "1..3\nok 1\nok 2 - b\n",
       ":0:0 error [] 3 tests were planned and 2 ran\n2 run, 0 failed, 0 skipped\n"},
      {"tap", "ok 1\nBail out! no disk\n",
       ":0:0 error [] the tests were given up: no disk\n1 run, 0 failed, 0 skipped\n"},
      {"tap",
       "TAP version 14\nnot ok 1 - a # skip\nnot ok 2 - b \\# todo\nnot ok 3 c # Todo x\nok\nnot "
       "okay\n1..4\r\n",
       ":0:0 error [] the test a failed\n:0:0 error [] the test b # todo failed\n4 run, 2 failed, "
       "0 skipped\n"},
      {"tap", "# Subtest: p\n    ok 1 - a\n    1..2\nok 1 - p\n1..1\n",
       ":0:0 error [] 2 tests were planned and 1 ran\n1 run, 0 failed, 0 skipped\n"},
      {"tap",
       "# Subtest: p\n    ok 1 - a\n    1..1\nnot ok 1 - p\n  ---\n  error: |-\n    'after' hook\n "
       "   failed\n  ...\n1..1\n",
       ":0:0 error [] p: 'after' hook\n2 run, 1 failed, 0 skipped\n"},
      {"tap",
       "not ok 1 - t\n  ---\n  message: \"it's \\\"x\\\"\"\n  at:\n    file: t/a.t\n    line: 7\n  "
       "...\n1..1\n",
       "t/a.t:7:0 error [] t: it's \"x\"\n1 run, 1 failed, 0 skipped\n"},
      {"github", "::error\n::error file=a\n##[error]x\n::errors::x\n ::error::%zz%\n",
       ":0:0 error [] %zz%\n"},
      {"eslint", "[]", ""},
      {"npm-audit", R"({"auditReportVersion": 2, "vulnerabilities": {}})", ""},
      {"shellcheck", R"({"comments":[]})", ""},
      {"shellcheck",
       R"([{"file":"a","line":-1,"column":4294967296,"level":"odd","code":1000,"message":"\ud83d\ude00"}])",
       "a:0:0 error [SC1000] 😀\n"},
      {"bandit",
       R"({"results":[{"filename":"a.py","line_number":1,"col_offset":0,"issue_severity":"UNDEFINED","test_id":"B1","issue_text":"x"}],"errors":[]})",
       "a.py:1:1 error [B1] x\n"},
      {"composer-validate", "./composer.json is valid\n", ""},
      {"composer-validate",
       "./composer.json is invalid, the following errors/warnings were found:\n# General errors\n- "
       "a "
       ": b\r\n- c\n# General warnings\n- No license specified\n# Lock file errors\n- d\n",
       "composer.json:0:0 error [] a : b\ncomposer.json:0:0 error [] c\ncomposer.lock:0:0 error [] "
       "d\n"},
      {"composer-validate",
       "\nIn Locker.php line 163:\n\n  The lock file\n  is broken\n\nvalidate [-h]\n",
       "composer.lock:0:0 error [] The lock file; is broken\n"},
      {"tsc", "error TS5023: Unknown compiler option '--nonsense'.\n",
       ":0:0 error [TS5023] Unknown compiler option '--nonsense'.\n"},
      {"tsc", "app/(shop)/page.tsx(3,7): error TS1: a\r\n  b\r\n\r\n  c\r\nFound 1 error.\n",
       "app/(shop)/page.tsx:3:7 error [TS1] a b\n"},
  };
  for (const Text& one : texts) {
    INFO(one.format << ": " << one.text);
    CHECK(read_and_spell(one.format, std::string(one.text)) == one.wanted);
  }
}

TEST_CASE("hostile text ends neither in a crash nor in a pass") {
  const std::vector<std::string> texts = {
      std::string(100'000, '['),
      std::string(100'000, '{'),
      std::string(100'000, '<'),
      {'\xFF', '\xFE', '<', '\0', 't', '\0', '>', '\0'},
      std::string("[]\0", 3),
      R"({"\ud800": "\udc00")",
      "<!DOCTYPE a [<!ENTITY a \"&a;&a;\">]><a>&a;</a",
  };
  for (const ResultFormat* format : result_formats()) {
    if (!has_end(format->name)) continue;
    for (const std::string& text : texts) {
      INFO(format->name << ": " << text.substr(0, 60));
      CHECK_FALSE(format->read(std::make_shared<base::Source>("x", text)).has_value());
    }
  }
}

TEST_CASE("suites nested to the limit of XML are read, beyond it they are an error") {
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i)
      text += "<testsuite>";
    text += R"(<testcase name="deep"><failure message="no"/></testcase>)";
    for (std::size_t i = 0; i < depth; ++i)
      text += "</testsuite>";
    return text;
  };
  CHECK(read_and_spell("junit", nested(250)) ==
        ":0:0 error [] deep: no\n1 run, 1 failed, 0 skipped\n");
  CHECK(read_and_spell("junit", nested(256)) == "error: elements are nested too deeply\n");
}

TEST_CASE("a pattern of the user reads lines") {
  auto pattern = base::Pattern::compile(
      R"(^(?P<file>[^:]+):(?P<line>\d+)(?::(?P<column>\d+))?: (?P<severity>\w+): (?P<message>.*?)(?: \[(?P<code>\S+)\])?$)",
      {});
  auto formatted = base::Pattern::compile("^would reformat (?P<file>.+)$", {});
  REQUIRE(pattern.has_value());
  REQUIRE(formatted.has_value());
  std::vector<base::Pattern> patterns;
  patterns.push_back(*std::move(pattern));
  patterns.push_back(*std::move(formatted));
  CHECK(spell(read_lines("a.py:3: error: no \xFF type [arg]\r\ntalk\nb.py:99999999999:2: Note: x\n"
                         "would reformat c.py\n",
                         patterns)) ==
        "a.py:3:0 error [arg] no \xFF type\nb.py:0:2 note [] x\nc.py:0:0 error [] \n");
  CHECK(spell(read_lines("", patterns)).empty());
  CHECK(spell(read_lines("a.py:3: error: x\n", {})).empty());
}

}  // namespace
}  // namespace gate::readers
