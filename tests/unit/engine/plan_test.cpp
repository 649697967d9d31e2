#include "gate/engine/plan.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/policy/when.h"
#include "support.h"

namespace gate::engine::test {
namespace {

constexpr const char* kPolicy = R"(
[gate]
version = 1
packs = []

[[rule]]
id = "app.everywhere"
kind = "files"
title = "t"
require = ["README.md"]

[[rule]]
id = "app.deploy"
kind = "files"
title = "t"
stages = ["deploy", "verify"]
require = ["README.md"]

[[rule]]
id = "app.php"
kind = "files"
title = "t"
when.file = "artisan"
require = ["README.md"]

[[rule]]
id = "app.tests"
kind = "command"
title = "t"
run = ["true"]

[[rule]]
id = "app.all"
kind = "group"
title = "t"
all = ["app.everywhere", "app.php"]
)";

std::string planned(const Selection& selection) {
  const std::unique_ptr<Bench> bench = load({{"gate.toml", kPolicy}, {"README.md", ""}});
  INFO(base::render(bench->diagnostics, false));
  REQUIRE_FALSE(bench->diagnostics.has_errors());
  policy::Conditions conditions(*bench->files, std::nullopt);
  std::string text;
  for (const Task& task : plan(bench->policy, bench->checks, selection, conditions).tasks) {
    text +=
        fmt::format("{}{}{}\n", task.rule->head.id, task.refusal.empty() ? "" : ": ", task.refusal);
  }
  return text;
}

TEST_CASE("every rule is in the plan, and the ones that do not apply say why") {
  CHECK(planned({}) ==
        "app.everywhere\n"
        "app.deploy: asked at stage deploy, verify\n"
        "app.php: no file matches `artisan`\n"
        "app.tests\n"
        "app.all\n");
}

TEST_CASE("commands stay away where they are switched off") {
  Selection selection;
  selection.no_commands = true;
  CHECK(planned(selection).find("app.tests: --no-commands: no program is started\n") !=
        std::string::npos);
}

TEST_CASE("a selection leaves rules out, but not those that a chosen rule needs") {
  Selection selection;
  REQUIRE(selection.rules.add("app.all").has_value());
  CHECK(planned(selection) == "app.everywhere\napp.php: no file matches `artisan`\napp.all\n");
  Selection without;
  REQUIRE(without.skip.add("app.e*").has_value());
  CHECK(planned(without).find("app.everywhere: --skip leaves it out\n") != std::string::npos);
  REQUIRE(without.skip.add("app.all").has_value());
  CHECK(planned(without).find("app.everywhere") == std::string::npos);
}

TEST_CASE("rules that refer to unknown rules or to themselves are mistakes of the policy") {
  const auto mistakes = [](const std::string& rules) {
    const std::unique_ptr<Bench> bench =
        load({{"gate.toml", "[gate]\nversion = 1\npacks = []\n" + rules}});
    return base::render(bench->diagnostics, false);
  };
  CHECK(
      mistakes("[[rule]]\nid = \"app.a\"\nkind = \"group\"\ntitle = \"t\"\nall = [\"app.b\"]\n") ==
      "error: `app.a` refers to the rule `app.b`, which this policy does not have\n"
      " --> gate.toml:8:8\n"
      "  |\n"
      "8 | all = [\"app.b\"]\n"
      "  |        ^^^^^^^\n"
      "  = help: `gate rules list` names the rules; a rule of a pack needs its pack in `packs`\n");
  CHECK(mistakes("[[rule]]\nid = \"app.a\"\nkind = \"group\"\ntitle = \"t\"\nall = [\"app.b\"]\n"
                 "[[rule]]\nid = \"app.b\"\nkind = \"group\"\ntitle = \"t\"\nall = [\"app.a\"]\n")
            .starts_with("error: rules wait for each other: `app.a` -> `app.b` -> `app.a`\n"));
}

}  // namespace
}  // namespace gate::engine::test
