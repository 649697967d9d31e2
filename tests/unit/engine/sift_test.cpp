#include "gate/engine/sift.h"

#include <catch2/catch.hpp>

#include "support.h"

namespace gate::engine::test {
namespace {

// One rule that forbids the word `bad` in every .php file, and the rules about suppressions.
std::string policy(std::string_view more = {}) {
  return R"(
[gate]
version = 1
packs = ["gate"]

[[rule]]
id = "app.word"
kind = "content"
title = "the word is there"
aliases = ["other:B1"]
paths = ["*.php"]
forbid = 'bad'
message = "found `{0}`"
)" + std::string(more);
}

// Returns the outcome of app.word, then of the suppression rules, as text.
std::string judged(const std::map<std::string, std::string>& files) {
  const std::unique_ptr<Bench> bench = load(files);
  INFO(base::render(bench->diagnostics, false));
  REQUIRE_FALSE(bench->diagnostics.has_errors());
  return spell(judge(*bench));
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("a comment behind code covers its own line and no other") {
  const std::string text =
      judged({{"gate.toml", policy()},
              {"a.php", "bad(); // gate:allow app.word old client until=2026-12-31\nbad();\n"}});
  CHECK(holds(text, "app.word failed"));
  CHECK(holds(text, "a.php:1:1 found `bad` [suppressed: old client]"));
  CHECK(holds(text, "a.php:2:1 found `bad`\n"));
}

TEST_CASE("a comment alone on its line covers the next line and no other") {
  const std::string text =
      judged({{"gate.toml", policy()},
              {"a.php", "  # gate:allow app.word old client until=2026-12-31\nbad();\nbad();\n"}});
  CHECK(holds(text, "a.php:2:1 found `bad` [suppressed: old client]"));
  CHECK(holds(text, "a.php:3:1 found `bad`\n"));
}

TEST_CASE("a rule whose findings are all suppressed has passed and says why") {
  const std::string text =
      judged({{"gate.toml", policy()},
              {"a.php", "bad(); /* gate:allow app.word old client until=2026-12-31 */\n"}});
  CHECK(holds(text, "app.word passed: its only finding is suppressed"));
}

TEST_CASE("comments are known in every syntax, and in Markdown only as HTML comments") {
  for (const std::string comment :
       {"# gate:allow app.word r until=2026-12-31", "// gate:allow app.word r until=2026-12-31",
        "/* gate:allow app.word r until=2026-12-31 */", "-- gate:allow app.word r until=2026-12-31",
        "; gate:allow app.word r until=2026-12-31",
        "{{-- gate:allow app.word r until=2026-12-31 --}}",
        "{# gate:allow app.word r until=2026-12-31 #}",
        "<!-- gate:allow app.word r until=2026-12-31 -->"}) {
    CAPTURE(comment);
    CHECK(holds(judged({{"gate.toml", policy()}, {"a.php", "bad " + comment + "\n"}}),
                "[suppressed: r]"));
  }
  const std::string text = judged({{"gate.toml", policy()},
                                   {"a.php", "good\n"},
                                   {"README.md", "# gate:allow app.word r until=2026-12-31\n"}});
  CHECK(holds(text, "gate.suppression-unused not_applicable"));
}

TEST_CASE("an expired comment covers nothing and is a finding") {
  const std::string text =
      judged({{"gate.toml", policy()},
              {"a.php", "bad(); // gate:allow app.word old client until=2026-05-31\n"}});
  CHECK(holds(text, "a.php:1:1 found `bad`\n"));
  CHECK(holds(text, "a.php:1:8 the suppression of `app.word` ended on 2026-05-31: old client\n"));
}

TEST_CASE("a suppression still holds on its last day") {
  CHECK(holds(judged({{"gate.toml", policy()},
                      {"a.php", "bad(); // gate:allow app.word r until=2026-06-01\n"}}),
              "[suppressed: r]"));
}

TEST_CASE("a comment that covers nothing is a finding") {
  const std::string text =
      judged({{"gate.toml", policy()},
              {"a.php", "good(); // gate:allow app.word old client until=2026-12-31\n"}});
  CHECK(holds(text, "gate.suppression-unused failed"));
  CHECK(holds(text, "a.php:1:9 the suppression of `app.word` covers no finding\n"));
}

TEST_CASE("a comment that cannot be read covers nothing and says what is missing") {
  const auto malformed = [](const std::string& comment) {
    return judged({{"gate.toml", policy()}, {"a.php", "bad(); " + comment + "\n"}});
  };
  CHECK(holds(malformed("// gate:allow"), "`gate:allow` names no rule"));
  CHECK(holds(malformed("// gate:allow app.word until=2026-12-31"),
              "`gate:allow app.word` gives no reason"));
  CHECK(holds(malformed("// gate:allow app.word old client"), "`gate:allow app.word` has no end"));
  CHECK(holds(malformed("// gate:allow app.word old client until=soon"), "`until=soon` is no day"));
  CHECK(holds(malformed("// gate:allow app.wrod old client until=2026-12-31"),
              "did you mean `app.word`?"));
  CHECK(holds(malformed("// gate:allow"), "a.php:1:1 found `bad`\n"));
}

TEST_CASE("suppressions of the policy go by rule, alias or glob, path and message") {
  const auto with = [](const std::string& keys) {
    return judged(
        {{"gate.toml", policy("\n[[suppress]]\nreason = \"r\"\nuntil = 2026-12-31\n" + keys)},
         {"a.php", "bad\n"},
         {"b/a.php", "bad\n"}});
  };
  CHECK(holds(with("rule = \"app.word\"\n"), "app.word passed: all 2 findings are suppressed"));
  CHECK(holds(with("rule = \"other:B1\"\n"), "app.word passed: all 2 findings are suppressed"));
  CHECK(holds(with("rule = \"app.*\"\n"), "app.word passed: all 2 findings are suppressed"));
  const std::string one = with("rule = \"app.word\"\npath = \"b/**\"\n");
  CHECK(holds(one, "b/a.php:1:1 found `bad` [suppressed: r]"));
  CHECK(holds(one, " a.php:1:1 found `bad`\n"));
  CHECK(holds(with("rule = \"app.word\"\npath = \"c/**\"\n"),
              "the suppression of `app.word` covers no finding"));
}

TEST_CASE("fingerprints do not move with the line and differ for equal findings") {
  const auto prints = [](const std::string& content) {
    const std::unique_ptr<Bench> bench = load({{"gate.toml", policy()}, {"a.php", content}});
    const RunResult result = judge(*bench);
    std::vector<std::string> fingerprints;
    for (const finding::Outcome& outcome : result.outcomes) {
      if (outcome.rule != "app.word") continue;
      for (const finding::Finding& finding : outcome.findings)
        fingerprints.push_back(finding.fingerprint);
    }
    return fingerprints;
  };
  const std::vector<std::string> here = prints("one();\nbad();\ntwo();\n");
  REQUIRE(here.size() == 1);
  CHECK(here.front().size() == 32);
  CHECK(prints("\n\n\none();\n    bad();\ntwo();\n") == here);
  CHECK(prints("one();\nbad(1);\ntwo();\n") != here);
  const std::vector<std::string> twice = prints("x\nbad();\nx\nbad();\nx\n");
  REQUIRE(twice.size() == 2);
  CHECK(twice[0] != twice[1]);
}

TEST_CASE("a suppression is bound to a known hole, a package and its versions") {
  const std::string rules = R"(
[gate]
version = 1
packs = ["gate"]

[[rule]]
id = "app.holes"
kind = "lockfile"
title = "a hole"
advisories = {}
)";
  const auto suppressed = [&](const std::string& keys) {
    const std::string text = judged(
        {{"gate.toml", rules + "[[suppress]]\nrule = \"app.holes\"\n" + keys +
                           "\nreason = \"not reached\"\nuntil = 2026-12-31\n"},
         {"requirements.txt", "Old_Thing==1.5\n"},
         {".gate/advisories/a.json",
          R"({"id": "X-1", "aliases": ["CVE-1"], "affected": [{"package": {"ecosystem": "PyPI", "name": "old-thing"}, "versions": ["1.5"]}]})"}});
    CHECK(holds(text, "X-1"));
    return holds(text, "[suppressed: not reached]");
  };
  CHECK(suppressed("advisory = \"X-1\""));
  CHECK(suppressed("advisory = \"cve-1\""));
  CHECK_FALSE(suppressed("advisory = \"X-2\""));
  CHECK(suppressed("package = \"old.thing\""));
  CHECK_FALSE(suppressed("package = \"other\""));
  CHECK(suppressed("package = \"old-thing\"\nversions = \"<2\""));
  CHECK_FALSE(suppressed("package = \"old-thing\"\nversions = \"<1.5\""));
  CHECK(suppressed("advisory = \"X-1\"\npackage = \"old-thing\"\nversions = \">=1\""));
  CHECK_FALSE(suppressed("advisory = \"X-2\"\npackage = \"old-thing\""));
}

}  // namespace
}  // namespace gate::engine::test
