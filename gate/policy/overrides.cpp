#include "gate/policy/overrides.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "gate/policy/rule_table.h"

namespace gate::policy {
namespace {

using readers::NodeKind;
using readers::Value;

constexpr std::array<std::string_view, 4> kFixedKeys = {"id", "kind", "since", "example"};
// What every rule has, so that one override may change it in many.
constexpr std::array<std::string_view, 5> kSharedKeys = {"severity", "stages", "enabled", "tags",
                                                         "checklist"};

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool equal(const Value& a, const Value& b) {
  const readers::Node& left = a.node();
  const readers::Node& right = b.node();
  if (left.kind != right.kind || left.size != right.size) return false;
  switch (left.kind) {
    case NodeKind::null:
      return true;
    case NodeKind::boolean:
      return left.boolean == right.boolean;
    case NodeKind::integer:
      return left.integer == right.integer;
    case NodeKind::number:
      return left.number == right.number;
    case NodeKind::string:
    case NodeKind::date:
      return left.text == right.text;
    case NodeKind::list: {
      const std::vector<Value> first = a.children();
      const std::vector<Value> second = b.children();
      return std::equal(first.begin(), first.end(), second.begin(), second.end(), equal);
    }
    case NodeKind::unknown:
      return false;
    case NodeKind::map: {
      const std::vector<Value> first = a.children();
      return std::all_of(first.begin(), first.end(), [&b](const Value& child) {
        const std::optional<Value> other = b.find(child->key);
        return other && equal(child, *other);
      });
    }
  }
  return false;
}

// A rule as it was before an override: its table, and the overrides before that one.
class Before {
 public:
  explicit Before(const Draft& draft)
      : table_(draft.table, std::nullopt, nullptr, unheard_, true), draft_(draft) {
    for (const Value& earlier : draft.overrides)
      table_.add_overlay(earlier, kOverrideOwnKeys);
  }

  [[nodiscard]] finding::Severity severity() { return read_severity(table_); }
  [[nodiscard]] bool enabled() { return table_.boolean("enabled", true); }

  // Returns whether `value` under its key says what holds without it.
  [[nodiscard]] bool has(const Value& value) {
    for (auto earlier = draft_.overrides.rbegin(); earlier != draft_.overrides.rend(); ++earlier) {
      if (const auto found = earlier->find(value->key)) return equal(value, *found);
    }
    if (const auto found = draft_.table.find(value->key)) return equal(value, *found);
    // A strict rule is on or off by what the run asks for.
    if (value->key == "enabled") return value->boolean && !draft_.table.find("strict");
    return value->key == "severity" && value->text == finding::name(severity());
  }

 private:
  base::Diagnostics unheard_;
  TableReader table_;
  const Draft& draft_;
};

class Override {
 public:
  Override(TableReader table, const RuleDirectory& rules)
      : table_(std::move(table)), rules_(rules) {}

  void apply() {
    const std::size_t before = table_.diagnostics().all().size();
    const std::string rule = table_.required_text("rule");
    const std::optional<std::string> why = table_.optional_text("why");
    if (rule.empty()) return;
    std::vector<Draft*> drafts = rules_.find(table_, "rule", rule);
    const bool many = rule.find_first_of("*?[{") != std::string::npos;
    read_values();
    for (const Value& value : table_.value().children())
      check_key(value, many);
    if (!drafts.empty()) check_effect(drafts);
    if (!why || why->empty()) check_reason(drafts);
    if (has_errors_since(before)) return;
    for (Draft* draft : drafts)
      draft->overrides.push_back(table_.value());
  }

 private:
  [[nodiscard]] bool has_errors_since(std::size_t before) {
    const auto& all = table_.diagnostics().all();
    return std::any_of(all.begin() + static_cast<std::ptrdiff_t>(before), all.end(),
                       [](const base::Diagnostic& found) {
                         return found.level == base::Diagnostic::Level::error;
                       });
  }

  // Types and words are judged here, once, and not again in each rule.
  void read_values() {
    severity_ = read_severity(table_);
    enabled_ = table_.boolean("enabled", true);
    (void)read_stages(table_);
  }

  void check_key(const Value& value, bool many) {
    const std::string_view key = value->key;
    if (std::find(kOverrideOwnKeys.begin(), kOverrideOwnKeys.end(), key) != kOverrideOwnKeys.end())
      return;
    changes_ = true;
    if (contains(kFixedKeys, key)) {
      table_.complain(key, fmt::format("`{}` of a rule cannot be overridden", key));
    } else if (many && !contains(kSharedKeys, key)) {
      table_.complain(
          key, fmt::format("`{}` belongs to one rule, and this override is for several", key),
          "name one rule by its id");
    }
  }

  void check_effect(const std::vector<Draft*>& drafts) {
    if (!changes_) {
      table_.complain("rule", "this override changes nothing",
                      "write what shall be different: `severity = \"warning\"`");
      return;
    }
    for (const Value& value : table_.value().children()) {
      const std::string_view key = value->key;
      if (std::find(kOverrideOwnKeys.begin(), kOverrideOwnKeys.end(), key) !=
          kOverrideOwnKeys.end())
        continue;
      const bool same = std::all_of(drafts.begin(), drafts.end(),
                                    [&](const Draft* draft) { return Before(*draft).has(value); });
      if (same) table_.warn(key, fmt::format("`{}` already has this value", key), "remove it");
    }
  }

  void check_reason(const std::vector<Draft*>& drafts) {
    for (const Draft* draft : drafts) {
      Before before(*draft);
      const bool switches_off = table_.has("enabled") && !enabled_ && before.enabled();
      const bool lowers = table_.has("severity") && severity_ < before.severity();
      if (!switches_off && !lowers) continue;
      table_.complain(
          switches_off ? "enabled" : "severity",
          switches_off
              ? fmt::format("`{}` is switched off without a reason", draft->names.id)
              : fmt::format("`{}` is lowered from {} to {} without a reason", draft->names.id,
                            finding::name(before.severity()), finding::name(severity_)),
          "add `why = \"…\"`");
      return;
    }
  }

  TableReader table_;
  const RuleDirectory& rules_;
  finding::Severity severity_ = finding::Severity::error;
  bool enabled_ = true;
  bool changes_ = false;  // says anything of the rule
};

}  // namespace

void apply_overrides(TableReader& root, const RuleDirectory& rules) {
  for (TableReader& table : root.tables("override"))
    Override(std::move(table), rules).apply();
}

}  // namespace gate::policy
