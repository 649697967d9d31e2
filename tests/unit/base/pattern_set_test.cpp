#include "gate/base/pattern_set.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/base/random_pattern.h"

namespace {

using gate::base::Pattern;
using gate::base::PatternSet;
using gate::base::RandomPattern;

struct Found {
  std::uint32_t pattern;
  std::size_t begin;
  std::vector<std::string> captures;
  friend bool operator==(const Found&, const Found&) = default;
};

std::vector<const Pattern*> pointers(const std::vector<Pattern>& patterns) {
  std::vector<const Pattern*> result;
  for (const Pattern& pattern : patterns)
    result.push_back(&pattern);
  return result;
}

std::vector<Found> find(PatternSet::Searcher& searcher, std::string_view text,
                        const std::vector<std::uint32_t>& wanted) {
  std::vector<Found> found;
  searcher.search(text, wanted, [&](const PatternSet::Match& match) {
    if (match.captures[0].data() != text.data() + match.begin ||
        match.captures[0].size() != match.end - match.begin) {
      FAIL("the match is not its first capture");
    }
    found.push_back({match.pattern, match.begin, {match.captures.begin(), match.captures.end()}});
  });
  // Those of one pattern come in order.
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.pattern < b.pattern; });
  return found;
}

std::vector<Found> find_naively(const std::vector<Pattern>& patterns, std::string_view text) {
  std::vector<Found> found;
  std::vector<std::string_view> captures;
  const bool ended = text.empty() || text.ends_with('\n');
  for (std::uint32_t number = 0; number < patterns.size(); ++number) {
    for (std::size_t from = 0;
         from <= text.size() && patterns[number].find(text, from, text.size(), captures);) {
      const auto begin = static_cast<std::size_t>(captures[0].data() - text.data());
      if (ended && begin == text.size()) break;
      found.push_back({number, begin, {captures.begin(), captures.end()}});
      from = begin + std::max<std::size_t>(captures[0].size(), 1);
    }
  }
  return found;
}

std::vector<Pattern> compile(const std::vector<std::string>& texts) {
  std::vector<Pattern> patterns;
  for (const std::string& text : texts) {
    auto pattern = Pattern::compile(text, {});
    REQUIRE(pattern.has_value());
    patterns.push_back(std::move(*pattern));
  }
  return patterns;
}

std::vector<std::uint32_t> all_of(const std::vector<Pattern>& patterns) {
  std::vector<std::uint32_t> numbers(patterns.size());
  std::iota(numbers.begin(), numbers.end(), 0U);
  return numbers;
}

}  // namespace

TEST_CASE("a set finds the matches of each pattern from left to right") {
  const std::vector<Pattern> patterns =
      compile({"secret", "^\\s*#.*$", "[a-z]*secret\\w*", "^KEY=(.*)$", "(se)?cret|token"});
  const PatternSet set(pointers(patterns));
  PatternSet::Searcher searcher(set);
  const std::string text = "KEY=secret\r\n# mysecret secret\nxKEY=\nKEY=token";
  const std::vector<Found> found = find(searcher, text, all_of(patterns));
  CHECK(found == find_naively(patterns, text));
  CHECK(found.size() == 3 + 1 + 3 + 2 + 4);
  CHECK(find(searcher, text, {3}) ==
        std::vector<Found>{{3, 0, {"KEY=secret", "secret"}}, {3, 36, {"KEY=token", "token"}}});
  CHECK(find(searcher, "", all_of(patterns)).empty());
}

TEST_CASE("an empty match after the last line end, or in an empty text, is none") {
  const std::vector<Pattern> patterns = compile({"^$"});
  const PatternSet set(pointers(patterns));
  PatternSet::Searcher searcher(set);
  CHECK(find(searcher, "a\n", {0}).empty());
  CHECK(find(searcher, "", {0}).empty());
  CHECK(find(searcher, "a\n\n", {0}).size() == 1);
}

TEST_CASE("a set finds in random texts what searching one by one finds") {
  std::size_t total = 0;
  for (std::uint32_t seed = 0; seed < 600; ++seed) {
    RandomPattern random(seed + 100000);
    std::vector<Pattern> patterns;
    std::string text;
    std::string written;
    while (patterns.size() < 4) {
      const RandomPattern::Pair pair = random.make();
      auto pattern = Pattern::compile(pair.pattern, {random.chance(5), random.chance(5)});
      if (!pattern) continue;
      patterns.push_back(std::move(*pattern));
      written += pair.pattern + "   ";
      for (int i = 0; i < 3; ++i)
        text += pair.sample + random.noise(random.chance(4) ? 12 : 1);
    }
    // Now and then a long line, so that only a part of it is searched.
    if (random.chance(4)) std::erase(text, '\n');
    while (random.chance(2) && text.size() < 5000)
      text += random.noise(40) + text;
    CAPTURE(seed, written, text);
    const PatternSet set(pointers(patterns));
    PatternSet::Searcher searcher(set);
    const std::vector<Found> expected = find_naively(patterns, text);
    total += expected.size();
    const bool same = find(searcher, text, all_of(patterns)) == expected;
    REQUIRE(same);
  }
  CHECK(total > 10000);
}

TEST_CASE("a text of many segments is searched as one") {
  const std::vector<Pattern> patterns =
      compile({"[a-z_]+secret\\d{3}", "abcdefghijklmnop(secret)?", "^x.*token"});
  const PatternSet set(pointers(patterns));
  PatternSet::Searcher searcher(set);
  for (std::size_t shift = 0; shift < 48; shift += 5) {
    std::string text((std::size_t{1} << 20) - 24 + shift, '.');
    text += "\nx_secret123 abcdefghijklmnopsecret token\n";
    text.append((std::size_t{1} << 20) - 40, '.');
    text += "\nx_secret123 abcdefghijklmnopsecret token\n";
    CAPTURE(shift);
    const bool same = find(searcher, text, all_of(patterns)) == find_naively(patterns, text);
    CHECK(same);
  }
}

TEST_CASE("a long line full of literals takes linear time") {
  const std::vector<Pattern> patterns = compile(
      {"secret.*!", "[a-z]*secret\\d", "[a-z]+secret.{0,20}!", "x?secret\\w*!", "secret[a-z]*1"});
  const PatternSet set(pointers(patterns));
  PatternSet::Searcher searcher(set);
  std::string text;
  while (text.size() < 1'000'000)
    text += "secret";
  const auto begin = std::chrono::steady_clock::now();
  CHECK(find(searcher, text, all_of(patterns)).empty());
  text += '1';
  CHECK(find(searcher, text, all_of(patterns)).size() == 2);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}
