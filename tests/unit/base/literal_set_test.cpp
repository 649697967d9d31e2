#include "gate/base/literal_set.h"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

namespace {

using gate::base::Literal;
using gate::base::LiteralSet;
using Hits = std::vector<LiteralSet::Hit>;

Hits find_by(LiteralSet::Method method, const std::vector<Literal>& literals, std::string_view text,
             std::size_t stretch) {
  const LiteralSet set(literals, method);
  Hits hits;
  if (stretch == 0) stretch = text.size() + LiteralSet::kStretch;
  stretch -= stretch % LiteralSet::kStretch;
  for (std::size_t from = 0; from < text.size(); from += stretch) {
    const std::size_t before = hits.size();
    set.find(text, from, std::min(text.size(), from + stretch), hits);
    for (std::size_t i = before; i < hits.size(); ++i)
      CHECK(hits[i].begin + set.reach() >= from);
  }
  std::sort(hits.begin(), hits.end());
  return hits;
}

// Both methods, and the one that is chosen, find the same.
Hits find(const std::vector<Literal>& literals, std::string_view text, std::size_t stretch = 0) {
  const Hits hits = find_by(LiteralSet::Method::stride, literals, text, stretch);
  CHECK(find_by(LiteralSet::Method::shuffle, literals, text, stretch) == hits);
  Hits chosen;
  LiteralSet(literals).find(text, 0, text.size(), chosen);
  std::sort(chosen.begin(), chosen.end());
  CHECK(chosen == hits);
  return hits;
}

char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte; }

Hits find_naively(const std::vector<Literal>& literals, std::string_view text) {
  Hits hits;
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    for (std::uint32_t number = 0; number < literals.size(); ++number) {
      std::string there(text.substr(begin, literals[number].text.size()));
      if (literals[number].ignore_case)
        std::transform(there.begin(), there.end(), there.begin(), lower);
      if (there == literals[number].text) hits.push_back({begin, number});
    }
  }
  return hits;
}

}  // namespace

TEST_CASE("all occurrences are found, overlapping ones too") {
  const std::vector<Literal> literals{
      {"aaa", false}, {"secret", true}, {"cret", false}, {"_KEY", false}};
  CHECK(find(literals, "aaaaa") == Hits{{0, 0}, {1, 0}, {2, 0}});
  CHECK(find(literals, "SECRET secret") == Hits{{0, 1}, {7, 1}, {9, 2}});
  CHECK(find(literals, "_KEY _key \x7FKEY") == Hits{{0, 3}});
  CHECK(find(literals, "").empty());
  CHECK(find(literals, "aa").empty());
  CHECK(find(literals, "xaaa") == Hits{{1, 0}});
  CHECK(find({}, "anything").empty());
}

TEST_CASE("random sets find what a naive search finds, in one stretch or in many") {
  std::mt19937 random(7);
  const auto number = [&](std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
  };
  for (int round = 0; round < 600; ++round) {
    const std::string_view alphabet =
        round % 2 == 0 ? std::string_view("abAB") : std::string_view("abAB_@`{[\n\x00\xFF\xDF", 13);
    const auto text_of = [&](std::size_t length) {
      std::string text;
      for (std::size_t i = 0; i < length; ++i)
        text += alphabet[number(alphabet.size())];
      return text;
    };
    const std::size_t shortest = 3 + number(6);
    std::vector<Literal> literals;
    for (std::size_t count = 1 + number(12); count > 0; --count) {
      Literal literal{text_of(shortest + number(4)), number(2) == 0};
      if (literal.ignore_case)
        std::transform(literal.text.begin(), literal.text.end(), literal.text.begin(), lower);
      literals.push_back(literal);
    }
    std::string text = text_of(number(400));
    for (int i = 0; i < 3; ++i)
      text += literals[number(literals.size())].text + text_of(number(40));
    CAPTURE(round, text.size());
    const Hits expected = find_naively(literals, text);
    CHECK(find(literals, text) == expected);
    CHECK(find(literals, text, LiteralSet::kStretch * (1 + number(6))) == expected);
  }
}
