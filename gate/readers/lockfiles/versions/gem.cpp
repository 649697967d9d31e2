#include "gate/readers/lockfiles/versions/gem.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"
#include "gate/base/words.h"
#include "gate/readers/lockfiles/versions/operators.h"
#include "gate/readers/lockfiles/versions/order.h"

namespace gate::readers::lockfiles {
namespace {

// Parts of digits and of letters; what stands between separates. `-` begins a pre-release.
std::vector<std::string_view> segments(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  const auto kind = [](char c) { return base::is_digit(c) ? 1 : base::is_letter(c) ? 2 : 0; };
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && at > begin && kind(text[at]) == kind(text[begin])) continue;
    if (at > begin && kind(text[begin]) != 0) parts.push_back(text.substr(begin, at - begin));
    if (at < text.size() && text[at] == '-') parts.emplace_back("pre");
    begin = at;
  }
  return parts;
}

bool is_zero(std::string_view part) {
  return part.find_first_not_of('0') == std::string_view::npos;
}

// Zeros at the end do not count, neither those at the end of the release nor at the end of all.
std::vector<std::string_view> canonical(std::string_view text) {
  std::vector<std::string_view> parts = segments(text);
  const auto letters = std::find_if(parts.begin(), parts.end(),
                                    [](std::string_view part) { return base::is_letter(part[0]); });
  std::vector<std::string_view> release(parts.begin(), letters);
  std::vector<std::string_view> rest(letters, parts.end());
  for (std::vector<std::string_view>* half : {&release, &rest}) {
    while (!half->empty() && is_zero(half->back()))
      half->pop_back();
  }
  release.insert(release.end(), rest.begin(), rest.end());
  return release;
}

}  // namespace

std::weak_ordering compare_gem(std::string_view a, std::string_view b) {
  const std::vector<std::string_view> left = canonical(a);
  const std::vector<std::string_view> right = canonical(b);
  for (std::size_t index = 0; index < std::max(left.size(), right.size()); ++index) {
    const std::string_view from = index < left.size() ? left[index] : "0";
    const std::string_view to = index < right.size() ? right[index] : "0";
    const bool from_is_word = base::is_letter(from.front());
    const bool to_is_word = base::is_letter(to.front());
    if (from_is_word != to_is_word)
      return from_is_word ? std::weak_ordering::less : std::weak_ordering::greater;
    const std::weak_ordering order =
        from_is_word ? std::weak_ordering(from.compare(to) <=> 0) : compare_digits(from, to);
    if (order != 0) return order;
  }
  return std::weak_ordering::equivalent;
}

namespace {

std::vector<std::string> release_numbers(std::string_view version) {
  std::vector<std::string> numbers;
  for (const std::string_view part : segments(version)) {
    if (base::is_letter(part.front())) break;
    numbers.emplace_back(part);
  }
  return numbers;
}

// Returns the first version that `~> version` does not take: its last number is dropped and the one
// before it goes up.
std::string bump(std::string_view version) {
  std::vector<std::string> numbers = release_numbers(version);
  if (numbers.size() > 1) numbers.pop_back();
  if (numbers.empty()) return "0";
  std::uint64_t last = 0;
  (void)std::from_chars(numbers.back().data(), numbers.back().data() + numbers.back().size(), last);
  numbers.back() = std::to_string(last + 1);
  return fmt::format("{}", fmt::join(numbers, "."));
}

// The version without what makes it a pre-release.
std::string release(std::string_view version) {
  return fmt::format("{}", fmt::join(release_numbers(version), "."));
}

// Gem::Version::VERSION_PATTERN: a number, then parts behind dots, then at most one group behind a
// dash.
bool is_version(std::string_view text) {
  const base::Halves halves = base::split_once(text, "-");
  bool good = true;
  bool is_first = true;
  base::for_each_part(halves.before, '.', [&](std::string_view part) {
    const auto fits = is_first ? base::is_digit : base::is_alphanumeric;
    good = good && !part.empty() && std::all_of(part.begin(), part.end(), fits);
    is_first = false;
  });
  if (!halves.found) return good;
  base::for_each_part(halves.behind, '.', [&](std::string_view part) {
    good = good && !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
             return base::is_alphanumeric(c) || c == '-';
           });
  });
  return good;
}

}  // namespace

std::optional<bool> satisfies_gem(std::string_view version, std::string_view requirement) {
  constexpr std::array<std::string_view, 7> kOperators{"~>", ">=", "<=", "!=", "=", ">", "<"};
  bool all = true;
  bool readable = is_version(base::trim(version));
  base::for_each_part(requirement, ',', [&](std::string_view part) {
    part = base::trim(part);
    if (part.empty()) return;
    const std::string_view op = take_operator(part, kOperators);
    readable = readable && is_version(part);
    if (!readable) return;
    const std::weak_ordering order = compare_gem(version, part);
    const bool fits = op == "~>" ? order >= 0 && compare_gem(release(version), bump(part)) < 0
                                 : holds(meaning(op), order);
    all = all && fits;
  });
  if (!readable) return std::nullopt;
  return all;
}

}  // namespace gate::readers::lockfiles
