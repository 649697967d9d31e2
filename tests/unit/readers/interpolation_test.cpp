#include "gate/readers/formats/interpolation.h"

#include <map>
#include <string>

#include <catch2/catch.hpp>

namespace gate::readers {
namespace {

std::string fill(std::string_view text) {
  static const std::map<std::string, std::string, std::less<>> kValues{
      {"FOO", "first"}, {"EMPTY", ""}, {"A_1", "x"}};
  const Result<std::string> result =
      interpolate(text, [](std::string_view name) -> std::optional<std::string> {
        const auto found = kValues.find(name);
        if (found == kValues.end()) return std::nullopt;
        return found->second;
      });
  return result ? *result : "error: " + result.error().message;
}

TEST_CASE("references are filled in as docker compose does") {
  CHECK(fill("plain") == "plain");
  CHECK(fill("${FOO} $FOO-bar $A_1$$FOO") == "first first-bar x$FOO");
  CHECK(fill("${NO-d} ${NO:-d} ${EMPTY-d} ${EMPTY:-d} ${FOO:-d}") == "d d  d first");
  CHECK(fill("${NO+a}|${NO:+a}|${EMPTY+a}|${EMPTY:+a}|${FOO:+a}") == "||a||a");
  CHECK(fill("${FOO:?why} ${EMPTY?why}") == "first ");
  CHECK(fill("${NO:-${FOO}} ${NO:-a}b} ${NO:-'q'} ${NO:-{x}}") == "first ab} 'q' {x}");
  CHECK(fill("$1 a$ $} $-") == "$1 a$ $} $-");
  CHECK(fill("$NO|${NO}") == "|");
}

TEST_CASE("a form that docker compose refuses is an error that says why") {
  CHECK(fill("${NO:?set me, $FOO}") == "error: NO has to be set: set me, first");
  CHECK(fill("${EMPTY:?}") == "error: EMPTY has to be set");
  for (const std::string_view text : {"${", "${}", "${ FOO}", "${1A}", "${:-x}"})
    CHECK(fill(text).starts_with("error: `${`"));
  CHECK(fill("${FOO!}").starts_with("error: `${FOO` and then none of"));
  std::string deep;
  for (int i = 0; i < 1000; ++i)
    deep += "${NO:-";
  CHECK(fill(deep + std::string(1000, '}')) == "error: references nested too deeply");
  std::string wide;
  for (int i = 0; i < 300'000; ++i)
    wide += "$FOO";
  CHECK(fill(wide) == "error: the result is larger than 1 MB");
}

}  // namespace
}  // namespace gate::readers
