#include "gate/readers/formats/toml.h"

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/readers/formats/toml_limits.h"
#include "tests/unit/readers/spell.h"

namespace gate::readers {
namespace {

struct Parsed {
  std::shared_ptr<const Document> document;
  std::string errors;
};

Parsed parse(std::string_view text) {
  base::Diagnostics diagnostics;
  Parsed parsed;
  parsed.document =
      parse_toml(std::make_shared<base::Source>("gate.toml", std::string(text)), diagnostics);
  parsed.errors = base::render(diagnostics, false);
  return parsed;
}

std::string spell(const Parsed& parsed) {
  std::string out = parsed.errors;
  if (parsed.document != nullptr) spell(parsed.document->root(), 0, out);
  return out;
}

struct Mistake {
  std::string_view name;
  std::string_view text;
  std::string_view wanted;
};

const std::vector<Mistake> kMistakes = {
    {"an unknown escape", "pattern = \"\\d+\"\n",
     R"(error: unknown escape sequence `\d`
 --> gate.toml:1:12
  |
1 | pattern = "\d+"
  |            ^^
  = help: write patterns in single quotes
)"},
    {"a key set twice in a table", "[t]\na = 1\nb = 2\na = 3\n",
     R"(error: key `a` is set twice
 --> gate.toml:4:1
  |
4 | a = 3
  | ^
note: first set here
 --> gate.toml:2:1
  |
2 | a = 1
  | ^
)"},
    {"a key set twice, the second over lines", "a = 1\na = [\n  1,\n]\n",
     R"(error: key `a` is set twice
 --> gate.toml:2:1
  |
2 | a = [
  | ^
note: first set here
 --> gate.toml:1:1
  |
1 | a = 1
  | ^
)"},
    {"a dotted key set twice", "[t]\nx.a = 1\nx.a = 2\n",
     R"(error: key `x.a` is set twice
 --> gate.toml:3:1
  |
3 | x.a = 2
  | ^^^
note: first set here
 --> gate.toml:2:3
  |
2 | x.a = 1
  |   ^
)"},
    {"a key set twice in braces", "a = {b = 1, b = 2}\n",
     R"(error: key `b` is set twice
 --> gate.toml:1:13
  |
1 | a = {b = 1, b = 2}
  |             ^
)"},
    {"a table defined twice", "[a]\nb = 1\n[a]\nc = 2\n",
     R"(error: table `[a]` is defined twice
 --> gate.toml:3:1
  |
3 | [a]
  | ^^^
note: first set here
 --> gate.toml:1:1
  |
1 | [a]
  | ^^^
)"},
    {"a table over a dotted key", "a.b = 1\n[a]\nc = 2\n",
     R"(error: table `[a]` is defined twice
 --> gate.toml:2:1
  |
2 | [a]
  | ^^^
note: first set here
 --> gate.toml:1:1
  |
1 | a.b = 1
  | ^
)"},
    {"a table over a value", "[a]\nb = 1\n[a.b]\n",
     R"(error: table `[a.b]` is defined twice
 --> gate.toml:3:1
  |
3 | [a.b]
  | ^^^^^
note: first set here
 --> gate.toml:2:1
  |
2 | b = 1
  | ^
)"},
    {"a table over a list of tables", "[[rule]]\nid = \"x\"\n[rule]\n",
     R"(error: table `[rule]` is defined twice
 --> gate.toml:3:1
  |
3 | [rule]
  | ^^^^^^
note: first set here
 --> gate.toml:1:3
  |
1 | [[rule]]
  |   ^^^^
)"},
    {"a list of tables over a list", "rule = [1]\n[[rule]]\n",
     R"(error: table `[[rule]]` is defined twice
 --> gate.toml:2:1
  |
2 | [[rule]]
  | ^^^^^^^^
note: first set here
 --> gate.toml:1:1
  |
1 | rule = [1]
  | ^^^^
)"},
    {"a table in a list of tables, twice", "[[rule]]\n[rule.when]\nfile = \"a\"\n[rule.when]\n",
     R"(error: table `[rule.when]` is defined twice
 --> gate.toml:4:1
  |
4 | [rule.when]
  | ^^^^^^^^^^^
note: first set here
 --> gate.toml:2:1
  |
2 | [rule.when]
  | ^^^^^^^^^^^
)"},
    {"a table into braces", "a = {b = 1}\n[a.c]\n",
     R"(error: `[a.c]` adds to a table that its braces closed
 --> gate.toml:2:1
  |
2 | [a.c]
  | ^^^^^
note: first set here
 --> gate.toml:1:1
  |
1 | a = {b = 1}
  | ^
)"},
    {"no value", "a =\n",
     R"(error: a value is missing
 --> gate.toml:1:4
  |
1 | a =
  |    ^
  = help: write `key = value`
)"},
    {"no value, and more follows", "a =\nb = 1\n",
     R"(error: a value is missing
 --> gate.toml:1:4
  |
1 | a =
  |    ^
  = help: write `key = value`
)"},
    {"a key alone", "a\n",
     R"(error: `=` is missing
 --> gate.toml:1:2
  |
1 | a
  |  ^
  = help: write `key = value`
)"},
    {"a word", "a = yes\n",
     R"(error: `yes` is no value
 --> gate.toml:1:5
  |
1 | a = yes
  |     ^^^
  = help: texts stand in quotes, lists in `[` and `]`; besides there are numbers, dates, `true` and `false`
)"},
    {"a word in capitals", "a = True\n",
     R"(error: `True` is no value
 --> gate.toml:1:5
  |
1 | a = True
  |     ^^^^
  = help: texts stand in quotes, lists in `[` and `]`; besides there are numbers, dates, `true` and `false`
)"},
    {"a word that begins like one", "a = foo\n",
     R"(error: `foo` is no value
 --> gate.toml:1:5
  |
1 | a = foo
  |     ^^^
  = help: texts stand in quotes, lists in `[` and `]`; besides there are numbers, dates, `true` and `false`
)"},
    {"typographic quotes", "a = \342\200\234x\342\200\235\n",
     R"(error: `“x”` is no value
 --> gate.toml:1:5
  |
1 | a = “x”
  |     ^^^
  = help: texts stand in quotes, lists in `[` and `]`; besides there are numbers, dates, `true` and `false`
)"},
    {"a string that is not closed", "title = \"open\nnext = 1\n",
     R"(error: the string is not closed on its line
 --> gate.toml:1:9
  |
1 | title = "open
  |         ^^^^^
  = help: add the closing quote; texts of several lines stand between `'''` and `'''`
)"},
    {"a literal string that is not closed", "title = 'open\n",
     R"(error: the string is not closed on its line
 --> gate.toml:1:9
  |
1 | title = 'open
  |         ^^^^^
  = help: add the closing quote; texts of several lines stand between `'''` and `'''`
)"},
    {"a long string that is not closed", "a = 1\ntitle = \"\"\"open\nmore\n",
     R"(error: the string is not closed
 --> gate.toml:3:5
  |
3 | more
  |     ^
  = help: add the closing quote
)"},
    {"a list that is not closed", "a = [1,\n",
     R"(error: the list is not closed
 --> gate.toml:1:8
  |
1 | a = [1,
  |        ^
  = help: add `]`
)"},
    {"a list without a comma", "a = [1 2]\n",
     R"(error: a comma is missing before `2`
 --> gate.toml:1:8
  |
1 | a = [1 2]
  |        ^
  = help: write a comma between elements
)"},
    {"braces that are not closed", "a = {b = 1\n",
     R"(error: a table in braces ends on its line
 --> gate.toml:1:11
  |
1 | a = {b = 1
  |           ^
  = help: write it on one line, or as `[table]` with a line for each key
)"},
    {"a last comma in braces", "a = {b = 1,}\n",
     R"(error: the last comma is one too many
 --> gate.toml:1:12
  |
1 | a = {b = 1,}
  |            ^
  = help: remove the comma before `}`
)"},
    {"braces over lines", "a = {b = 1,\n  c = 2}\n",
     R"(error: a table in braces ends on its line
 --> gate.toml:1:12
  |
1 | a = {b = 1,
  |            ^
  = help: write it on one line, or as `[table]` with a line for each key
)"},
    {"a header that is not closed", "[a\n",
     R"(error: the header is not closed
 --> gate.toml:1:3
  |
1 | [a
  |   ^
  = help: add `]`
)"},
    {"a header with a bracket too many", "[a]]\n",
     R"(error: `]` is one too many on this line
 --> gate.toml:1:4
  |
1 | [a]]
  |    ^
  = help: write each key on its own line
)"},
    {"a key behind a header", "[a] b = 1\n",
     R"(error: `b` is one too many on this line
 --> gate.toml:1:5
  |
1 | [a] b = 1
  |     ^
  = help: write each key on its own line
)"},
    {"two keys on a line", "a = 1 b = 2\n",
     R"(error: `b` is one too many on this line
 --> gate.toml:1:7
  |
1 | a = 1 b = 2
  |       ^
  = help: write each key on its own line
)"},
    {"a key that needs quotes", "gr\303\266\303\237e = 1\n",
     R"(error: the key `größe` needs quotes
 --> gate.toml:1:1
  |
1 | größe = 1
  | ^^^^^
  = help: keys are letters, digits, `_` and `-`; others stand in quotes
)"},
    {"an equals sign alone", "= 1\n",
     R"(error: `=` begins neither a key nor a table
 --> gate.toml:1:1
  |
1 | = 1
  | ^
  = help: keys are letters, digits, `_` and `-`; others stand in quotes
)"},
    {"a colon", "a : 1\n",
     R"(error: `=` is missing
 --> gate.toml:1:3
  |
1 | a : 1
  |   ^
  = help: write `key = value`
)"},
    {"two equals signs", "a == 1\n",
     R"(error: `=` is no value
 --> gate.toml:1:4
  |
1 | a == 1
  |    ^
  = help: texts stand in quotes, lists in `[` and `]`; besides there are numbers, dates, `true` and `false`
)"},
    {"no day of the calendar", "a = 2027-13-40\n",
     R"(error: `2027-13-40` is no day of the calendar
 --> gate.toml:1:5
  |
1 | a = 2027-13-40
  |     ^^^^^^^^^^
  = help: write year, month and day: 2027-03-01
)"},
    {"a file mode as a number", "mode = 0640\n",
     R"(error: the number `0640` begins with 0
 --> gate.toml:1:8
  |
1 | mode = 0640
  |        ^^^^
  = help: put file modes and the like in quotes
)"},
    {"a number too large", "a = 99999999999999999999\n",
     R"(error: `99999999999999999999` does not fit into 64 bits
 --> gate.toml:1:5
  |
1 | a = 99999999999999999999
  |     ^^^^^^^^^^^^^^^^^^^^
)"},
    {"an empty header", "[]\n",
     R"(error: the header names no table
 --> gate.toml:1:2
  |
1 | []
  |  ^
)"},
    {"a NUL byte", std::string_view("a = 1\000\n", 7),
     R"(error: `1␀` is no integer
 --> gate.toml:1:5
  |
1 | a = 1␀
  |     ^^
)"},
    {"behind a byte order mark, wide letters and a tab",
     "\357\273\277\"\303\251\" = 1\nb = \"\346\227\245\346\234\254\011\330\247\331\204\"  @\n",
     R"(error: `@` is one too many on this line
 --> gate.toml:2:20
  |
2 | ⁨b = "日本    ال"  ⁩@
  |                   ^
  = help: write each key on its own line
)"},
    {"with CRLF", "a = 1\015\nb = @\015\n",
     R"(error: `@` is no value
 --> gate.toml:2:5
  |
2 | b = @
  |     ^
  = help: texts stand in quotes, lists in `[` and `]`; besides there are numbers, dates, `true` and `false`
)"},
    {"a time that is none", "a = 12:99:00\n",
     R"(error: `12:99:00` is no time of a day
 --> gate.toml:1:5
  |
1 | a = 12:99:00
  |     ^^^^^^^^
)"},
    {"a number without digits", "a = 1.\n",
     R"(error: `1.` is no number
 --> gate.toml:1:5
  |
1 | a = 1.
  |     ^^
)"},
    {"a hexadecimal number without digits", "a = 0x\n",
     R"(error: `0x` is no integer
 --> gate.toml:1:5
  |
1 | a = 0x
  |     ^^
)"},
    {"letters in a number", "a = 12x\n",
     R"(error: `12x` is no integer
 --> gate.toml:1:5
  |
1 | a = 12x
  |     ^^^
)"},
};

TEST_CASE("every mistake in TOML is told with its place and what to do") {
  for (const Mistake& mistake : kMistakes) {
    INFO(mistake.name);
    const Parsed parsed = parse(mistake.text);
    CHECK(parsed.errors == mistake.wanted);
    CHECK(parsed.document == nullptr);
  }
}

TEST_CASE("a text that is not UTF-8 is refused at its first bad byte") {
  CHECK(parse("a = 1\n# \xFF\n").errors == R"(error: the file is not UTF-8
 --> gate.toml:2:3
  |
2 | # �
  |   ^
  = help: save it as UTF-8; TOML knows no other encoding
)");
  CHECK(parse("a = \"\xC3\"\n").document == nullptr);
}

TEST_CASE("values come in reading order, with the places at which they were written") {
  CHECK(spell(parse(R"(z = "text"
"quoted key" = 'lit\d'
[b.c]
n = -1_000
f = 1.5
on = true
day = 2027-03-01
list = ["é", [2, {u = 3}]]
[a]
x.y = 'one'
x.z = "t\tab"
[[rule]]
id = "1"
[[rule.example]]
e = 1
[[rule]]
id = "2"
)")) == R"(a table
  a string z <z> "text" at "text"
  a string quoted key <"quoted key"> "lit\d" at 'lit\d'
  a table b <b> at [b.c]
    a table c <c> at [b.c]
      an integer n <n> -1000 at -1_000
      a number f <f> 1.5 at 1.5
      true or false on <on> true at true
      a date day <day> at 2027-03-01
      a list list <list> at ["é", [2, {u = 3}]]
        a string "é" at "é"
        a list at [2, {u = 3}]
          an integer 2 at 2
          a table at {u = 3}
            an integer u <u> 3 at 3
  a table a <a> at [a]
    a table x <x> at x
      a string y <y> "one" at 'one'
      a string z <z> "t	ab" at "t\tab"
  a list rule <rule>
    a table at [[rule]]
      a string id <id> "1" at "1"
      a list example <example> at [[rule.example]]
        a table at [[rule.example]]
          an integer e <e> 1 at 1
    a table at [[rule]]
      a string id <id> "2" at "2"
)");
}

TEST_CASE("a byte order mark, CRLF and wide characters before a value leave its place exact") {
  CHECK(spell(parse("\xEF\xBB\xBF\"é\" = \"日本\" # c\r\n\t'\xD8\xA7' = [ \"😀\", 1 ]\r\n")) ==
        R"(a table
  a string é <"é"> "日本" at "日本"
  a list ا <'ا'> at [ "😀", 1 ]
    a string "😀" at "😀"
    an integer 1 at 1
)");
}

TEST_CASE("texts over several lines are kept as TOML reads them") {
  const Parsed parsed =
      parse("a = '''\none\n  two\n'''\nb = \"\"\"x \\\n   y\"\"\"\nc = ''\nd = '''''it'''''\n");
  REQUIRE(parsed.document != nullptr);
  CHECK(parsed.document->root().find("a")->node().text == "one\n  two\n");
  CHECK(parsed.document->root().find("b")->node().text == "x y");
  CHECK(parsed.document->root().find("c")->node().text.empty());
  CHECK(parsed.document->root().find("d")->node().text == "''it''");
  CHECK_FALSE(parsed.document->root().find("e").has_value());
  CHECK_FALSE(parsed.document->root().find("a")->find("a").has_value());
}

TEST_CASE("an empty text is an empty table") {
  for (const std::string_view text : {"", "\n", "# only a comment", "\xEF\xBB\xBF", "\r\n\r\n"}) {
    CHECK(spell(parse(text)) == "a table\n");
  }
}

TEST_CASE("no start of a text makes the reader fall over") {
  const std::string text =
      "\xEF\xBB\xBF[gate]\nversion = 1 # é\n[[rule]]\r\nid = \"a\\u00e9\"\nwhen.file = ['''x''', "
      "{a = 1.5e3}]\n"
      "text = \"\"\"\nabc\\\n  def\"\"\"\nday = 2027-03-01T10:00:00Z\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const Parsed parsed = parse(std::string_view(text).substr(0, size));
    CHECK((parsed.document == nullptr) == !parsed.errors.empty());
  }
}

TEST_CASE("depth is limited, in brackets and in dotted keys, before it can exhaust the stack") {
  const auto repeat = [](std::string_view part, std::size_t count) {
    std::string text;
    for (std::size_t index = 0; index < count; ++index)
      text += part;
    return text;
  };
  CHECK(parse("a = " + repeat("[", 64) + repeat("]", 64)).errors.empty());
  CHECK(parse(repeat("a.", 63) + "a = 1").errors.empty());
  CHECK(parse("a = " + repeat("[", 1'000'000))
            .errors.find("error: nested deeper than 64 levels\n --> gate.toml:1:69\n") == 0);
  CHECK(parse("a = " + repeat("{a=", 65)).errors.find("error: nested deeper than 64 levels\n") ==
        0);
  CHECK(parse(repeat("a.", 1'000'000) + "a = 1")
            .errors.find("error: nested deeper than 64 levels\n --> gate.toml:1:128\n") == 0);
  CHECK(parse("[" + repeat("a . ", 1'000'000) + "a]")
            .errors.find("error: nested deeper than 64 levels\n") == 0);
  CHECK(parse("[" + repeat("'a'.", 1'000'000) + "a]")
            .errors.find("error: nested deeper than 64 levels\n") == 0);
  // Brackets and dots in strings and comments are no depth.
  CHECK(parse("a = '" + repeat("[.", 500) + "' # " + repeat("[.", 500)).errors.empty());
  CHECK(parse("a = \"\\\"" + repeat("{.", 500) + "\"\nb = '''\n" + repeat("[.", 500) + "'''''\n")
            .errors.empty());
}

TEST_CASE("a text of more than 16 MB is refused, one of 16 MB is read") {
  std::string text = "a = '" + std::string(kTomlBytes - 6, 'x') + "'";
  CHECK(parse(text).errors.empty());
  text.insert(5, "y");
  CHECK(parse(text).errors ==
        "error: `gate.toml` has 16777217 bytes; a TOML file of more than 16 MB is not read\n");
}

TEST_CASE("one long line with wide characters takes no more than linear time") {
  std::string text = "a = [";
  for (int index = 0; index < 20'000; ++index)
    text += "\"é\", ";
  const Parsed parsed = parse(text + "]");
  REQUIRE(parsed.document != nullptr);
  const std::vector<Value> elements = parsed.document->root().find("a")->children();
  REQUIRE(elements.size() == 20'000);
  CHECK(elements.back()->span.begin == 5 + 19'999 * 6);
}

}  // namespace
}  // namespace gate::readers
