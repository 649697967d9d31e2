#include "gate/base/literals.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/base/random_pattern.h"

namespace {

using gate::base::kUnbounded;
using gate::base::Literal;
using gate::base::Pattern;
using gate::base::RandomPattern;
using gate::base::required_literals;
using gate::base::RequiredLiterals;

RequiredLiterals of(std::string text, Pattern::Options options = {}) {
  const auto pattern = Pattern::compile(std::move(text), options);
  REQUIRE(pattern.has_value());
  return required_literals(*pattern);
}

// Returns the literals as texts, `~` behind one whose case is ignored.
std::string texts(const RequiredLiterals& required) {
  std::string all;
  for (const Literal& literal : required.any_of) {
    all += (all.empty() ? "" : " ") + literal.text + (literal.ignore_case ? "~" : "");
  }
  return all;
}

bool equal(std::string_view text, const Literal& literal) {
  if (text.size() != literal.text.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    const char folded =
        literal.ignore_case && byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
    if (folded != literal.text[i]) return false;
  }
  return true;
}

// Returns whether what is said of a pattern holds for its match [begin, end) of `text`.
bool holds(const RequiredLiterals& required, std::string_view text, std::size_t begin,
           std::size_t end) {
  if (required.at_line_start && begin != 0 && text[begin - 1] != '\n') return false;
  if (required.any_of.empty()) return true;
  for (std::size_t at = begin; at < end; ++at) {
    for (const Literal& literal : required.any_of) {
      if (at + literal.text.size() <= end && equal(text.substr(at, literal.text.size()), literal) &&
          at - begin <= required.before &&
          (required.after == kUnbounded || end - at <= required.after)) {
        return true;
      }
    }
    if (!required.before_bytes[static_cast<unsigned char>(text[at])]) return false;
  }
  return false;
}

}  // namespace

TEST_CASE("literals are read off patterns") {
  struct Case {
    std::string_view pattern;
    std::string_view literals;
    std::size_t before;
    std::size_t after;
    bool at_line_start;
  };
  const std::vector<Case> cases{
      {"APP_DEBUG", "APP_DEBUG", 0, 9, false},
      {"(?i)app_debug", "app_debug~", 0, 9, false},
      {"^[ \\t]*APP_DEBUG[ \\t]*=[ \\t]*(true|1)\\b", "APP_DEBUG", kUnbounded, kUnbounded, true},
      {"^APP_DEBUG=(true|1)$", "APP_DEBUG=1 APP_DEBUG=true", 0, 14, true},
      {"AKIA[0-9A-Z]{16}", "AKIA", 0, 20, false},
      {"\\bsk_(live|test)_\\w{24}", "sk_live_ sk_test_", 0, 32, false},
      {"(?:secret\\d+|token\\d+)=", "secret token", 0, kUnbounded, false},
      {"[\\w.-]{0,50}?secret", "secret", 50, 6, false},
      {"a(bc|de)f", "abcf adef", 0, 4, false},
      {"ab?cdef", "abcdef acdef", 0, 6, false},
      {"(foobar)+x", "foobar", 0, kUnbounded, false},
      {"(?:foo){3}", "foofoofoo", 0, 9, false},
      {"foo.bar", "foo", 0, 7, false},
      {"x{2}yz", "xxyz", 0, 4, false},
      {"[Kk][Ee][Yy]=", "key=~", 0, 4, false},
      {"\\Qa.b*\\Ec", "a.b*c", 0, 5, false},
      {"a\\x{2e}b\\.\\143", "a.b.c", 0, 5, false},
      {"clé", "clé", 0, 4, false},
      {"(?P<key>DB_\\w+)=(?P<value>.*)", "DB_", 0, kUnbounded, false},
      {"(?i:key)_FILE", "key_file~", 0, 8, false},
      {"(?i)ke(?-i)Y_FILE", "key_file~", 0, 8, false},
      // nothing certain, or nothing useful
      {"\\d+", "", kUnbounded, kUnbounded, false},
      {"(secret)?", "", kUnbounded, kUnbounded, false},
      {"(secret)*x", "", kUnbounded, kUnbounded, false},
      {"secret|\\d+", "", kUnbounded, kUnbounded, false},
      {"ab", "", kUnbounded, kUnbounded, false},
      {"", "", kUnbounded, kUnbounded, false},
      {"^\\s*#", "", kUnbounded, kUnbounded, true},
      {"(^|;)DB_HOST", ";DB_HOST DB_HOST", 0, 8, false},
      {"[^a]DB_HOST", "DB_HOST", 1, 7, false},
      {"(?:^|^x)DB_HOST", "DB_HOST xDB_HOST", 0, 8, true},
  };
  for (const Case& item : cases) {
    CAPTURE(item.pattern);
    const RequiredLiterals required = of(std::string(item.pattern));
    CHECK(texts(required) == item.literals);
    CHECK(required.before == item.before);
    CHECK(required.after == item.after);
    CHECK(required.at_line_start == item.at_line_start);
  }
}

TEST_CASE("in a pattern of characters a literal ends at letters with other cases beyond ASCII") {
  // U+017F is a small `s`, U+212A a capital `k`.
  CHECK(texts(of("(?i)clé_password")) == "word~");
  CHECK(texts(of("(?i)password")) == "password~");
}

TEST_CASE("what may stand before a literal is told by its bytes") {
  const RequiredLiterals required = of("[a-c_]*secret");
  CHECK(required.before_bytes.count() == 4);
  CHECK(required.before_bytes['_']);
  CHECK_FALSE(of(".*secret").before_bytes['\n']);
  CHECK(of("(?s).*secret", {true, false}).before_bytes['\n']);
}

TEST_CASE("across lines a line end may have a CR") {
  CHECK(texts(of("foo\\nbarbaz", {true, false})) == "barbaz");
  CHECK(of("foo\\nbarbaz", {true, false}).before == 5);
  CHECK(of("foobar$", {true, false}).after == 7);
}

TEST_CASE("a deep or a huge pattern is no trouble") {
  std::string deep;
  for (int i = 0; i < 500; ++i)
    deep += "(?:";
  deep += "secret";
  for (int i = 0; i < 500; ++i)
    deep += ")";
  CHECK(of(deep).any_of.empty());
  CHECK(of("((((ab){5}){5}){5})cde").after == 253);
  std::string wide;
  for (int i = 0; i < 2000; ++i)
    wide += "word" + std::to_string(i) + "|";
  CHECK(of(wide + "last").any_of.empty());
}

TEST_CASE("what is said holds for every match of random patterns") {
  std::size_t known = 0;
  std::size_t matches = 0;
  for (std::uint32_t seed = 0; seed < 2500; ++seed) {
    RandomPattern random(seed);
    const RandomPattern::Pair pair = random.make();
    const Pattern::Options options{random.chance(4), random.chance(6)};
    const auto pattern = Pattern::compile(pair.pattern, options);
    if (!pattern) continue;
    const RequiredLiterals required = required_literals(*pattern);
    known += required.any_of.empty() ? 0U : 1U;
    const std::string text = random.noise(6) + pair.sample + random.noise(2) + '\n' + pair.sample +
                             "\r\n" + random.noise(6);
    std::vector<std::string_view> captures;
    for (std::size_t from = 0; from <= text.size(); ++from) {
      if (!pattern->find(text, from, text.size(), captures)) break;
      const auto begin = static_cast<std::size_t>(captures[0].data() - text.data());
      ++matches;
      if (!holds(required, text, begin, begin + captures[0].size())) {
        CAPTURE(seed, pair.pattern, options.multi_line, options.ignore_case, text, begin,
                captures[0], texts(required), required.before, required.after);
        FAIL("a match is not as the literals say");
      }
      from = std::max(from, begin);
    }
  }
  CHECK(known > 600);
  CHECK(matches > 8000);
}
