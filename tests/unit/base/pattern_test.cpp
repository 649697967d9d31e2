#include "gate/base/pattern.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace {

using gate::base::Pattern;

Pattern pattern(std::string text, Pattern::Options options = {}) {
  auto compiled = Pattern::compile(std::move(text), options);
  REQUIRE(compiled.has_value());
  return std::move(*compiled);
}

// Returns every match, one after the other, as "offset:text".
std::vector<std::string> all(const Pattern& pattern, std::string_view text) {
  std::vector<std::string> found;
  std::vector<std::string_view> captures;
  for (std::size_t from = 0;
       from <= text.size() && pattern.find(text, from, text.size(), captures);) {
    const auto begin = static_cast<std::size_t>(captures[0].data() - text.data());
    found.push_back(std::to_string(begin) + ':' + std::string(captures[0]));
    from = begin + std::max<std::size_t>(captures[0].size(), 1);
  }
  return found;
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("a pattern works on lines") {
  CHECK(all(pattern("^a"), "aa\naa\n") == Found{"0:a", "3:a"});
  CHECK(all(pattern("a$"), "aa\naa") == Found{"1:a", "4:a"});
  CHECK(all(pattern("^\\s*x"), "\n\n x") == Found{"2: x"});
  CHECK(all(pattern("a[^b]*c"), "a\nc a c") == Found{"4:a c"});
  CHECK(all(pattern("a\\nb"), "a\nb").empty());
  CHECK(all(pattern("a(?s:.)b"), "a\nb axb") == Found{"4:axb"});
  CHECK(all(pattern("^$"), "a\n\nb") == Found{"2:"});
  CHECK(all(pattern("a|^b"), "b\nb a") == Found{"0:b", "2:b", "4:a"});
}

TEST_CASE("a pattern that may cross lines still has line borders") {
  const Pattern::Options across{true, false};
  CHECK(all(pattern("^a[^x]*b$", across), "ya\na\nb\nx") == Found{"3:a\nb"});
  CHECK(all(pattern("a\nb", across), "a\nb a\r\nb") == Found{"0:a\nb", "4:a\r\nb"});
  CHECK(all(pattern("a$\\n^b", across), "a\nb\na\r\nb\n") == Found{"0:a\nb", "4:a\r\nb"});
  CHECK(all(pattern("a$", across), "a\r\na\n") == Found{"0:a", "3:a"});
}

TEST_CASE("the CR before an LF is no part of the line") {
  CHECK(all(pattern("a$"), "a\r\na\r\n") == Found{"0:a", "3:a"});
  CHECK(all(pattern("^KEY=.+$"), "KEY=\r\nKEY=1\r\n") == Found{"6:KEY=1"});
  CHECK(all(pattern("^KEY=.+"), "KEY=\r\nKEY=1\r\n") == Found{"6:KEY=1"});
  CHECK(all(pattern("^$"), "a\r\n\r\nb") == Found{"3:"});
  CHECK(all(pattern("[^=]*$"), "k=v\r\n") == Found{"2:v", "3:", "5:"});
  CHECK(all(pattern("\\r"), "a\r\nb\rc") == Found{"4:\r"});
  CHECK(all(pattern("b.c"), "b\rc") == Found{"0:b\rc"});
  CHECK(all(pattern("a[\\r$]"), "a$\r\na\r\n") == Found{"0:a$"});
  CHECK(all(pattern("(a.|a)$"), "a\r\nab\r\n") == Found{"0:a", "3:ab"});
  CHECK(all(pattern("a$"), "a\r\na\r") == Found{"0:a"});
  CHECK(all(pattern("a.?$"), "a\r") == Found{"0:a\r"});
  CHECK_FALSE(pattern("a$").matches_whole("a\r"));
  CHECK(pattern("a$").matches("x\r\na\r\n"));
  CHECK_FALSE(pattern("a.+").matches("a\r\n"));
}

TEST_CASE("captures are trimmed as the match is, and name their groups") {
  const Pattern key = pattern("^(?P<key>\\w+)=(.*?)(;.*)?$");
  CHECK(key.groups() == std::vector<std::string>{"", "key", "", ""});
  std::vector<std::string_view> captures;
  const std::string_view text = "x\r\nA=1\r\n";
  REQUIRE(key.find(text, 0, text.size(), captures));
  CHECK(captures == std::vector<std::string_view>{"A=1", "A", "1", ""});
  CHECK(captures[3].data() == nullptr);
}

TEST_CASE("a search from the middle knows what stands before it") {
  std::vector<std::string_view> captures;
  CHECK_FALSE(pattern("^b").find("ab", 1, 2, captures));
  CHECK_FALSE(pattern("\\bb").find("ab", 1, 2, captures));
  CHECK(pattern("^b").find("a\nb", 2, 3, captures));
  CHECK_FALSE(pattern("a$").find("ab", 0, 1, captures));
  CHECK_FALSE(pattern("\\Ab").find("b\nb", 1, 3, captures));
  CHECK(pattern("a$").find("a\r\nb", 0, 1, captures));
}

TEST_CASE("an anchored search takes only a match that begins there") {
  std::vector<std::string_view> captures;
  const Pattern word = pattern("ab+");
  CHECK(word.find_at("xabb", 1, 4, captures));
  CHECK(captures[0] == "abb");
  CHECK_FALSE(word.find_at("xabb", 0, 4, captures));
  CHECK_FALSE(pattern("^a").find_at("xa", 1, 2, captures));
  CHECK(pattern("a.*$").find_at("xab\r\n", 1, 5, captures));
  CHECK(captures[0] == "ab");
  CHECK_FALSE(pattern("a.+").find_at("xa\r\na!", 1, 6, captures));
}

TEST_CASE("bytes that are no UTF-8 do not hide what stands beside them") {
  CHECK(all(pattern("a.*b"),
            "a\xFF"
            "b") == Found{"0:a\xFF"
                          "b"});
  CHECK(all(pattern("=[^;]+"), "=\xC3;") == Found{"0:=\xC3"});
  CHECK(all(pattern("é+"), "aéé\xFF") == Found{"1:éé"});
  CHECK(all(pattern("[éà]x"), "àx\xA0x") == Found{"0:àx"});
  CHECK(all(pattern("\\x{e9}"), "é\xE9") == Found{"0:é"});
  CHECK(all(pattern("^.{3}$"), "éàü\nabcd\nabc") == Found{"0:éàü", "12:abc"});
  CHECK(all(pattern("\\pL+"), "1éa2") == Found{"1:éa"});
}

TEST_CASE("case is ignored on request, within ASCII for a pattern in ASCII") {
  CHECK(pattern("key", {false, true}).matches("KEY"));
  CHECK_FALSE(pattern("key").matches("KEY"));
  CHECK_FALSE(pattern("(?i)key").matches("\u212Aey"));
  CHECK(pattern("É", {false, true}).matches("é"));
}

TEST_CASE("the whole of a text is matched on request") {
  CHECK(pattern("a|ab").matches_whole("ab"));
  CHECK_FALSE(pattern("a").matches_whole("ab"));
  CHECK_FALSE(pattern("a").matches_whole("a\n"));
  CHECK(pattern("").matches_whole(""));
}

TEST_CASE("a bad pattern is refused in RE2's words, about the text as written") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"(?<!x)a", "invalid perl operator: (?<"},
      {"(a$", "missing ): (a$"},
      {"a)", "unexpected ): a)"},
      {"[a", "missing ]: [a"},
      {"*a", "no argument for repetition operator: *"},
      {"a\\", "trailing \\"},
      {"\\1", "invalid escape sequence: \\1"},
      {"a\\C", "invalid escape sequence: \\C"},
      {"\\Q\\C", "pattern is fine"},
      {"a{1001}", "invalid repetition size: {1001}"},
      {"\xFF", "invalid UTF-8"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    const auto compiled = Pattern::compile(text, {});
    CHECK((compiled ? "pattern is fine" : compiled.error().message) == message);
  }
}

TEST_CASE("a trusted pattern is compiled on first use and behaves the same") {
  Pattern trusted = Pattern::trusted("a(b)?$", {false, true});
  const Pattern moved = std::move(trusted);
  CHECK(moved.text() == "a(b)?$");
  CHECK(moved.options().ignore_case);
  CHECK(moved.groups().size() == 2);
  CHECK(moved.matches("xAB"));
}

TEST_CASE("quoted text matches itself") {
  const std::string text = "a.b*[c](d)|$^\\{2}";
  CHECK(pattern(Pattern::quote(text)).matches_whole(text));
}
