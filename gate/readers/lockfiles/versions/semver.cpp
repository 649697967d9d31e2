#include <algorithm>

#include "gate/base/ascii.h"
#include "gate/readers/lockfiles/versions/order.h"

namespace gate::readers::lockfiles {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), base::is_digit);
}

// Takes the part up to the next `.` off the text.
std::string_view take_part(std::string_view& text) {
  const std::size_t end = text.find('.');
  const std::string_view part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return part;
}

std::weak_ordering compare_parts(std::string_view a, std::string_view b) {
  const bool a_is_number = all_digits(a);
  const bool b_is_number = all_digits(b);
  if (a_is_number && b_is_number) return compare_digits(a, b);
  if (a_is_number != b_is_number)
    return a_is_number ? std::weak_ordering::less : std::weak_ordering::greater;
  return a.compare(b) <=> 0;
}

struct Halves {
  std::string_view core;
  std::string_view prerelease;
  bool has_prerelease;
};

Halves split(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of("v= "), text.size()));
  text = text.substr(0, text.find('+'));
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return {text, {}, false};
  return {text.substr(0, dash), text.substr(dash + 1), true};
}

}  // namespace

std::weak_ordering compare_semver(std::string_view a, std::string_view b) {
  Halves left = split(a);
  Halves right = split(b);
  while (!left.core.empty() || !right.core.empty()) {
    std::string_view from = take_part(left.core);
    std::string_view to = take_part(right.core);
    if (from.empty()) from = "0";
    if (to.empty()) to = "0";
    const std::weak_ordering order = compare_parts(from, to);
    if (order != 0) return order;
  }
  // A pre-release stands before its release.
  if (left.has_prerelease != right.has_prerelease)
    return left.has_prerelease ? std::weak_ordering::less : std::weak_ordering::greater;
  return compare_prereleases(left.prerelease, right.prerelease);
}

std::weak_ordering compare_prereleases(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const std::weak_ordering order = compare_parts(take_part(a), take_part(b));
    if (order != 0) return order;
  }
  return !a.empty() <=> !b.empty();
}

}  // namespace gate::readers::lockfiles
