#include "gate/policy/rule_head.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "gate/base/glob.h"

namespace gate::policy {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 5> kNames = {"push", "ci", "deploy", "verify", "follow-up"};

}  // namespace

std::string_view name(Stage stage) { return kNames[static_cast<std::size_t>(stage)]; }

std::optional<Stage> parse_stage(std::string_view text) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), text);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Stage>(found - kNames.begin());
}

std::string names(std::span<const Stage> stages) {
  std::string text;
  for (const Stage stage : stages) {
    if (!text.empty()) text += ", ";
    text += name(stage);
  }
  return text;
}

std::span<const std::string_view> stage_names() { return kNames; }

bool names_rule(std::string_view text, const RuleHead& rule) {
  if (text == rule.id) return true;
  if (std::find(rule.aliases.begin(), rule.aliases.end(), text) != rule.aliases.end()) return true;
  if (text.find_first_of("*?[{") == std::string_view::npos) return false;
  const Result<base::Glob> glob = base::Glob::compile(text);
  return glob.has_value() && glob->matches(rule.id);
}

}  // namespace gate::policy
