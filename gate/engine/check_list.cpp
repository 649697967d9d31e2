#include "gate/engine/check_list.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "gate/base/did_you_mean.h"
#include "gate/checks/kinds.h"

namespace gate::engine {
namespace {

// Finds cycles among rules by depth-first search; each cycle is reported once, at the rule where it
// closes.
class CycleSearch {
 public:
  CycleSearch(const policy::Policy& policy, std::vector<std::vector<std::size_t>> edges,
              base::Diagnostics& diagnostics)
      : policy_(policy),
        edges_(std::move(edges)),
        diagnostics_(diagnostics),
        marks_(edges_.size(), Mark::fresh) {}

  void run() {
    for (std::size_t rule = 0; rule < edges_.size(); ++rule) {
      if (marks_[rule] == Mark::fresh) visit(rule);
    }
  }

 private:
  enum class Mark : std::uint8_t { fresh, open, done };
  struct Step {
    std::size_t rule;
    std::size_t next_edge;
  };

  void visit(std::size_t start) {
    std::vector<Step> path{{start, 0}};
    marks_[start] = Mark::open;
    while (!path.empty()) {
      Step& step = path.back();
      if (step.next_edge == edges_[step.rule].size()) {
        marks_[step.rule] = Mark::done;
        path.pop_back();
        continue;
      }
      const std::size_t to = edges_[step.rule][step.next_edge++];
      if (marks_[to] == Mark::open) report(path, to);
      if (marks_[to] != Mark::fresh) continue;
      marks_[to] = Mark::open;
      path.push_back({to, 0});
    }
  }

  void report(const std::vector<Step>& path, std::size_t first) {
    std::string chain;
    bool inside = false;
    for (const Step& step : path) {
      inside = inside || step.rule == first;
      if (inside) chain += fmt::format("`{}` -> ", policy_.rules[step.rule].head.id);
    }
    const policy::Rule& rule = policy_.rules[first];
    diagnostics_.add(base::Diagnostic::error(
                         fmt::format("rules wait for each other: {}`{}`", chain, rule.head.id))
                         .at(rule.place.source, rule.place.span)
                         .hint("take one of them out of `all`, `any`, `of` or `needs`"));
  }

  const policy::Policy& policy_;
  std::vector<std::vector<std::size_t>> edges_;
  base::Diagnostics& diagnostics_;
  std::vector<Mark> marks_;
};

// Returns where a rule's own table, or an override of it, names another rule; the place of the
// rule's id where the name came out of a var.
base::Label place_of_reference(const policy::Rule& rule, std::string_view id) {
  std::vector<readers::Value> tables = rule.overrides;
  tables.push_back(rule.table);
  for (const readers::Value& table : tables) {
    for (const readers::Value& value : table.children()) {
      if (value->key == "id") continue;
      std::vector<readers::Value> texts{value};
      if (value->kind == readers::NodeKind::list) texts = value.children();
      for (const readers::Value& text : texts) {
        if (text->kind == readers::NodeKind::string && text->text == id)
          return {text.document().source(), text->span, {}};
      }
    }
  }
  return rule.place;
}

}  // namespace

policy::RuleCallback CheckList::callback() {
  return [this](const policy::RuleHead& head, policy::TableReader& table) {
    Item item;
    item.kind = checks::find_kind(head.kind);
    if (item.kind == nullptr) {
      std::vector<std::string_view> names;
      for (const checks::Kind* kind : checks::kinds())
        names.push_back(kind->name);
      // Without a kind no key can be told right from wrong, so finish() is left out.
      table.complain("kind", fmt::format("unknown kind `{}`", head.kind),
                     base::suggest(head.kind, names));
    } else {
      item.check = item.kind->make(head, table);
      table.finish();
    }
    items_.push_back(std::move(item));
  };
}

void settle(policy::Policy& policy, const CheckList& checks, base::Diagnostics& diagnostics) {
  std::map<std::string_view, std::size_t> index;
  std::vector<std::string_view> ids;
  for (std::size_t rule = 0; rule < policy.rules.size(); ++rule) {
    index.emplace(policy.rules[rule].head.id, rule);
    // What is said of suppressions is never what was meant.
    const checks::Kind* kind = checks.kind(rule);
    if (kind == nullptr || (kind->needs & checks::Kind::suppressions) == 0)
      ids.emplace_back(policy.rules[rule].head.id);
  }
  std::vector<std::vector<std::size_t>> edges(policy.rules.size());
  for (std::size_t number = 0; number < policy.rules.size(); ++number) {
    policy::Rule& rule = policy.rules[number];
    const checks::Kind* kind = checks.kind(number);
    if (kind != nullptr && rule.head.stages.empty())
      rule.head.stages.assign(kind->stages.begin(), kind->stages.end());
    const checks::Check* check = checks.check(number);
    if (check == nullptr) continue;
    for (const std::string& id : check->after()) {
      const auto found = index.find(id);
      if (found != index.end()) {
        edges[number].push_back(found->second);
        continue;
      }
      if (policy.incomplete) continue;  // it may stand in what could not be read
      std::vector<std::string_view> others = ids;
      others.erase(std::remove(others.begin(), others.end(), rule.head.id), others.end());
      std::string help = base::suggest(id, others);
      if (help.empty())
        help = "`gate rules list` names the rules; a rule of a pack needs its pack in `packs`";
      const base::Label place = place_of_reference(rule, id);
      diagnostics.add(
          base::Diagnostic::error(
              fmt::format("`{}` refers to the rule `{}`, which this policy does not have",
                          rule.head.id, id))
              .at(place.source, place.span)
              .hint(std::move(help)));
    }
  }
  CycleSearch(policy, std::move(edges), diagnostics).run();
}

}  // namespace gate::engine
