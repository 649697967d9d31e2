// Reference: the tables and keys that a policy file may hold, in words, for documentation, the JSON
// schema of gate.toml and help. A test holds it against what the loader accepts.
#pragma once

#include <span>
#include <string_view>

namespace gate::policy {

// One key of a table.
struct KeyDoc {
  std::string_view name;
  // The form of its value: "text", "globs", "true or false", "duration" ...; choices stand in
  // backticks: "`error`, `warning` or `note`".
  std::string_view type;
  std::string_view text;  // one sentence
};

struct TableDoc {
  std::string_view name;  // as it is written: "[gate]", "[[override]]"
  std::string_view text;  // one or two sentences: what it is for
  std::span<const KeyDoc> keys;
  std::string_view sample;  // TOML
};

// Returns the tables of a policy file in the order of the documentation; the table of a rule holds
// the keys that all kinds have in common.
[[nodiscard]] std::span<const TableDoc> policy_tables();

// Returns the keys that all kinds of rules have in common.
[[nodiscard]] std::span<const KeyDoc> rule_head_keys();

}  // namespace gate::policy
