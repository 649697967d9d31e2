// JUnit XML, as phpunit, pytest, jest-junit, surefire and others write it.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "gate/readers/formats/xml.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"

namespace gate::readers {
namespace {

constexpr std::size_t kDepth = 32;

std::string first_line(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin);
  return std::string(text.substr(0, text.find_first_of("\r\n")));
}

class JunitReader {
 public:
  Result<ToolResult> read(const Value& root) {
    result_.tests = TestCounts();
    bool suites = false;
    for (const Value& child : root.children()) {
      if (child->key != "testsuites" && child->key != "testsuite") continue;
      suites = true;
      read_suite(child, text_field(child, "@file"), 0);
    }
    if (!suites) return Error{"there is no `testsuites` or `testsuite` element"};
    return std::move(result_);
  }

 private:
  void read_suite(const Value& suite, const std::string& file, std::size_t depth) {
    for (const Value& child : suite.children()) {
      if (child->key == "testsuite" && depth < kDepth) {
        const std::string own = text_field(child, "@file");
        read_suite(child, own.empty() ? file : own, depth + 1);
      } else if (child->key == "testcase") {
        read_case(child, file);
      } else if (child->key == "error" || child->key == "failure") {
        // A suite that broke down outside of its cases.
        add(child, child, file);
      }
    }
  }

  void read_case(const Value& test, const std::string& suite_file) {
    bool failed = false;
    bool skipped = false;
    for (const Value& child : test.children()) {
      if (child->key == "failure" || child->key == "error") {
        failed = true;
        const std::string own = text_field(test, "@file");
        add(test, child, own.empty() ? suite_file : own);
      }
      skipped = skipped || child->key == "skipped";
    }
    TestCounts& tests = *result_.tests;
    if (skipped && !failed) {
      ++tests.skipped;
    } else {
      ++tests.run;
      if (failed) ++tests.failed;
    }
  }

  void add(const Value& test, const Value& problem, const std::string& file) {
    ToolFinding finding;
    finding.path = file;
    finding.line = number_field(test, "@line");
    finding.code = text_field(problem, "@type");
    const std::string name = text_field(test, "@name");
    std::string message = first_line(text_field(problem, "@message"));
    if (message.empty()) message = first_line(text_field(problem, "#text"));
    finding.message = message.empty() ? fmt::format("the test {} failed", name)
                                      : fmt::format("{}: {}", name, message);
    result_.findings.push_back(std::move(finding));
  }

  ToolResult result_;
};

Result<ToolResult> read(std::shared_ptr<const base::Source> source) {
  GATE_TRY(const auto document, parse_xml(std::move(source)));
  return JunitReader().read(document->root());
}

}  // namespace

const ResultFormat kJunitResult{
    "junit", "JUnit XML: `phpunit --log-junit`, `pytest --junitxml`, jest-junit and many others",
    read};

}  // namespace gate::readers
