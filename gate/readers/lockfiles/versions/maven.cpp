// The order of Maven: ComparableVersion of maven-artifact 3.8.7, after its documentation
// (maven.apache.org/pom.html, "Version Order Specification"); ranges as in "Dependency Version
// Requirement Specification" there.
#include "gate/readers/lockfiles/versions/maven.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gate/base/ascii.h"
#include "gate/readers/lockfiles/versions/order.h"

namespace gate::readers::lockfiles {
namespace {

// Lists nest with every `-` and with every change between digits and letters; longer versions are
// compared as text beyond this.
constexpr std::size_t kMostBytes = 256;

// In their order; what is none of them stands behind all of them, in the order of the alphabet.
constexpr std::array<std::string_view, 7> kQualifiers{"alpha",    "beta", "milestone", "rc",
                                                      "snapshot", "",     "sp"};
constexpr std::size_t kRelease = 5;  // the empty one

struct Item {
  enum class Kind : std::uint8_t { number, word, list };
  Kind kind = Kind::list;
  std::string text;  // digits without zeros in front, or a word by its usual name
  std::vector<Item> items;
};

std::size_t rank(std::string_view word) {
  return static_cast<std::size_t>(std::find(kQualifiers.begin(), kQualifiers.end(), word) -
                                  kQualifiers.begin());
}

std::weak_ordering compare_words(std::string_view a, std::string_view b) {
  const std::size_t left = rank(a);
  const std::size_t right = rank(b);
  if (left != right || left < kQualifiers.size()) return left <=> right;
  return a.compare(b) <=> 0;
}

Item number(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return {Item::Kind::number, std::string(digits), {}};
}

// A single letter in front of a digit is short for a word: "1a1" is "1-alpha-1".
Item word(std::string_view text, bool before_digit) {
  if (before_digit && text == "a") text = "alpha";
  if (before_digit && text == "b") text = "beta";
  if (before_digit && text == "m") text = "milestone";
  if (text == "ga" || text == "final" || text == "release") text = "";
  if (text == "cr") text = "rc";
  return {Item::Kind::word, std::string(text), {}};
}

// Returns whether an item says no more than its absence would.
bool is_null(const Item& item) {
  switch (item.kind) {
    case Item::Kind::number:
      return item.text.empty();
    case Item::Kind::word:
      return rank(item.text) == kRelease;
    case Item::Kind::list:
      return item.items.empty();
  }
  return false;
}

// Takes what says nothing off the end of a list, also in front of the lists at its end.
void normalize(std::vector<Item>& items) {
  for (std::size_t left = items.size(); left > 0; --left) {
    const auto last = items.begin() + static_cast<std::ptrdiff_t>(left - 1);
    if (is_null(*last)) {
      items.erase(last);
    } else if (last->kind != Item::Kind::list) {
      return;
    }
  }
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(base::to_lower(text)) {}

  std::vector<Item> parse() {
    lists_.emplace_back();
    bool in_digits = false;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == '.' || c == '-') {
        lists_.back().push_back(at == begin ? number("") : item(in_digits, begin, at, false));
        begin = at + 1;
        if (c == '-') lists_.emplace_back();
        continue;
      }
      const bool is_digit = base::is_digit(c);
      if (is_digit != in_digits && at > begin) {
        if (!in_digits) open_for_word();
        lists_.back().push_back(item(in_digits, begin, at, is_digit));
        begin = at;
        lists_.emplace_back();
      }
      in_digits = is_digit;
    }
    if (text_.size() > begin) {
      if (!in_digits) open_for_word();
      lists_.back().push_back(item(in_digits, begin, text_.size(), false));
    }
    return close();
  }

 private:
  // Since 3.8.7 `.x` counts as `-x` in front of a digit and at the end.
  void open_for_word() {
    if (!lists_.back().empty()) lists_.emplace_back();
  }

  [[nodiscard]] Item item(bool digits, std::size_t begin, std::size_t end,
                          bool before_digit) const {
    const std::string_view part = std::string_view(text_).substr(begin, end - begin);
    return digits ? number(part) : word(part, before_digit);
  }

  // Each list is the last element of the one before it: puts them together from the innermost.
  std::vector<Item> close() {
    while (lists_.size() > 1) {
      std::vector<Item> inner = std::move(lists_.back());
      lists_.pop_back();
      normalize(inner);
      lists_.back().push_back({Item::Kind::list, {}, std::move(inner)});
    }
    normalize(lists_.front());
    return std::move(lists_.front());
  }

  std::string text_;
  std::vector<std::vector<Item>> lists_;
};

std::weak_ordering compare(const Item& a, const Item* b);

std::weak_ordering compare_lists(const std::vector<Item>& a, const std::vector<Item>& b) {
  for (std::size_t index = 0; index < std::max(a.size(), b.size()); ++index) {
    const std::weak_ordering order = index < a.size()
                                         ? compare(a[index], index < b.size() ? &b[index] : nullptr)
                                         : 0 <=> compare(b[index], nullptr);
    if (order != 0) return order;
  }
  return std::weak_ordering::equivalent;
}

// How an item stands to none.
std::weak_ordering compare_alone(const Item& item) {
  switch (item.kind) {
    case Item::Kind::number:
      return item.text.empty() ? std::weak_ordering::equivalent : std::weak_ordering::greater;
    case Item::Kind::word:
      return compare_words(item.text, "");
    case Item::Kind::list:
      break;
  }
  for (const Item& inner : item.items) {
    if (const std::weak_ordering order = compare_alone(inner); order != 0) return order;
  }
  return std::weak_ordering::equivalent;
}

// Of different kinds a number is the newest, then a list, then a word.
std::weak_ordering compare(const Item& a, const Item* b) {
  if (b == nullptr) return compare_alone(a);
  const auto weight = [](const Item& item) {
    return item.kind == Item::Kind::number ? 2 : item.kind == Item::Kind::list ? 1 : 0;
  };
  if (a.kind != b->kind) return weight(a) <=> weight(*b);
  switch (a.kind) {
    case Item::Kind::number:
      return compare_digits(a.text, b->text);
    case Item::Kind::word:
      return compare_words(a.text, b->text);
    case Item::Kind::list:
      break;
  }
  return compare_lists(a.items, b->items);
}

// One interval of a range: "[1.0,2.0)", "(,1.0]", "[1.0]".
bool is_inside(std::string_view version, std::string_view interval) {
  const bool from_included = interval.front() == '[';
  const bool to_included = interval.back() == ']';
  interval = interval.substr(1, interval.size() - 2);
  const std::size_t comma = interval.find(',');
  if (comma == std::string_view::npos)
    return from_included && to_included && compare_maven(version, base::trim(interval)) == 0;
  const std::string_view from = base::trim(interval.substr(0, comma));
  const std::string_view to = base::trim(interval.substr(comma + 1));
  if (!from.empty()) {
    const std::weak_ordering order = compare_maven(version, from);
    if (order < 0 || (order == 0 && !from_included)) return false;
  }
  if (to.empty()) return true;
  const std::weak_ordering order = compare_maven(version, to);
  return order < 0 || (order == 0 && to_included);
}

}  // namespace

std::weak_ordering compare_maven(std::string_view a, std::string_view b) {
  const std::weak_ordering order = compare_lists(Parser(a.substr(0, kMostBytes)).parse(),
                                                 Parser(b.substr(0, kMostBytes)).parse());
  if (order != 0 || (a.size() <= kMostBytes && b.size() <= kMostBytes)) return order;
  return a.substr(std::min(a.size(), kMostBytes))
             .compare(b.substr(std::min(b.size(), kMostBytes))) <=> 0;
}

std::optional<bool> in_maven_intervals(std::string_view version, std::string_view range) {
  bool inside = false;
  while (!range.empty()) {
    range = base::trim(range);
    if (range.starts_with(',')) range = base::trim(range.substr(1));
    if (range.empty()) break;
    if (range.front() != '[' && range.front() != '(') return std::nullopt;
    const std::size_t end = range.find_first_of("])");
    if (end == std::string_view::npos || end == 1) return std::nullopt;
    inside = inside || is_inside(version, range.substr(0, end + 1));
    range.remove_prefix(end + 1);
  }
  return inside;
}

}  // namespace gate::readers::lockfiles
