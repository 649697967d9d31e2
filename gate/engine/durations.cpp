#include "gate/engine/durations.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace gate::engine {
namespace {

constexpr double kMostMilliseconds = 7 * 24 * 3600 * 1000.0;
constexpr std::size_t kMostRules = 10'000;
// As near to a known duration that the order of commands would be the same.
constexpr double kNearMilliseconds = 50;
constexpr double kNearShare = 0.1;

}  // namespace

Durations Durations::read(std::string_view text) {
  Durations durations;
  while (!text.empty() && durations.of_rule_.size() < kMostRules) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t blank = std::min(line.find(' '), line.size());
    double milliseconds = 0;
    const auto [stop, error] = std::from_chars(line.data(), line.data() + blank, milliseconds);
    const bool is_number = error == std::errc() && stop == line.data() + blank;
    const bool is_sane = milliseconds > 0 && milliseconds <= kMostMilliseconds;
    if (is_number && is_sane && blank + 1 < line.size())
      durations.of_rule_.insert_or_assign(std::string(line.substr(blank + 1)), milliseconds);
  }
  return durations;
}

std::string Durations::write() const {
  std::string text;
  for (const auto& [rule, milliseconds] : of_rule_)
    text += fmt::format("{:.0f} {}\n", std::max(milliseconds, 1.0), rule);
  return text;
}

double Durations::of(std::string_view rule) const {
  const auto found = of_rule_.find(rule);
  return found == of_rule_.end() ? 0 : found->second;
}

bool Durations::add(std::string_view rule, double milliseconds) {
  const auto [place, is_new] = of_rule_.try_emplace(std::string(rule), milliseconds);
  if (is_new) return true;
  const double known = place->second;
  if (std::abs(milliseconds - known) <= std::max(kNearMilliseconds, known * kNearShare))
    return false;
  place->second = (known + milliseconds) / 2;
  return true;
}

}  // namespace gate::engine
