#include "gate/finding/finding.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace gate::finding {

Place place_of(std::string path, const base::LineIndex& lines, base::Span span) {
  const base::Position begin = lines.position(span.begin);
  const base::Position end = lines.position(span.end);
  return {std::move(path), begin.line, begin.column, end.line, end.column};
}

std::string_view name(Severity severity) {
  constexpr std::array<std::string_view, 3> kNames{"note", "warning", "error"};
  return kNames[static_cast<std::size_t>(severity)];
}

std::optional<Severity> parse_severity(std::string_view text) {
  for (const Severity severity : {Severity::note, Severity::warning, Severity::error}) {
    if (text == name(severity)) return severity;
  }
  return std::nullopt;
}

std::string_view name(Verdict verdict) {
  constexpr std::array<std::string_view, 5> kNames{"passed", "failed", "pending", "not_applicable",
                                                   "could_not_run"};
  return kNames[static_cast<std::size_t>(verdict)];
}

std::string_view name(Suppression::By by) {
  constexpr std::array<std::string_view, 4> kNames{"inline", "policy", "baseline", "base"};
  return kNames[static_cast<std::size_t>(by)];
}

void sort(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.place, a.message) < std::tie(b.place, b.message);
  });
}

}  // namespace gate::finding
