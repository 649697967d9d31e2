// Kind `command`: a tool of the team's own, judged by its exit status and by what it reports.
#include <algorithm>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/command/inputs.h"
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
  if (below.empty()) return context.folder;
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

  // An exit status has no place.
  [[nodiscard]] bool finds_places() const override { return rule_.reads_result(); }

  [[nodiscard]] bool looks_at_files() const override {
    return rule_.reads_result() || !rule_.inputs.empty();
  }

  [[nodiscard]] std::string_view code_prefix() const override {
    return rule_.reads_result() ? std::string_view(rule_.tool) : std::string_view();
  }

  [[nodiscard]] Answer run(const Context& context) const override {
    if (context.processes == nullptr) return Answer::not_applicable("no program is started");
    if (context.folder.empty()) {
      return Answer::could_not_run(
          "commands run in the work tree, and what is judged here is not on disk: check the commit "
          "out and run gate there without --at");
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
    std::vector<repo::File> files = input_files(rule_, context);
    if (!rule_.inputs.empty() && files.empty())
      return Answer::not_applicable("no file matches `inputs`");
    const std::size_t inputs = files.size();
    if (std::optional<Answer> idle = narrow_to_change(context, command, files))
      return *std::move(idle);
    // What a part of the files came to says nothing of all of them.
    std::optional<std::string> key;
    if (files.size() == inputs) key = key_of(context, command, files);
    if (key) {
      if (std::optional<Answer> earlier = recall(context, *key)) return *std::move(earlier);
    }
    Answer answer = run_all(context, command, files);
    if (!files.empty()) {
      const std::string part =
          files.size() == inputs ? "" : fmt::format("{} changed of ", files.size());
      answer.evidence.push_back(
          fmt::format("{}{} input file{}", part, inputs, inputs == 1 ? "" : "s"));
    }
    // Only a clean pass stands, and only where nothing moved while it was found.
    const bool is_clean = answer.verdict == Verdict::passed && answer.findings.empty();
    if (key && is_clean && key_of(context, command, files) == key)
      context.cache->keep(*key, fmt::format("{}", fmt::join(answer.evidence, "\n")));
    return answer;
  }

 private:
  // Where a change is judged, takes those files out of a command line that it did not touch.
  // Returns the answer of a tool that the change gives nothing to do. One that another command
  // needs runs as ever: it may make what that one works with.
  [[nodiscard]] std::optional<Answer> narrow_to_change(const Context& context,
                                                       const system::Command& command,
                                                       std::vector<repo::File>& files) const {
    constexpr std::size_t kCommitDigits = 12;
    if (context.base == nullptr || rule_.inputs.empty() || context.needed) return std::nullopt;
    InputChange change = input_change(rule_, context, *context.base, files);
    const std::string_view since = context.base->at().substr(0, kCommitDigits);
    if (!change.any)
      return Answer::not_applicable(fmt::format("no file of `inputs` has changed since {}", since));
    if (!names_files(command)) return std::nullopt;
    if (change.written.empty()) {
      return Answer::not_applicable(
          fmt::format("since {} files of `inputs` have only gone", since));
    }
    files = std::move(change.written);
    return std::nullopt;
  }

  // What no report may show: secrets that the command got, and those of the production environment.
  static Masks secrets(const Context& context, const system::Command& command) {
    Masks masks = context.memo == nullptr
                      ? shared_secrets(context)
                      : context.memo->get<Masks>("", [&] { return shared_secrets(context); });
    masks.add_declared(command.environment);
    return masks;
  }

  // Those that every command could get, whatever its rule lets through.
  static Masks shared_secrets(const Context& context) {
    Masks masks;
    masks.add_secrets(context.processes->inherited({}));
    if (context.environment == nullptr) return masks;
    Masks::Variables production;
    for (const Variable& variable : context.environment->variables)
      production.emplace_back(variable.key, variable.value);
    masks.add_secrets(production);
    return masks;
  }

  [[nodiscard]] std::optional<std::string> key_of(const Context& context,
                                                  const system::Command& command,
                                                  const std::vector<repo::File>& files) const {
    if (context.cache == nullptr || files.empty()) return std::nullopt;
    return outcome_key(rule_, context, command, files);
  }

  static std::optional<Answer> recall(const Context& context, const std::string& key) {
    const std::optional<std::string> kept = context.cache->find(key);
    if (!kept) return std::nullopt;
    Answer answer;
    answer.verdict = Verdict::passed;
    answer.reason = "nothing that it depends on has changed since it passed";
    for (std::size_t at = 0; at < kept->size();) {
      const std::size_t end = std::min(kept->find('\n', at), kept->size());
      answer.evidence.push_back(kept->substr(at, end - at));
      at = end + 1;
    }
    answer.recalled = true;
    return answer;
  }

  [[nodiscard]] Answer run_all(const Context& context, const system::Command& command,
                               const std::vector<repo::File>& files) const {
    const Masks masks = secrets(context, command);
    CommandJudge judge(rule_, context, masks);
    const std::vector<system::Command> commands = split_by_files(rule_, command, files);
    if (commands.empty()) return Answer::not_applicable("no file below `folder` matches `inputs`");
    for (const system::Command& part : commands) {
      const Result<std::optional<ProcessResult>> result = context.processes->run(part);
      if (!result) return Answer::could_not_run(masks.apply(result.error().message));
      if (!*result) return judge_missing();
      judge.add(**result);
      if ((*result)->end == ProcessResult::End::stopped) break;
    }
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

  CommandRule rule_;
};

std::unique_ptr<Check> make(const policy::RuleHead& head, policy::TableReader& table) {
  return std::make_unique<CommandCheck>(read_command_rule(head, table));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"run", "list of words",
     "the program and its arguments, without a shell; looked up on PATH unless it holds a slash. "
     "`{result}` in a word stands for a file that the tool writes its result to, the word "
     "`{files}` "
     "for the files of `inputs`, in as many runs as it takes"},
    {"shell", "true or false",
     "`run` is one text for /bin/sh, which ends at the first command that fails"},
    {"timeout", "duration", "how long it may run, \"10m\" where it is absent"},
    {"grace", "duration",
     "how long it may clean up when its time is over or gate is asked to end, before it is killed; "
     "\"750ms\" where it is absent, at most \"4s\""},
    {"folder", "path", "where it runs, below the judged folder; absent: the judged folder"},
    {"env", "table of texts", "variables that it gets besides those of this process"},
    {"inherit", "globs",
     "the variables of this process that it gets; absent: all but those that bind git to this "
     "repository"},
    {"success", "list of integers", "exit statuses that pass; absent: 0"},
    {"failure", "list of integers",
     "exit statuses by which it says that it found something; with any other it broke down and "
     "nothing is decided. Absent: every status that is no success"},
    {"broken", "pattern or list",
     "where it ends with another status than success, lines by which it says that it broke down "
     "and "
     "found nothing, for a tool that has one status for both"},
    {"result",
     "`junit`, `sarif`, `checkstyle`, `rdjson`, `rdjsonl`, `tap`, `github`, `eslint`, `phpstan`, "
     "`psalm`, `pint`, `bandit`, `ruff`, `mypy`, `pip-audit`, `npm-audit`, `composer-audit`, "
     "`composer-validate`, `hadolint`, `shellcheck` or `tsc`",
     "the format in which it writes what it found, to `{result}` or, where `run` and `env` do not "
     "name that, to standard output"},
    {"pattern", "pattern or list",
     "instead of `result`: finds one problem a line in what it prints, by the groups `file`, "
     "`line`, `column`, `severity`, `code` and `message`"},
    {"tool", "text",
     "the name in front of the codes of its findings; absent: that of the format or the program"},
    {"result_root", "path",
     "where the tool sees the judged folder, for one that runs in a container: \"/app\""},
    {"scope", "`project` or `file`",
     "how far a change reaches in what it finds, for `--since` and `--new-only`. `file`: what it "
     "finds in a file depends on that file alone, so findings in files that the change did not "
     "touch were there before and do not count. `project` (default): a change here may break "
     "something there (types, tests), so all that it finds counts"},
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
    {"inputs", "globs",
     "the files that its result depends on. Where none is there the rule does not apply, nor where "
     "`--since` is asked and the change touches none of them (unless another command `needs` it); "
     "`{files}` then names those that the change has written. While they, the command, its "
     "variables and its program stay the same, a pass stands without a run (`--no-cache` runs it "
     "anyway)"},
    {"max_files", "integer",
     "how many files one run may be given in the place of `{files}`; absent: as many as fit"},
    {"version", "list of words",
     "a command that prints the version of the tool, where the file of the program does not tell "
     "it: a pass stands only while it prints the same"},
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
