#include "gate/readers/lockfiles/versions/order.h"

#include <algorithm>

namespace gate::readers::lockfiles {

std::weak_ordering compare_versions(Ecosystem ecosystem, std::string_view a, std::string_view b) {
  switch (ecosystem) {
    case Ecosystem::npm:
    case Ecosystem::go:
    case Ecosystem::crates:
      return compare_semver(a, b);
    case Ecosystem::pypi:
      return compare_pep440(a, b);
    case Ecosystem::packagist:
      return compare_composer(a, b);
    case Ecosystem::rubygems:
      return compare_gem(a, b);
    case Ecosystem::maven:
      return compare_maven(a, b);
  }
  return std::weak_ordering::equivalent;
}

std::weak_ordering compare_digits(std::string_view a, std::string_view b) {
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

}  // namespace gate::readers::lockfiles
