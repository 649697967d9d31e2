#include "gate/readers/lockfiles/versions/pep440.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/base/words.h"
#include "gate/readers/lockfiles/versions/order.h"

namespace gate::readers::lockfiles {
namespace {

bool is_separator(char c) { return c == '.' || c == '-' || c == '_'; }

std::string without_zeros(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits.empty() ? "0" : std::string(digits);
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::optional<Pep440> run() {
    Pep440 version;
    if (peek() == 'v') ++at_;
    if (!read_release(version)) return std::nullopt;
    read_pre(version);
    read_post(version);
    read_dev(version);
    if (peek() == '+' && !read_local(version)) return std::nullopt;
    if (at_ != text_.size()) return std::nullopt;
    return version;
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  std::string read_digits() {
    const std::size_t begin = at_;
    while (base::is_digit(peek()))
      ++at_;
    return at_ == begin ? std::string() : without_zeros(text_.substr(begin, at_ - begin));
  }

  bool read_release(Pep440& version) {
    std::string first = read_digits();
    if (first.empty()) return false;
    version.epoch = "0";
    if (peek() == '!') {
      ++at_;
      version.epoch = std::move(first);
      first = read_digits();
      if (first.empty()) return false;
    }
    version.release.push_back(std::move(first));
    while (peek() == '.' && base::is_digit(peek(1))) {
      ++at_;
      version.release.push_back(read_digits());
    }
    return true;
  }

  // Takes a separator and one of the words; nothing is taken where none of them follows.
  template <std::size_t Count>
  std::optional<std::size_t> read_word(const std::array<std::string_view, Count>& words) {
    const std::size_t begin = is_separator(peek()) ? at_ + 1 : at_;
    for (std::size_t index = 0; index < Count; ++index) {
      if (!text_.substr(std::min(begin, text_.size())).starts_with(words[index])) continue;
      at_ = begin + words[index].size();
      return index;
    }
    return std::nullopt;
  }

  // Takes the number behind a word, a separator in front allowed; "0" where there is none.
  std::string read_number() {
    if (is_separator(peek()) && base::is_digit(peek(1))) ++at_;
    std::string digits = read_digits();
    return digits.empty() ? "0" : digits;
  }

  void read_pre(Pep440& version) {
    constexpr std::array<std::string_view, 8> kWords{"alpha", "a",       "beta", "b",
                                                     "rc",    "preview", "pre",  "c"};
    constexpr std::array<std::string_view, 8> kMeanings{"a", "a", "b", "b", "rc", "rc", "rc", "rc"};
    if (const auto word = read_word(kWords))
      version.pre = Pep440::Suffix{std::string(kMeanings[*word]), read_number()};
  }

  void read_post(Pep440& version) {
    // "1.0-2" is "1.0.post2".
    if (peek() == '-' && base::is_digit(peek(1))) {
      ++at_;
      version.post = read_digits();
      return;
    }
    constexpr std::array<std::string_view, 3> kWords{"post", "rev", "r"};
    if (read_word(kWords)) version.post = read_number();
  }

  void read_dev(Pep440& version) {
    constexpr std::array<std::string_view, 1> kWords{"dev"};
    if (read_word(kWords)) version.dev = read_number();
  }

  bool read_local(Pep440& version) {
    ++at_;
    while (true) {
      const std::size_t begin = at_;
      while (base::is_alphanumeric(peek()))
        ++at_;
      if (at_ == begin) return false;
      const std::string_view part = text_.substr(begin, at_ - begin);
      const bool digits = std::all_of(part.begin(), part.end(), base::is_digit);
      version.local.push_back(digits ? without_zeros(part) : std::string(part));
      if (!is_separator(peek())) return true;
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::weak_ordering compare_releases(const std::vector<std::string>& a,
                                    const std::vector<std::string>& b) {
  for (std::size_t index = 0; index < std::max(a.size(), b.size()); ++index) {
    const std::string_view left = index < a.size() ? std::string_view(a[index]) : "0";
    const std::string_view right = index < b.size() ? std::string_view(b[index]) : "0";
    if (const auto order = compare_digits(left, right); order != 0) return order;
  }
  return std::weak_ordering::equivalent;
}

// Where a version stands among those of one release: dev releases of none, pre-releases, itself.
int pre_rank(const Pep440& version) {
  if (version.pre) {
    return version.pre->word == "a" ? 1 : version.pre->word == "b" ? 2 : 3;
  }
  return version.dev && !version.post ? 0 : 4;
}

std::weak_ordering compare_local(const std::vector<std::string>& a,
                                 const std::vector<std::string>& b) {
  for (std::size_t index = 0; index < std::max(a.size(), b.size()); ++index) {
    if (index == a.size()) return std::weak_ordering::less;
    if (index == b.size()) return std::weak_ordering::greater;
    const bool a_is_number = base::is_digit(a[index].front()) &&
                             std::all_of(a[index].begin(), a[index].end(), base::is_digit);
    const bool b_is_number = base::is_digit(b[index].front()) &&
                             std::all_of(b[index].begin(), b[index].end(), base::is_digit);
    // Numbers stand above words.
    if (a_is_number != b_is_number)
      return a_is_number ? std::weak_ordering::greater : std::weak_ordering::less;
    const auto order = a_is_number ? compare_digits(a[index], b[index])
                                   : std::weak_ordering(a[index].compare(b[index]) <=> 0);
    if (order != 0) return order;
  }
  return std::weak_ordering::equivalent;
}

// What setuptools made of a text before PEP 440 (packaging 21, LegacyVersion): parts of digits and
// of letters, "final" at the end.
std::vector<std::string> legacy_key(std::string_view text) {
  std::vector<std::string> parts;
  const auto add = [&](std::string_view part) {
    if (part.empty() || part == ".") return;
    std::string key;
    if (base::is_digit(part.front())) {
      key = std::string(part);
      if (key.size() < 8) key.insert(0, 8 - key.size(), '0');
    } else {
      constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kWords{
          {{"pre", "c"}, {"preview", "c"}, {"-", "final-"}, {"rc", "c"}, {"dev", "@"}}};
      std::string_view word = part;
      for (const auto& [from, to] : kWords) {
        if (part == from) word = to;
      }
      key = "*" + std::string(word);
    }
    if (key.front() == '*') {
      if (key < "*final") {
        while (!parts.empty() && parts.back() == "*final-")
          parts.pop_back();
      }
      while (!parts.empty() && parts.back() == "00000000")
        parts.pop_back();
    }
    parts.push_back(std::move(key));
  };
  const std::string lower = base::to_lower(text);
  std::size_t begin = 0;
  const auto kind = [](char c) {
    if (base::is_digit(c)) return 1;
    if (base::is_letter(c)) return 2;
    return c == '.' ? 3 : c == '-' ? 4 : 5;
  };
  for (std::size_t at = 1; at <= lower.size(); ++at) {
    const bool goes_on = at < lower.size() && kind(lower[at]) == kind(lower[begin]) &&
                         kind(lower[begin]) != 3 && kind(lower[begin]) != 4;
    if (goes_on) continue;
    add(std::string_view(lower).substr(begin, at - begin));
    begin = at;
  }
  add("final");
  return parts;
}

// The release of a prefix match, `==1.2.*`.
bool begins_with(const Pep440& version, const Pep440& prefix) {
  if (compare_digits(version.epoch, prefix.epoch) != 0) return false;
  for (std::size_t index = 0; index < prefix.release.size(); ++index) {
    const std::string_view part =
        index < version.release.size() ? std::string_view(version.release[index]) : "0";
    if (compare_digits(part, prefix.release[index]) != 0) return false;
  }
  return true;
}

Pep440 without_local(Pep440 version) {
  version.local.clear();
  return version;
}

std::optional<bool> satisfies_one(const Pep440& version, std::string_view text,
                                  std::string_view specifier) {
  constexpr std::array<std::string_view, 8> kOperators{
      "===", "==", "~=", "!=", "<=", ">=", "<", ">"};
  const auto found = std::find_if(kOperators.begin(), kOperators.end(),
                                  [&](std::string_view op) { return specifier.starts_with(op); });
  if (found == kOperators.end()) return std::nullopt;
  const std::string_view op = *found;
  std::string_view operand = base::trim(specifier.substr(op.size()));
  if (op == "===") return base::to_lower(operand) == base::to_lower(text);
  const bool is_prefix = operand.ends_with(".*");
  if (is_prefix && op != "==" && op != "!=") return std::nullopt;
  if (is_prefix) operand.remove_suffix(2);
  const std::optional<Pep440> wanted = parse_pep440(operand);
  if (!wanted) return std::nullopt;
  // Local labels have no order.
  if (!wanted->local.empty() && op != "==" && op != "!=") return std::nullopt;
  if (is_prefix) return begins_with(version, *wanted) == (op == "==");
  if (op == "~=") {
    if (wanted->release.size() < 2) return std::nullopt;
    Pep440 prefix = *wanted;
    prefix.release.pop_back();
    return compare(without_local(version), *wanted) >= 0 && begins_with(version, prefix);
  }
  // A local label counts only where it is asked for.
  const Pep440 candidate = wanted->local.empty() ? without_local(version) : version;
  const std::weak_ordering order = compare(candidate, *wanted);
  if (op == "==") return order == 0;
  if (op == "!=") return order != 0;
  if (op == "<=") return compare(without_local(version), *wanted) <= 0;
  if (op == ">=") return compare(without_local(version), *wanted) >= 0;
  // `<1.0` leaves out 1.0's own pre-releases, `>1.0` its post releases and local labels.
  const bool same_release = compare_releases(version.release, wanted->release) == 0 &&
                            compare_digits(version.epoch, wanted->epoch) == 0;
  if (op == "<") {
    const bool own_pre = same_release && (version.pre || (version.dev && !version.post)) &&
                         !(wanted->pre || wanted->dev);
    return order < 0 && !own_pre;
  }
  const bool own_post = same_release && version.post && !wanted->post;
  return compare(without_local(version), *wanted) > 0 && !own_post;
}

}  // namespace

std::optional<Pep440> parse_pep440(std::string_view text) {
  const std::string lower = base::to_lower(base::trim(text));
  return Parser(lower).run();
}

std::weak_ordering compare(const Pep440& a, const Pep440& b) {
  if (const auto order = compare_digits(a.epoch, b.epoch); order != 0) return order;
  if (const auto order = compare_releases(a.release, b.release); order != 0) return order;
  if (const auto order = pre_rank(a) <=> pre_rank(b); order != 0) return order;
  if (a.pre && b.pre) {
    if (const auto order = compare_digits(a.pre->number, b.pre->number); order != 0) return order;
  }
  // No post release stands below every post release, no dev release above every dev release.
  if (a.post.has_value() != b.post.has_value())
    return b.post ? std::weak_ordering::less : std::weak_ordering::greater;
  if (a.post) {
    if (const auto order = compare_digits(*a.post, *b.post); order != 0) return order;
  }
  if (a.dev.has_value() != b.dev.has_value())
    return a.dev ? std::weak_ordering::less : std::weak_ordering::greater;
  if (a.dev) {
    if (const auto order = compare_digits(*a.dev, *b.dev); order != 0) return order;
  }
  return compare_local(a.local, b.local);
}

std::string normal_form(const Pep440& version) {
  std::string text;
  if (version.epoch != "0") text = version.epoch + "!";
  for (std::size_t index = 0; index < version.release.size(); ++index)
    text += (index == 0 ? "" : ".") + version.release[index];
  if (version.pre) text += version.pre->word + version.pre->number;
  if (version.post) text += ".post" + *version.post;
  if (version.dev) text += ".dev" + *version.dev;
  for (std::size_t index = 0; index < version.local.size(); ++index)
    text += (index == 0 ? "+" : ".") + version.local[index];
  return text;
}

std::optional<bool> satisfies_pep440(std::string_view version, std::string_view specifiers) {
  const std::optional<Pep440> parsed = parse_pep440(version);
  bool all = true;
  bool readable = parsed.has_value();
  base::for_each_part(specifiers, ',', [&](std::string_view part) {
    part = base::trim(part);
    if (part.empty() || part == "*" || !readable) return;
    const std::optional<bool> one = satisfies_one(*parsed, version, part);
    readable = one.has_value();
    all = all && one.value_or(false);
  });
  if (!readable) return std::nullopt;
  return all;
}

std::weak_ordering compare_pep440(std::string_view a, std::string_view b) {
  const std::optional<Pep440> left = parse_pep440(a);
  const std::optional<Pep440> right = parse_pep440(b);
  if (left && right) return compare(*left, *right);
  if (left.has_value() != right.has_value())
    return right ? std::weak_ordering::less : std::weak_ordering::greater;
  const std::vector<std::string> from = legacy_key(a);
  const std::vector<std::string> to = legacy_key(b);
  const auto [left_at, right_at] = std::mismatch(from.begin(), from.end(), to.begin(), to.end());
  if (left_at == from.end() || right_at == to.end())
    return (left_at != from.end()) <=> (right_at != to.end());
  return left_at->compare(*right_at) <=> 0;
}

}  // namespace gate::readers::lockfiles
