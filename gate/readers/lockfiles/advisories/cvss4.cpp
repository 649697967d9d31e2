// CVSS 4.0 (specification document, section 8.2): the score of a vector is that of its MacroVector,
// less a share of the distance to the next lower one.
#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "gate/readers/lockfiles/advisories/cvss_metrics.h"

namespace gate::readers::lockfiles {
namespace {

constexpr std::uint8_t kNone = 255;

// Scores in tenths by the six levels of a MacroVector, EQ1 first; kNone: there is no such one.
constexpr std::array<std::uint8_t, 3 * 2 * 3 * 3 * 3 * 2> kScores{
    100, 99, 98,  95, 95,  92, 100, 96, 93,  87, 91,  81, 93,  90, 89,  80, 81,  68, 98,  95,
    95,  92, 90,  84, 93,  92, 89,  81, 81,  65, 88,  80, 78,  70, 69,  48, 255, 92, 255, 82,
    255, 72, 255, 79, 255, 69, 255, 50, 255, 69, 255, 55, 255, 27, 99,  97, 95,  92, 92,  85,
    95,  91, 90,  83, 84,  71, 92,  81, 82,  71, 72,  53, 95,  93, 92,  85, 85,  73, 92,  82,
    80,  72, 70,  59, 84,  70, 71,  52, 50,  30, 255, 86, 255, 75, 255, 52, 255, 71, 255, 52,
    255, 29, 255, 63, 255, 29, 255, 17, 98,  95, 94,  87, 91,  81, 94,  89, 86,  74, 77,  64,
    87,  75, 74,  63, 63,  49, 94,  89, 88,  77, 76,  67, 86,  76, 74,  58, 59,  50, 72,  57,
    57,  52, 52,  25, 255, 83, 255, 70, 255, 54, 255, 65, 255, 58, 255, 26, 255, 53, 255, 21,
    255, 13, 95,  90, 88,  76, 76,  70, 90,  77, 75,  62, 61,  53, 77,  66, 68,  59, 52,  30,
    89,  78, 76,  67, 62,  58, 74,  59, 57,  57, 47,  23, 61,  52, 57,  29, 24,  16, 255, 71,
    255, 59, 255, 30, 255, 58, 255, 26, 255, 15, 255, 23, 255, 13, 255, 6,  93,  87, 86,  72,
    75,  58, 86,  74, 74,  61, 56,  34, 70,  54, 52,  40, 40,  22, 85,  75, 74,  55, 62,  51,
    72,  57, 55,  41, 46,  19, 53,  36, 34,  19, 19,  8,  255, 64, 255, 51, 255, 20, 255, 47,
    255, 21, 255, 11, 255, 24, 255, 9,  255, 4,  88,  75, 73,  53, 60,  50, 73,  55, 59,  40,
    41,  20, 54,  43, 45,  22, 20,  11, 75,  55, 58,  45, 40,  21, 61,  51, 48,  18, 20,  9,
    46,  18, 17,  7,  8,   2,  255, 53, 255, 24, 255, 14, 255, 24, 255, 12, 255, 5,  255, 10,
    255, 3,  255, 1,
};

using Levels = std::array<int, 6>;

int score_of(const Levels& levels) {
  constexpr Levels kSizes{3, 2, 3, 3, 3, 2};
  std::size_t index = 0;
  for (std::size_t at = 0; at < levels.size(); ++at) {
    if (levels[at] >= kSizes[at]) return kNone;
    index = index * static_cast<std::size_t>(kSizes[at]) + static_cast<std::size_t>(levels[at]);
  }
  return kScores[index];
}

// The values of a metric, most severe first; a vector's distance is counted in steps along them.
struct Scale {
  std::string_view metric;
  std::string_view values;
};
constexpr std::array<Scale, 16> kScales{{{"AV", "NALP"},
                                         {"PR", "NLH"},
                                         {"UI", "NPA"},
                                         {"AC", "LH"},
                                         {"AT", "NP"},
                                         {"VC", "HLN"},
                                         {"VI", "HLN"},
                                         {"VA", "HLN"},
                                         {"SC", "HLN"},
                                         {"SI", "SHLN"},
                                         {"SA", "SHLN"},
                                         {"CR", "HML"},
                                         {"IR", "HML"},
                                         {"AR", "HML"},
                                         {"E", "APU"},
                                         {"", ""}}};

int step_of(std::string_view metric, char value) {
  for (const Scale& scale : kScales) {
    if (scale.metric == metric) return static_cast<int>(scale.values.find(value));
  }
  return 0;
}

// The metrics as they count: modified ones win, what is not defined is the worst.
class Vector {
 public:
  explicit Vector(const CvssMetrics& metrics) : metrics_(&metrics) {}

  [[nodiscard]] char operator[](std::string_view metric) const {
    const std::string modified = "M" + std::string(metric);
    if (const char value = metrics_->value(modified); value != '\0' && value != 'X') return value;
    const char value = metrics_->value(metric);
    if (value != '\0' && value != 'X') return value;
    if (metric == "E") return 'A';
    if (metric == "CR" || metric == "IR" || metric == "AR") return 'H';
    return value;
  }

  [[nodiscard]] bool is(std::string_view metric, char value) const {
    return (*this)[metric] == value;
  }

 private:
  const CvssMetrics* metrics_;
};

Levels levels_of(const Vector& v) {
  Levels levels{};
  const bool open = v.is("AV", 'N') || v.is("PR", 'N') || v.is("UI", 'N');
  const bool wide_open = v.is("AV", 'N') && v.is("PR", 'N') && v.is("UI", 'N');
  levels[0] = wide_open ? 0 : open && !v.is("AV", 'P') ? 1 : 2;
  levels[1] = v.is("AC", 'L') && v.is("AT", 'N') ? 0 : 1;
  const bool high = v.is("VC", 'H') || v.is("VI", 'H') || v.is("VA", 'H');
  levels[2] = v.is("VC", 'H') && v.is("VI", 'H') ? 0 : high ? 1 : 2;
  const bool beyond = v.is("SC", 'H') || v.is("SI", 'H') || v.is("SA", 'H');
  levels[3] = v.is("SI", 'S') || v.is("SA", 'S') ? 0 : beyond ? 1 : 2;
  levels[4] = v.is("E", 'A') ? 0 : v.is("E", 'P') ? 1 : 2;
  const bool required = (v.is("CR", 'H') && v.is("VC", 'H')) ||
                        (v.is("IR", 'H') && v.is("VI", 'H')) ||
                        (v.is("AR", 'H') && v.is("VA", 'H'));
  levels[5] = required ? 0 : 1;
  return levels;
}

// One metric and its value in a vector of highest severity.
struct Highest {
  std::string_view metric;
  char value;
};
using HighestVector = std::vector<Highest>;
using HighestVectors = std::vector<HighestVector>;

// The vectors of highest severity of a level (specification, tables 24 to 30).
HighestVectors highest_of_eq1(int level) {
  if (level == 0) return {{{"AV", 'N'}, {"PR", 'N'}, {"UI", 'N'}}};
  if (level == 1) {
    return {{{"AV", 'A'}, {"PR", 'N'}, {"UI", 'N'}},
            {{"AV", 'N'}, {"PR", 'L'}, {"UI", 'N'}},
            {{"AV", 'N'}, {"PR", 'N'}, {"UI", 'P'}}};
  }
  return {{{"AV", 'P'}, {"PR", 'N'}, {"UI", 'N'}}, {{"AV", 'A'}, {"PR", 'L'}, {"UI", 'P'}}};
}

HighestVectors highest_of_eq2(int level) {
  if (level == 0) return {{{"AC", 'L'}, {"AT", 'N'}}};
  return {{{"AC", 'H'}, {"AT", 'N'}}, {{"AC", 'L'}, {"AT", 'P'}}};
}

HighestVector impact(std::string_view values) {
  return {{"VC", values[0]}, {"VI", values[1]}, {"VA", values[2]},
          {"CR", values[3]}, {"IR", values[4]}, {"AR", values[5]}};
}

HighestVectors highest_of_eq3_eq6(int eq3, int eq6) {
  if (eq3 == 0 && eq6 == 0) return {impact("HHHHHH")};
  if (eq3 == 0) return {impact("HHLMMH"), impact("HHHMMM")};
  if (eq3 == 1 && eq6 == 0) return {impact("LHHHHH"), impact("HLHHHH")};
  if (eq3 == 1) {
    return {impact("LHLHMH"), impact("LHHHMM"), impact("HLHMHM"), impact("HLLMHH"),
            impact("LLHHHM")};
  }
  return {impact("LLLHHH")};
}

HighestVectors highest_of_eq4(int level) {
  if (level == 0) return {{{"SC", 'H'}, {"SI", 'S'}, {"SA", 'S'}}};
  if (level == 1) return {{{"SC", 'H'}, {"SI", 'H'}, {"SA", 'H'}}};
  return {{{"SC", 'L'}, {"SI", 'L'}, {"SA", 'L'}}};
}

// Returns how many steps a vector lies below the first of the highest ones that is not below it in
// any metric; all of them count from the same one, so the sum is by chance of order unambiguous.
int distance(const Vector& vector, const HighestVectors& highest) {
  for (const HighestVector& top : highest) {
    int sum = 0;
    bool above = true;
    for (const Highest& one : top) {
      const int steps = step_of(one.metric, vector[one.metric]) - step_of(one.metric, one.value);
      above = above && steps >= 0;
      sum += steps;
    }
    if (above) return sum;
  }
  return 0;
}

// The part of one group of metrics: how far the score may fall, and how far the vector is on that
// way.
struct Fall {
  int available;  // tenths; negative: there is no lower MacroVector
  int distance;
  int depth;  // steps that the level has
};

}  // namespace

std::optional<int> cvss4_score(const CvssMetrics& metrics) {
  for (const std::string_view metric :
       {"AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA"}) {
    if (metrics.value(metric) == '\0') return std::nullopt;
  }
  const Vector vector(metrics);
  const bool harmless = vector.is("VC", 'N') && vector.is("VI", 'N') && vector.is("VA", 'N') &&
                        vector.is("SC", 'N') && vector.is("SI", 'N') && vector.is("SA", 'N');
  if (harmless) return 0;
  const Levels levels = levels_of(vector);
  const int score = score_of(levels);
  if (score == kNone) return std::nullopt;

  const auto lower = [&](std::initializer_list<std::size_t> groups) {
    Levels next = levels;
    for (const std::size_t group : groups)
      ++next[group];
    const int value = score_of(next);
    return value == kNone ? -1 : score - value;
  };
  int eq3_eq6 = -1;
  if (levels[2] == 0 && levels[5] == 0) {
    // Two ways lead down; the one that falls less counts.
    const int by_six = lower({5});
    const int by_three = lower({2});
    eq3_eq6 = by_six < 0 ? by_three : by_three < 0 ? by_six : std::min(by_six, by_three);
  } else if (levels[2] == 1 && levels[5] == 0) {
    eq3_eq6 = lower({5});
  } else if (levels[5] == 1 && levels[2] < 2) {
    eq3_eq6 = lower({2});
  }
  constexpr std::array<int, 3> kDepth1{1, 4, 5};
  constexpr std::array<int, 2> kDepth2{1, 2};
  constexpr std::array<std::array<int, 2>, 3> kDepth36{{{7, 6}, {8, 8}, {10, 10}}};
  constexpr std::array<int, 3> kDepth4{6, 5, 4};
  const auto at = [&](std::size_t group) { return static_cast<std::size_t>(levels[group]); };
  const std::array<Fall, 5> falls{{
      {lower({0}), distance(vector, highest_of_eq1(levels[0])), kDepth1[at(0)]},
      {lower({1}), distance(vector, highest_of_eq2(levels[1])), kDepth2[at(1)]},
      {eq3_eq6, distance(vector, highest_of_eq3_eq6(levels[2], levels[5])), kDepth36[at(2)][at(5)]},
      {lower({3}), distance(vector, highest_of_eq4(levels[3])), kDepth4[at(3)]},
      {lower({4}), 0, 1},
  }};
  double sum = 0;
  int count = 0;
  for (const Fall& fall : falls) {
    if (fall.available < 0) continue;
    ++count;
    sum += fall.available * static_cast<double>(fall.distance) / fall.depth;
  }
  const double value = score - (count == 0 ? 0 : sum / count);
  // Half a tenth goes up; a hair is added, because tenths are no binary fractions.
  return std::clamp(static_cast<int>(std::floor(value + 0.5 + 1e-6)), 0, 100);
}

}  // namespace gate::readers::lockfiles
