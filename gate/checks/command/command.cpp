// Kind `command`: a tool of the team's own, judged by its exit status.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/command/output.h"
#include "gate/checks/kinds.h"

namespace gate::checks {
namespace {

using finding::Outcome;
using finding::Verdict;
using system::ProcessResult;

enum class Missing : std::uint8_t { error, warning, skip };

struct CommandRule {
  system::Command command;  // `folder` relative to the judged folder
  std::vector<std::int64_t> success;
  Missing missing = Missing::error;
  std::string install;
  std::vector<std::string> needs;
  base::GlobSet inputs;
};

std::string spell(const std::vector<std::string>& argv) {
  return fmt::format("`{}`", fmt::join(argv, " "));
}

std::string spell(std::chrono::milliseconds time) {
  constexpr std::int64_t kSecond = 1000;
  constexpr std::int64_t kMinute = 60 * kSecond;
  if (time.count() % kMinute == 0) return fmt::format("{} min", time.count() / kMinute);
  if (time.count() % kSecond == 0) return fmt::format("{} s", time.count() / kSecond);
  return fmt::format("{} ms", time.count());
}

// Returns why a rule that this one needs keeps it from running; empty where it passed.
std::string obstacle(const std::string& rule, const Outcome* outcome) {
  if (outcome == nullptr) return fmt::format("needs `{}`, which is not in the plan", rule);
  switch (outcome->verdict) {
    case Verdict::passed:
      return {};
    case Verdict::failed:
      return fmt::format("needs `{}`, which failed", rule);
    case Verdict::pending:
      return fmt::format("needs `{}`, which is pending", rule);
    case Verdict::not_applicable:
      return fmt::format("needs `{}`, which does not apply: {}", rule, outcome->reason);
    case Verdict::could_not_run:
      break;
  }
  return fmt::format("needs `{}`, which could not run", rule);
}

class CommandCheck final : public Check {
 public:
  explicit CommandCheck(CommandRule rule)
      : rule_(std::move(rule)),
        masks_(rule_.command.environment),
        shown_(masks_.apply(spell(rule_.command.argv))) {}

  [[nodiscard]] std::vector<std::string> after() const override { return rule_.needs; }

  [[nodiscard]] Answer run(const Context& context) const override {
    if (context.processes == nullptr) return Answer::not_applicable("no program is started");
    if (context.folder.empty()) {
      return Answer::could_not_run(
          "commands run in the work tree, and what is judged here is not on disk");
    }
    std::vector<std::string> obstacles;
    for (const std::string& rule : rule_.needs) {
      std::string found = obstacle(rule, context.outcome ? context.outcome(rule) : nullptr);
      if (!found.empty()) obstacles.push_back(std::move(found));
    }
    if (!obstacles.empty())
      return Answer::could_not_run(fmt::format("{}", fmt::join(obstacles, "; ")));

    system::Command command = rule_.command;
    command.folder = context.folder / rule_.command.folder;
    const Result<std::optional<ProcessResult>> result = context.processes->run(command);
    if (!result) return Answer::could_not_run(masks_.apply(result.error().message));
    Answer answer = *result ? judge(**result) : judge_missing();
    note_inputs(context, answer);
    return answer;
  }

 private:
  static constexpr std::size_t kShownLines = 20;
  static constexpr std::size_t kShownOnStop = 5;

  [[nodiscard]] Answer judge(const ProcessResult& result) const {
    switch (result.end) {
      case ProcessResult::End::exited:
        return judge_status(result);
      case ProcessResult::End::signalled:
        return stopped(
            fmt::format("{} was ended by {}", shown_, system::signal_name(result.status)), result);
      case ProcessResult::End::timed_out:
        return stopped(fmt::format("{} ran longer than {} and was stopped", shown_,
                                   spell(rule_.command.timeout)),
                       result);
      case ProcessResult::End::stopped:
        break;
    }
    return stopped(fmt::format("{} was stopped with gate", shown_), result);
  }

  [[nodiscard]] Answer judge_status(const ProcessResult& result) const {
    const std::string text = fmt::format("{} exited with {}", shown_, result.status);
    const bool good =
        std::find(rule_.success.begin(), rule_.success.end(), result.status) != rule_.success.end();
    if (good) return Answer::judged({}, {text});
    finding::Finding found;
    found.message = text;
    found.identity = spell(rule_.command.argv);
    found.trace = lines(result, kShownLines);
    return Answer::judged({std::move(found)}, {text});
  }

  // It says nothing about the rule that a program was cut short; its last words stay readable.
  [[nodiscard]] Answer stopped(std::string why, const ProcessResult& result) const {
    Answer answer = Answer::could_not_run(std::move(why));
    answer.evidence = lines(result, kShownOnStop);
    return answer;
  }

  [[nodiscard]] std::vector<std::string> lines(const ProcessResult& result,
                                               std::size_t most) const {
    return last_lines(masks_.apply(result.output), most);
  }

  [[nodiscard]] Answer judge_missing() const {
    const std::string& program = rule_.command.argv.front();
    std::string reason = fmt::format(
        "`{}` is not {}", program, program.find('/') == std::string::npos ? "installed" : "there");
    if (!rule_.install.empty()) reason += fmt::format("; to install it: {}", rule_.install);
    switch (rule_.missing) {
      case Missing::error:
        break;
      case Missing::warning:
        return Answer::not_applicable("warning: " + reason);
      case Missing::skip:
        return Answer::not_applicable(std::move(reason));
    }
    return Answer::could_not_run(std::move(reason));
  }

  void note_inputs(const Context& context, Answer& answer) const {
    if (rule_.inputs.empty()) return;
    const auto files = context.files.files();
    const auto count = std::count_if(files.begin(), files.end(), [&](const repo::File& file) {
      return rule_.inputs.matches(file.path);
    });
    answer.evidence.push_back(fmt::format("{} input file{}", count, count == 1 ? "" : "s"));
  }

  CommandRule rule_;
  Masks masks_;
  std::string shown_;  // the command line, for people
};

std::vector<std::string> read_argv(policy::TableReader& table) {
  std::vector<std::string> argv = table.texts("run");
  if (!table.has("run")) {
    table.complain("run", "the key `run` is missing", R"(write run = ["php", "artisan", "test"])");
  } else if (argv.empty() || argv.front().empty()) {
    table.complain("run", "`run` names no program");
  } else if (argv.size() == 1 && argv.front().find(' ') != std::string::npos) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at <= argv.front().size();) {
      const std::size_t end = std::min(argv.front().find(' ', at), argv.front().size());
      if (end != at) words.push_back(argv.front().substr(at, end - at));
      at = end + 1;
    }
    table.complain("run", "`run` is a list of words, not a line for a shell",
                   fmt::format("write run = [\"{}\"]", fmt::join(words, "\", \"")));
  }
  for (std::size_t index = 0; index < argv.size(); ++index) {
    if (argv[index].find('\0') != std::string::npos)
      table.complain("run", index, "a word with a NUL byte cannot be passed on");
  }
  return argv;
}

std::filesystem::path read_folder(policy::TableReader& table) {
  std::filesystem::path folder = std::filesystem::path(table.text("folder")).lexically_normal();
  if (folder.is_absolute() || (!folder.empty() && *folder.begin() == "..")) {
    table.complain("folder", "`folder` leaves the judged folder",
                   "write a path below it: folder = \"backend\"");
    return {};
  }
  return folder;
}

std::vector<std::pair<std::string, std::string>> read_environment(policy::TableReader& table) {
  std::vector<std::pair<std::string, std::string>> variables;
  for (auto& [name, value] : table.text_map("env")) {
    if (name.empty() || name.find_first_of(std::string_view("=\0", 2)) != std::string::npos) {
      table.complain("env", fmt::format("`{}` is no name of a variable", name));
    } else if (value.find('\0') != std::string::npos) {
      table.complain("env", fmt::format("the value of `{}` has a NUL byte", name));
    } else {
      variables.emplace_back(name, value);
    }
  }
  return variables;
}

std::chrono::milliseconds read_timeout(policy::TableReader& table) {
  constexpr std::chrono::milliseconds kUsual = std::chrono::minutes(10);
  constexpr std::chrono::milliseconds kMost = std::chrono::hours(24);
  const std::chrono::milliseconds timeout = table.duration("timeout", kUsual);
  if (timeout.count() > 0 && timeout <= kMost) return timeout;
  table.complain("timeout", "`timeout` must be more than 0 and at most 24 hours");
  return kUsual;
}

std::vector<std::string> read_needs(const policy::RuleHead& head, policy::TableReader& table) {
  std::vector<std::string> needs = table.texts("needs");
  for (std::size_t index = 0; index < needs.size(); ++index) {
    if (needs[index] == head.id) table.complain("needs", index, "a rule cannot need itself");
  }
  return needs;
}

constexpr std::array<std::string_view, 3> kMissing{"error", "warning", "skip"};
constexpr std::array kMissingValues{Missing::error, Missing::warning, Missing::skip};

std::unique_ptr<Check> make(const policy::RuleHead& head, policy::TableReader& table) {
  constexpr std::int64_t kMostStatus = 255;
  CommandRule rule;
  rule.command.argv = read_argv(table);
  rule.command.folder = read_folder(table);
  rule.command.environment = read_environment(table);
  rule.command.timeout = read_timeout(table);
  rule.success = table.integers("success", 0, kMostStatus);
  if (!table.has("success")) rule.success = {0};
  rule.missing = kMissingValues[table.one_of("missing", kMissing, 0)];
  rule.install = table.text("install");
  rule.needs = read_needs(head, table);
  rule.inputs = table.globs("inputs");
  return std::make_unique<CommandCheck>(std::move(rule));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"run", "list of words",
     "the program and its arguments, without a shell; looked up on PATH unless it holds a slash"},
    {"timeout", "duration", "how long it may run, \"10m\" where it is absent"},
    {"folder", "path", "where it runs, below the judged folder; absent: the judged folder"},
    {"env", "table of texts", "variables that it gets besides those of this process"},
    {"success", "list of integers", "exit statuses that pass; absent: 0"},
    {"missing", "`error`, `warning` or `skip`",
     "what an absent program means: the rule could not run (default), or does not apply"},
    {"install", "text", "how to get the program, for people"},
    {"needs", "list of rule ids",
     "rules that must have passed before; otherwise it does not start"},
    {"inputs", "globs", "the files that its result depends on"},
});
constexpr std::array kStages{policy::Stage::ci, policy::Stage::deploy};

}  // namespace

const Kind kCommand{
    "command",      "the team's own tools: started with a time limit, judged by their exit status",
    Kind::commands, kStages,
    kKeys,          make};

}  // namespace gate::checks
