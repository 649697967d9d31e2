#include "gate/base/did_you_mean.h"

#include <array>
#include <string_view>

#include <catch2/catch.hpp>

using gate::base::did_you_mean;
using gate::base::suggest;

namespace {

constexpr std::array<std::string_view, 5> kKeys{"severity", "stages", "since", "paths", "id"};

}  // namespace

TEST_CASE("the nearest known word is found") {
  CHECK(did_you_mean("severty", kKeys) == "severity");
  CHECK(did_you_mean("pahts", kKeys) == "paths");
  CHECK(did_you_mean("sincee", kKeys) == "since");
  CHECK(did_you_mean("severity", kKeys) == "severity");
}

TEST_CASE("a far or a short word suggests no nonsense") {
  CHECK(did_you_mean("colour", kKeys).empty());
  CHECK(did_you_mean("x", kKeys).empty());
  CHECK(did_you_mean("", kKeys).empty());
  CHECK(did_you_mean("severity", {}).empty());
}

TEST_CASE("help names the nearest word, else the choices where they are few") {
  CHECK(suggest("severty", kKeys) == "did you mean `severity`?");
  CHECK(suggest("colour", kKeys) == "expected one of `severity`, `stages`, `since`, `paths`, `id`");
  CHECK(suggest("colour", std::array<std::string_view, 1>{"stages"}) == "expected `stages`");
  CHECK(suggest("colour", {}).empty());
  const std::array<std::string_view, 13> many{"a", "b", "c", "d", "e", "f", "g",
                                              "h", "i", "j", "k", "l", "m"};
  CHECK(suggest("colour", many).empty());
}
