// RuleHead: what all kinds of rules have in common, as data.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/finding/finding.h"

namespace gate::policy {

// When a rule is asked (DESIGN: push hook, continuous integration, with the production environment,
// after the deploy, from time to time).
enum class Stage : std::uint8_t { push, ci, deploy, verify, follow_up };

[[nodiscard]] std::string_view name(Stage stage);
[[nodiscard]] std::optional<Stage> parse_stage(std::string_view text);
// Returns the names of these stages as people read them: "push, ci".
[[nodiscard]] std::string names(std::span<const Stage> stages);
// Returns the names of all stages, in the order of the enumerators.
[[nodiscard]] std::span<const std::string_view> stage_names();

struct RuleHead {
  std::string id;  // "pack.what-is-wrong"
  std::string kind;
  std::string pack;   // shipped pack it comes from; empty for a rule of the user's own
  std::string title;  // what is wrong when it fails, one line
  std::string why;
  std::string fix;
  std::string since;  // version that brought the rule
  finding::Severity severity = finding::Severity::error;
  std::vector<Stage> stages;         // empty: the kind's own
  std::vector<std::string> refs;     // URLs
  std::vector<std::string> aliases;  // the same rule elsewhere: "django:security.W018"
  std::vector<std::string> tags;
  std::vector<std::string> checklist;  // ids of the checklist items it decides: "DEX-008"
};

// Returns whether `text` names the rule: its id, one of its aliases, or a glob over ids.
[[nodiscard]] bool names_rule(std::string_view text, const RuleHead& rule);

}  // namespace gate::policy
