#include "gate/engine/sift.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/did_you_mean.h"
#include "gate/base/pattern.h"
#include "gate/finding/fingerprint.h"
#include "gate/readers/lockfiles/versions/range.h"

namespace gate::engine {
namespace {

using base::trim;
using checks::SuppressionState;
using finding::Finding;
using finding::Outcome;
using finding::Verdict;
using policy::names_rule;

bool is_markdown(std::string_view path) {
  return path.ends_with(".md") || path.ends_with(".markdown");
}

// Takes the end of the comment, where its syntax has one, off the end of the text.
std::string_view without_comment_end(std::string_view text) {
  constexpr std::array<std::string_view, 4> kEnds{"-->", "*/", "--}}", "#}"};
  text = trim(text);
  for (const std::string_view end : kEnds) {
    if (text.ends_with(end)) return trim(text.substr(0, text.size() - end.size()));
  }
  return text;
}

// The parts of `RULE reason ... until=YYYY-MM-DD`.
struct AllowText {
  std::string rule;
  std::string reason;
  std::string until;
};

AllowText parse_allow(std::string_view text) {
  constexpr std::string_view kUntil = "until=";
  AllowText allow;
  text = without_comment_end(text);
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(" \t");
    const std::string_view word = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : trim(text.substr(end));
    if (word.starts_with(kUntil)) {
      allow.until = word.substr(kUntil.size());
    } else if (allow.rule.empty()) {
      allow.rule = word;
    } else {
      if (!allow.reason.empty()) allow.reason += ' ';
      allow.reason += word;
    }
  }
  return allow;
}

finding::Place place_of(const base::Label& label) {
  if (!label.source) return {};
  return finding::place_of(label.source->name(), label.source->lines(), label.span);
}

// Whether a finding is about the package, the version and the known hole that a suppression names.
bool covers_subject(const policy::Suppress& suppress, const Finding& finding) {
  if (suppress.advisory.empty() && suppress.package.empty()) return true;
  if (!finding.subject) return false;
  const finding::Subject& subject = *finding.subject;
  const auto same_advisory = [&](const std::string& id) {
    return base::to_lower(id) == base::to_lower(suppress.advisory);
  };
  if (!suppress.advisory.empty() &&
      std::none_of(subject.advisories.begin(), subject.advisories.end(), same_advisory))
    return false;
  if (suppress.package.empty()) return true;
  const auto ecosystem = readers::lockfiles::from_word(subject.ecosystem);
  if (!ecosystem) return false;
  const auto canonical = [&](std::string_view name) {
    return readers::lockfiles::canonical_name(*ecosystem, name);
  };
  if (canonical(suppress.package) != canonical(subject.package)) return false;
  // A version that cannot be compared is not covered: the suppression was for others.
  return suppress.versions.empty() ||
         readers::lockfiles::in_range(*ecosystem, subject.version, suppress.versions)
             .value_or(false);
}

void drop_doubles(std::vector<Finding>& findings) {
  const auto same = [](const Finding& a, const Finding& b) {
    return a.place == b.place && a.message == b.message && a.identity == b.identity;
  };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
}

// Returns whether a text is a code of what the task's tool finds: "eslint.no-undef".
bool names_code_of(std::string_view text, const Task& task) {
  const std::string_view tool = task.check->code_prefix();
  return !tool.empty() && text.size() > tool.size() && text.starts_with(tool) &&
         text[tool.size()] == '.';
}

std::string count_suppressed(const std::vector<Finding>& findings) {
  const bool all_old = std::all_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.suppressed->by == finding::Suppression::By::base;
  });
  const std::size_t count = findings.size();
  if (all_old) {
    return count == 1 ? "its only finding was there before"
                      : fmt::format("all {} findings were there before", count);
  }
  return count == 1 ? "its only finding is suppressed"
                    : fmt::format("all {} findings are suppressed", count);
}

}  // namespace

checks::ScanRequest allow_request() {
  static const base::Pattern kAllow = base::Pattern::trusted(
      R"re((#|//|/\*|\*|--|;|%|\{#|<!--)[ \t]*gate:allow(?:[ \t]+(.*))?$)re", {});
  checks::ScanRequest request;
  request.patterns.push_back(&kAllow);
  return request;
}

Sift::Sift(const policy::Policy& policy, const Plan& plan, base::Date today,
           const checks::ScanHits& allows, const Known* known)
    : today_(today), known_(known) {
  for (const checks::ScanMatch& match : allows.matches)
    add_inline(match, plan);
  for (const policy::Suppress& suppress : policy.suppressions)
    add_policy(suppress);
  for (const Task& task : plan.tasks) {
    // A comment cannot suppress what is said of comments; the policy can, for a folder of samples.
    const bool about_suppressions = (task.kind->needs & checks::Kind::suppressions) != 0;
    for (Entry& entry : entries_) {
      if (!entry.malformed.empty()) continue;
      const bool names_it = names_rule(entry.rule, task.rule->head);
      const bool names_code = entry.policy == nullptr && names_code_of(entry.rule, task);
      if (!names_it && !names_code) continue;
      if (about_suppressions && entry.policy == nullptr) {
        entry.asked = task.refusal.empty();
      } else {
        of_rule_[task.rule->head.id].push_back({&entry, !names_it});
      }
    }
  }
}

void Sift::add_inline(const checks::ScanMatch& match, const Plan& plan) {
  const std::string& opening = match.captures.at(0);
  if (is_markdown(match.place.path) && opening != "<!--") return;
  AllowText allow = parse_allow(match.captures.at(1));

  Entry& entry = entries_.emplace_back();
  entry.suppression = {finding::Suppression::By::inline_comment, allow.reason, allow.until, ""};
  entry.rule = std::move(allow.rule);
  entry.place = match.place;
  // A comment alone on its line speaks of the next line, one behind code of its own.
  const bool alone =
      trim(std::string_view(match.line).substr(0, match.line.find(match.text))).empty();
  entry.covers_line = alone ? match.place.line + 1 : match.place.line;

  if (entry.rule.empty()) {
    entry.malformed = "`gate:allow` names no rule; write `gate:allow RULE reason until=YYYY-MM-DD`";
    return;
  }
  const auto until = base::parse_date(allow.until);
  if (entry.suppression.reason.empty()) {
    entry.malformed =
        fmt::format("`gate:allow {}` gives no reason; write it behind the rule", entry.rule);
  } else if (allow.until.empty()) {
    entry.malformed = fmt::format("`gate:allow {}` has no end; add `until=YYYY-MM-DD`", entry.rule);
  } else if (!until) {
    entry.malformed = fmt::format("`until={}` is no day; write `until=YYYY-MM-DD`", allow.until);
  } else {
    entry.expired = *until < today_;
  }
  const bool known = std::any_of(plan.tasks.begin(), plan.tasks.end(), [&](const Task& task) {
    return names_rule(entry.rule, task.rule->head) || names_code_of(entry.rule, task);
  });
  if (!known && entry.malformed.empty()) {
    std::vector<std::string_view> ids;
    for (const Task& task : plan.tasks)
      ids.emplace_back(task.rule->head.id);
    const std::string_view nearest = base::did_you_mean(entry.rule, ids);
    // An unknown rule may belong to a pack that this run leaves out; only a near miss is a mistake
    // for sure.
    if (!nearest.empty()) {
      entry.malformed =
          fmt::format("`gate:allow {}` names no rule; did you mean `{}`?", entry.rule, nearest);
    }
  }
}

void Sift::add_policy(const policy::Suppress& suppress) {
  Entry& entry = entries_.emplace_back();
  entry.policy = &suppress;
  entry.suppression = {finding::Suppression::By::policy, suppress.reason,
                       base::format_date(suppress.until), suppress.owner};
  entry.rule = suppress.rule;
  entry.place = place_of(suppress.place);
  entry.expired = suppress.until < today_;
}

bool Sift::covers(const Use& use, const Finding& finding) {
  const Entry& entry = *use.entry;
  if (entry.expired || (use.by_code && entry.rule != finding.code)) return false;
  if (entry.policy == nullptr) {
    return finding.place.path == entry.place.path && finding.place.line <= entry.covers_line &&
           entry.covers_line <= std::max(finding.place.line, finding.place.end_line) &&
           finding.place.line != 0;
  }
  const policy::Suppress& suppress = *entry.policy;
  if (!suppress.paths.empty() &&
      (finding.place.path.empty() || !suppress.paths.matches(finding.place.path))) {
    return false;
  }
  if (!suppress.codes.empty() && !suppress.codes.matches(finding.code)) return false;
  if (!covers_subject(suppress, finding)) return false;
  return !suppress.match || finding.message.find(*suppress.match) != std::string::npos;
}

void Sift::apply(const policy::Rule& rule, Outcome& outcome) {
  for (Finding& finding : outcome.findings)
    finding.severity = std::min(finding.severity, rule.head.severity);
  finding::sort(outcome.findings);
  drop_doubles(outcome.findings);
  finding::set_fingerprints(rule.head.id, outcome.findings);
  suppress(rule, outcome);
  if (known_ != nullptr) known_->mark(outcome);
  const bool all_suppressed =
      !outcome.findings.empty() &&
      std::all_of(outcome.findings.begin(), outcome.findings.end(),
                  [](const Finding& finding) { return finding.suppressed.has_value(); });
  if (outcome.verdict == Verdict::failed && all_suppressed) {
    outcome.verdict = Verdict::passed;
    outcome.reason = count_suppressed(outcome.findings);
  }
}

void Sift::suppress(const policy::Rule& rule, Outcome& outcome) {
  const auto entries = of_rule_.find(rule.head.id);
  if (entries == of_rule_.end()) return;
  const bool decided = outcome.verdict == Verdict::passed || outcome.verdict == Verdict::failed;
  for (const Use& use : entries->second) {
    if (decided) use.entry->asked = true;
    for (Finding& finding : outcome.findings) {
      if (finding.suppressed || !covers(use, finding)) continue;
      finding.suppressed = use.entry->suppression;
      use.entry->used = true;
    }
  }
}

std::vector<SuppressionState> Sift::states() const {
  std::vector<SuppressionState> states;
  for (const Entry& entry : entries_) {
    SuppressionState state;
    state.place = entry.place;
    if (!entry.malformed.empty()) {
      state.state = SuppressionState::State::malformed;
      state.text = entry.malformed;
    } else if (entry.expired) {
      state.state = SuppressionState::State::expired;
      state.text = fmt::format("the suppression of `{}` ended on {}: {}", entry.rule,
                               entry.suppression.until, entry.suppression.reason);
    } else if (entry.asked && !entry.used) {
      state.state = SuppressionState::State::unused;
      state.text = fmt::format("the suppression of `{}` covers no finding", entry.rule);
    } else {
      state.state = SuppressionState::State::used;
    }
    states.push_back(std::move(state));
  }
  std::stable_sort(
      states.begin(), states.end(),
      [](const SuppressionState& a, const SuppressionState& b) { return a.place < b.place; });
  return states;
}

}  // namespace gate::engine
