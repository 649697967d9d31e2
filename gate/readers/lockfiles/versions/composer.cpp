#include "gate/readers/lockfiles/versions/composer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/words.h"
#include "gate/readers/lockfiles/versions/order.h"

namespace gate::readers::lockfiles {
namespace {

constexpr std::string_view kDev = "dev-";
constexpr std::array<std::string_view, 5> kStabilities{"stable", "rc", "beta", "alpha", "dev"};

bool starts_with_any_case(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && base::to_lower(text.substr(0, start.size())) == start;
}

bool is_branch(std::string_view version) { return version.starts_with(kDev); }

// Takes a run of digits off the text.
std::string_view take_digits(std::string_view& text) {
  const auto end = static_cast<std::size_t>(
      std::find_if_not(text.begin(), text.end(), base::is_digit) - text.begin());
  const std::string_view digits = text.substr(0, end);
  text.remove_prefix(end);
  return digits;
}

// `[._-]?(?:(stable|beta|b|RC|alpha|a|patch|pl|p)((?:[.-]?\d+)*)?)?([.-]?dev)?`
struct Modifier {
  std::string_view stability;  // as written
  std::string_view number;
  bool is_dev = false;
};

// Takes a modifier off the text; what is none stays.
Modifier take_modifier(std::string_view& text) {
  constexpr std::array<std::string_view, 9> kWords{"stable", "beta",  "b",  "rc", "alpha",
                                                   "a",      "patch", "pl", "p"};
  Modifier modifier;
  std::string_view rest = text;
  if (!rest.empty() && std::string_view("._-").find(rest.front()) != std::string_view::npos)
    rest.remove_prefix(1);
  for (const std::string_view word : kWords) {
    if (!starts_with_any_case(rest, word)) continue;
    std::string_view behind = rest.substr(word.size());
    const std::string_view number_begin = behind;
    while (!behind.empty()) {
      std::string_view ahead = behind;
      if (ahead.front() == '.' || ahead.front() == '-') ahead.remove_prefix(1);
      if (ahead.empty() || !base::is_digit(ahead.front())) break;
      (void)take_digits(ahead);
      behind = ahead;
    }
    // Letters may go on where the word ends: "beta" begins with "b".
    if (!behind.empty() && base::is_letter(behind.front()) && !starts_with_any_case(behind, "dev"))
      continue;
    modifier.stability = rest.substr(0, word.size());
    modifier.number = number_begin.substr(0, number_begin.size() - behind.size());
    text = behind;
    rest = behind;
    break;
  }
  std::string_view dev = text;
  if (!dev.empty() && (dev.front() == '.' || dev.front() == '-' ||
                       (modifier.stability.empty() && dev.front() == '_')))
    dev.remove_prefix(1);
  if (starts_with_any_case(dev, "dev")) {
    modifier.is_dev = true;
    text = dev.substr(3);
  }
  return modifier;
}

std::string expand_stability(std::string_view word) {
  const std::string lower = base::to_lower(word);
  if (lower == "a") return "alpha";
  if (lower == "b") return "beta";
  if (lower == "p" || lower == "pl") return "patch";
  if (lower == "rc") return "RC";
  return lower;
}

std::string with_modifier(std::string version, const Modifier& modifier) {
  if (!modifier.stability.empty()) {
    const std::string stability = expand_stability(modifier.stability);
    if (stability == "stable") return version;
    std::string_view number = modifier.number;
    number.remove_prefix(std::min(number.find_first_not_of(".-"), number.size()));
    version += '-';
    version += stability;
    version += number;
  }
  if (modifier.is_dev) version += "-dev";
  return version;
}

// The numbers of a version, and what follows them.
struct Numbers {
  std::array<std::string_view, 4> parts;
  std::size_t count = 0;
};

std::optional<Numbers> take_numbers(std::string_view& text) {
  std::string_view rest = text;
  if (!rest.empty() && base::to_lower(rest.front()) == 'v') rest.remove_prefix(1);
  Numbers numbers;
  while (numbers.count < numbers.parts.size()) {
    std::string_view ahead = rest;
    if (numbers.count > 0) {
      if (ahead.empty() || ahead.front() != '.') break;
      ahead.remove_prefix(1);
    }
    const std::string_view digits = take_digits(ahead);
    if (digits.empty()) break;
    numbers.parts[numbers.count++] = digits;
    rest = ahead;
  }
  if (numbers.count == 0) return std::nullopt;
  text = rest;
  return numbers;
}

std::string join_numbers(const Numbers& numbers) {
  std::string text;
  for (std::size_t index = 0; index < numbers.parts.size(); ++index) {
    if (index > 0) text += '.';
    text += index < numbers.count ? numbers.parts[index] : std::string_view("0");
  }
  return text;
}

std::optional<std::string> normalize_classical(std::string_view text) {
  const std::optional<Numbers> numbers = take_numbers(text);
  if (!numbers || numbers->parts[0].size() > 5) return std::nullopt;
  const Modifier modifier = take_modifier(text);
  if (!text.empty()) return std::nullopt;
  return with_modifier(join_numbers(*numbers), modifier);
}

// `v?(\d{4}(?:[.:-]?\d{2}){1,6}(?:[.:-]?\d{1,3}){0,2})` and a modifier.
std::optional<std::string> normalize_date(std::string_view text) {
  if (!text.empty() && base::to_lower(text.front()) == 'v') text.remove_prefix(1);
  const auto digits_at = [&](std::size_t at, std::size_t count) {
    if (at + count > text.size()) return false;
    for (std::size_t index = at; index < at + count; ++index) {
      if (!base::is_digit(text[index])) return false;
    }
    return true;
  };
  const auto past_separator = [&](std::size_t at) {
    return at < text.size() && std::string_view(".:-").find(text[at]) != std::string_view::npos
               ? at + 1
               : at;
  };
  if (!digits_at(0, 4)) return std::nullopt;
  std::size_t end = 4;
  int pairs = 0;
  while (pairs < 6 && digits_at(past_separator(end), 2)) {
    end = past_separator(end) + 2;
    ++pairs;
  }
  if (pairs == 0) return std::nullopt;
  for (int more = 0; more < 2; ++more) {
    const std::size_t begin = past_separator(end);
    std::size_t size = 0;
    while (size < 3 && digits_at(begin, size + 1))
      ++size;
    if (size == 0) break;
    end = begin + size;
  }
  std::string version(text.substr(0, end));
  for (char& c : version) {
    if (!base::is_digit(c)) c = '.';
  }
  text.remove_prefix(end);
  const Modifier modifier = take_modifier(text);
  if (!text.empty()) return std::nullopt;
  return with_modifier(std::move(version), modifier);
}

// "1.x" is 1.9999999.9999999.9999999-dev; another name stays a name.
std::string normalize_branch(std::string_view name) {
  name = base::trim(name);
  std::string_view rest = name;
  if (!rest.empty() && base::to_lower(rest.front()) == 'v') rest.remove_prefix(1);
  std::string version;
  std::size_t count = 0;
  base::for_each_part(rest, '.', [&](std::string_view part) {
    const bool wild = part == "x" || part == "X" || part == "*";
    const bool number = !part.empty() && std::all_of(part.begin(), part.end(), base::is_digit);
    if ((!wild && !number) || (wild && count == 0)) count = 100;
    if (count < 4) version += (count == 0 ? "" : ".") + (wild ? "9999999" : std::string(part));
    ++count;
  });
  if (count > 4) return std::string(kDev) + std::string(name);
  for (; count < 4; ++count)
    version += ".9999999";
  return version + "-dev";
}

// Takes "@stability" off the end; nothing where there is none.
std::optional<std::string> take_stability(std::string_view& text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return std::nullopt;
  std::string stability = base::to_lower(text.substr(at + 1));
  if (std::find(kStabilities.begin(), kStabilities.end(), stability) == kStabilities.end())
    return std::nullopt;
  text = text.substr(0, at);
  return stability;
}

// "dev-main as 1.0.0" is "dev-main".
std::string_view without_alias(std::string_view text) {
  const base::Halves halves = base::split_once(text, " as ");
  if (!halves.found) return text;
  const std::string_view left = base::trim(halves.before);
  const std::string_view right = base::trim(halves.behind);
  const bool plain = left.find_first_of(", \t") == std::string_view::npos &&
                     right.find_first_of(", \t") == std::string_view::npos && !right.empty();
  return plain ? left : text;
}

std::string_view without_build(std::string_view text) {
  const std::size_t plus = text.find('+');
  if (plus == std::string_view::npos || plus == 0 || plus + 1 == text.size()) return text;
  return text.find_first_of(", \t") == std::string_view::npos ? text.substr(0, plus) : text;
}

// The order of PHP's named forms; -1 for a word that has none.
int form_order(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, int>, 10> kForms{{{"dev", 0},
                                                                     {"alpha", 1},
                                                                     {"a", 1},
                                                                     {"beta", 2},
                                                                     {"b", 2},
                                                                     {"RC", 3},
                                                                     {"rc", 3},
                                                                     {"#", 4},
                                                                     {"pl", 5},
                                                                     {"p", 5}}};
  for (const auto& [form, order] : kForms) {
    if (word.starts_with(form)) return order;
  }
  return -1;
}

int compare_forms(std::string_view a, std::string_view b) {
  const int from = form_order(a);
  const int to = form_order(b);
  return from < to ? -1 : from > to ? 1 : 0;
}

// Parts of digits and of other characters; `-`, `_`, `+` and `.` stand between them.
std::vector<std::string_view> php_parts(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  const auto separates = [](char c) { return c == '-' || c == '_' || c == '+' || c == '.'; };
  const auto is_special = [&](char c) { return !base::is_alphanumeric(c) && !separates(c); };
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const bool cut = at == text.size() || separates(text[at]) || is_special(text[at]) ||
                     (at > begin && base::is_digit(text[at]) != base::is_digit(text[at - 1]));
    if (!cut) continue;
    if (at > begin) parts.push_back(text.substr(begin, at - begin));
    begin = at < text.size() && (separates(text[at]) || is_special(text[at])) ? at + 1 : at;
  }
  return parts;
}

}  // namespace

int php_version_compare(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty() ? 0 : a.empty() ? -1 : 1;
  constexpr std::string_view kNumber = "#N#";
  const std::vector<std::string_view> left = php_parts(a);
  const std::vector<std::string_view> right = php_parts(b);
  const auto is_number = [](std::string_view part) { return base::is_digit(part.front()); };
  for (std::size_t index = 0; index < std::max(left.size(), right.size()); ++index) {
    if (index == left.size()) {
      return is_number(right[index]) ? -1 : compare_forms(kNumber, right[index]);
    }
    if (index == right.size()) {
      return is_number(left[index]) ? 1 : compare_forms(left[index], kNumber);
    }
    int order = 0;
    if (is_number(left[index]) && is_number(right[index])) {
      const std::weak_ordering digits = compare_digits(left[index], right[index]);
      order = digits < 0 ? -1 : digits > 0 ? 1 : 0;
    } else {
      order = compare_forms(is_number(left[index]) ? kNumber : left[index],
                            is_number(right[index]) ? kNumber : right[index]);
    }
    if (order != 0) return order;
  }
  return 0;
}

std::optional<std::string> normalize_composer(std::string_view text) {
  std::string_view version = without_alias(base::trim(text));
  (void)take_stability(version);
  if (version == "master" || version == "trunk" || version == "default")
    return std::string(kDev) + std::string(version);
  if (starts_with_any_case(version, kDev))
    return std::string(kDev) + std::string(version.substr(kDev.size()));
  version = without_build(version);
  if (auto classical = normalize_classical(version)) return classical;
  if (auto date = normalize_date(version)) return date;
  if (version.size() > 3 && starts_with_any_case(version.substr(version.size() - 3), "dev")) {
    std::string_view branch = version.substr(0, version.size() - 3);
    if (branch.ends_with('.') || branch.ends_with('-')) branch.remove_suffix(1);
    std::string normal = normalize_branch(branch);
    if (!is_branch(normal)) return normal;
  }
  return std::nullopt;
}

std::weak_ordering compare_composer(std::string_view a, std::string_view b) {
  const auto bare = [](std::string_view text) {
    return text.substr(text.starts_with('v') || text.starts_with('V') ? 1 : 0);
  };
  return php_version_compare(bare(a), bare(b)) <=> 0;
}

// What `(\d++)(?:\.(\d++))?(?:\.(\d++))?(?:\.(\d++))?(?:MODIFIER|\.([xX*][.-]?dev))(?:\+[^\s]+)?`
// finds.
class ComposerConstraint::Parser {
 public:
  static std::optional<All> parse_one(std::string_view text) {
    std::string_view constraint = without_alias(base::trim(text));
    std::string stability;
    {
      std::string_view rest = constraint;
      if (const auto flag = take_stability(rest);
          flag && rest.find_first_of(", \t") == std::string_view::npos) {
        constraint = rest.empty() ? std::string_view("*") : rest;
        if (*flag != "stable") stability = *flag;
      }
    }
    constraint = without_reference(constraint);
    if (const auto any = parse_any(constraint)) return any;
    if (constraint.starts_with('~')) return parse_tilde(constraint);
    if (constraint.starts_with('^')) return parse_caret(constraint);
    if (const auto wild = parse_wild(constraint)) return wild;
    if (const auto hyphen = parse_hyphen(constraint)) return hyphen;
    return parse_basic(constraint, stability);
  }

 private:
  struct Version {
    Numbers numbers;
    bool has_modifier = false;  // a stability, `-dev` or `.x-dev`
    bool is_wild_dev = false;   // `.x-dev`
  };

  // The whole text must be a version.
  static std::optional<Version> read_version(std::string_view text) {
    Version version;
    const std::optional<Numbers> numbers = take_numbers(text);
    if (!numbers) return std::nullopt;
    version.numbers = *numbers;
    const std::size_t plus = text.find('+');
    if (plus != std::string_view::npos) {
      if (plus + 1 == text.size()) return std::nullopt;
      text = text.substr(0, plus);
    }
    if (text.size() >= 2 && text[0] == '.' &&
        std::string_view("xX*").find(text[1]) != std::string_view::npos) {
      std::string_view rest = text.substr(2);
      if (!rest.empty() && (rest.front() == '.' || rest.front() == '-')) rest.remove_prefix(1);
      if (base::to_lower(rest) != "dev") return std::nullopt;
      version.has_modifier = true;
      version.is_wild_dev = true;
      return version;
    }
    const Modifier modifier = take_modifier(text);
    if (!text.empty()) return std::nullopt;
    version.has_modifier = !modifier.stability.empty() || modifier.is_dev;
    return version;
  }

  static std::string_view without_reference(std::string_view text) {
    const std::size_t hash = text.find('#');
    if (hash == std::string_view::npos || hash + 1 == text.size()) return text;
    const std::string_view before = text.substr(0, hash);
    const std::string lower = base::to_lower(before);
    return lower.starts_with(kDev) || lower.ends_with(".x-dev") ? before : text;
  }

  static std::optional<All> parse_any(std::string_view text) {
    std::string_view rest = text;
    const bool has_v = !rest.empty() && base::to_lower(rest.front()) == 'v';
    if (has_v) rest.remove_prefix(1);
    bool wild = !rest.empty();
    std::size_t count = 0;
    base::for_each_part(rest, '.', [&](std::string_view part) {
      wild = wild && (part == "x" || part == "X" || part == "*");
      ++count;
    });
    if (!wild) return std::nullopt;
    if (has_v || count > 1) return All{{Operator::at_least, "0.0.0.0-dev"}};
    return All{{Operator::any, {}}};
  }

  // Sets what follows `position` (1 to 4) to zero and adds to the number there.
  static std::string manipulate(const Numbers& numbers, std::size_t position, unsigned increment) {
    std::string text;
    for (std::size_t index = 1; index <= 4; ++index) {
      if (index > 1) text += '.';
      std::string_view part = index <= numbers.count ? numbers.parts[index - 1] : "0";
      if (index > position) part = "0";
      std::uint64_t value = 0;
      (void)std::from_chars(part.data(), part.data() + part.size(), value);
      if (index == position) value += increment;
      text += std::to_string(value);
    }
    return text;
  }

  static std::optional<All> between(std::string_view low, bool add_dev, std::string high) {
    std::string from(low);
    if (add_dev) from += "-dev";
    const std::optional<std::string> normal = normalize_composer(from);
    if (!normal) return std::nullopt;
    return All{{Operator::at_least, *normal}, {Operator::less, std::move(high)}};
  }

  static std::optional<All> parse_tilde(std::string_view text) {
    const std::string_view written = text.substr(1);
    if (written.starts_with('>')) return std::nullopt;
    const std::optional<Version> version = read_version(written);
    if (!version) return std::nullopt;
    const std::size_t position = version->numbers.count + (version->is_wild_dev ? 1 : 0);
    const std::size_t high = std::max<std::size_t>(1, position - 1);
    return between(written, !version->has_modifier, manipulate(version->numbers, high, 1) + "-dev");
  }

  static std::optional<All> parse_caret(std::string_view text) {
    const std::string_view written = text.substr(1);
    const std::optional<Version> version = read_version(written);
    if (!version) return std::nullopt;
    const Numbers& numbers = version->numbers;
    std::size_t position = 3;
    if (numbers.parts[0] != "0" || numbers.count < 2) {
      position = 1;
    } else if (numbers.parts[1] != "0" || numbers.count < 3) {
      position = 2;
    }
    return between(written, !version->has_modifier, manipulate(numbers, position, 1) + "-dev");
  }

  static std::optional<All> parse_wild(std::string_view text) {
    std::string_view rest = text;
    const std::optional<Numbers> numbers = take_numbers(rest);
    if (!numbers || numbers->count > 3 || rest.empty()) return std::nullopt;
    bool wild = rest.front() == '.';
    base::for_each_part(rest.substr(1), '.', [&](std::string_view part) {
      wild = wild && (part == "x" || part == "X" || part == "*");
    });
    if (!wild) return std::nullopt;
    std::string low = manipulate(*numbers, numbers->count, 0) + "-dev";
    std::string high = manipulate(*numbers, numbers->count, 1) + "-dev";
    if (low == "0.0.0.0-dev") return All{{Operator::less, std::move(high)}};
    return All{{Operator::at_least, std::move(low)}, {Operator::less, std::move(high)}};
  }

  static std::optional<All> parse_hyphen(std::string_view text) {
    const base::Halves halves = base::split_once(text, " - ");
    if (!halves.found) return std::nullopt;
    const std::string_view from = base::trim(halves.before);
    const std::string_view to = base::trim(halves.behind);
    const std::optional<Version> low = read_version(from);
    const std::optional<Version> high = read_version(to);
    const std::optional<std::string> low_normal = normalize_composer(from);
    const std::optional<std::string> high_normal = normalize_composer(to);
    if (!low || !high || !low_normal || !high_normal) return std::nullopt;
    Comparison lower{Operator::at_least, *low_normal + (low->has_modifier ? "" : "-dev")};
    if (high->numbers.count >= 3 || high->has_modifier)
      return All{std::move(lower), {Operator::at_most, *high_normal}};
    return All{
        std::move(lower),
        {Operator::less, manipulate(high->numbers, high->numbers.count == 1 ? 1 : 2, 1) + "-dev"}};
  }

  // Whether `-` and a modifier end the text.
  static bool ends_with_modifier(std::string_view text) {
    for (std::size_t dash = text.find('-'); dash != std::string_view::npos;
         dash = text.find('-', dash + 1)) {
      std::string_view rest = text.substr(dash + 1);
      (void)take_modifier(rest);
      if (rest.empty()) return true;
    }
    return false;
  }

  static std::optional<All> parse_basic(std::string_view text, const std::string& stability) {
    constexpr std::array<std::string_view, 8> kOperators{
        "<>", "!=", ">=", "<=", "==", ">", "<", "="};
    const Operator op = meaning(take_operator(text, kOperators));
    std::optional<std::string> version = normalize_composer(text);
    if (!version && text.ends_with("-dev")) {
      // "feature-dev" instead of "dev-feature".
      const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return base::is_alphanumeric(c) || c == '-' || c == '.' || c == '/';
      });
      if (plain) version = std::string(kDev) + std::string(text.substr(0, text.size() - 4));
    }
    if (!version) return std::nullopt;
    const bool is_stable = !is_branch(*version) && version->find('-') == std::string::npos;
    if (op != Operator::equal && !stability.empty() && is_stable) {
      *version += "-" + (stability == "rc" ? std::string("RC") : stability);
    } else if (op == Operator::less || op == Operator::at_least) {
      if (!ends_with_modifier(base::to_lower(text)) && !text.starts_with(kDev)) *version += "-dev";
    }
    return All{{op, *std::move(version)}};
  }
};

bool ComposerConstraint::Comparison::matches(std::string_view candidate) const {
  if (op == Operator::any) return true;
  const bool any_branch = is_branch(candidate) || is_branch(version);
  if (op == Operator::different && any_branch) return candidate != version;
  if (is_branch(candidate) && is_branch(version))
    return op == Operator::equal && candidate == version;
  if (any_branch) return false;
  return holds(op, php_version_compare(candidate, version) <=> 0);
}

namespace {

// Splits at blanks and commas, but not within "1.0 - 2.0", ">= 1.0" or "a as b".
std::vector<std::string> split_and(std::string_view text) {
  std::vector<std::string> words;
  std::string commas(text);
  std::replace(commas.begin(), commas.end(), ',', ' ');
  base::for_each_word(commas, [&](std::string_view word) { words.emplace_back(word); });
  std::vector<std::string> parts;
  for (std::size_t index = 0; index < words.size(); ++index) {
    const auto glues = [](const std::string& word) { return word == "-" || word == "as"; };
    const bool after_operator =
        !parts.empty() && parts.back().find_first_not_of("<>=!") == std::string::npos;
    const bool after_glue = index > 0 && glues(words[index - 1]);
    if (!parts.empty() && (glues(words[index]) || after_glue)) {
      parts.back() += " " + words[index];
    } else if (after_operator) {
      parts.back() += words[index];
    } else {
      parts.push_back(words[index]);
    }
  }
  return parts;
}

}  // namespace

std::optional<ComposerConstraint> ComposerConstraint::parse(std::string_view text) {
  ComposerConstraint constraint;
  bool good = true;
  std::string bars(base::trim(text));
  for (std::size_t at = bars.find("||"); at != std::string::npos; at = bars.find("||", at))
    bars.replace(at, 2, "|");
  base::for_each_part(bars, '|', [&](std::string_view alternative) {
    All all;
    const std::vector<std::string> parts = split_and(alternative);
    good = good && !parts.empty();
    for (const std::string& part : parts) {
      std::optional<All> one = Parser::parse_one(part);
      good = good && one.has_value();
      if (one) all.insert(all.end(), one->begin(), one->end());
    }
    constraint.alternatives_.push_back(std::move(all));
  });
  if (!good) return std::nullopt;
  return constraint;
}

bool ComposerConstraint::matches(std::string_view version) const {
  return std::any_of(alternatives_.begin(), alternatives_.end(), [&](const All& all) {
    return std::all_of(all.begin(), all.end(),
                       [&](const Comparison& one) { return one.matches(version); });
  });
}

}  // namespace gate::readers::lockfiles
