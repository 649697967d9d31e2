#include "gate/readers/formats/jsonc.h"

#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/readers/spell.h"

namespace gate::readers {
namespace {

std::string jsonc(std::string_view text) {
  const auto document = parse_jsonc(std::make_shared<base::Source>("x.json", std::string(text)));
  if (!document) return document.error().message;
  std::string out;
  spell((*document)->root(), 0, out);
  return out;
}

TEST_CASE("comments and trailing commas are passed over, places stay") {
  CHECK(jsonc("// top\n{\"a\": 1, /* x */ \"b//\": [1, 2, ], // end\n}\n") ==
        R"(a table
  an integer a <"a"> 1 at 1
  a list b// <"b//"> at [1, 2  ]
    an integer 1 at 1
    an integer 2 at 2
)");
  CHECK(jsonc("{\"u\": \"http://x\\\"//\"}") ==
        "a table\n  a string u <\"u\"> \"http://x\"//\" at \"http://x\\\"//\"\n");
  CHECK(jsonc("[1]") == "a list\n  an integer 1 at 1\n");
}

TEST_CASE("what is no JSON even so is refused with its place") {
  CHECK(jsonc("/* open") == "line 1, column 1: the comment is not closed");
  CHECK(jsonc("{\"a\": 1,, }").starts_with("line 1, column 9: "));
  CHECK(jsonc("[,]").starts_with("line 1, column "));
  CHECK(jsonc("") == "line 1, column 1: the text ends too early");
  CHECK(jsonc("{\"a").starts_with("line 1, column "));
  const std::string text = "{\"a\": [1, /* b */ \"c\\\"\",], // d\n \"e\": null}";
  for (std::size_t size = 0; size < text.size(); ++size)
    CHECK(jsonc(text.substr(0, size)).starts_with("line "));
}

}  // namespace
}  // namespace gate::readers
