#include "gate/engine/run.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/checks/kinds.h"
#include "support.h"

namespace gate::engine::test {
namespace {

TEST_CASE("outcomes stand in the order of the plan and do not depend on the number of threads") {
  std::string policy = "[gate]\nversion = 1\npacks = [\"gate\"]\n";
  std::map<std::string, std::string> files;
  for (int i = 0; i < 40; ++i) {
    policy += fmt::format(
        "[[rule]]\nid = \"app.r{}\"\nkind = \"content\"\ntitle = \"t\"\npaths = "
        "[\"*.txt\"]\nforbid = 'word{}\\b'\n",
        i, i);
  }
  for (int i = 0; i < 300; ++i) {
    files[fmt::format("d{}/f{}.txt", i % 7, i)] =
        fmt::format("first\nword{} and word{}\n", i % 50, (i * 7) % 50);
  }
  files["gate.toml"] = policy;
  const std::unique_ptr<Bench> bench = load(files);
  REQUIRE_FALSE(bench->diagnostics.has_errors());
  const std::string one = spell(judge(*bench, {}, 1));
  CHECK(one.find("app.r3 failed") != std::string::npos);
  for (int round = 0; round < 5; ++round) {
    CHECK(spell(judge(*bench, {}, 2)) == one);
    CHECK(spell(judge(*bench, {}, 8)) == one);
  }
}

TEST_CASE("a group judges what its members came to after suppression") {
  const std::map<std::string, std::string> files{{"gate.toml", R"(
[gate]
version = 1
packs = []
[[rule]]
id = "app.group"
kind = "group"
title = "t"
all = ["app.bad"]
[[rule]]
id = "app.bad"
kind = "content"
title = "t"
paths = ["*.txt"]
forbid = 'bad'
[[suppress]]
rule = "app.bad"
path = "a.txt"
reason = "r"
until = 2099-01-01
)"},
                                                 {"a.txt", "bad\n"}};
  const std::unique_ptr<Bench> bench = load(files);
  INFO(base::render(bench->diagnostics, false));
  REQUIRE_FALSE(bench->diagnostics.has_errors());
  const RunResult result = judge(*bench);
  REQUIRE(result.outcomes.size() >= 2);
  CHECK(result.outcomes[0].rule == "app.group");
  CHECK(result.outcomes[0].verdict == finding::Verdict::passed);
}

// A check that throws: a mistake of ours.
class Broken final : public checks::Check {
 public:
  [[nodiscard]] checks::Answer run(const checks::Context& /*context*/) const override {
    const std::map<int, int> empty;
    return checks::Answer::could_not_run(std::to_string(empty.at(1)));
  }
};

TEST_CASE("a check that throws could not run, and the others go on") {
  const std::unique_ptr<Bench> bench = load({{"gate.toml", R"(
[gate]
version = 1
packs = []
[[rule]]
id = "app.one"
kind = "files"
title = "t"
require = ["gate.toml"]
[[rule]]
id = "app.two"
kind = "files"
title = "t"
require = ["gate.toml"]
)"}});
  REQUIRE_FALSE(bench->diagnostics.has_errors());
  policy::Conditions conditions(*bench->files, std::nullopt);
  Plan planned = plan(bench->policy, bench->checks, {}, conditions);
  const Broken broken;
  planned.tasks[0].check = &broken;
  const RunResult result = run(bench->policy, planned, checks::Context{*bench->files}, {2});
  CHECK(result.outcomes[0].verdict == finding::Verdict::could_not_run);
  CHECK(result.outcomes[0].reason.starts_with("this is a bug in gate: "));
  CHECK(result.outcomes[1].verdict == finding::Verdict::passed);
}

}  // namespace
}  // namespace gate::engine::test
