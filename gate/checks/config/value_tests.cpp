#include "gate/checks/config/value_tests.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"
#include "gate/base/unicode.h"

namespace gate::checks {
namespace {

using readers::Node;
using readers::NodeKind;
using readers::Setting;
using readers::SettingKind;
using readers::SettingList;
using readers::Value;

bool is_text(const Node& node) {
  return node.kind == NodeKind::string || node.kind == NodeKind::date;
}

std::string show(const Setting& setting) {
  base::JsonWriter json;
  readers::write_value(json, setting);
  return fmt::format("`{}`", std::move(json).text());
}

std::string show(const SettingList& list) {
  std::vector<std::string> shown;
  for (const Setting& item : list)
    shown.push_back(show(item));
  return fmt::format("{}", fmt::join(shown, ", "));
}

enum class Same : std::uint8_t { no, yes, unknown };

// Compares a value of a file with one of the rule.
Same compare(Value value, const Setting& wanted, bool ignore_case) {
  const Node& node = value.node();
  switch (node.kind) {
    case NodeKind::unknown:
      return Same::unknown;
    case NodeKind::null:
      return wanted.is(SettingKind::null) ? Same::yes : Same::no;
    case NodeKind::boolean:
      return wanted.is(SettingKind::boolean) && wanted.truth() == node.boolean ? Same::yes
                                                                               : Same::no;
    case NodeKind::integer:
      return same_value(Setting::integer(node.integer), wanted) ? Same::yes : Same::no;
    case NodeKind::number:
      return same_value(Setting::number(node.number), wanted) ? Same::yes : Same::no;
    case NodeKind::string:
    case NodeKind::date: {
      if (!wanted.is(SettingKind::string)) return Same::no;
      const bool same = ignore_case ? base::to_lower(node.text) == base::to_lower(wanted.text())
                                    : node.text == wanted.text();
      return same ? Same::yes : Same::no;
    }
    case NodeKind::list:
    case NodeKind::map:
      break;
  }
  const bool list = node.kind == NodeKind::list;
  if (!wanted.is(list ? SettingKind::list : SettingKind::map)) return Same::no;
  const std::vector<Value> children = value.children();
  if (children.size() != (list ? wanted.items().size() : wanted.entries().size())) return Same::no;
  Same all = Same::yes;
  for (std::size_t index = 0; index < children.size(); ++index) {
    const Setting* other = list ? &wanted.items()[index] : wanted.find(children[index]->key);
    if (other == nullptr) return Same::no;
    const Same one = compare(children[index], *other, ignore_case);
    if (one == Same::no) return Same::no;
    if (one == Same::unknown) all = Same::unknown;
  }
  return all;
}

Same compare_any(Value value, const SettingList& wanted, bool ignore_case) {
  Same any = Same::no;
  for (const Setting& one : wanted) {
    const Same same = compare(value, one, ignore_case);
    if (same == Same::yes) return Same::yes;
    if (same == Same::unknown) any = Same::unknown;
  }
  return any;
}

// Returns why a value that holds something unknown is not known.
std::string why_unknown(Value value) {
  if (value->kind == NodeKind::unknown) return std::string(value->text);
  for (const Value& child : value.children()) {
    if (std::string why = why_unknown(child); !why.empty()) return why;
  }
  return {};
}

// Whether a list has an element, a text a part, a map a key.
Same holds(Value value, const Setting& wanted, bool ignore_case) {
  const Node& node = value.node();
  if (node.kind == NodeKind::unknown) return Same::unknown;
  if (is_text(node)) {
    if (!wanted.is(SettingKind::string)) return Same::no;
    const bool found =
        ignore_case
            ? base::to_lower(node.text).find(base::to_lower(wanted.text())) != std::string::npos
            : node.text.find(wanted.text()) != std::string_view::npos;
    return found ? Same::yes : Same::no;
  }
  if (node.kind == NodeKind::map) {
    return wanted.is(SettingKind::string) && value.find(wanted.text()) ? Same::yes : Same::no;
  }
  Same any = Same::no;
  for (const Value& child : value.children()) {
    const Same same = compare(child, wanted, ignore_case);
    if (same == Same::yes) return Same::yes;
    if (same == Same::unknown) any = Same::unknown;
  }
  return any;
}

std::optional<double> read_bound(policy::TableReader& table, std::string_view key) {
  const std::optional<Setting> bound = table.any(key);
  if (!bound) return std::nullopt;
  if (bound->is(SettingKind::integer)) return static_cast<double>(bound->whole());
  if (bound->is(SettingKind::number)) return bound->real();
  table.complain(key, fmt::format("`{}` is a number", key), fmt::format("write {} = 60", key));
  return std::nullopt;
}

// One value counts as a list of one.
SettingList read_list(policy::TableReader& table, std::string_view key) {
  std::optional<Setting> list = table.any(key);
  if (!list) return {};
  if (list->is(SettingKind::list)) return list->items();
  return {*std::move(list)};
}

}  // namespace

ConfigValueTests::ConfigValueTests(policy::TableReader& table)
    : equals_(table.any("equals")),
      not_equals_(table.any("not_equals")),
      one_of_(read_list(table, "one_of")),
      none_of_(read_list(table, "none_of")),
      min_(read_bound(table, "min")),
      max_(read_bound(table, "max")),
      contains_(read_list(table, "contains")),
      not_contains_(read_list(table, "not_contains")),
      forbid_keys_(table.globs("forbid_keys")),
      ignore_case_(table.boolean("ignore_case", false)) {
  matches_ = table.patterns("matches", {.ignore_case = ignore_case_});
  not_matches_ = table.patterns("not_matches", {.ignore_case = ignore_case_});
  expected_ = table.text("expected");
  if (!expected_.empty() && matches_.empty() && not_matches_.empty())
    table.complain("expected", "`expected` without a pattern that it puts into words",
                   "add `matches` or `not_matches`");
}

bool ConfigValueTests::empty() const {
  return !equals_ && !not_equals_ && one_of_.empty() && none_of_.empty() && matches_.empty() &&
         not_matches_.empty() && forbid_keys_.empty() && !min_ && !max_ && contains_.empty() &&
         not_contains_.empty();
}

std::vector<TestResult> ConfigValueTests::judge(Value value, bool secret) const {
  std::vector<TestResult> out;
  if (value->kind == NodeKind::unknown) {
    if (!empty()) out.push_back({"", "", std::string(value->text)});
    return out;
  }
  judge_equality(value, secret, out);
  judge_patterns(value, secret, out);
  judge_bounds(value, secret, out);
  judge_contents(value, secret, out);
  return out;
}

void ConfigValueTests::judge_equality(Value value, bool secret,
                                      std::vector<TestResult>& out) const {
  const auto ask = [&](std::string_view test, Same same, Same wanted, const std::string& message) {
    if (same == wanted) return;
    if (same == Same::unknown) {
      out.push_back({test, "", why_unknown(value)});
    } else {
      out.push_back({test, message, ""});
    }
  };
  const std::string shown = checks::show(value, secret);
  if (equals_)
    ask("equals", compare(value, *equals_, ignore_case_), Same::yes,
        fmt::format("is {}, not {}", shown, show(*equals_)));
  if (not_equals_)
    ask("not_equals", compare(value, *not_equals_, ignore_case_), Same::no,
        fmt::format("is {}", shown));
  if (!one_of_.empty())
    ask("one_of", compare_any(value, one_of_, ignore_case_), Same::yes,
        fmt::format("is {}, not one of {}", shown, show(one_of_)));
  if (!none_of_.empty())
    ask("none_of", compare_any(value, none_of_, ignore_case_), Same::no,
        fmt::format("is {}", shown));
}

void ConfigValueTests::judge_patterns(Value value, bool secret,
                                      std::vector<TestResult>& out) const {
  if (matches_.empty() && not_matches_.empty()) return;
  const Node& node = value.node();
  std::string_view text = node.text;
  if (node.kind == NodeKind::boolean) text = node.boolean ? "true" : "false";
  std::string digits;
  if (node.kind == NodeKind::integer && text.empty())
    text = digits = fmt::format("{}", node.integer);
  if (node.kind == NodeKind::number && text.empty()) text = digits = fmt::format("{}", node.number);
  const bool scalar =
      node.kind != NodeKind::list && node.kind != NodeKind::map && node.kind != NodeKind::null;
  const std::string shown = checks::show(value, secret);
  for (const base::Pattern& pattern : matches_) {
    if (scalar && pattern.matches(text)) continue;
    out.push_back({"matches",
                   expected_.empty()
                       ? fmt::format("is {}, which does not match `{}`", shown, pattern.text())
                       : fmt::format("is {}, not {}", shown, expected_),
                   ""});
  }
  for (const base::Pattern& pattern : not_matches_) {
    if (!scalar || !pattern.matches(text)) continue;
    out.push_back({"not_matches",
                   expected_.empty() ? fmt::format("is {}", shown)
                                     : fmt::format("is {}, not {}", shown, expected_),
                   ""});
  }
}

void ConfigValueTests::judge_bounds(Value value, bool secret, std::vector<TestResult>& out) const {
  if (!min_ && !max_) return;
  const std::string shown = checks::show(value, secret);
  const std::optional<double> number = number_of(value);
  if (!number) {
    out.push_back({min_ ? "min" : "max", fmt::format("is {}, not a number", shown), ""});
    return;
  }
  if (min_ && *number < *min_)
    out.push_back({"min", fmt::format("is {}, less than {}", shown, *min_), ""});
  if (max_ && *number > *max_)
    out.push_back({"max", fmt::format("is {}, more than {}", shown, *max_), ""});
}

void ConfigValueTests::judge_contents(Value value, bool secret,
                                      std::vector<TestResult>& out) const {
  const auto ask = [&](std::string_view test, const Setting& part, Same wanted,
                       std::string message) {
    const Same same = holds(value, part, ignore_case_);
    if (same == wanted) return;
    if (same == Same::unknown) {
      out.push_back({test, "", why_unknown(value)});
    } else {
      out.push_back({test, std::move(message), ""});
    }
  };
  for (const Setting& part : contains_) {
    ask("contains", part, Same::yes,
        fmt::format("is {} without {}", checks::show(value, secret), show(part)));
  }
  for (const Setting& part : not_contains_)
    ask("not_contains", part, Same::no, fmt::format("contains {}", show(part)));
  if (forbid_keys_.empty()) return;
  for (const Value& child : value.children()) {
    // The key of a map that may hold more than is known.
    if (child->key == "*" && child->kind == NodeKind::unknown) {
      out.push_back({"forbid_keys", "", why_unknown(child)});
    } else if (value->kind == NodeKind::map && forbid_keys_.matches(child->key)) {
      out.push_back({"forbid_keys", fmt::format("has the key `{}`", child->key), ""});
    }
  }
}

std::string show(Value value, bool secret) {
  const Node& node = value.node();
  const auto count = [&](std::string_view what) {
    return fmt::format("a {} of {} value{}", what, node.size, node.size == 1 ? "" : "s");
  };
  constexpr std::size_t kMost = 60;
  switch (node.kind) {
    case NodeKind::null:
      return "`null`";
    case NodeKind::boolean:
      return node.boolean ? "`true`" : "`false`";
    case NodeKind::integer:
      return fmt::format("`{}`", node.integer);
    case NodeKind::number:
      return fmt::format("`{}`", node.number);
    case NodeKind::string:
    case NodeKind::date:
      if (node.text.empty()) return "empty";
      if (secret) return fmt::format("a secret of {} characters", node.text.size());
      return node.text.size() > kMost ? fmt::format("`\"{}\"`", base::truncate(node.text, kMost))
                                      : fmt::format("`\"{}\"`", node.text);
    case NodeKind::list:
      return node.size == 0 ? "an empty list" : count("list");
    case NodeKind::map:
      return node.size == 0 ? "an empty map" : count("map");
    case NodeKind::unknown:
      return "not known";
  }
  return {};
}

std::optional<double> number_of(Value value) {
  const Node& node = value.node();
  if (node.kind == NodeKind::integer) return static_cast<double>(node.integer);
  if (node.kind == NodeKind::number) return node.number;
  if (node.kind != NodeKind::string) return std::nullopt;
  double number = 0;
  const char* const end = node.text.data() + node.text.size();
  const auto [stop, problem] = std::from_chars(node.text.data(), end, number);
  if (problem != std::errc() || stop != end || node.text.empty()) return std::nullopt;
  return number;
}

}  // namespace gate::checks
