#include "gate/readers/lockfiles/versions/range.h"

#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/base/words.h"
#include "gate/readers/lockfiles/versions/composer.h"
#include "gate/readers/lockfiles/versions/gem.h"
#include "gate/readers/lockfiles/versions/maven.h"
#include "gate/readers/lockfiles/versions/npm_range.h"
#include "gate/readers/lockfiles/versions/operators.h"
#include "gate/readers/lockfiles/versions/order.h"
#include "gate/readers/lockfiles/versions/pep440.h"

namespace gate::readers::lockfiles {
namespace {

std::optional<bool> in_npm_range(std::string_view version, const std::optional<NpmRange>& range) {
  const std::optional<NpmVersion> parsed = NpmVersion::parse(version);
  if (!parsed || !range) return std::nullopt;
  return range->matches(*parsed);
}

std::optional<bool> in_composer_range(std::string_view version, std::string_view range) {
  const std::optional<std::string> normal = normalize_composer(version);
  const std::optional<ComposerConstraint> constraint = ComposerConstraint::parse(range);
  if (!normal || !constraint) return std::nullopt;
  return constraint->matches(*normal);
}

// Go has no ranges of its own: comparisons, all of which must hold.
std::optional<bool> in_comparisons(Ecosystem ecosystem, std::string_view version,
                                   std::string_view range) {
  constexpr std::array<std::string_view, 6> kOperators{">=", "<=", "!=", "=", ">", "<"};
  bool all = true;
  bool readable = true;
  base::for_each_part(range, ',', [&](std::string_view part) {
    part = base::trim(part);
    if (part.empty()) return;
    const std::string_view op = take_operator(part, kOperators);
    const std::string_view digits = part.substr(part.starts_with('v') ? 1 : 0);
    readable = readable && !digits.empty() && base::is_digit(digits.front());
    const std::weak_ordering order = compare_versions(ecosystem, version, part);
    all = all && holds(meaning(op), order);
  });
  if (!readable) return std::nullopt;
  return all;
}

}  // namespace

std::optional<bool> in_range(Ecosystem ecosystem, std::string_view version,
                             std::string_view range) {
  if (range.empty() || range == "*") return true;
  switch (ecosystem) {
    case Ecosystem::npm:
      return in_npm_range(version, NpmRange::parse(range));
    case Ecosystem::crates:
      return in_npm_range(version, NpmRange::parse_cargo(range));
    case Ecosystem::packagist:
      return in_composer_range(version, range);
    case Ecosystem::pypi:
      return satisfies_pep440(version, range);
    case Ecosystem::rubygems:
      return satisfies_gem(version, range);
    case Ecosystem::go:
      return in_comparisons(ecosystem, version, range);
    case Ecosystem::maven:
      return range.find_first_of("[(") == std::string_view::npos
                 ? in_comparisons(ecosystem, version, range)
                 : in_maven_intervals(version, range);
  }
  return std::nullopt;
}

}  // namespace gate::readers::lockfiles
