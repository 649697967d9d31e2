#include "gate/readers/lockfiles/advisories/advisory.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/lockfiles/versions/order.h"

namespace gate::readers::lockfiles {
namespace {

using Kind = VersionEvent::Kind;

constexpr std::string_view kBeforeAll = "0";

// Only `introduced` gives "0" a meaning of its own.
bool is_before_all(const VersionEvent& event) {
  return event.kind == Kind::introduced && event.version == kBeforeAll;
}

std::weak_ordering compare_events(Ecosystem ecosystem, const VersionEvent& a,
                                  const VersionEvent& b) {
  if (is_before_all(a) || is_before_all(b)) return !is_before_all(a) <=> !is_before_all(b);
  return compare_versions(ecosystem, a.version, b.version);
}

// Walks the events of a range from below (OSV schema, "Evaluation").
bool in_range(Ecosystem ecosystem, const VersionRange& range, std::string_view version) {
  bool affected = false;
  for (const VersionEvent& event : range.events) {
    const std::weak_ordering order = is_before_all(event)
                                         ? std::weak_ordering::greater
                                         : compare_versions(ecosystem, version, event.version);
    switch (event.kind) {
      case Kind::introduced:
        if (order >= 0) affected = true;
        break;
      case Kind::fixed:
        if (order >= 0) affected = false;
        break;
      case Kind::last_affected:
        if (order > 0) affected = false;
        break;
    }
  }
  return affected;
}

}  // namespace

std::string_view name(Severity severity) {
  constexpr std::array<std::string_view, 6> kNames{"unknown", "none", "low",
                                                   "medium",  "high", "critical"};
  return kNames[static_cast<std::size_t>(severity)];
}

std::optional<Severity> severity_of_word(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, Severity>, 8> kWords{
      {{"none", Severity::none},
       {"low", Severity::low},
       {"medium", Severity::medium},
       {"moderate", Severity::medium},
       {"high", Severity::high},
       {"important", Severity::high},
       {"critical", Severity::critical},
       {"unknown", Severity::unknown}}};
  const std::string lower = base::to_lower(word);
  for (const auto& [known, severity] : kWords) {
    if (known == lower) return severity;
  }
  return std::nullopt;
}

Severity severity_of_score(int tenths) {
  if (tenths <= 0) return Severity::none;
  if (tenths < 40) return Severity::low;
  if (tenths < 70) return Severity::medium;
  return tenths < 90 ? Severity::high : Severity::critical;
}

void sort_events(Ecosystem ecosystem, VersionRange& range) {
  std::stable_sort(range.events.begin(), range.events.end(),
                   [&](const VersionEvent& a, const VersionEvent& b) {
                     const auto order = compare_events(ecosystem, a, b);
                     if (order != 0) return order < 0;
                     // At one version what opens comes before what is the last.
                     return a.kind == Kind::introduced && b.kind == Kind::last_affected;
                   });
}

bool covers(const Affected& affected, std::string_view version) {
  if (version.empty()) return true;
  const bool listed =
      std::any_of(affected.versions.begin(), affected.versions.end(), [&](const std::string& one) {
        return one == version || compare_versions(affected.ecosystem, one, version) == 0;
      });
  return listed || std::any_of(affected.ranges.begin(), affected.ranges.end(),
                               [&](const VersionRange& range) {
                                 return in_range(affected.ecosystem, range, version);
                               });
}

std::string fixed_in(const Affected& affected, std::string_view version) {
  std::string best;
  for (const VersionRange& range : affected.ranges) {
    for (const VersionEvent& event : range.events) {
      if (event.kind != Kind::fixed) continue;
      if (!version.empty() && compare_versions(affected.ecosystem, event.version, version) <= 0)
        continue;
      if (best.empty() || compare_versions(affected.ecosystem, event.version, best) < 0)
        best = event.version;
    }
  }
  return best;
}

}  // namespace gate::readers::lockfiles
