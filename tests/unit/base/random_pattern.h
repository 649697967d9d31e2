// Random patterns with texts that they match, for tests that compare two ways of finding matches.
#pragma once

#include <random>
#include <string>
#include <string_view>

namespace gate::base {

class RandomPattern {
 public:
  explicit RandomPattern(std::uint32_t seed) : random_(seed) {}

  // A pattern, and a text that it matches (mostly: zero-width assertions may not hold in it).
  struct Pair {
    std::string pattern;
    std::string sample;
  };

  Pair make() {
    Pair pair = row(3);
    if (chance(5)) pair.pattern.insert(0, "^");
    if (chance(8)) pair.pattern += '$';
    if (chance(6)) pair.pattern.insert(0, "(?i)");
    return pair;
  }

  // A text of such words and separators as the patterns are made of.
  std::string noise(std::size_t words) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
      text += pick(kWords);
      text += pick(kSeparators);
    }
    return text;
  }

  bool chance(unsigned of) { return number(of) == 0; }
  std::size_t number(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }

 private:
  static constexpr std::string_view kWords[] = {
      "KEY",   "key", "Key",  "secret",   "sekret", "token", "aaaa", "aaa", "abab", "pass", "word",
      "DEBUG", "é",   "kilo", "\u212Aey", "true",   "1234",  "_",    "x",   "$",    "\xFF"};
  static constexpr std::string_view kSeparators[] = {"",  "",   " ",   "=", "\n",   "\r\n",
                                                     "_", "\"", " = ", ":", "\n\n", "\r"};

  template <std::size_t kCount>
  std::string pick(const std::string_view (&choices)[kCount]) {
    return std::string(choices[number(kCount)]);
  }

  Pair row(int depth) {
    Pair all;
    for (std::size_t count = 1 + number(4); count > 0; --count) {
      const Pair one = piece(depth);
      all.pattern += one.pattern;
      all.sample += one.sample;
    }
    return all;
  }

  Pair piece(int depth) {
    struct Fixed {
      std::string_view pattern;
      std::string_view sample;
    };
    static constexpr Fixed kFixed[] = {
        {"KEY", "KEY"},
        {"key", "key"},
        {"secret", "secret"},
        {"token", "token"},
        {"aaa", "aaa"},
        {"abab", "abab"},
        {"pass", "pass"},
        {"word", "word"},
        {"DEBUG", "DEBUG"},
        {"é", "é"},
        {"_", "_"},
        {"\\$", "$"},
        {"[a-c]", "b"},
        {"[^=]", "x"},
        {".", "\xFF"},
        {"\\s", " "},
        {"\\w", "_"},
        {"\\d", "7"},
        {"\\b", ""},
        {"\\B", ""},
        {"[kK]", "K"},
        {"[[:alpha:]]", "q"},
        {"[^[:alpha:]]", "1"},
        {"\\x{e9}", "é"},
        {"\\x41", "A"},
        {"\\101", "A"},
        {"\\Qa.b\\E", "a.b"},
        {"(?i:kilo)", "KILO"},
        {"(?i:sekret)", "SEKreT"},
        {"\\pL", "é"},
        {"[^\\pL]", "1"},
        {"(?s:.)", "a"},
        {"\\n", "\n"},
        {"$", ""},
        {"^", ""},
        {"[\\n;]", ";"},
        {"x{2}", "xx"},
        {"{", "{"},
        {"\\W", "="},
        {"[é-ü]", "ö"},
        {"(?i)", ""},
        {"(?-i)", ""},
        {"[^\\W_]", "a"},
        {"\"", "\""},
    };
    if (depth == 0 || !chance(3)) {
      const Fixed& fixed = kFixed[number(std::size(kFixed))];
      Pair pair{std::string(fixed.pattern), std::string(fixed.sample)};
      if (chance(5) && repeatable(pair.pattern)) repeat(pair);
      return pair;
    }
    const Pair inner = row(depth - 1);
    Pair pair;
    if (chance(2)) {
      const Pair other = row(depth - 1);
      pair = {(chance(2) ? "(" : "(?:") + inner.pattern + '|' + other.pattern + ')',
              chance(2) ? inner.sample : other.sample};
    } else {
      pair = {"(?:" + inner.pattern + ')', inner.sample};
    }
    if (chance(2)) repeat(pair);
    return pair;
  }

  static bool repeatable(std::string_view pattern) {
    return pattern != "(?i)" && pattern != "(?-i)" && pattern != "x{2}" && pattern != "^" &&
           pattern != "$" && pattern != "\\b" && pattern != "\\B";
  }

  void repeat(Pair& pair) {
    struct Repetition {
      std::string_view text;
      std::size_t count;
    };
    static constexpr Repetition kRepetitions[] = {
        {"*", 0},     {"*", 3},   {"+", 1},     {"+?", 2},   {"?", 0},
        {"?", 1},     {"{2}", 2}, {"{1,3}", 2}, {"{2,}", 3}, {"{0,2}", 1},
        {"{0,2}", 0}, {"*?", 2},  {"??", 0},    {"{9}", 9},  {"{0}", 0}};
    const Repetition& repetition = kRepetitions[number(std::size(kRepetitions))];
    // Only the last element of a literal text is repeated.
    const bool group = pair.pattern.starts_with('(') || pair.pattern.starts_with('[') ||
                       pair.pattern.size() == 1 ||
                       (pair.pattern.starts_with('\\') && !pair.pattern.starts_with("\\Q"));
    if (!group) pair.pattern = "(?:" + pair.pattern + ')';
    pair.pattern += repetition.text;
    std::string sample;
    for (std::size_t i = 0; i < repetition.count; ++i)
      sample += pair.sample;
    pair.sample = sample;
  }

  std::mt19937 random_;
};

}  // namespace gate::base
