// The page of a rule or a kind: one text for `gate explain` and for docs/.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "gate/base/diagnostic.h"
#include "gate/checks/check.h"
#include "gate/policy/policy.h"

namespace gate::cli {

// Returns the page of a rule as Markdown: what, why, fix, a failing and a passing example, how to
// suppress, where else it is known.
[[nodiscard]] std::string rule_page(const policy::Rule& rule, base::Diagnostics& diagnostics);

// Returns the page of a kind as Markdown: what it decides, its keys, the shipped rules that use it.
[[nodiscard]] std::string kind_page(const checks::Kind& kind,
                                    const std::vector<const policy::Rule*>& rules);

// Returns the Markdown table of keys: name, form of the value, meaning.
[[nodiscard]] std::string key_table(std::span<const policy::KeyDoc> keys);

// Returns Markdown as text for a terminal: headings and fences become plain, lines are wrapped.
[[nodiscard]] std::string for_terminal(std::string_view markdown, std::size_t width, bool color);

}  // namespace gate::cli
