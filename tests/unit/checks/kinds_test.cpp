#include "gate/checks/kinds.h"

#include <set>
#include <string_view>

#include <catch2/catch.hpp>

namespace checks = gate::checks;

TEST_CASE("every kind has a name of its own, a summary, stages and documented keys") {
  std::set<std::string_view> names;
  for (const checks::Kind* kind : checks::kinds()) {
    CAPTURE(kind->name);
    CHECK(names.insert(kind->name).second);
    CHECK(checks::find_kind(kind->name) == kind);
    CHECK_FALSE(kind->summary.empty());
    CHECK_FALSE(kind->stages.empty());
    CHECK_FALSE(kind->keys.empty());
    CHECK(kind->make != nullptr);
    std::set<std::string_view> keys;
    for (const checks::KeyDoc& key : kind->keys) {
      CAPTURE(key.name);
      CHECK(keys.insert(key.name).second);
      CHECK_FALSE(key.type.empty());
      CHECK_FALSE(key.text.empty());
    }
  }
}

TEST_CASE("an unknown kind is none") { CHECK(checks::find_kind("contents") == nullptr); }

TEST_CASE("an answer with findings is a failure, one without a pass") {
  CHECK(checks::Answer::judged({}, {"3 files"}).verdict == gate::finding::Verdict::passed);
  CHECK(checks::Answer::judged({{}}, {}).verdict == gate::finding::Verdict::failed);
  CHECK(checks::Answer::could_not_run("x").reason == "x");
  CHECK(checks::Answer::not_applicable("x").verdict == gate::finding::Verdict::not_applicable);
}
