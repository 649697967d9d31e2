#include "gate/readers/formats/yaml.h"

#include <ctime>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/unit/readers/spell.h"

namespace gate::readers {
namespace {

std::string yaml(std::string_view text) {
  const auto file = parse_yaml(std::make_shared<base::Source>("x.yml", std::string(text)));
  if (!file) return file.error().message;
  std::string out;
  for (const auto& document : file->documents) {
    if (!out.empty()) out += "---\n";
    spell(document->root(), 0, out);
  }
  for (const DuplicateKey& key : file->duplicates)
    out += fmt::format("twice {} at {} and {}\n", key.key, key.first.begin, key.again.begin);
  return out;
}

TEST_CASE("YAML becomes the same tree, with places of keys and values") {
  CHECK(yaml("a: 1\nb:\n  - x y\n  - 'q'\n  - \"e\\t\"\non: push\nc: {d: ~, e: [true]}\n") ==
        R"(a table
  an integer a <a> 1 at 1
  a list b <b>
    a string "x y" at x y
    a string "q" at 'q'
    a string "e	" at "e\t"
  a string on <on> "push" at push
  a table c <c> at {d: ~, e: [true]}
    nothing d <d> at ~
    a list e <e> at [true]
      true or false true at true
)");
}

std::string kinds(std::string_view text) {
  const auto file = parse_yaml(std::make_shared<base::Source>("x.yml", std::string(text)));
  if (!file) return file.error().message;
  std::string out;
  for (const Value& value : file->documents[0]->root().children()) {
    switch (value->kind) {
      case NodeKind::integer:
        out += fmt::format("{} ", value->integer);
        break;
      case NodeKind::number:
        out += fmt::format("{}f ", value->number);
        break;
      case NodeKind::string:
        out += fmt::format("'{}' ", value->text);
        break;
      case NodeKind::boolean:
        out += value->boolean ? "true " : "false ";
        break;
      default:
        out += fmt::format("{} ", describe(value->kind));
    }
  }
  return out;
}

TEST_CASE("plain scalars follow the core schema of YAML 1.2") {
  CHECK(kinds("[1, -2, +3, 0o17, 0x1F, 010, 0b1, 1_000, 22:22]") ==
        "1 -2 3 15 31 10 '0b1' '1_000' '22:22' ");
  CHECK(kinds("[1.5, -.5, 1., 1e3, .inf, -.INF, 1.2.3, '+', -, .]") ==
        "1.5f -0.5f 1f 1000f inff -inff '1.2.3' '+' '-' '.' ");
  CHECK(kinds("[true, False, yes, On, off, y, null, ~, Null, '']") ==
        "true false 'yes' 'On' 'off' 'y' nothing nothing nothing '' ");
  CHECK(kinds("[2026-01-31, 9223372036854775808, -9223372036854775808]") ==
        "'2026-01-31' 9.223372036854776e+18f -9223372036854775808 ");
  CHECK(kinds("['1', \"true\", !!str 1, !!int '2', !!float 3, !!bool 'true', ! 4]") ==
        "'1' 'true' '1' 2 3f true '4' ");
  CHECK(kinds("[!!int x]") == "line 1, column 2: not what its tag `tag:yaml.org,2002:int` says");
}

TEST_CASE("aliases are copies, merge keys give way to the map's own") {
  CHECK(yaml("base: &b {x: 1, y: [2]}\nuse:\n  <<: *b\n  x: 3\nsame: *b\n") == R"(a table
  a table base <base> at &b {x: 1, y: [2]}
    an integer x <x> 1 at 1
    a list y <y> at [2]
      an integer 2 at 2
  a table use <use>
    an integer x <x> 3 at 3
    a list y <y> at [2]
      an integer 2 at 2
  a table same <same> at &b {x: 1, y: [2]}
    an integer x <x> 1 at 1
    a list y <y> at [2]
      an integer 2 at 2
)");
  CHECK(kinds("- &a {x: 1}\n- &b {x: 2, y: 2}\n- 5\n") == "a table a table 5 ");
  const std::string merged = yaml("- &a {x: 1}\n- &b {x: 2, y: 2}\n- <<: [*a, *b]\n  z: 3\n");
  CHECK(merged.substr(merged.rfind("a table")) ==
        "a table\n    an integer z <z> 3 at 3\n    an integer x <x> 1 at "
        "1\n    an integer y <y> 2 at 2\n");
  CHECK(yaml("a: *b\n") == "line 1, column 4: the alias `*b` names no anchor");
  CHECK(yaml("a: &a [*a]\n") == "line 1, column 8: the alias `*a` stands inside what it names");
  CHECK(yaml("<<: 1\n") == "line 1, column 1: `<<` wants a map, or a list of maps");
  CHECK(yaml("'<<': 1\n") == "a table\n  an integer << <'<<'> 1 at 1\n");
}

TEST_CASE("several documents, an empty file, keys that stand twice") {
  CHECK(yaml("") == "nothing\n");
  CHECK(yaml("# only a comment\n") == "nothing\n");
  CHECK(yaml("--- 1\n--- a\n...\n") == "an integer 1\n---\na string \"a\"\n");
  CHECK(yaml("a: 1\nb: 2\na: 3\n") ==
        "a table\n  an integer a <a> 1 at 1\n  an integer b <b> 2 at 2\n  an integer a <a> 3 at "
        "3\ntwice a at 0 and 10\n");
  std::string many;
  for (int i = 0; i < 2'000; ++i)
    many += fmt::format("k{}: 1\n", i);
  CHECK(parse_yaml(std::make_shared<base::Source>("x", many + "k1500: 2\n"))->duplicates.size() ==
        1);
}

TEST_CASE("places count bytes, also behind other characters than ASCII") {
  const std::string text = "\xEF\xBB\xBFé: 'ü'\r\nk: x\r\n";
  const auto file = parse_yaml(std::make_shared<base::Source>("x.yml", text));
  REQUIRE(file.has_value());
  const std::vector<Value> values = file->documents[0]->root().children();
  REQUIRE(values.size() == 2);
  CHECK(text.substr(values[0]->key_span.begin, 2) == "é");
  CHECK(text.substr(values[0]->span.begin, values[0]->span.end - values[0]->span.begin) == "'ü'");
  CHECK(text.substr(values[1]->span.begin, values[1]->span.end - values[1]->span.begin) == "x");
}

TEST_CASE("tags of applications stay beside the value") {
  const auto file = parse_yaml(
      std::make_shared<base::Source>("x.yml", "script: !reference [a, b]\nr: !reset null\n"));
  REQUIRE(file.has_value());
  const std::vector<Value> values = file->documents[0]->root().children();
  CHECK(values[0]->tag == "!reference");
  CHECK(values[0]->kind == NodeKind::list);
  CHECK(values[1]->tag == "!reset");
  CHECK(values[1]->kind == NodeKind::null);
}

TEST_CASE("what is no YAML is refused with its place") {
  CHECK(yaml("a: [1\nb: 2\n").starts_with("line 2, column "));
  CHECK(yaml("a:\n\t- 1\n").starts_with("line 2, column 1: "));
  CHECK(yaml("name: {{project_name}}\n") == "line 1, column 8: a key that is a list or a map");
  CHECK(yaml("a: \"x\n").starts_with("line 1, column "));
  CHECK(yaml("a: 'b' c\n").starts_with("line 1, column "));
  CHECK(yaml("a: \xff\n").starts_with("line 1, column 4: "));
  CHECK(yaml("? [a]\n: b\n") == "line 1, column 3: a key that is a list or a map");
  CHECK(yaml(std::string("\xFF\xFE"
                         "a\0",
                         4)) == "line 1, column 1: text in UTF-16; save it as UTF-8");
  const std::string text = "a: &x {b: [1, 'c']}\nd: |\n  e\nf: *x\n";
  for (std::size_t size = 0; size <= text.size(); ++size)
    CHECK_FALSE(yaml(text.substr(0, size)).empty());
}

double cpu_ms() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

TEST_CASE("hostile YAML ends in a limit at once") {
  std::string nest = "x: " + std::string(20'000, '[');
  std::string lines;
  for (int depth = 0; depth < 20'000; ++depth)
    lines += std::string(static_cast<std::size_t>(std::min(depth, 300)), ' ') + "-\n";
  std::string laughs = "a0: &a0 [lol]\n";
  for (int i = 1; i < 12; ++i) {
    laughs += fmt::format("a{}: &a{} [", i, i);
    for (int j = 0; j < 9; ++j)
      laughs += fmt::format("*a{}{}", i - 1, j < 8 ? ", " : "]\n");
  }
  std::string chain = "- &a0 [1]\n";
  for (int i = 1; i < 3'000; ++i)
    chain += fmt::format("- &a{} [*a{}]\n", i, i - 1);
  const double begin = cpu_ms();
  CHECK(yaml(nest) == "line 1, column 103: nested deeper than 100");
  CHECK(yaml(laughs).find("more than 100000 values, aliases filled in") != std::string::npos);
  CHECK(yaml(chain).find("nested deeper than 100, aliases filled in") != std::string::npos);
  CHECK(yaml(std::string(50'000'000, 'a')).find("50000000 bytes, more than the 4194304") !=
        std::string::npos);
  CHECK(cpu_ms() - begin < 400);  // each well below 10 ms in a release build; this one is not
  CHECK_FALSE(yaml(lines).empty());
}

}  // namespace
}  // namespace gate::readers
