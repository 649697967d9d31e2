#include "gate/readers/lockfiles/versions/npm_range.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/words.h"
#include "gate/readers/lockfiles/versions/order.h"

namespace gate::readers::lockfiles {
namespace {

constexpr std::string_view kLowest = "0";  // the pre-release below all others

bool is_prerelease_character(char c) { return base::is_alphanumeric(c) || c == '-' || c == '.'; }

// A version of which parts may be missing or `x`.
struct Partial {
  std::array<std::optional<std::uint64_t>, 3> numbers;
  std::string_view prerelease;

  [[nodiscard]] NpmVersion filled() const {
    return {{numbers[0].value_or(0), numbers[1].value_or(0), numbers[2].value_or(0)}, prerelease};
  }
};

bool is_wild(char c) { return c == 'x' || c == 'X' || c == '*'; }

// Reads `[v=\s]*1.2.3-beta.1+build`; the whole text has to be one. A pre-release may follow without
// its `-`, as in "1.2.3beta".
std::optional<Partial> parse_partial(std::string_view text) {
  const auto is_passed_over = [](char c) { return c == 'v' || c == '=' || c == ' ' || c == '\t'; };
  while (!text.empty() && is_passed_over(text.front()))
    text.remove_prefix(1);
  Partial partial;
  std::size_t count = 0;
  bool wild = false;
  while (count < 3) {
    if (!text.empty() && is_wild(text.front())) {
      wild = true;
      text.remove_prefix(1);
    } else {
      std::uint64_t number = 0;
      const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (problem != std::errc() || text.empty() || !base::is_digit(text.front())) {
        return std::nullopt;
      }
      text.remove_prefix(static_cast<std::size_t>(end - text.data()));
      if (!wild) partial.numbers[count] = number;
    }
    ++count;
    if (count < 3 && !text.empty() && text.front() == '.') {
      text.remove_prefix(1);
      continue;
    }
    break;
  }
  if (text.empty()) return partial;
  text = text.substr(0, text.find('+'));
  if (text.empty()) return partial;
  if (text.front() == '-') text.remove_prefix(1);
  if (text.empty() || text.front() == '.' ||
      !std::all_of(text.begin(), text.end(), is_prerelease_character))
    return std::nullopt;
  // "1.2-beta" has no third number: what follows is passed over with it.
  if (partial.numbers[2]) partial.prerelease = text;
  return partial;
}

}  // namespace

std::optional<NpmVersion> NpmVersion::parse(std::string_view text) {
  const std::optional<Partial> partial = parse_partial(base::trim(text));
  if (!partial || !partial->numbers[2]) return std::nullopt;
  return partial->filled();
}

std::weak_ordering operator<=>(const NpmVersion& a, const NpmVersion& b) {
  for (std::size_t index = 0; index < 3; ++index) {
    if (const auto order = a.numbers[index] <=> b.numbers[index]; order != 0) return order;
  }
  if (a.prerelease.empty() || b.prerelease.empty())
    return a.prerelease.empty() <=> b.prerelease.empty();
  return compare_prereleases(a.prerelease, b.prerelease);
}

bool NpmRange::Comparator::matches(const NpmVersion& candidate) const {
  if (is_any) return true;
  return holds(op, candidate <=> version);
}

class NpmRange::Parser {
 public:
  // Adds what one comparator means; false where it is none.
  static bool add(std::string_view text, bool caret_is_default, All& all) {
    const std::string_view op = take_operator(text);
    if (op.empty() && caret_is_default && !text.empty() && !is_wild(text.front()))
      return add_caret(text, all);
    if (op == "^") return add_caret(text, all);
    if (op == "~" || op == "~>") return add_tilde(text, all);
    return add_plain(op, text, all);
  }

  // "1.2 - 2.3.4"
  static bool add_hyphen(std::string_view from, std::string_view to, All& all) {
    const std::optional<Partial> low = parse_partial(from);
    const std::optional<Partial> high = parse_partial(to);
    if (!low || !high) return false;
    if (low->numbers[0]) all.push_back({Operator::at_least, low->filled()});
    if (!high->numbers[0]) return true;
    if (high->numbers[2]) {
      all.push_back({Operator::at_most, high->filled()});
    } else {
      all.push_back({Operator::less, next(*high, high->numbers[1] ? 1 : 0)});
    }
    return true;
  }

 private:
  static std::string_view take_operator(std::string_view& text) {
    constexpr std::array<std::string_view, 8> kOperators{"~>", ">=", "<=", ">", "<", "=", "^", "~"};
    for (const std::string_view op : kOperators) {
      if (!text.starts_with(op)) continue;
      text.remove_prefix(op.size());
      return op;
    }
    return text.substr(0, 0);
  }

  // Returns the lowest version whose number at `index` is one more: "<2.0.0-0".
  static NpmVersion next(const Partial& partial, std::size_t index) {
    NpmVersion version;
    for (std::size_t before = 0; before < index; ++before)
      version.numbers[before] = partial.numbers[before].value_or(0);
    version.numbers[index] = partial.numbers[index].value_or(0) + 1;
    version.prerelease = kLowest;
    return version;
  }

  static void add_between(const Partial& low, NpmVersion high, All& all) {
    all.push_back({Operator::at_least, low.filled()});
    all.push_back({Operator::less, high});
  }

  static void add_any(All& all) { all.push_back({Operator::at_least, {}, true}); }

  static bool add_tilde(std::string_view text, All& all) {
    const std::optional<Partial> partial = parse_partial(text);
    if (!partial) return false;
    if (!partial->numbers[0]) {
      add_any(all);
    } else {
      add_between(*partial, next(*partial, partial->numbers[1] ? 1 : 0), all);
    }
    return true;
  }

  static bool add_caret(std::string_view text, All& all) {
    const std::optional<Partial> partial = parse_partial(text);
    if (!partial) return false;
    if (!partial->numbers[0]) {
      add_any(all);
      return true;
    }
    std::size_t index = 0;
    if (*partial->numbers[0] == 0 && partial->numbers[1]) {
      index = *partial->numbers[1] != 0 || !partial->numbers[2] ? 1 : 2;
    }
    add_between(*partial, next(*partial, index), all);
    return true;
  }

  static bool add_plain(std::string_view op, std::string_view text, All& all) {
    const std::optional<Partial> partial = parse_partial(text);
    if (!partial) return false;
    const bool is_whole = partial->numbers[2].has_value();
    if (is_whole) {
      all.push_back({meaning(op), partial->filled()});
      return true;
    }
    if (!partial->numbers[0]) {
      // `<*` takes nothing, everything else anything.
      if (op == ">" || op == "<") {
        all.push_back({Operator::less, {{0, 0, 0}, kLowest}});
      } else {
        add_any(all);
      }
      return true;
    }
    const std::size_t last = partial->numbers[1] ? 1 : 0;
    if (op.empty() || op == "=") {
      add_between(*partial, next(*partial, last), all);
    } else if (op == ">") {
      NpmVersion from = next(*partial, last);
      from.prerelease = {};
      all.push_back({Operator::at_least, from});
    } else if (op == "<=") {
      all.push_back({Operator::less, next(*partial, last)});
    } else if (op == "<") {
      NpmVersion to = partial->filled();
      to.prerelease = kLowest;
      all.push_back({Operator::less, to});
    } else {
      all.push_back({Operator::at_least, partial->filled()});
    }
    return true;
  }
};

namespace {

// The words of one alternative, each with its operator: ">= 1.2" is one.
std::vector<std::string_view> comparator_words(std::string_view text) {
  std::vector<std::string_view> words;
  base::for_each_word(text, [&](std::string_view word) {
    const bool glue = !words.empty() && words.back() != "-" &&
                      words.back().find_first_not_of("<>=~^v") == std::string_view::npos;
    if (!glue) {
      words.push_back(word);
      return;
    }
    // Both are views of one text: the glued word spans what stands between.
    const std::string_view before = words.back();
    words.back() = {before.data(),
                    static_cast<std::size_t>(word.data() + word.size() - before.data())};
  });
  return words;
}

}  // namespace

std::optional<NpmRange> NpmRange::parse(std::string_view text) {
  NpmRange range;
  std::string_view rest = text;
  while (true) {
    const base::Halves halves = base::split_once(rest, "||");
    const std::vector<std::string_view> words = comparator_words(halves.before);
    All all;
    if (words.size() == 3 && words[1] == "-") {
      (void)Parser::add_hyphen(words[0], words[2], all);
    } else {
      // What is no comparator is passed over, an alternative of nothing else too.
      for (const std::string_view word : words)
        (void)Parser::add(word, false, all);
      if (words.empty()) (void)Parser::add("*", false, all);
    }
    if (!all.empty()) range.alternatives_.push_back(std::move(all));
    if (!halves.found) break;
    rest = halves.behind;
  }
  if (range.alternatives_.empty()) return std::nullopt;
  return range;
}

std::optional<NpmRange> NpmRange::parse_cargo(std::string_view text) {
  NpmRange range;
  All all;
  bool good = true;
  base::for_each_part(text, ',', [&](std::string_view part) {
    part = base::trim(part);
    if (!part.empty()) good = good && Parser::add(part, true, all);
  });
  if (all.empty()) good = good && Parser::add("*", false, all);
  range.alternatives_.push_back(std::move(all));
  if (!good) return std::nullopt;
  return range;
}

bool NpmRange::matches(const NpmVersion& version) const {
  return std::any_of(alternatives_.begin(), alternatives_.end(), [&](const All& all) {
    const bool fits = std::all_of(all.begin(), all.end(),
                                  [&](const Comparator& one) { return one.matches(version); });
    if (!fits || version.prerelease.empty()) return fits;
    return std::any_of(all.begin(), all.end(), [&](const Comparator& one) {
      return !one.is_any && !one.version.prerelease.empty() &&
             one.version.numbers == version.numbers;
    });
  });
}

}  // namespace gate::readers::lockfiles
