// Kind `command`: a tool of the team's own, judged by its exit status and by what it reports.
#include <algorithm>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/command/judge.h"
#include "gate/checks/command/output.h"
#include "gate/checks/command/rule.h"
#include "gate/checks/kinds.h"

namespace gate::checks {
namespace {

using finding::Outcome;
using finding::Verdict;
using system::ProcessResult;

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

// Returns the folder in which a command runs. A link on the way must not lead out of the judged
// folder.
Result<std::filesystem::path> working_folder(const Context& context,
                                             const std::filesystem::path& below) {
  std::filesystem::path folder = context.folder / below;
  std::error_code problem;
  const std::filesystem::path real = std::filesystem::canonical(folder, problem);
  if (problem) return folder;  // starting the program says what is wrong
  const std::filesystem::path top = std::filesystem::canonical(context.folder, problem);
  const auto [end_of_top, ignored] =
      std::mismatch(top.begin(), top.end(), real.begin(), real.end());
  if (problem || end_of_top != top.end())
    return Error{
        fmt::format("`folder` is `{}`, which leads out of the judged folder", below.string())};
  return real;
}

class CommandCheck final : public Check {
 public:
  explicit CommandCheck(CommandRule rule) : rule_(std::move(rule)) {}

  [[nodiscard]] std::vector<std::string> after() const override { return rule_.needs; }

  [[nodiscard]] Demand demand() const override { return rule_.demand; }

  [[nodiscard]] std::string_view code_prefix() const override {
    return rule_.reads_result() ? std::string_view(rule_.tool) : std::string_view();
  }

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
    Result<std::filesystem::path> folder = working_folder(context, command.folder);
    if (!folder) return Answer::could_not_run(std::move(folder).error().message);
    command.folder = *std::move(folder);
    const Masks masks = secrets(context, command);
    const Result<std::optional<ProcessResult>> result = context.processes->run(command);
    if (!result) return Answer::could_not_run(masks.apply(result.error().message));
    Answer answer = *result ? judge(context, masks, **result) : judge_missing();
    note_inputs(context, answer);
    return answer;
  }

 private:
  // What no report may show: secrets that the command got, and those of the production environment.
  static Masks secrets(const Context& context, const system::Command& command) {
    Masks masks;
    masks.add_declared(command.environment);
    masks.add_secrets(context.processes->inherited(command));
    if (context.environment == nullptr) return masks;
    Masks::Variables production;
    for (const Variable& variable : context.environment->variables)
      production.emplace_back(variable.key, variable.value);
    masks.add_secrets(production);
    return masks;
  }

  [[nodiscard]] Answer judge(const Context& context, const Masks& masks,
                             const ProcessResult& result) const {
    CommandJudge judge(rule_, context, masks);
    judge.add(result);
    return std::move(judge).answer();
  }

  [[nodiscard]] Answer judge_missing() const {
    const std::string& program = rule_.command.argv.front();
    std::string reason = fmt::format(
        "`{}` is not {}", program, program.find('/') == std::string::npos ? "installed" : "there");
    if (!rule_.install.empty()) reason += fmt::format("; to install it: {}", rule_.install);
    if (rule_.missing == Missing::error) return Answer::could_not_run(std::move(reason));
    Answer answer = Answer::not_applicable(std::move(reason));
    answer.notice =
        rule_.missing == Missing::warning ? finding::Severity::warning : finding::Severity::note;
    return answer;
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
};

std::unique_ptr<Check> make(const policy::RuleHead& head, policy::TableReader& table) {
  return std::make_unique<CommandCheck>(read_command_rule(head, table));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"run", "list of words",
     "the program and its arguments, without a shell; looked up on PATH unless it holds a slash. "
     "`{result}` in a word stands for a file that the tool writes its result to"},
    {"shell", "true or false",
     "`run` is one text for /bin/sh, which ends at the first command that fails"},
    {"timeout", "duration", "how long it may run, \"10m\" where it is absent"},
    {"folder", "path", "where it runs, below the judged folder; absent: the judged folder"},
    {"env", "table of texts", "variables that it gets besides those of this process"},
    {"inherit", "globs",
     "the variables of this process that it gets; absent: all but those that bind git to this "
     "repository"},
    {"success", "list of integers", "exit statuses that pass; absent: 0"},
    {"failure", "list of integers",
     "exit statuses by which it says that it found something; with any other it broke down and "
     "nothing is decided. Absent: every status that is no success"},
    {"result",
     "`junit`, `sarif`, `checkstyle`, `rdjson`, `rdjsonl`, `tap`, `github`, `eslint`, `phpstan`, "
     "`psalm`, `pint`, `bandit`, `ruff`, `mypy`, `pip-audit`, `npm-audit`, `composer-audit`, "
     "`hadolint`, `shellcheck` or `tsc`",
     "the format in which it writes what it found, to `{result}` or, where `run` and `env` do not "
     "name that, to standard output"},
    {"pattern", "pattern or list",
     "instead of `result`: finds one problem a line in what it prints, by the groups `file`, "
     "`line`, `column`, `severity`, `code` and `message`"},
    {"tool", "text",
     "the name in front of the codes of its findings; absent: that of the format or the program"},
    {"result_root", "path",
     "where the tool sees the judged folder, for one that runs in a container: \"/app\""},
    {"min_tests", "integer",
     "how many tests must have run; absent: one, where the format counts tests"},
    {"max_output", "size", "how much it may print before it is ended, \"1GB\" where it is absent"},
    {"max_memory", "size",
     "how much memory all its processes together may use before they are ended; absent: any"},
    {"missing", "`error`, `warning` or `skip`",
     "what an absent program means: the rule could not run (default), or does not apply"},
    {"install", "text", "how to get the program, for people"},
    {"needs", "list of rule ids",
     "rules that must have passed before; otherwise it does not start"},
    {"weight", "integer",
     "how many of the places that `--jobs` gives it takes, for a tool that uses several "
     "processors; "
     "absent: 1"},
    {"exclusive", "list of names",
     "what it needs for itself (\"database\", \"port 8000\"): rules with a name in common run one "
     "after the other"},
    {"inputs", "globs", "the files that its result depends on"},
});

constexpr std::array kStages{policy::Stage::ci, policy::Stage::deploy};

}  // namespace

const Kind kCommand{
    "command",
    "the team's own tools: started with a time limit, judged by their exit status and their report",
    Kind::commands,
    kStages,
    kKeys,
    make};

}  // namespace gate::checks
