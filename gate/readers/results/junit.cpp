// JUnit XML, as phpunit, pytest, jest-junit, surefire and others write it (no schema binds them;
// what is read here was seen in the output of phpunit 9, pytest 7, node 20 and phpcs 3).
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "gate/readers/formats/xml.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"
#include "gate/readers/results/trace.h"

namespace gate::readers {
namespace {

// phpunit reports a test as broken that only did not prove anything; it exits 0 all the same.
constexpr std::string_view kRisky = "PHPUnit\\Framework\\RiskyTestError";

bool is_problem(const Value& element) {
  return element->key == "failure" || element->key == "error";
}

// Returns the text of a problem without phpunit's headline, which is the name of the test.
std::string_view without_headline(std::string_view text, std::string_view name,
                                  std::string_view class_name) {
  const std::string headline = first_line(text);
  const bool names_test =
      headline == name ||
      (!class_name.empty() && headline.starts_with(fmt::format("{}::", class_name)));
  if (!names_test) return text;
  return text.substr(std::min(text.find(headline) + headline.size(), text.size()));
}

// Returns what Python raised, from a traceback of pytest ("E   ImportError: ...").
std::string raised(std::string_view text) {
  constexpr std::string_view kMark = "\nE  ";
  const std::size_t at = text.find(kMark);
  return at == std::string_view::npos ? std::string() : first_line(text.substr(at + kMark.size()));
}

class JunitReader {
 public:
  Result<ToolResult> read(const Value& root) {
    result_.tests = TestCounts();
    result_.columns = ColumnUnit::utf16;  // only traces of JavaScript have columns
    bool suites = false;
    for (const Value& child : root.children()) {
      if (child->key != "testsuites" && child->key != "testsuite") continue;
      suites = true;
      read_suite(child, {});
    }
    if (!suites) return Error{"there is no `testsuites` or `testsuite` element"};
    return std::move(result_);
  }

 private:
  // What a suite tells of the cases in it.
  struct Suite {
    std::string file;
    std::uint32_t first_line = 1;  // pytest counts lines from 0
  };

  // One case, or a suite that broke down outside of its cases.
  struct Subject {
    std::string name;
    std::string class_name;
    std::string file;
    std::uint32_t line = 0;
  };

  void read_suite(const Value& element, Suite suite) {
    const std::uint64_t problems_before = problems_;
    const Subject own = subject_of(element, suite);
    suite.file = own.file;
    if (own.name == "pytest") suite.first_line = 0;
    for (const Value& child : element.children()) {
      if (child->key == "testsuite") {
        read_suite(child, suite);
      } else if (child->key == "testcase") {
        read_case(child, suite);
      } else if (is_problem(child)) {
        add(own, child, ToolLevel::error);
      }
    }
    const std::uint64_t counted =
        std::uint64_t{number_field(element, "@failures")} + number_field(element, "@errors");
    if (counted == 0 || problems_ != problems_before) return;
    ++problems_;
    result_.findings.emplace_back();
    result_.findings.back().path = own.file;
    result_.findings.back().message =
        fmt::format("{}: {} failures were counted and none is told of", own.name, counted);
  }

  void read_case(const Value& element, const Suite& suite) {
    const Subject test = subject_of(element, suite);
    const std::optional<Value> skip = element.find("skipped");
    const bool disabled =
        text_field(element, "@status") == "notrun" || text_field(element, "@status") == "disabled";
    // A test of node that is still to be done may fail.
    const bool may_fail = skip && text_field(*skip, "@type") == "todo";
    bool failed = false;
    for (const Value& child : element.children()) {
      const bool problem = is_problem(child);
      if (problem) ++problems_;
      if (may_fail || (!problem && child->key != "warning")) continue;
      const bool counts = problem && text_field(child, "@type") != kRisky;
      failed = failed || counts;
      add(test, child, counts ? ToolLevel::error : ToolLevel::warning);
    }
    count(element, failed, (skip || disabled) && !failed);
  }

  // Counts a case; pytest writes a second one for a test that fails and then cannot be torn down.
  void count(const Value& element, bool failed, bool skipped) {
    const std::string id = fmt::format("{}\n{}\n{}", text_field(element, "@classname"),
                                       text_field(element, "@name"), text_field(element, "@line"));
    const bool again = failed && id == last_failed_ && element.find("error");
    last_failed_ = failed ? id : std::string();
    if (again) return;
    TestCounts& tests = *result_.tests;
    ++(skipped ? tests.skipped : tests.run);
    if (failed) ++tests.failed;
  }

  static Subject subject_of(const Value& element, const Suite& suite) {
    Subject subject;
    subject.name = text_field(element, "@name");
    subject.class_name = text_field(element, "@class");
    if (subject.class_name.empty()) subject.class_name = text_field(element, "@classname");
    subject.file = text_field(element, "@file");
    // Pest appends the name of the test.
    subject.file.resize(std::min(subject.file.find("::"), subject.file.size()));
    if (subject.file.empty()) subject.file = suite.file;
    subject.line = number_field(element, "@line");
    if (suite.first_line == 0 && element.find("@line")) ++subject.line;
    return subject;
  }

  void add(const Subject& subject, const Value& problem, ToolLevel level) {
    const std::string text = text_field(problem, "#text");
    std::string message = first_line(text_field(problem, "@message"));
    if (message == "collection failure") message = raised(text);
    if (message.empty())
      message = first_line(without_headline(text, subject.name, subject.class_name));
    ToolFinding finding;
    finding.path = subject.file;
    finding.line = subject.line;
    finding.level = level;
    finding.code = text_field(problem, "@type");
    finding.message = message.empty() ? fmt::format("the test {} failed", subject.name)
                                      : fmt::format("{}: {}", subject.name, message);
    // The line that failed says more than the one where the test begins.
    if (const std::optional<Frame> frame = find_frame(text, subject.file)) {
      finding.path = frame->path;
      finding.line = frame->line;
      finding.column = frame->column;
    }
    result_.findings.push_back(std::move(finding));
  }

  ToolResult result_;
  std::uint64_t problems_ = 0;  // failures and errors seen
  std::string last_failed_;     // the case before, where it failed
};

Result<ToolResult> read(const std::shared_ptr<const base::Source>& source) {
  GATE_TRY(const auto document, parse_xml(source));
  return JunitReader().read(document->root());
}

}  // namespace

const ResultFormat kJunitResult{
    "junit",
    "JUnit XML: `phpunit --log-junit`, `pytest --junitxml`, jest-junit and many others",
    read,
    {},
    ".xml"};

}  // namespace gate::readers
