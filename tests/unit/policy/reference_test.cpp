#include "gate/policy/reference.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "support.h"

using gate::policy::KeyDoc;
using gate::policy::policy_tables;
using gate::policy::TableDoc;

namespace gate::policy::test {
namespace {

const TableDoc& table_of(std::string_view name) {
  const auto tables = policy_tables();
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const TableDoc& table) { return table.name == name; });
  REQUIRE(found != tables.end());
  return *found;
}

// What the loader says of a key that no table has: it lists those that there are.
std::string known_keys(const std::string& policy) {
  const std::string errors = load({{"gate.toml", policy}})->errors();
  const std::size_t at = errors.find("expected one of ");
  REQUIRE(at != std::string::npos);
  return errors.substr(at, errors.find('\n', at) - at);
}

}  // namespace

TEST_CASE("the reference of a table names the keys that the loader reads, and no others") {
  const struct {
    std::string_view table;
    std::string policy;
    std::vector<std::string_view> also;  // spellings that the reference mentions in passing
  } cases[] = {
      {"[gate]", "[gate]\nqqqqqqqq = 1\n", {}},
      {"[environment.NAME]", "[environment.production]\nfiles = \"a\"\nqqqqqqqq = 1\n", {}},
      {"[[suppress]]",
       "[[suppress]]\nrule = \"shop.no-price\"\nreason = \"r\"\nuntil = "
       "2027-01-01\nqqqqqqqq = 1\n",
       {"paths"}},
  };
  for (const auto& one : cases) {
    CAPTURE(one.table);
    const std::string known = known_keys(one.policy);
    std::size_t count = one.also.size();
    for (const KeyDoc& key : table_of(one.table).keys) {
      CAPTURE(key.name);
      CHECK(known.find(fmt::format("`{}`", key.name)) != std::string::npos);
      ++count;
    }
    CHECK(static_cast<std::size_t>(std::count(known.begin(), known.end(), '`')) == 2 * count);
  }
}

TEST_CASE("the reference of a rule names the keys that all kinds have in common") {
  std::string text = "[[rule]]\n";
  for (const KeyDoc& key : rule_head_keys())
    text += fmt::format("{} = \"?\"\n", key.name);
  const std::string errors = load({{"gate.toml", text}})->errors();
  CHECK(errors.find("unknown key") == std::string::npos);
}

TEST_CASE("the samples of the reference are policies that the loader can read") {
  std::string text;
  for (const TableDoc& table : policy_tables()) {
    CAPTURE(table.name);
    CHECK(table.sample.starts_with(table.name.substr(0, table.name.find("NAME"))));
    text += std::string(table.sample) + "\n";
  }
  const auto loaded = load({{"gate.toml", text}});
  CHECK(loaded->errors().find("unknown key") == std::string::npos);
  CHECK(loaded->policy.find("app.admin-email") != nullptr);
}

}  // namespace gate::policy::test
