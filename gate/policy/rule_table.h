// A [[rule]] table as far as all kinds have it in common.
#pragma once

#include "gate/policy/policy.h"

namespace gate::policy {

// Reads `when` with its keys `file(s)`, `package(s)`, `branch(es)`, `key(s)`, `any` and
// `none`.
[[nodiscard]] When read_when(TableReader& table);

// Reads `stages`; an unknown one is reported.
[[nodiscard]] std::vector<Stage> read_stages(TableReader& table);

// Reads a severity; `error` where there is none.
[[nodiscard]] finding::Severity read_severity(TableReader& table,
                                              std::string_view key = "severity");

// Reads everything but `id`, `when`, `enabled` and `example`.
[[nodiscard]] RuleHead read_head(TableReader& table);

// Returns whether a text has the form of a rule's id: "pack.what-is-wrong" in lower case, digits
// and dashes.
[[nodiscard]] bool is_rule_id(std::string_view id);

}  // namespace gate::policy
