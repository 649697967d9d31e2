#include "gate/readers/lockfiles/advisories/cvss.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/advisories/cvss_metrics.h"

namespace gate::readers::lockfiles {
namespace {

// The number that a value of a metric stands for; negative: no such value.
double weight(char value, std::string_view values, std::initializer_list<double> weights) {
  const std::size_t at = values.find(value);
  return value == '\0' || at == std::string_view::npos ? -1 : *(weights.begin() + at);
}

// Smallest tenth that is not below the number (CVSS 3.1, appendix A: on integers, because floating
// point numbers are not tenths).
int round_up(double value) {
  const auto scaled = static_cast<long>(std::lround(value * 100'000));
  if (scaled % 10'000 == 0) return static_cast<int>(scaled / 10'000);
  return static_cast<int>(scaled / 10'000 + 1);
}

std::optional<int> cvss3_score(const CvssMetrics& metrics) {
  const bool changed = metrics.value("S") == 'C';
  if (!changed && metrics.value("S") != 'U') return std::nullopt;
  const double vector = weight(metrics.value("AV"), "NALP", {0.85, 0.62, 0.55, 0.2});
  const double complexity = weight(metrics.value("AC"), "LH", {0.77, 0.44});
  const double privileges = changed ? weight(metrics.value("PR"), "NLH", {0.85, 0.68, 0.5})
                                    : weight(metrics.value("PR"), "NLH", {0.85, 0.62, 0.27});
  const double interaction = weight(metrics.value("UI"), "NR", {0.85, 0.62});
  const double confidentiality = weight(metrics.value("C"), "HLN", {0.56, 0.22, 0});
  const double integrity = weight(metrics.value("I"), "HLN", {0.56, 0.22, 0});
  const double availability = weight(metrics.value("A"), "HLN", {0.56, 0.22, 0});
  if (std::min({vector, complexity, privileges, interaction, confidentiality, integrity,
                availability}) < 0)
    return std::nullopt;
  const double base = 1 - (1 - confidentiality) * (1 - integrity) * (1 - availability);
  const double impact =
      changed ? 7.52 * (base - 0.029) - 3.25 * std::pow(base - 0.02, 15) : 6.42 * base;
  if (impact <= 0) return 0;
  const double exploitability = 8.22 * vector * complexity * privileges * interaction;
  const double sum = impact + exploitability;
  return round_up(std::min(changed ? 1.08 * sum : sum, 10.0));
}

std::optional<int> cvss2_score(const CvssMetrics& metrics) {
  const double vector = weight(metrics.value("AV"), "LAN", {0.395, 0.646, 1.0});
  const double complexity = weight(metrics.value("AC"), "HML", {0.35, 0.61, 0.71});
  const double authentication = weight(metrics.value("Au"), "MSN", {0.45, 0.56, 0.704});
  const double confidentiality = weight(metrics.value("C"), "NPC", {0, 0.275, 0.660});
  const double integrity = weight(metrics.value("I"), "NPC", {0, 0.275, 0.660});
  const double availability = weight(metrics.value("A"), "NPC", {0, 0.275, 0.660});
  if (std::min({vector, complexity, authentication, confidentiality, integrity, availability}) < 0)
    return std::nullopt;
  const double impact = 10.41 * (1 - (1 - confidentiality) * (1 - integrity) * (1 - availability));
  const double exploitability = 20 * vector * complexity * authentication;
  const double score = (0.6 * impact + 0.4 * exploitability - 1.5) * (impact == 0 ? 0 : 1.176);
  return static_cast<int>(std::lround(std::max(score, 0.0) * 10));
}

}  // namespace

std::optional<CvssMetrics> CvssMetrics::parse(std::string_view text) {
  CvssMetrics metrics;
  bool good = !text.empty();
  base::for_each_part(text, '/', [&](std::string_view part) {
    if (part.empty()) return;
    const base::Halves halves = base::split_once(part, ":");
    if (halves.before.empty() || halves.behind.empty() || metrics.value(halves.before) != '\0') {
      good = false;
      return;
    }
    metrics.metrics_.emplace_back(halves.before, halves.behind.front());
  });
  if (!good) return std::nullopt;
  return metrics;
}

char CvssMetrics::value(std::string_view metric) const {
  const auto found = std::find_if(metrics_.begin(), metrics_.end(),
                                  [&](const auto& entry) { return entry.first == metric; });
  return found == metrics_.end() ? '\0' : found->second;
}

std::optional<int> cvss_score(std::string_view vector) {
  vector = base::trim(vector);
  constexpr std::string_view kName = "CVSS:";
  std::string_view version = "2";
  if (vector.starts_with(kName)) {
    const base::Halves halves = base::split_once(vector.substr(kName.size()), "/");
    version = halves.before;
    vector = halves.behind;
  } else if (vector.starts_with('(') && vector.ends_with(')')) {
    vector = vector.substr(1, vector.size() - 2);
  }
  const std::optional<CvssMetrics> metrics = CvssMetrics::parse(vector);
  if (!metrics) return std::nullopt;
  if (version == "4.0") return cvss4_score(*metrics);
  if (version.starts_with('3')) return cvss3_score(*metrics);
  return cvss2_score(*metrics);
}

}  // namespace gate::readers::lockfiles
