#include "gate/engine/examples.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/policy/packs.h"
#include "support.h"

namespace gate::engine::test {
namespace {

std::string results(const std::string& examples) {
  const std::unique_ptr<Bench> bench = load({{"gate.toml", R"(
[gate]
version = 1
packs = []
[[rule]]
id = "app.bad"
kind = "content"
title = "t"
paths = ["*.php"]
forbid = 'bad'
message = "found it"
)" + examples}});
  base::Diagnostics diagnostics;
  std::string text = base::render(bench->diagnostics, false);
  for (const ExampleResult& result : run_examples(bench->policy, {}, diagnostics)) {
    text += fmt::format("{} {}{}{}\n", result.number, result.name,
                        result.failure.empty() ? "" : ": ", result.failure);
  }
  return text + base::render(diagnostics, false);
}

TEST_CASE("an example that comes out as it says is no failure") {
  CHECK(results("[[rule.example]]\nexpect = \"fail\"\nat = \"2:3\"\nmessage = \"found it\"\npath = "
                "\"a.php\"\n"
                "text = '''\n\n  bad\n'''\n"
                "[[rule.example]]\nexpect = \"pass\"\ntitle = \"another file\"\nfiles = { "
                "\"a.php\" = \"good\", \"a.js\" = \"bad\" }\n") ==
        "1 fails\n2 passes: another file\n");
}

TEST_CASE("an example that comes out otherwise says what was expected and what came") {
  CHECK(results("[[rule.example]]\nexpect = \"pass\"\npath = \"a.php\"\ntext = \"bad\"\n") ==
        "1 passes: expected passed, but it is failed; a.php:1:1: found it\n");
  CHECK(results("[[rule.example]]\nexpect = \"fail\"\npath = \"a.php\"\ntext = \"good\"\n") ==
        "1 fails: expected failed, but it is passed\n");
  CHECK(results("[[rule.example]]\nexpect = \"fail\"\nat = \"1:2\"\npath = \"a.php\"\ntext = "
                "\"bad\"\n") == "1 fails: expected findings at 1:2, found 1:1\n");
  CHECK(results("[[rule.example]]\nexpect = \"fail\"\nmessage = \"lost it\"\npath = "
                "\"a.php\"\ntext = \"bad\"\n") ==
        "1 fails: expected the message `lost it`, found `\nfound it`\n");
}

TEST_CASE("every example of every shipped rule comes out as it says") {
  for (const std::string_view pack : policy::pack_names()) {
    policy::LoadOptions options;
    options.packs = {std::string(pack)};
    options.read = [](std::string_view) {
      return Result<std::optional<std::string>>(std::nullopt);
    };
    CheckList checks;
    base::Diagnostics diagnostics;
    policy::Policy policy = policy::load(options, checks.callback(), diagnostics);
    settle(policy, checks, diagnostics);
    for (const ExampleResult& result : run_examples(policy, {}, diagnostics)) {
      INFO(fmt::format("{} example {}", result.rule->head.id, result.number));
      CHECK(result.failure.empty());
      if (!result.failure.empty()) WARN(result.failure);
    }
    CHECK(base::render(diagnostics, false).empty());
  }
}

}  // namespace
}  // namespace gate::engine::test
