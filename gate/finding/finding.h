// The words of a judgement: finding, verdict, outcome. Knows nothing of rules' kinds, files or
// reports.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"

namespace gate::finding {

// SARIF's levels, weakest first, so that `severity >= fail_on` reads as it is meant.
enum class Severity : std::uint8_t { note, warning, error };

[[nodiscard]] std::string_view name(Severity severity);
[[nodiscard]] std::optional<Severity> parse_severity(std::string_view text);

enum class Verdict : std::uint8_t { passed, failed, pending, not_applicable, could_not_run };

[[nodiscard]] std::string_view name(Verdict verdict);

// Where a finding stands. `path` is relative to the judged folder, '/'-separated, in the bytes git
// has (maybe not valid UTF-8); empty for a finding about the repository as a whole. Line 0: the
// file as a whole. Column 0: the whole line. Lines and columns are 1-based, columns count bytes,
// ends are exclusive.
struct Place {
  std::string path;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;

  friend auto operator<=>(const Place&, const Place&) = default;
};

// Returns the place of a span of the file at `path`, whose lines these are.
[[nodiscard]] Place place_of(std::string path, const base::LineIndex& lines, base::Span span);

// Why a finding does not count: who said so, where.
struct Suppression {
  // base: it was there before the change that is judged.
  enum class By : std::uint8_t { inline_comment, policy, baseline, base };
  By by = By::policy;
  std::string reason;
  std::string until;  // YYYY-MM-DD; empty for a baseline entry
  std::string owner;  // may be empty
};

[[nodiscard]] std::string_view name(Suppression::By by);

// The package that a finding is about, so that a suppression can name it rather than a text.
struct Subject {
  std::string ecosystem;  // "npm", "composer"
  std::string package;
  std::string version;
  std::vector<std::string> advisories;  // ids and aliases, where it is about a known hole
};

struct Finding {
  std::string message;  // one sentence, lower case, no full stop: what is wrong here
  Place place;
  Severity severity = Severity::error;
  // What the fingerprint is made of besides rule and path: the matched text and its neighbours, or
  // a key. Never printed.
  std::string identity;
  std::string fingerprint;  // 32 hex digits; set by the engine
  std::optional<Suppression> suppressed;
  std::vector<std::string> trace;  // how the value came about, source first
  std::string fix;  // what to do here, where it is more precise than the rule's; may be empty
  std::optional<Subject> subject;
  std::string code;        // a tool's own id for it ("phpstan.argument.type"); empty for gate's own
  bool was_there = false;  // before the change that is judged, as the check itself could tell
};

// What one rule came to. Every rule of the plan has exactly one.
struct Outcome {
  std::string rule;  // id
  Verdict verdict = Verdict::could_not_run;
  std::string reason;  // why it does not apply, could not run or is pending; empty otherwise
  std::vector<Finding> findings;      // ordered by place; suppressed ones stay
  std::vector<std::string> evidence;  // what was looked at: "3 files", "git HEAD 1a2b3c4"
  double duration_ms = 0;             // wall time
  // Where it does not apply and people should know all the same: a tool is missing.
  std::optional<Severity> notice{};
  bool recalled = false;  // it is that of an earlier run; nothing was run for it
  // What the rule's own lists name and nothing met, "exceptions: `acme/*`"; for people.
  std::vector<std::string> unmet{};
};

// Puts findings in the order of reports: path, line, column, message.
void sort(std::vector<Finding>& findings);

}  // namespace gate::finding
