#include "gate/engine/examples.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/environment_load.h"
#include "gate/checks/kinds.h"
#include "gate/engine/check_list.h"
#include "gate/engine/plan.h"
#include "gate/engine/run.h"
#include "gate/policy/example.h"
#include "gate/readers/lockfiles/advisories/index.h"
#include "gate/repo/sample.h"

namespace gate::engine {
namespace {

using finding::Finding;
using finding::Outcome;
using finding::Verdict;
using policy::Example;

// A day on which nothing in an example expires by accident; examples write days around it.
constexpr base::Date kExampleDay = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);

std::string_view word(Example::Expect expect) {
  switch (expect) {
    case Example::Expect::pass:
      return "passes";
    case Example::Expect::fail:
      return "fails";
    case Example::Expect::pending:
      return "is pending";
    case Example::Expect::not_applicable:
      return "does not apply";
    case Example::Expect::could_not_run:
      return "cannot run";
  }
  return "";
}

Verdict verdict(Example::Expect expect) {
  switch (expect) {
    case Example::Expect::pass:
      return Verdict::passed;
    case Example::Expect::fail:
      return Verdict::failed;
    case Example::Expect::pending:
      return Verdict::pending;
    case Example::Expect::not_applicable:
      return Verdict::not_applicable;
    case Example::Expect::could_not_run:
      return Verdict::could_not_run;
  }
  return Verdict::could_not_run;
}

// An expected place: `line:column`, `path:line:column`, `path` — compared in the words of the
// example.
std::string spell(const Finding& finding, std::string_view wanted) {
  const std::string place = fmt::format("{}:{}", finding.place.line, finding.place.column);
  if (finding.place.line == 0) return finding.place.path;
  const bool with_path = std::count(wanted.begin(), wanted.end(), ':') > 1;
  return with_path ? fmt::format("{}:{}", finding.place.path, place) : place;
}

std::string compare_places(const Example& example, const Outcome& outcome) {
  if (example.at.empty()) return {};
  std::multiset<std::string> found;
  for (const Finding& finding : outcome.findings) {
    if (!finding.suppressed) found.insert(spell(finding, example.at.front()));
  }
  const std::multiset<std::string> wanted(example.at.begin(), example.at.end());
  if (found == wanted) return {};
  return fmt::format("expected findings at {}, found {}", fmt::join(wanted, ", "),
                     found.empty() ? "none" : fmt::format("{}", fmt::join(found, ", ")));
}

std::string compare_message(const Example& example, const Outcome& outcome) {
  if (example.message.empty()) return {};
  std::string all = outcome.reason;
  for (const Finding& finding : outcome.findings)
    all += '\n' + finding.message;
  if (all.find(example.message) != std::string::npos) return {};
  return fmt::format("expected the message `{}`, found `{}`", example.message, all);
}

std::string compare(const Example& example, const Outcome& outcome) {
  if (outcome.verdict != verdict(example.expect)) {
    std::string text = fmt::format("expected {}, but it is {}", name(verdict(example.expect)),
                                   name(outcome.verdict));
    if (!outcome.reason.empty()) text += ": " + outcome.reason;
    for (const Finding& finding : outcome.findings) {
      text += fmt::format("; {}:{}:{}: {}", finding.place.path, finding.place.line,
                          finding.place.column, finding.message);
    }
    return text;
  }
  std::string difference = compare_places(example, outcome);
  return difference.empty() ? compare_message(example, outcome) : difference;
}

class EmptyIndex final : public checks::AdvisoryBytes {
 public:
  explicit EmptyIndex(std::string bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] std::string_view bytes() const override { return bytes_; }

 private:
  std::string bytes_;
};

// Returns what opens advisories about no package, imported on a day.
std::function<Result<std::shared_ptr<const checks::AdvisoryBytes>>()> imported_on(base::Date day) {
  const auto seconds = std::chrono::seconds(day.time_since_epoch()).count();
  std::shared_ptr<const checks::AdvisoryBytes> index =
      std::make_shared<const EmptyIndex>(readers::lockfiles::encode_index({}, seconds));
  return [index] { return Result<std::shared_ptr<const checks::AdvisoryBytes>>(index); };
}

// Decides the one rule of `alone` on the example's repository.
Outcome judge(const policy::Policy& alone, const CheckList& checks, const Example& example) {
  const std::unique_ptr<repo::Snapshot> files = repo::sample_snapshot(example.files);
  const std::unique_ptr<repo::Snapshot> base =
      example.base ? repo::sample_snapshot(*example.base) : nullptr;
  const std::unique_ptr<repo::GitState> git =
      example.git ? repo::sample_git(*example.git) : nullptr;
  const std::unique_ptr<system::ProcessRunner> processes =
      system::make_recorded_runner(example.commands);
  checks::Environment environment;
  if (!example.environment.empty()) {
    environment =
        checks::load_environment({"production", example.environment, {}, "auto"}, *files, {}, {});
  }

  Selection selection;
  selection.stage = alone.rules.front().head.stages.front();
  policy::Conditions conditions(*files, example.git ? example.git->head.branch : std::nullopt);
  const Plan planned = plan(alone, checks, selection, conditions);
  checks::Context context{*files};
  context.base = base.get();
  context.target = base.get();
  context.git = git.get();
  context.environment = example.environment.empty() ? nullptr : &environment;
  context.processes = processes.get();
  context.folder = "/";
  context.today = kExampleDay;
  context.stage = selection.stage;
  if (example.advisories_of) context.advisories = imported_on(*example.advisories_of);
  RunResult result = run(alone, planned, context, {});
  return std::move(result.outcomes.front());
}

class RuleExamples {
 public:
  RuleExamples(const policy::Policy& policy, const policy::Rule& rule,
               base::Diagnostics& diagnostics)
      : policy_(policy), rule_(rule), diagnostics_(diagnostics) {}

  void run(std::vector<ExampleResult>& results) {
    const std::vector<Example> examples = policy::examples(rule_, diagnostics_);
    bool fails = false;
    bool passes = false;
    for (std::size_t index = 0; index < examples.size(); ++index) {
      const Example& example = examples[index];
      fails = fails || example.expect == Example::Expect::fail;
      passes = passes || example.expect == Example::Expect::pass;
      results.push_back({&rule_, index + 1, title(example), run(example), example.place});
    }
    if (!rule_.head.pack.empty() && !(fails && passes)) {
      results.push_back({&rule_, 0, "has a failing and a passing example",
                         fails    ? "a shipped rule needs an example that passes, and has none"
                         : passes ? "a shipped rule needs an example that fails, and has none"
                                  : "a shipped rule needs an example that fails and one that "
                                    "passes, and has neither",
                         rule_.place});
    }
  }

 private:
  static std::string title(const Example& example) {
    return example.title.empty() ? std::string(word(example.expect))
                                 : fmt::format("{}: {}", word(example.expect), example.title);
  }

  std::string run(const Example& example) {
    policy::Vars vars = policy_.vars;
    for (const auto& [key, var] : example.vars)
      vars.insert_or_assign(key, var);

    // The rule comes first, then the rules whose outcomes it needs.
    base::Diagnostics mistakes;
    CheckList checks;
    policy::Policy alone;
    add(rule_, vars, alone, checks, mistakes);
    for (std::size_t index = 0; index < alone.rules.size() && !mistakes.has_errors(); ++index) {
      for (const std::string& id : checks.check(index)->after()) {
        const policy::Rule* needed = policy_.find(id);
        if (needed != nullptr && alone.find(id) == nullptr)
          add(*needed, vars, alone, checks, mistakes);
      }
    }
    if (!mistakes.has_errors()) settle(alone, checks, mistakes);
    if (mistakes.has_errors()) return base::render(mistakes, false);
    return compare(example, judge(alone, checks, example));
  }

  static void add(const policy::Rule& rule, const policy::Vars& vars, policy::Policy& policy,
                  CheckList& checks, base::Diagnostics& mistakes) {
    policy.rules.push_back(rule);
    policy.rules.back().enabled = true;
    policy::TableReader table(rule.table, std::nullopt, &vars, mistakes, true);
    policy::accept_rule_head(table);
    checks.callback()(rule.head, table);
  }

  const policy::Policy& policy_;
  const policy::Rule& rule_;
  base::Diagnostics& diagnostics_;
};

}  // namespace

std::vector<ExampleResult> run_examples(const policy::Policy& policy, const base::GlobSet& wanted,
                                        base::Diagnostics& diagnostics) {
  std::vector<ExampleResult> results;
  for (const policy::Rule& rule : policy.rules) {
    if (wanted.matches(rule.head.id)) RuleExamples(policy, rule, diagnostics).run(results);
  }
  return results;
}

}  // namespace gate::engine
