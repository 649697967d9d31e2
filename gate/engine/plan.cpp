#include "gate/engine/plan.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace gate::engine {
namespace {

using Index = std::map<std::string_view, std::size_t>;

// Marks the selected rules and, through them, the rules whose outcomes they need.
std::vector<bool> select(const policy::Policy& policy, const CheckList& checks,
                         const Selection& selection, const Index& index) {
  std::vector<bool> chosen(policy.rules.size(), false);
  std::vector<std::size_t> open;
  const auto choose = [&](std::size_t rule) {
    if (chosen[rule]) return;
    chosen[rule] = true;
    open.push_back(rule);
  };
  for (std::size_t rule = 0; rule < policy.rules.size(); ++rule) {
    const std::string& id = policy.rules[rule].head.id;
    const bool skipped = !selection.skip.empty() && selection.skip.matches(id);
    if (selection.rules.matches(id) && !skipped) choose(rule);
  }
  while (!open.empty()) {
    const std::size_t rule = open.back();
    open.pop_back();
    for (const std::string& id : checks.check(rule)->after())
      choose(index.at(id));
  }
  return chosen;
}

struct Refusal {
  Refused why = Refused::no;
  std::string text;
};

std::string why_off(const policy::Rule& rule) {
  if (!rule.disabled_why.empty()) return fmt::format("switched off: {}", rule.disabled_why);
  return rule.strict ? "asked only where `strict = true` stands in [gate], or with --strict"
                     : "off in its pack; `enabled = true` in an [[override]] switches it on";
}

Refusal refusal(const policy::Rule& rule, const checks::Kind& kind, const Selection& selection,
                policy::Conditions& conditions) {
  if (!selection.skip.empty() && selection.skip.matches(rule.head.id))
    return {Refused::skipped, "--skip leaves it out"};
  if (!rule.enabled) return {Refused::switched_off, why_off(rule)};
  const std::vector<policy::Stage>& stages = rule.head.stages;
  if (std::find(stages.begin(), stages.end(), selection.stage) == stages.end())
    return {Refused::other_stage, fmt::format("asked at stage {}", names(stages))};
  if (selection.offline && (kind.needs & checks::Kind::network) != 0)
    return {Refused::offline, "--offline: the network is not used"};
  if (selection.without_repository && (kind.needs & checks::Kind::git) != 0)
    return {Refused::no_repository, "not a git repository"};
  if (std::optional<std::string> refusal = conditions.refusal(rule.when))
    return {Refused::condition, *std::move(refusal)};
  if (selection.no_commands && (kind.needs & checks::Kind::commands) != 0)
    return {Refused::no_commands, "--no-commands: no program is started"};
  return {};
}

}  // namespace

Plan plan(const policy::Policy& policy, const CheckList& checks, const Selection& selection,
          policy::Conditions& conditions) {
  Index index;
  for (std::size_t rule = 0; rule < policy.rules.size(); ++rule)
    index.emplace(policy.rules[rule].head.id, rule);
  const std::vector<bool> chosen = select(policy, checks, selection, index);

  Plan plan;
  std::vector<std::size_t> task_of(policy.rules.size(), 0);
  for (std::size_t number = 0; number < policy.rules.size(); ++number) {
    if (!chosen[number]) continue;
    const policy::Rule& rule = policy.rules[number];
    const checks::Kind& kind = *checks.kind(number);
    task_of[number] = plan.tasks.size();
    Refusal refused = refusal(rule, kind, selection, conditions);
    plan.tasks.push_back(
        {&rule, &kind, checks.check(number), refused.why, std::move(refused.text), {}});
  }
  for (Task& task : plan.tasks) {
    for (const std::string& id : task.check->after())
      task.after.push_back(task_of[index.at(id)]);
  }
  return plan;
}

}  // namespace gate::engine
