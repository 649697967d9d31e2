// Test Anything Protocol 13 and 14: one line a test.
#include <charconv>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/results/formats.h"

namespace gate::readers {
namespace {

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// One test line, taken apart.
struct TestLine {
  bool ok = false;
  std::string_view description;
  std::string directive;  // in lower case: "skip", "todo" or empty
};

TestLine take_apart(std::string_view line) {
  TestLine test;
  test.ok = line.starts_with("ok");
  line = trim(line.substr(test.ok ? 2 : 6));
  line = trim(line.substr(std::min(line.find_first_not_of("0123456789"), line.size())));
  if (line.starts_with('-')) line = trim(line.substr(1));
  const std::size_t hash = line.find('#');
  if (hash != std::string_view::npos) {
    const std::string words = base::to_lower(trim(line.substr(hash + 1)));
    for (const std::string_view directive : {"skip", "todo"}) {
      if (words.starts_with(directive)) test.directive = directive;
    }
  }
  test.description = test.directive.empty() ? line : trim(line.substr(0, hash));
  return test;
}

bool is_test(std::string_view line) {
  const auto starts = [&](std::string_view word) {
    return line.starts_with(word) && (line.size() == word.size() || line[word.size()] == ' ');
  };
  return starts("ok") || starts("not ok");
}

Result<ToolResult> read(std::shared_ptr<const base::Source> source) {
  ToolResult result;
  TestCounts tests;
  std::uint64_t seen = 0;
  std::uint64_t planned = 0;
  bool has_plan = false;
  for (std::uint32_t number = 1; number <= source->lines().count(); ++number) {
    const std::string_view line = source->lines().line(number);
    if (line.starts_with("Bail out!")) {
      result.findings.push_back({});
      result.findings.back().message =
          fmt::format("the tests were given up: {}", trim(line.substr(9)));
    } else if (line.starts_with("1..")) {
      const auto parsed = std::from_chars(line.data() + 3, line.data() + line.size(), planned);
      has_plan = parsed.ec == std::errc();
    } else if (is_test(line)) {
      ++seen;
      const TestLine test = take_apart(line);
      if (test.directive == "skip") {
        ++tests.skipped;
        continue;
      }
      ++tests.run;
      // A test that is still to be done may fail.
      if (test.ok || test.directive == "todo") continue;
      ++tests.failed;
      ToolFinding finding;
      finding.message = fmt::format("the test {} failed", test.description.empty()
                                                              ? fmt::format("{}", seen)
                                                              : std::string(test.description));
      result.findings.push_back(std::move(finding));
    }
  }
  if (!has_plan) return Error{"there is no plan (`1..N`): the output is no TAP, or it was cut"};
  if (seen != planned) {
    ToolFinding finding;
    finding.message = fmt::format("{} tests were planned and {} ran", planned, seen);
    result.findings.push_back(std::move(finding));
  }
  result.tests = tests;
  return result;
}

}  // namespace

const ResultFormat kTapResult{"tap", "Test Anything Protocol: `prove`, `node --test`, bats", read};

}  // namespace gate::readers
