#include "gate/report/wording.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/unicode.h"

namespace gate::report {
namespace {

using finding::Verdict;

constexpr std::string_view kWordJoiner = "\xE2\x81\xA0";

bool is_graphic(char c) { return ' ' < c && c < '\x7F'; }

std::string_view name(Decision decision) {
  switch (decision) {
    case Decision::passed:
      return "passed";
    case Decision::blocked:
      return "blocked";
    case Decision::undecided:
      return "could not decide";
  }
  return "";
}

std::string_view who(finding::Suppression::By by) {
  switch (by) {
    case finding::Suppression::By::inline_comment:
      return "a comment";
    case finding::Suppression::By::policy:
      return "the policy";
    case finding::Suppression::By::baseline:
      return "the baseline";
    case finding::Suppression::By::base:
      return "the commit before the change";
  }
  return "";
}

// One part of the sentence: how many rules, and what they do, in the singular and the plural.
struct Share {
  std::uint64_t rules = 0;
  std::string_view one;
  std::string_view many;
};

}  // namespace

std::string message_of(const Entry& entry, const finding::Finding& finding) {
  const std::string& text = finding.message.empty() ? entry.rule->title : finding.message;
  return finding.code.empty() ? text : fmt::format("{} ({})", text, finding.code);
}

std::string reason_of(const Entry& entry) {
  return entry.outcome->reason.empty() ? entry.rule->title : entry.outcome->reason;
}

finding::Severity severity_of(const Entry& entry) {
  finding::Severity severity = finding::Severity::note;
  bool any = false;
  for (const finding::Finding& found : entry.outcome->findings) {
    if (found.suppressed) continue;
    severity = std::max(severity, found.severity);
    any = true;
  }
  return any ? severity : entry.rule->severity;
}

std::string place_text(std::string_view path, const finding::Place& place) {
  if (path.empty() || place.line == 0) return std::string(path);
  if (place.column == 0) return fmt::format("{}:{}", path, place.line);
  return fmt::format("{}:{}:{}", path, place.line, place.column);
}

std::string describe(const finding::Suppression& suppression) {
  std::string text = fmt::format("suppressed by {}", who(suppression.by));
  if (!suppression.until.empty()) text += fmt::format(" until {}", suppression.until);
  if (!suppression.reason.empty()) text += fmt::format(": {}", suppression.reason);
  if (!suppression.owner.empty()) text += fmt::format(" ({})", suppression.owner);
  return text;
}

std::string_view common_fix(const policy::RuleHead& rule,
                            std::span<const finding::Finding* const> findings) {
  const bool all_have_own =
      !findings.empty() &&
      std::all_of(findings.begin(), findings.end(), [&rule](const finding::Finding* finding) {
        return !finding->fix.empty() && finding->fix != rule.fix;
      });
  return all_have_own ? std::string_view() : std::string_view(rule.fix);
}

bool is_empty(const Report& report) {
  return std::all_of(report.entries.begin(), report.entries.end(), [](const Entry& entry) {
    return entry.outcome->verdict == finding::Verdict::not_applicable;
  });
}

std::string verdict_in_words(const Report& report) {
  Share failed{0, "failed", "failed"};
  Share warns{0, "only warns", "only warn"};
  for (const Entry& entry : report.entries) {
    if (entry.outcome->verdict == Verdict::failed) ++(blocks(report, entry) ? failed : warns).rules;
  }
  const Share shares[] = {
      failed,
      {report.totals.pending, "pending", "pending"},
      {report.totals.could_not_run, "could not run", "could not run"},
      warns,
      {report.totals.passed, "passed", "passed"},
  };
  std::vector<std::string> parts;
  for (const Share& share : shares) {
    if (share.rules == 0) continue;
    const bool one = share.rules == 1;
    const std::string_view noun = !parts.empty() ? "" : one ? "rule " : "rules ";
    parts.push_back(fmt::format("{} {}{}", share.rules, noun, one ? share.one : share.many));
  }
  const auto recalled = std::count_if(report.entries.begin(), report.entries.end(),
                                      [](const Entry& entry) { return entry.outcome->recalled; });
  if (recalled != 0) parts.push_back(fmt::format("{} of them from the cache", recalled));
  if (is_empty(report))
    return report.entries.empty()
               ? "nothing judged: no rule was asked"
               : fmt::format("nothing judged: no rule applies at stage {}", report.stage);
  return fmt::format("{}: {}", name(decide(report)), fmt::join(parts, ", "));
}

std::string checklist_in_words(const Report& report) {
  if (report.checklist_items == 0) return {};
  enum class State : std::uint8_t { holds, open, fails };
  std::map<std::string_view, State> items;
  for (const Entry& entry : report.entries) {
    State state = State::open;
    if (entry.outcome->verdict == finding::Verdict::passed) state = State::holds;
    if (entry.outcome->verdict == finding::Verdict::failed) state = State::fails;
    for (const std::string& item : entry.rule->checklist) {
      const auto [known, is_new] = items.try_emplace(item, state);
      if (!is_new) known->second = std::max(known->second, state);
    }
  }
  const auto count = [&items](State wanted) {
    return static_cast<std::size_t>(std::count_if(
        items.begin(), items.end(), [wanted](const auto& item) { return item.second == wanted; }));
  };
  const std::size_t holds = count(State::holds);
  const std::size_t fails = count(State::fails);
  const std::size_t all = std::max(report.checklist_items, items.size());
  return fmt::format("of {} item{} {} hold{}, {} do{} not, {} {} not decided here", all,
                     all == 1 ? "" : "s", holds, holds == 1 ? "s" : "", fails,
                     fails == 1 ? "es" : "", all - holds - fails,
                     all - holds - fails == 1 ? "is" : "are");
}

std::string clean(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    out += base::for_terminal(line);
    if (end == std::string_view::npos) return out;
    out += '\n';
    text.remove_prefix(end + 1);
  }
}

std::string without_commands(std::string_view text) {
  std::string out;
  bool at_line_start = true;
  for (std::size_t index = 0; index < text.size(); ++index) {
    const char c = text[index];
    const bool starts_command = at_line_start && text.substr(index).starts_with("::");
    const bool ends_marker =
        c == ':' && (out.ends_with("section_start") || out.ends_with("section_end"));
    if (starts_command || ends_marker || (c == '[' && out.ends_with("##"))) out += kWordJoiner;
    out += c;
    // What is no printable ASCII may be white space that the runner trims.
    at_line_start = c == '\n' || c == '\r' || (at_line_start && !is_graphic(c));
  }
  return out;
}

}  // namespace gate::report
