#include "gate/policy/table_reader.h"

#include <array>
#include <chrono>

#include <catch2/catch.hpp>

#include "gate/policy/measures.h"
#include "gate/policy/rule_head.h"
#include "support.h"

namespace gate::policy::test {
namespace {

TEST_CASE("durations and sizes are numbers with a unit") {
  using std::chrono::milliseconds;
  CHECK(parse_duration("250ms") == milliseconds(250));
  CHECK(parse_duration("90s") == milliseconds(90'000));
  CHECK(parse_duration("10 m") == milliseconds(600'000));
  CHECK(parse_duration("30d") == milliseconds(2'592'000'000));
  CHECK(parse_duration("0s") == milliseconds(0));
  for (const char* text : {"", "s", "10", "-1s", "1.5h", "10 minutes", "1h30m", "1  s",
                           "99999999999999999999s", "9223372036854775807d"}) {
    CHECK_FALSE(parse_duration(text).has_value());
  }
  CHECK(parse_bytes("0") == 0);
  CHECK(parse_bytes("1048576") == 1048576);
  CHECK(parse_bytes("512KB") == 524288);
  CHECK(parse_bytes("5 MB") == 5242880);
  CHECK(parse_bytes("1GiB") == 1073741824);
  for (const char* text : {"", "MB", "-1", "1.5MB", "5mb", "5 apples", "18446744073709551616",
                           "18446744073709551615KB"}) {
    CHECK_FALSE(parse_bytes(text).has_value());
  }
}

TEST_CASE("stages have names") {
  CHECK(name(Stage::follow_up) == "follow-up");
  for (const std::string_view text : stage_names())
    CHECK(name(*parse_stage(text)) == text);
  CHECK_FALSE(parse_stage("CI").has_value());
  CHECK_FALSE(parse_stage("").has_value());
}

TEST_CASE("a rule is named by its id, an alias or a glob over ids") {
  RuleHead rule;
  rule.id = "env.debug-enabled";
  rule.aliases = {"django:security.W018"};
  for (const char* text : {"env.debug-enabled", "django:security.W018", "env.*", "*.debug-*", "*"})
    CHECK(names_rule(text, rule));
  for (const char* text : {"env.debug", "django:*", "", "env.[", "debug-enabled"})
    CHECK_FALSE(names_rule(text, rule));
}

TEST_CASE("a reader gives what is there, tells places, and reports keys that nobody read") {
  const auto document = parse("x.toml", R"(a = "1"
list = ["x", "y"]
[inner]
k = 1
[[many]]
v = "1"
[[many]]
v = "2"
)");
  base::Diagnostics diagnostics;
  TableReader table(document->root(), std::nullopt, nullptr, diagnostics, false);
  CHECK(table.has("a"));
  CHECK_FALSE(table.has("b"));
  CHECK(table.keys() == std::vector<std::string_view>{"a", "list", "inner", "many"});
  CHECK(table.optional_text("b") == std::nullopt);
  CHECK(table.required_text("a") == "1");
  CHECK(table.texts("list") == std::vector<std::string>{"x", "y"});
  CHECK(table.place("list", 1).span == base::Span{21, 24});
  CHECK(table.place("list", 2).span == table.place("list").span);
  CHECK(table.place("none").span == table.place().span);
  auto inner = table.table("inner");
  REQUIRE(inner.has_value());
  CHECK(inner->integer("k", 5, 0, 9) == 1);
  CHECK(inner->integer("absent", 5, 0, 9) == 5);
  inner->finish();
  std::vector<TableReader> many = table.tables("many");
  REQUIRE(many.size() == 2);
  CHECK(many[1].text("v") == "2");
  many[0].finish();
  table.complain("list", 1, "not `y`", "write `z`");
  table.require_one_of({"p", "q"});
  table.finish();
  CHECK(base::render(diagnostics, false) == R"(error: unknown key `v`
 --> x.toml:6:1
  |
6 | v = "1"
  | ^

error: not `y`
 --> x.toml:2:14
  |
2 | list = ["x", "y"]
  |              ^^^
  = help: write `z`

error: one of the keys `p`, `q` is needed
 --> x.toml:1:1
  |
1 | a = "1"
  | ^
)");
}

TEST_CASE("an overlay wins key by key, the later over the earlier, but for its own keys") {
  const auto base = parse("base.toml", "why = \"base\"\na = \"1\"\nb = \"1\"\nc = \"1\"\n");
  const auto first = parse("first.toml", "why = \"first\"\na = \"2\"\nb = \"2\"\n");
  const auto second = parse("second.toml", "why = \"second\"\na = \"3\"\nd = \"3\"\n");
  base::Diagnostics diagnostics;
  TableReader table(base->root(), std::nullopt, nullptr, diagnostics, true);
  static constexpr std::array<std::string_view, 1> kOwn = {"why"};
  table.add_overlay(first->root(), kOwn);
  table.add_overlay(second->root(), kOwn);
  CHECK(table.text("why") == "base");
  CHECK(table.text("a") == "3");
  CHECK(table.text("b") == "2");
  CHECK(table.text("c") == "1");
  table.finish();
  CHECK(base::render(diagnostics, false) == R"(error: unknown key `d`
 --> second.toml:3:1
  |
3 | d = "3"
  | ^
  = help: expected one of `why`, `a`, `b`, `c`
)");
}

}  // namespace
}  // namespace gate::policy::test
