// Kind `group`: what other rules come to, taken together.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "gate/checks/kinds.h"

namespace gate::checks {
namespace {

using finding::Outcome;
using finding::Verdict;

// How the members of a group came out.
struct Count {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t pending = 0;
  std::size_t could_not_run = 0;
  std::size_t not_applicable = 0;

  [[nodiscard]] std::size_t applicable() const { return passed + failed + pending + could_not_run; }
};

class GroupCheck final : public Check {
 public:
  // `needed`: how many members must pass; all of those that apply where it is 0.
  GroupCheck(std::vector<std::string> members, std::size_t needed)
      : members_(std::move(members)), needed_(needed) {}

  [[nodiscard]] std::vector<std::string> after() const override { return members_; }

  [[nodiscard]] Answer run(const Context& context) const override {
    Count count;
    std::vector<finding::Finding> findings;
    std::string waiting;
    std::string stopped;
    for (const std::string& member : members_) {
      const Outcome* outcome = context.outcome ? context.outcome(member) : nullptr;
      if (outcome == nullptr) {
        ++count.could_not_run;
        add(stopped, fmt::format("`{}` is not in the plan", member));
        continue;
      }
      switch (outcome->verdict) {
        case Verdict::passed:
          ++count.passed;
          break;
        case Verdict::failed:
          ++count.failed;
          findings.push_back(describe_failure(*outcome));
          break;
        case Verdict::pending:
          ++count.pending;
          add(waiting, describe(*outcome, "is pending"));
          break;
        case Verdict::not_applicable:
          ++count.not_applicable;
          break;
        case Verdict::could_not_run:
          ++count.could_not_run;
          add(stopped, describe(*outcome, "could not run"));
          break;
      }
    }
    Answer answer = decide(count, std::move(findings), waiting, stopped);
    answer.evidence.push_back(fmt::format(
        "{} of {} passed{}", count.passed, members_.size(),
        count.not_applicable == 0 ? "" : fmt::format(", {} not applicable", count.not_applicable)));
    return answer;
  }

 private:
  static void add(std::string& reasons, const std::string& reason) {
    if (!reasons.empty()) reasons += "; ";
    reasons += reason;
  }

  static std::string describe(const Outcome& outcome, std::string_view verb) {
    return outcome.reason.empty() ? fmt::format("`{}` {}", outcome.rule, verb)
                                  : fmt::format("`{}` {}: {}", outcome.rule, verb, outcome.reason);
  }

  static finding::Finding describe_failure(const Outcome& outcome) {
    const auto open = static_cast<std::size_t>(
        std::count_if(outcome.findings.begin(), outcome.findings.end(),
                      [](const finding::Finding& one) { return !one.suppressed; }));
    finding::Finding finding;
    finding.message = open == 0 ? fmt::format("`{}` failed", outcome.rule)
                                : fmt::format("`{}` failed with {} finding{}", outcome.rule, open,
                                              open == 1 ? "" : "s");
    finding.identity = outcome.rule;
    return finding;
  }

  [[nodiscard]] Answer decide(const Count& count, std::vector<finding::Finding> findings,
                              const std::string& waiting, const std::string& stopped) const {
    if (count.applicable() == 0) return Answer::not_applicable("none of its rules applies here");
    const std::size_t needed = needed_ == 0 ? count.applicable() : needed_;
    if (count.passed >= needed) return Answer::judged({}, {});
    // Members that do not apply are neutral: they neither pass nor fail a group that asks for more
    // than are left.
    if (count.applicable() < needed && count.failed == 0 && stopped.empty() && waiting.empty()) {
      return Answer::not_applicable(
          fmt::format("only {} of its rules appl{} here, and {} must pass", count.applicable(),
                      count.applicable() == 1 ? "ies" : "y", needed));
    }
    const std::size_t reachable = count.passed + count.pending + count.could_not_run;
    if (reachable < needed && count.failed != 0) return Answer::judged(std::move(findings), {});
    if (!stopped.empty()) return Answer::could_not_run(stopped);
    return {Verdict::pending, waiting, {}, {}};
  }

  std::vector<std::string> members_;
  std::size_t needed_;
};

// Returns the rule ids under `key`, mistakes reported.
std::vector<std::string> members(policy::TableReader& table, std::string_view key,
                                 std::string_view own_id) {
  std::vector<std::string> ids = table.texts(key);
  if (ids.empty())
    table.complain(key, fmt::format("`{}` names no rule", key),
                   "write the ids of rules: [\"app.tests\"]");
  std::set<std::string_view> seen;
  for (std::size_t index = 0; index < ids.size(); ++index) {
    if (ids[index] == own_id) table.complain(key, index, "a group cannot be a member of itself");
    if (!seen.insert(ids[index]).second)
      table.complain(key, index, fmt::format("`{}` stands twice in this group", ids[index]));
  }
  return ids;
}

std::unique_ptr<Check> make(const policy::RuleHead& head, policy::TableReader& table) {
  table.require_one_of({"all", "any", "at_least"});
  std::vector<std::string> ids;
  std::size_t needed = 0;
  std::string_view chosen;
  for (const std::string_view key : {"all", "any", "at_least"}) {
    if (!table.has(key)) continue;
    if (!chosen.empty()) {
      table.complain(key, fmt::format("`{}` beside `{}`: a group has one of them", key, chosen),
                     "write a group for each, and a third one over both");
    }
    chosen = key;
  }
  if (table.has("all")) ids = members(table, "all", head.id);
  if (table.has("any")) {
    ids = members(table, "any", head.id);
    needed = 1;
  }
  const std::optional<std::int64_t> at_least = table.optional_integer("at_least", 1, 1'000'000);
  if (table.has("at_least")) {
    ids = members(table, "of", head.id);
    needed = static_cast<std::size_t>(at_least.value_or(1));
    if (needed > ids.size() && !ids.empty()) {
      table.complain("at_least", fmt::format("`at_least` is {}, but `of` names {} rules only",
                                             needed, ids.size()));
    }
  } else if (table.has("of")) {
    table.complain("of", "`of` without `at_least`", "write at_least = 1, or `all` instead of `of`");
    table.accept({"of"});
  }
  return std::make_unique<GroupCheck>(std::move(ids), needed);
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"all", "list of rule ids", "each of them must pass; those that do not apply are left out"},
    {"any", "list of rule ids", "one of them must pass"},
    {"at_least", "integer", "so many of the rules in `of` must pass"},
    {"of", "list of rule ids", "the rules that `at_least` counts"},
});
constexpr std::array kStages{policy::Stage::push, policy::Stage::ci, policy::Stage::deploy,
                             policy::Stage::verify, policy::Stage::follow_up};

}  // namespace

const Kind kGroup{
    "group", "all, any or a number of other rules pass", Kind::nothing, kStages, kKeys, make};

}  // namespace gate::checks
