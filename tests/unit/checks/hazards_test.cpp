// Hazards and the lines they stand on, as data: hazards.txt.
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

struct Case {
  int line = 0;  // where it begins, for people
  std::string database;
  std::string transaction;
  std::string sql;
  std::vector<std::string> wanted;  // "hazard 1 3"
};

std::vector<Case> read_cases() {
  std::ifstream file(GATE_HAZARDS);
  REQUIRE(file.good());
  std::vector<Case> cases;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.starts_with("# ")) continue;
    if (line.starts_with("== ")) {
      Case& made = cases.emplace_back();
      made.line = number;
      std::istringstream(line.substr(3)) >> made.database >> made.transaction;
    } else if (line.starts_with("=> ")) {
      cases.back().wanted.push_back(line.substr(3));
    } else if (!cases.empty() && cases.back().wanted.empty()) {
      cases.back().sql += line + "\n";
    }
  }
  return cases;
}

std::string found(const Case& of, const std::string& hazard) {
  const test::RuleUnderTest rule("migrations", "safety = [\"" + hazard + "\"]\ndatabase = \"" +
                                                   of.database + "\"\ntransaction = \"" +
                                                   of.transaction + "\"");
  CHECK(rule.mistakes().empty());
  const auto files = test::sample({{"db/migrations/0001_x.up.sql", of.sql}});
  std::string text = hazard;
  for (const auto& finding : rule.run(Context{*files}).findings)
    text += " " + std::to_string(finding.place.line);
  return text;
}

TEST_CASE("hazards stand on the lines that they are about, and on no others") {
  const std::vector<Case> cases = read_cases();
  CHECK(cases.size() > 15);
  for (const Case& item : cases) {
    INFO("hazards.txt:" << item.line);
    for (const std::string& wanted : item.wanted)
      CHECK(found(item, wanted.substr(0, wanted.find(' '))) == wanted);
  }
}

}  // namespace
}  // namespace gate::checks
