#include "gate/checks/command/judge.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/size_text.h"

namespace gate::checks {
namespace {

using finding::Finding;
using finding::Severity;
using system::ProcessResult;
using End = ProcessResult::End;

constexpr std::size_t kShownLines = 20;
constexpr std::size_t kShownOnTrouble = 5;

std::string spell(std::chrono::milliseconds time) {
  constexpr std::int64_t kSecond = 1000;
  constexpr std::int64_t kMinute = 60 * kSecond;
  if (time.count() % kMinute == 0) return fmt::format("{} min", time.count() / kMinute);
  if (time.count() % kSecond == 0) return fmt::format("{} s", time.count() / kSecond);
  return fmt::format("{} ms", time.count());
}

bool holds(const std::vector<std::int64_t>& statuses, int status) {
  return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
}

Severity strongest(const std::vector<Finding>& findings, std::size_t from) {
  Severity level = Severity::note;
  for (std::size_t index = from; index < findings.size(); ++index)
    level = std::max(level, findings[index].severity);
  return level;
}

std::string plural(std::uint64_t count, std::string_view one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

}  // namespace

void CommandJudge::add(const ProcessResult& result) {
  const system::Command& command = rule_.command;
  const std::string shown = masks_.apply(rule_.shown);
  switch (result.end) {
    case End::exited:
      statuses_.push_back(result.status);
      judge_exit(result);
      return;
    case End::signalled:
      unknown(fmt::format("{} was ended by {}", shown, system::signal_name(result.status)), result);
      return;
    case End::timed_out:
      unknown(fmt::format("{} ran longer than {} and was stopped", shown, spell(command.timeout)),
              result);
      return;
    case End::too_much_output:
      unknown(fmt::format("{} printed more than {} and was stopped", shown,
                          base::size_text(command.most_output)),
              result);
      return;
    case End::too_much_memory:
      unknown(fmt::format("{} used more than {} of memory and was stopped", shown,
                          base::size_text(command.most_memory)),
              result);
      return;
    case End::stopped:
      break;
  }
  unknown(fmt::format("{} was stopped: {}", shown, result.stopped_why), result);
}

void CommandJudge::judge_exit(const ProcessResult& result) {
  const bool good = holds(rule_.success, result.status);
  if (!good && !rule_.failure.empty() && !holds(rule_.failure, result.status)) {
    unknown(
        fmt::format("{} broke down: it exited with {}", masks_.apply(rule_.shown), result.status),
        result);
    return;
  }
  if (!good) {
    if (const std::string line = broken_line(result); !line.empty()) {
      unknown(fmt::format("{} broke down: {}", masks_.apply(rule_.shown), line), result);
      return;
    }
  }
  // What a shell, npm or make says of a program that it cannot start (POSIX, 2.8.2 "Exit Status
  // for Commands").
  if (!good && rule_.failure.empty() && (result.status == 126 || result.status == 127)) {
    unknown(fmt::format("{} broke down: it exited with {}: a program that it starts {}",
                        masks_.apply(rule_.shown), result.status,
                        result.status == 127 ? "is not installed" : "may not be executed"),
            result);
    return;
  }
  if (rule_.reads_result()) {
    judge_result(result);
  } else if (!good) {
    exited_badly(result);
  }
}

// Returns the first line by which the program says that it broke down, or an empty text.
std::string CommandJudge::broken_line(const ProcessResult& result) const {
  const std::string printed = masks_.apply(result.output);
  for (const base::Pattern& pattern : rule_.broken) {
    std::vector<std::string_view> found;
    if (pattern.find(printed, 0, printed.size(), found)) return std::string(found.front());
  }
  return {};
}

// Reads the result; without one, or with one that cannot be read, an exit status proves nothing.
void CommandJudge::judge_result(const ProcessResult& result) {
  auto read_it = read(result);
  if (!read_it) {
    unknown(masks_.apply(fmt::format("{} exited with {}, and {}", rule_.shown, result.status,
                                     read_it.error().message)),
            result);
    return;
  }
  const std::size_t before = findings_.size();
  for (readers::ToolFinding& found : read_it->findings) {
    for (std::string* const text : {&found.message, &found.code, &found.path})
      *text = masks_.apply(std::move(*text));
    findings_.push_back(places_.finding(found, read_it->columns));
  }
  if (read_it->tests) {
    counts_tests_ = true;
    tests_.run += read_it->tests->run;
    tests_.failed += read_it->tests->failed;
    tests_.skipped += read_it->tests->skipped;
  }
  if (holds(rule_.success, result.status)) return;
  if (findings_.size() == before) {
    // No test at all is the better reason.
    if (!counts_tests_ || tests_.run != 0) exited_badly(result);
    return;
  }
  // The tool refuses what it calls warnings: so do we, or its refusal would be lost.
  const Severity level = strongest(findings_, before);
  if (level == Severity::error) return;
  for (std::size_t index = before; index < findings_.size(); ++index) {
    if (findings_[index].severity == level) findings_[index].severity = Severity::error;
  }
  reasons_.push_back(masks_.apply(fmt::format("{} exited with {}, so its {}s count as errors",
                                              rule_.shown, result.status, name(level))));
}

Result<readers::ToolResult> CommandJudge::read(const ProcessResult& result) const {
  if (result.result_cut) {
    return Error{
        fmt::format("its result is longer than {}", base::size_text(system::kResultLimit))};
  }
  if (!result.result) return Error{"it wrote no result"};
  if (rule_.format == nullptr) return readers::read_lines(*result.result, rule_.patterns);
  const auto source = std::make_shared<const base::Source>("result", *result.result);
  auto read_it = rule_.format->read(source);
  if (!read_it && result.result->find_first_not_of(" \t\r\n") == std::string::npos)
    return Error{"it wrote no result"};
  if (!read_it) {
    return Error{fmt::format("its result cannot be read as {}: {}", rule_.format->name,
                             read_it.error().message)};
  }
  return read_it;
}

void CommandJudge::exited_badly(const ProcessResult& result) {
  Finding found;
  found.message = masks_.apply(fmt::format("{} exited with {}", rule_.shown, result.status));
  found.identity = masks_.apply(rule_.shown);
  found.trace = lines(result, last_lines, kShownLines);
  findings_.push_back(std::move(found));
}

// It says nothing about the rule that a program was cut short or broke down; its last words stay
// readable.
void CommandJudge::unknown(std::string why, const ProcessResult& result) {
  unknown_.push_back(std::move(why));
  if (last_words_.empty()) last_words_ = lines(result, telling_lines, kShownOnTrouble);
}

// What a tool printed beside a result on standard output; where it printed nothing there, what
// stands in the place of the result.
std::vector<std::string> CommandJudge::lines(const ProcessResult& result, Choose choose,
                                             std::size_t most) const {
  const bool beside = rule_.command.result == system::ResultFrom::standard_output;
  std::vector<std::string> shown = choose(masks_.apply(result.output), most);
  if (shown.empty() && beside && result.result) shown = choose(masks_.apply(*result.result), most);
  return shown;
}

void CommandJudge::judge_tests() {
  if (!counts_tests_ || tests_.run >= static_cast<std::uint64_t>(rule_.min_tests)) return;
  const std::string shown = masks_.apply(rule_.shown);
  const std::string ran = tests_.run == 0
                              ? fmt::format("{} ran no test", shown)
                              : fmt::format("{} ran only {}", shown, plural(tests_.run, "test"));
  const std::string skipped =
      tests_.skipped == 0 ? "" : fmt::format(", {} skipped", tests_.skipped);
  if (!rule_.min_tests_given) {
    unknown_.push_back(ran + skipped);
    return;
  }
  Finding found;
  found.message = fmt::format("{}{}; at least {} must run", ran, skipped, rule_.min_tests);
  found.identity = "min_tests";
  findings_.push_back(std::move(found));
}

Answer CommandJudge::answer() && {
  // Errors that stand for tests that never ran are reason enough.
  const bool has_error = strongest(findings_, 0) == Severity::error;
  if (!has_error || rule_.min_tests_given) judge_tests();
  std::vector<std::string> evidence;
  if (!statuses_.empty()) {
    const int worst = *std::max_element(statuses_.begin(), statuses_.end());
    evidence.push_back(masks_.apply(fmt::format("{} exited with {}", rule_.shown, worst)));
  }
  if (counts_tests_) {
    evidence.push_back(fmt::format("{} ran, {} failed, {} skipped", plural(tests_.run, "test"),
                                   tests_.failed, tests_.skipped));
  }
  std::vector<std::string> reasons = unknown_;
  std::move(reasons_.begin(), reasons_.end(), std::back_inserter(reasons));
  Answer answer = Answer::judged(std::move(findings_), std::move(evidence));
  answer.reason = fmt::format("{}", fmt::join(reasons, "; "));
  // Only an error settles the rule where something else is not known.
  const bool settled = strongest(answer.findings, 0) == Severity::error;
  if (unknown_.empty()) return answer;
  if (settled) {
    std::move(last_words_.begin(), last_words_.end(), std::back_inserter(answer.evidence));
    return answer;
  }
  answer.verdict = finding::Verdict::could_not_run;
  // What it said last is mostly why.
  if (!last_words_.empty())
    answer.reason += fmt::format("; it said:\n{}", fmt::join(last_words_, "\n"));
  return answer;
}

}  // namespace gate::checks
