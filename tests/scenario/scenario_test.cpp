// The judge of the scenarios judged: a runner that finds everything good would prove nothing.
#include "tests/support/scenario.h"

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

namespace gate::tests {
namespace {

constexpr std::string_view kText = R"(# What it shows.
skip-unless git

$ gate run
exit 1
stdout
  first

  third [… ]

# Two lines.
$ cat <<END
> text
> END
stdout
  text
stderr
  a warning

-- a.txt --
one
-- folder/b.txt --
)";

TEST_CASE("a scenario is read") {
  const Result<Scenario> scenario = parse_scenario(kText);
  REQUIRE(scenario.has_value());
  CHECK(scenario->needed == Lines{"git"});
  REQUIRE(scenario->steps.size() == 2);
  CHECK(scenario->steps[0].line == 4);
  CHECK(scenario->steps[0].command == "gate run");
  CHECK(scenario->steps[0].status == 1);
  CHECK(scenario->steps[0].output == Lines{"first", "", "third [… ]"});
  CHECK(scenario->steps[0].errors.empty());
  CHECK(scenario->steps[1].command == "cat <<END\ntext\nEND");
  CHECK(scenario->steps[1].output == Lines{"text"});
  CHECK(scenario->steps[1].errors == Lines{"a warning"});
  REQUIRE(scenario->files.size() == 2);
  CHECK(scenario->files[0].path == "a.txt");
  CHECK(scenario->files[0].text == "one\n");
  CHECK(scenario->files[1].text.empty());
  CHECK(write_scenario(*scenario) == kText);
}

TEST_CASE("a scenario that says something else is refused") {
  for (const auto& [text, message] :
       {std::pair{"", "there is no command"}, std::pair{"# only words\n", "there is no command"},
        std::pair{"$ true\ngarbage\n", "line 2: neither a command nor what it prints: garbage"},
        std::pair{"  output\n", "line 1: neither a command nor what it prints:   output"}}) {
    const Result<Scenario> scenario = parse_scenario(text);
    REQUIRE(!scenario.has_value());
    CHECK(scenario.error().message == message);
  }
}

TEST_CASE("wanted lines fit, or do not") {
  CHECK(fits({}, {}));
  CHECK(fits({"a", "b"}, {"a", "b"}));
  CHECK(fits({"took […] ms"}, {"took 12 ms"}));
  CHECK(fits({"[…]b[…]d"}, {"abcbcd"}));
  CHECK(fits({"[…]"}, {}));
  CHECK(fits({"[…]"}, {"a", "b"}));
  CHECK(fits({"a", "[…]", "c", "[…]"}, {"a", "c", "b", "c"}));
  CHECK_FALSE(fits({}, {"a"}));
  CHECK_FALSE(fits({"a"}, {}));
  CHECK_FALSE(fits({"a"}, {"a", "b"}));
  CHECK_FALSE(fits({"a", "b"}, {"a"}));
  CHECK_FALSE(fits({"took […] ms"}, {"took 12 s"}));
  CHECK_FALSE(fits({"ab[…]ab"}, {"ab"}));
  CHECK_FALSE(fits({"[…]", "c"}, {"c", "d"}));
}

TEST_CASE("what is blessed keeps wildcards and hides durations") {
  CHECK(bless({"commit […]"}, {"commit 12ab"}) == Lines{"commit […]"});
  CHECK(bless({"commit […]", "old"}, {"commit 12ab", "new"}) == Lines{"commit […]", "new"});
  CHECK(bless({}, {"judged 3 files in 12 ms", "(0.3s)"}) ==
        Lines{"judged 3 files in […] ms", "([…]s)"});
  CHECK(bless({}, {R"("duration_ms": 0.25,)", R"(<testcase name="x" time="0.001">)"}) ==
        Lines{R"("duration_ms": […],)", R"(<testcase name="x" time="[…]">)"});
  CHECK(bless({}, {"3 findings, 12 files"}) == Lines{"3 findings, 12 files"});
}

TEST_CASE("a difference shows the common lines once") {
  CHECK(difference({"a", "b", "d"}, {"a", "c", "d"}) == "      a\n    - b\n    + c\n      d\n");
}

}  // namespace
}  // namespace gate::tests
