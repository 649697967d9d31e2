#include "gate/base/unicode.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace gate::base {
namespace {

using Lines = std::vector<std::string>;

const std::string kFamily = "👨‍👩‍👧";  // three people joined by U+200D
const std::string kArabic = "نشر";
const std::string kHebrew = "שלום";
const std::string kFsi = "\xE2\x81\xA8";
const std::string kPdi = "\xE2\x81\xA9";

std::string repeat(const std::string& text, std::size_t count) {
  std::string out;
  for (std::size_t index = 0; index < count; ++index)
    out += text;
  return out;
}

}  // namespace

TEST_CASE("invalid UTF-8 is replaced by maximal subparts") {
  struct Case {
    std::string name, bytes, valid;
  };
  const Case cases[] = {
      {"empty", "", ""},
      {"ASCII", "plain", "plain"},
      {"valid", "é 漢 😀", "é 漢 😀"},
      {"NUL is a character", std::string("a\0b", 3), std::string("a\0b", 3)},
      {"lone continuation", "a\x80z", "a\uFFFDz"},
      {"Unicode 15, table 3-8: overlong", "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41",
       repeat("\uFFFD", 8) + "A"},
      {"table 3-9: surrogates", "\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", repeat("\uFFFD", 8) + "A"},
      {"table 3-10: beyond the end", "\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42",
       repeat("\uFFFD", 5) + "A\uFFFD\uFFFD" + "B"},
      {"table 3-11: truncated", "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", repeat("\uFFFD", 4) + "A"},
      {"truncated at the end", "a\xF0\x9F\x98", "a\uFFFD"},
      {"last code point", "\xF4\x8F\xBF\xBF", "\xF4\x8F\xBF\xBF"},
      {"behind a long ASCII run", "0123456789abcdef\xFFxyz", "0123456789abcdef\uFFFDxyz"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(to_valid_utf8(c.bytes) == c.valid);
    CHECK(is_valid_utf8(c.bytes) == (c.bytes == c.valid));
    CHECK(is_valid_utf8(to_valid_utf8(c.bytes)));
  }
}

TEST_CASE("display width counts the cells of graphemes") {
  struct Case {
    std::string text;
    std::size_t width;
  };
  const Case cases[] = {
      {"", 0},
      {"abc", 3},
      {"é", 1},
      {"e\u0301", 1},
      {"漢字", 4},
      {"한국", 4},
      {"\u1112\u1161\u11ab", 2},  // the same syllable as jamo
      {"😀", 2},
      {kFamily, 2},
      {"👍🏽", 2},
      {"🇸🇦🇩🇪", 4},
      {"❤", 1},
      {"❤\uFE0F", 2},
      {"1\uFE0F\u20E3", 2},
      {"नमस्ते", 4},
      {kArabic, 3},
      {kFsi + kHebrew + kPdi, 4},
      {"a\u200Bb", 2},
      {"…", 1},
      {"\xFF", 1},
      {"\x01\n", 0},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(display_width(c.text) == c.width);
  }
}

TEST_CASE("right-to-left text is known by its strong characters") {
  CHECK(has_right_to_left(kArabic));
  CHECK(has_right_to_left("deploy " + kHebrew));
  CHECK(has_right_to_left("ܫܠܡܐ"));
  CHECK_FALSE(has_right_to_left(""));
  CHECK_FALSE(has_right_to_left("漢字 é 😀"));
  CHECK_FALSE(has_right_to_left("٣"));  // an Arabic digit has no strong direction
  CHECK_FALSE(has_right_to_left("\xD7"));
}

TEST_CASE("a terminal gets no control, escape sequence or override from a text") {
  struct Case {
    std::string name, text, shown;
  };
  const Case cases[] = {
      {"plain", "a b ~", "a b ~"},
      {"colour", "\033[1;31mred\033[0m", "red"},
      {"cursor and private modes", "a\033[2J\033[?1049h\033[10 qb", "ab"},
      {"title ended by BEL", "a\033]0;owned\007b", "ab"},
      {"link ended by ST", "\033]8;;https://example.org\033\\here\033]8;;\033\\", "here"},
      {"device control string", "a\033P1$r\033\\b", "ab"},
      {"character set", "a\033(0b\033(Bc", "abc"},
      {"reset", "a\033cb", "ab"},
      {"nested introducers", "\033\033[31mx", "␛x"},
      {"malformed sequence loses its introducer only", "\033[31\x01m", "␛[31␁m"},
      {"a string without an end hides nothing", "\033]0;title", "␛]0;title"},
      {"lone ESC at the end", "a\033", "a␛"},
      {"C1 sequence", "a\u009B31mb\u009D0;t\u009Cc", "abc"},
      {"C1 control", "a\u0085b\u0080", "a\uFFFDb\uFFFD"},
      {"controls", std::string("a\0\b\r\n\x7F", 6), "a␀␈␍␊␡"},
      {"tab", "a\tb", "a    b"},
      {"line separators", "a\u2028b\u2029c", "a b c"},
      {"overrides", "a\u202Eb\u202Dc\u202C", "a\uFFFDb\uFFFDc"},
      {"embeddings and isolates", "\u202Aa\u202B\u2066b\u2067\u2068c\u2069", "abc"},
      {"invalid bytes", "a\xFF\xC3(", "a\uFFFD\uFFFD("},
      {"noncharacters", "a\uFFFE\uFDD0\U0010FFFF", "a\uFFFD\uFFFD\uFFFD"},
      {"Arabic", kArabic, kFsi + kArabic + kPdi},
      {"mixed, with its own isolates dropped", "x " + kFsi + kHebrew + kPdi,
       kFsi + "x " + kHebrew + kPdi},
      {"emoji stay whole", kFamily, kFamily},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(for_terminal(c.text) == c.shown);
    CHECK(for_terminal(c.shown) == c.shown);
  }
}

TEST_CASE("the parts of a path keep their order on a terminal") {
  const std::string part = "\u2066" + kHebrew + kPdi;
  CHECK(path_for_terminal("") == std::string());
  CHECK(path_for_terminal("a/b\n.txt") == "a/b␊.txt");
  CHECK(path_for_terminal("docs/" + kHebrew + "/" + kHebrew) == "docs/" + part + "/" + part);
  CHECK(path_for_terminal("/" + kHebrew + "/") == "/" + part + "/");
}

TEST_CASE("many open escape sequences cost no square of time") {
  const std::string hostile = repeat("\033]", 200'000);
  CHECK(for_terminal(hostile).size() == 200'000 * 4);
}

TEST_CASE("wrap breaks at white space and never inside a grapheme") {
  CHECK(wrap("", 10) == Lines{});
  CHECK(wrap("one", 10) == Lines{"one"});
  CHECK(wrap("one two three", 7) == Lines{"one two", "three"});
  CHECK(wrap("one two  ", 7) == Lines{"one two"});
  CHECK(wrap("one   two", 4) == Lines{"one", "two"});
  CHECK(wrap("  indented text", 11) == Lines{"  indented", "text"});
  CHECK(wrap("a\n\nb", 5) == Lines{"a", "", "b"});
  CHECK(wrap("abcdefgh", 3) == Lines{"abc", "def", "gh"});
  CHECK(wrap("to abcdefgh", 4) == Lines{"to", "abcd", "efgh"});
  CHECK(wrap("漢字漢字", 5) == Lines{"漢字", "漢字"});
  CHECK(wrap(kFamily + kFamily + kFamily, 4) == Lines{kFamily + kFamily, kFamily});
  CHECK(wrap("e\u0301e\u0301", 1) == Lines{"e\u0301", "e\u0301"});
  CHECK(wrap("漢", 1) == Lines{"漢"});  // wider than a line: alone on one
  CHECK(wrap("ab", 0) == Lines{"a", "b"});
  CHECK(wrap("a\u00A0b c", 4) == Lines{"a\u00A0b", "c"});
}

TEST_CASE("the first line of a wrapped text may stand beside something") {
  CHECK(wrap("one two three", 7, 3) == Lines{"one", "two", "three"});
  CHECK(wrap("one two three", 9, 6) == Lines{"one", "two three"});
  CHECK(wrap("one two", 9, 9) == Lines{"", "one two"});
  CHECK(wrap("abcdefgh", 6, 4) == Lines{"", "abcdef", "gh"});
  CHECK(wrap("a\nb c", 3, 2) == Lines{"a", "b c"});
  CHECK(wrap("", 3, 2) == Lines{});
}

TEST_CASE("a wrapped right-to-left text is isolated on every line") {
  const std::string text = for_terminal(kArabic + " " + kArabic);
  CHECK(wrap(text, 4) == Lines{kFsi + kArabic + kPdi, "\u2067" + kArabic + kPdi});
  // The second line is still one of Arabic text, though it starts with Latin letters.
  CHECK(wrap(for_terminal(kArabic + " a " + kArabic), 5) ==
        Lines{kFsi + kArabic + " a" + kPdi, "\u2067" + kArabic + kPdi});
  CHECK(wrap(for_terminal(kArabic + " abc " + kArabic), 4) == Lines{kFsi + kArabic + kPdi,
                                                                    "\u2067"
                                                                    "abc" +
                                                                        kPdi,
                                                                    "\u2067" + kArabic + kPdi});
  CHECK(wrap(for_terminal("abc " + kArabic), 4) ==
        Lines{kFsi + "abc" + kPdi, "\u2066" + kArabic + kPdi});
  CHECK(wrap("x " + for_terminal(kHebrew) + " y", 20) ==
        Lines{"x " + kFsi + kHebrew + kPdi + " y"});
}

TEST_CASE("truncate leaves room for the ellipsis and closes isolates") {
  CHECK(truncate("", 3) == "");
  CHECK(truncate("abc", 3) == "abc");
  CHECK(truncate("abcd", 3) == "ab…");
  CHECK(truncate("abcd", 1) == "…");
  CHECK(truncate("abcd", 0) == "");
  CHECK(truncate("漢字漢", 5) == "漢字…");
  CHECK(truncate("漢字漢", 4) == "漢…");
  CHECK(truncate(kFamily + "abc", 3) == kFamily + "…");
  CHECK(truncate(for_terminal(kHebrew), 3) == kFsi + "של" + "…" + kPdi);
}

}  // namespace gate::base
