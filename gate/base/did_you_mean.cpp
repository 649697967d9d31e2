#include "gate/base/did_you_mean.h"

#include <algorithm>
#include <vector>

namespace gate::base {
namespace {

constexpr std::size_t kMostChoicesListed = 12;

// Optimal string alignment distance (Damerau 1964, adjacent transpositions), three rows.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string_view did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::size_t bound =
      std::min(std::max<std::size_t>(2, word.size() / 3), word.size() == 0 ? 0 : word.size() - 1);
  std::string_view nearest;
  std::size_t best = bound + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t gap = word.size() > candidate.size() ? word.size() - candidate.size()
                                                           : candidate.size() - word.size();
    if (gap >= best) continue;
    const std::size_t found = distance(word, candidate);
    if (found < best) {
      best = found;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string suggest(std::string_view word, std::span<const std::string_view> candidates) {
  if (const std::string_view nearest = did_you_mean(word, candidates); !nearest.empty()) {
    return "did you mean `" + std::string(nearest) + "`?";
  }
  if (candidates.empty() || candidates.size() > kMostChoicesListed) return {};
  std::string text = candidates.size() == 1 ? "expected " : "expected one of ";
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (i != 0) text += ", ";
    text += '`' + std::string(candidates[i]) + '`';
  }
  return text;
}

}  // namespace gate::base
