#include "gate/readers/formats/json.h"

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/unit/readers/spell.h"

namespace gate::readers {
namespace {

std::string json(std::string_view text) {
  const auto document = parse_json(std::make_shared<base::Source>("x.json", std::string(text)));
  if (!document) return document.error().message;
  std::string out;
  spell((*document)->root(), 0, out);
  return out;
}

TEST_CASE("JSON becomes the same tree, with places") {
  CHECK(json("\xEF\xBB\xBF{\"a\": [1, -2.5, \"x\\u00e9\\ud83d\\ude00\\n\", true, null, {}], "
             "\"b\\\"\": \"y\"}") == R"(a table
  a list a <"a"> at [1, -2.5, "x\u00e9\ud83d\ude00\n", true, null, {}]
    an integer 1 at 1
    a number -2.5 at -2.5
    a string "xé😀
" at "x\u00e9\ud83d\ude00\n"
    true or false true at true
    nothing at null
    a table at {}
  a string b" <"b\""> "y" at "y"
)");
}

TEST_CASE("what is not JSON is refused with its place") {
  CHECK(json("") == "line 1, column 1: the text ends too early");
  CHECK(json("{\"a\": 1,}") == "line 1, column 9: a key in quotes is missing");
  CHECK(json("[1 2]") == "line 1, column 4: a comma is missing");
  CHECK(json("[1,\n") == "line 2, column 1: the text ends too early");
  CHECK(json("{\"a\" 1}") == "line 1, column 6: `:` is missing");
  CHECK(json("\"abc") == "line 1, column 2: the string is not closed");
  CHECK(json("\"\\x\"") == "line 1, column 4: the escape is not one of JSON's");
  CHECK(json("\"\\u12\"") == "line 1, column 4: the escape is not one of JSON's");
  CHECK(json("nul") == "line 1, column 1: `nul` is no value");
  CHECK(json("1 2") == "line 1, column 3: text behind the end of the value");
  CHECK(json(std::string(1'000'000, '[')) == "line 1, column 65: nested too deeply");
  const std::string text = R"({"a": ["\u00e9", {"b": -1.5e3}], "c": null})";
  for (std::size_t size = 0; size < text.size(); ++size) {
    CHECK(json(text.substr(0, size)).starts_with("line 1, column "));
  }
}

TEST_CASE("only numbers of RFC 8259 are numbers") {
  for (const std::string_view word : {"0", "-0", "10", "0.5", "-1e5", "1E+05", "2.50e-3"}) {
    CHECK(json(word).find("number") + json(word).find("integer") != 2 * std::string::npos);
    CHECK_FALSE(json(word).starts_with("line"));
  }
  for (const std::string_view word : {"01", "-", "+1", ".5", "1.", "1e", "1e+", "0x1", "-inf",
                                      "-nan", "Infinity", "1_0", "--1"}) {
    CHECK(json(word) == fmt::format("line 1, column 1: `{}` is no value", word));
  }
}

TEST_CASE("numbers keep their text where they are too large for their kind") {
  CHECK(json("9223372036854775807") == "an integer 9223372036854775807\n");
  CHECK(json("9223372036854775808") == "a number 9.223372036854776e+18\n");
  CHECK(json("1e999") == "line 1, column 1: the number is too large or too small");
  const std::string digits(100'000, '9');
  CHECK(json(digits) == "line 1, column 1: the number is too large or too small");
  const auto document =
      parse_json(std::make_shared<base::Source>("x.json", "[12345678901234567890]"));
  REQUIRE(document.has_value());
  CHECK((*document)->root().children()[0]->text == "12345678901234567890");
}

TEST_CASE("strings hold what they hold, and no bare control characters") {
  CHECK(json("\"a\tb\"") == "line 1, column 3: a control character in a string has to be escaped");
  CHECK(json("\"a\nb\"") == "line 1, column 2: the string is not closed");
  CHECK(json(std::string_view("\"a\0b\"", 5)) ==
        "line 1, column 3: a control character in a string has to be escaped");
  CHECK(json("\"\xFF\x7F\"") == "a string \"\xFF\x7F\"\n");
  CHECK(json(R"("\ud800\u0041")") ==
        "a string \"\xEF\xBF\xBD"
        "A\"\n");
  CHECK(json(R"("\ud800\ud83d\ude00")") == "a string \"\xEF\xBF\xBD😀\"\n");
  CHECK(json(R"("\udc00x")") == "a string \"\xEF\xBF\xBDx\"\n");
  CHECK(json(R"("\ud800\u12")") == "line 1, column 10: the escape is not one of JSON's");
  CHECK(json(R"("\u0000")") == std::string_view("a string \"\0\"\n", 13));
}

TEST_CASE("of doubled keys the last counts") {
  const auto document = parse_json(std::make_shared<base::Source>("x.json", R"({"a": 1, "a": 2})"));
  REQUIRE(document.has_value());
  CHECK((*document)->root().find("a")->node().integer == 2);
  CHECK((*document)->root().children().size() == 2);
}

TEST_CASE("64 levels are read and one more is not") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(json(nested(64)).starts_with("a list"));
  CHECK(json(nested(65)) == "line 1, column 65: nested too deeply");
}

}  // namespace
}  // namespace gate::readers
