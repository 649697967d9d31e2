// Test Anything Protocol 13 and 14 (testanything.org): a line a test, subtests indented by four,
// details of a test as YAML behind its line.
#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"
#include "gate/readers/results/trace.h"

namespace gate::readers {
namespace {

constexpr std::size_t kIndent = 4;  // of a subtest
constexpr std::size_t kDepth = 64;

enum class Directive : std::uint8_t { none, skip, todo };

// One test line, taken apart.
struct TestLine {
  bool ok = false;
  bool numbered = false;
  std::string description;
  Directive directive = Directive::none;
};

Directive directive_of(std::string_view words) {
  const std::string lower = base::to_lower(words.substr(0, 4));
  if (lower == "skip") return Directive::skip;
  return lower == "todo" ? Directive::todo : Directive::none;
}

// Takes the directive off a description and undoes the escapes of the rest: `\#` and `\\`.
void read_description(std::string_view text, TestLine& test) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool blank_before = at == 0 || text[at - 1] == ' ';
    if (text[at] == '#' && blank_before) {
      test.directive = directive_of(base::trim(text.substr(at + 1)));
      if (test.directive != Directive::none) break;
    }
    const bool escapes =
        text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '#' || text[at + 1] == '\\');
    test.description += text[escapes ? ++at : at];
  }
  test.description = std::string(base::trim(test.description));
}

// Takes a line without its indentation apart; nothing where it is no test line.
std::optional<TestLine> read_test_line(std::string_view line) {
  TestLine test;
  test.ok = line.starts_with("ok");
  const std::size_t size = test.ok ? 2 : 6;
  if (!test.ok && !line.starts_with("not ok")) return std::nullopt;
  if (line.size() > size && line[size] != ' ') return std::nullopt;
  line = base::trim(line.substr(size));
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  test.numbered = digits != 0;
  line = base::trim(line.substr(digits));
  if (line.starts_with('-')) line = base::trim(line.substr(1));
  read_description(line, test);
  return test;
}

std::optional<std::uint64_t> read_plan(std::string_view line) {
  if (!line.starts_with("1..")) return std::nullopt;
  std::uint64_t planned = 0;
  const char* const end = line.data() + line.size();
  const auto parsed = std::from_chars(line.data() + 3, end, planned);
  const bool whole = parsed.ptr == end || *parsed.ptr == ' ';
  return parsed.ec == std::errc() && whole ? std::optional(planned) : std::nullopt;
}

// Returns a YAML scalar without its quotes.
std::string unquote(std::string_view text) {
  if (text.size() < 2 || text.front() != text.back() || (text[0] != '\'' && text[0] != '"'))
    return std::string(text);
  const char quote = text.front();
  text = text.substr(1, text.size() - 2);
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escapes =
        i + 1 < text.size() &&
        (quote == '\'' ? text[i] == quote && text[i + 1] == quote : text[i] == '\\');
    plain += text[escapes ? ++i : i];
  }
  return plain;
}

class TapReader {
 public:
  Result<ToolResult> read(const base::LineIndex& lines) {
    levels_.emplace_back();
    for (std::uint32_t number = 1; number <= lines.count() && !gave_up_; ++number) {
      GATE_CHECK(read_line(lines.line(number)));
    }
    if (!gave_up_) {
      GATE_CHECK(finish());
    }
    result_.tests = tests_;
    result_.columns = ColumnUnit::utf16;  // only traces of JavaScript have columns
    return std::move(result_);
  }

 private:
  // The tests of one indentation.
  struct Level {
    std::uint64_t seen = 0;
    std::optional<std::uint64_t> planned;
    std::size_t findings = 0;  // how many there were when it began
  };

  Result<void> read_line(std::string_view line) {
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view text = base::trim(line);
    if (details_indent_) {
      if (text == "..." && indent == *details_indent_) {
        end_details();
      } else {
        details_.emplace_back(line);
      }
      return {};
    }
    if (text == "---" && indent == test_indent_ + 2) {
      details_indent_ = indent;
      return {};
    }
    if (line.starts_with("Bail out!")) {
      gave_up_ = true;
      add(fmt::format("the tests were given up: {}", base::trim(line.substr(9))));
      return {};
    }
    if (indent % kIndent != 0 || indent / kIndent >= kDepth) return {};
    return read_statement(text, indent / kIndent);
  }

  Result<void> read_statement(std::string_view text, std::size_t depth) {
    if (const std::optional<std::uint64_t> planned = read_plan(text)) {
      Level& level = level_at(depth);
      if (level.planned) return Error{"there are two plans (`1..N`)"};
      level.planned = planned;
    } else if (const std::optional<TestLine> test = read_test_line(text)) {
      // Indented text is a test only where it cannot be the talk of one.
      if (depth == 0 || test->numbered) count(*test, depth);
    }
    return {};
  }

  Level& level_at(std::size_t depth) {
    while (levels_.size() <= depth)
      levels_.push_back({0, {}, result_.findings.size()});
    return levels_[depth];
  }

  void count(const TestLine& test, std::size_t depth) {
    Level& level = level_at(depth);
    ++level.seen;
    test_indent_ = depth * kIndent;
    failed_.reset();
    const bool has_subtests = levels_.size() > depth + 1 && levels_[depth + 1].seen != 0;
    const bool subtest_failed =
        has_subtests && levels_[depth + 1].findings != result_.findings.size();
    close_below(depth);
    const bool skipped = test.ok && test.directive == Directive::skip;
    // A test that is still to be done may fail.
    const bool failed = !test.ok && test.directive != Directive::todo;
    // A test with subtests is their sum, unless it failed by itself.
    if (has_subtests && (subtest_failed || !failed)) return;
    ++(skipped ? tests_.skipped : tests_.run);
    if (!failed) return;
    ++tests_.failed;
    name_ = test.description.empty() ? fmt::format("{}", levels_[depth].seen) : test.description;
    add(fmt::format("the test {} failed", name_));
    failed_ = result_.findings.size() - 1;
  }

  // Leaves the subtests below a depth; each level has to have seen what it planned.
  void close_below(std::size_t depth) {
    while (levels_.size() > depth + 1) {
      judge_plan(levels_.back());
      levels_.pop_back();
    }
  }

  void judge_plan(const Level& level) {
    if (!level.planned || *level.planned == level.seen) return;
    add(fmt::format("{} tests were planned and {} ran", *level.planned, level.seen));
  }

  void end_details() {
    details_indent_.reset();
    if (failed_) describe(result_.findings[*failed_]);
    details_.clear();
  }

  // Returns the value of a key of the details; of a block of text its first line.
  [[nodiscard]] std::string detail(std::string_view key) const {
    for (std::size_t i = 0; i < details_.size(); ++i) {
      std::string_view line = base::trim(details_[i]);
      if (!line.starts_with(key) || line.substr(key.size(), 1) != ":") continue;
      line = base::trim(line.substr(key.size() + 1));
      const bool block = line.starts_with('|') || line.starts_with('>');
      if (block) line = i + 1 < details_.size() ? base::trim(details_[i + 1]) : std::string_view();
      return unquote(line);
    }
    return {};
  }

  void describe(ToolFinding& finding) const {
    finding.code = detail("code");
    std::string message = detail("error");
    if (message.empty()) message = detail("message");
    if (!message.empty()) finding.message = fmt::format("{}: {}", name_, message);
    finding.path = detail("file");
    const std::string line = detail("line");
    std::from_chars(line.data(), line.data() + line.size(), finding.line);
    std::string trace;
    for (const std::string_view text : details_)
      trace.append(text).append("\n");
    const std::string location = detail("location");
    if (const std::optional<Frame> test = read_place(location)) place_at(finding, *test);
    // The line that failed says more than the one where the test begins.
    const std::string file = finding.path;
    if (const std::optional<Frame> frame = find_frame(trace, file)) place_at(finding, *frame);
  }

  static void place_at(ToolFinding& finding, const Frame& frame) {
    finding.path = frame.path;
    finding.line = frame.line;
    finding.column = frame.column;
  }

  void add(std::string message) {
    result_.findings.emplace_back();
    result_.findings.back().message = std::move(message);
  }

  Result<void> finish() {
    if (details_indent_) return Error{"the details of a test have no end: the output was cut"};
    if (levels_.size() > 1 && levels_[1].seen != 0)
      return Error{"the output ends among subtests: it was cut"};
    close_below(0);
    if (!levels_[0].planned)
      return Error{"there is no plan (`1..N`): the output is no TAP, or it was cut"};
    judge_plan(levels_[0]);
    return {};
  }

  ToolResult result_;
  TestCounts tests_;
  std::vector<Level> levels_;  // the outermost first
  bool gave_up_ = false;
  std::string name_;                           // of the last test that failed
  std::optional<std::size_t> failed_;          // its finding, while details may follow
  std::size_t test_indent_ = 0;                // of the last test line
  std::optional<std::size_t> details_indent_;  // of the details that are open
  std::vector<std::string_view> details_;
};

Result<ToolResult> read(const std::shared_ptr<const base::Source>& source) {
  return TapReader().read(source->lines());
}

}  // namespace

const ResultFormat kTapResult{
    "tap", "Test Anything Protocol: `prove`, `node --test`, bats", read, {}, ".tap"};

}  // namespace gate::readers
