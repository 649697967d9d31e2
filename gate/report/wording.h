// Words that several formats share.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gate/report/report.h"

namespace gate::report {

// Returns what a finding says; the rule's title where it says nothing of its own. A tool's own id
// follows in brackets.
[[nodiscard]] std::string message_of(const Entry& entry, const finding::Finding& finding);

// Returns what an outcome without findings of its own says: its reason, or the rule's title.
[[nodiscard]] std::string reason_of(const Entry& entry);

// Returns the gravest severity of what was found and is not suppressed; the rule's own where there
// is nothing.
[[nodiscard]] finding::Severity severity_of(const Entry& entry);

// Returns "path:line:column" as far as it is known; empty without a path.
[[nodiscard]] std::string place_text(std::string_view path, const finding::Place& place);

// Returns "suppressed by the policy until 2027-03-01: reason (owner)".
[[nodiscard]] std::string describe(const finding::Suppression& suppression);

// Returns the fix of the rule, unless each of the findings has one of its own.
[[nodiscard]] std::string_view common_fix(const policy::RuleHead& rule,
                                          std::span<const finding::Finding* const> findings);

// Returns whether no rule was asked or none applies: nothing was judged.
[[nodiscard]] bool is_empty(const Report& report);

// Returns the decision with the counts behind it, but for rules that do not apply: "blocked: 2
// rules failed, 34 passed, 3 of them from the cache".
[[nodiscard]] std::string verdict_in_words(const Report& report);

// Returns how the items of the checklists came out, empty where there are none: "of 24 items 15
// hold, 2 do not, 7 are not decided here". An item holds where every rule that it names passed, and
// does not where one failed.
[[nodiscard]] std::string checklist_in_words(const Report& report);

// Returns a text of several lines with every line fit for a terminal.
[[nodiscard]] std::string clean(std::string_view text);

// Returns a text that GitHub's runner reads no command and GitLab's log no section in, whoever
// wrote it: a word joiner (U+2060, no cells) goes into `##[` and `section_start:`, and in front of
// a `::` at the start of a line.
[[nodiscard]] std::string without_commands(std::string_view text);

}  // namespace gate::report
