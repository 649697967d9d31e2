#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/policy/digest.h"
#include "support.h"

namespace gate::policy::test {
namespace {

constexpr const char* kRule = "[[rule]]\nid = \"app.a\"\nkind = \"probe\"\ntitle = \"t\"\n";

std::string ids(const Policy& policy) {
  std::vector<std::string> ids;
  for (const Rule& rule : policy.rules)
    ids.push_back(rule.enabled ? rule.head.id : rule.head.id + " off");
  return fmt::format("{}", fmt::join(ids, " "));
}

std::string digest(const Texts& files) {
  const auto loaded = load(files);
  INFO(loaded->errors());
  REQUIRE_FALSE(loaded->diagnostics.has_errors());
  return policy::digest(loaded->policy);
}

TEST_CASE(
    "without a gate.toml the packs are those that fit, and the disabled rules stay disabled") {
  const auto bare = load({});
  CHECK(bare->errors().empty());
  CHECK(bare->policy.file.empty());
  CHECK(bare->policy.packs_detected);
  CHECK(ids(bare->policy) == "shop.no-price shop.no-stock off");
  const auto php = load({{"artisan", ""}});
  CHECK(fmt::format("{}", fmt::join(php->policy.packs, " ")) == "order php shop");
  CHECK(ids(php->policy) == "php.debug-call shop.no-price shop.no-stock off");
}

TEST_CASE("a strict rule is on where strictness is asked for") {
  const std::string strict = std::string(kRule) + "strict = true\n";
  const auto with = [&](const std::string& gate, const std::string& more, LoadOptions options) {
    const auto loaded = load({{"gate.toml", gate + strict + more}}, std::move(options));
    INFO(loaded->errors());
    CHECK(loaded->errors().empty());
    return loaded->policy.find("app.a")->enabled;
  };
  const std::string gate = "[gate]\npacks = []\n";
  CHECK_FALSE(with(gate, "", {}));
  CHECK(with("[gate]\npacks = []\nstrict = true\n", "", {}));
  CHECK(with(gate, "enabled = true\n", {}));
  CHECK_FALSE(with("[gate]\npacks = []\nstrict = true\n", "enabled = false\n", {}));
  LoadOptions options;
  options.strict = true;
  CHECK(with(gate, "", options));
  // Who names a pack on the command line wants all of it.
  LoadOptions by_name;
  by_name.packs = {"shop"};
  CHECK(with(gate, "", by_name));
}

TEST_CASE("a file that was named must be there, and must be readable") {
  LoadOptions options;
  options.file = "ops/policy.toml";
  options.file_required = true;
  CHECK(load({}, options)->errors() == "error: `ops/policy.toml` does not exist\n");
  CHECK(load({{"gate.toml", "-> elsewhere"}})->errors() == "error: gate.toml is a symbolic link\n");
}

TEST_CASE("named packs come in the order of their names, with those that join any list") {
  const auto loaded = load({{"gate.toml", "[gate]\nversion = 1\npacks = [\"shop\", \"php\"]\n"}});
  CHECK(loaded->errors().empty());
  CHECK(fmt::format("{}", fmt::join(loaded->policy.packs, " ")) == "shop php order");
  CHECK_FALSE(loaded->policy.packs_detected);
  const auto none = load({{"gate.toml", std::string("[gate]\npacks = []\n") + kRule}});
  CHECK(fmt::format("{}", fmt::join(none->policy.packs, " ")) == "order");
}

TEST_CASE("packs of the command line take the place of those of the file") {
  LoadOptions options;
  options.packs = {"php"};
  const auto loaded = load({{"gate.toml", R"([gate]
packs = ["shop"]
[vars]
domains = "unused here, and no mistake"
[[override]]
rule = "shop.no-price"
severity = "error"
[[suppress]]
rule = "shop.no-price"
reason = "r"
until = 2027-01-01
)"}},
                           options);
  CHECK(loaded->errors().empty());
  CHECK(ids(loaded->policy) == "php.debug-call");
  options.packs = {"phq"};
  CHECK(load({}, options)->errors() ==
        "error: --pack: unknown pack `phq`\n  = help: did you mean `php`?\n");
}

TEST_CASE("what names a rule of a pack that detection left out is only warned of") {
  const auto loaded =
      load({{"gate.toml",
             "[[override]]\nrule = \"php.debug-call\"\nseverity = \"warning\"\nwhy = \"w\"\n"}});
  CHECK(loaded->errors() ==
        R"(warning: `php.debug-call` is in the pack `php`, which this policy does not use
 --> gate.toml:2:8
  |
2 | rule = "php.debug-call"
  |        ^^^^^^^^^^^^^^^^
  = help: the packs were chosen by what the repository holds
)");
}

TEST_CASE("vars of packs are defaults, those of files win, the command line has the last word") {
  const std::string policy = "[gate]\npacks = [\"shop\"]\n[vars]\nlimit = 7\n";
  CHECK(load({{"gate.toml", policy}})
            ->kinds.find("shop.no-price text=- list=https://shop.example.org/up integer=7 ") == 0);
  LoadOptions options;
  options.vars = {{"domains", "a,b"}, {"limit", "9"}, {"other", "x"}, {"no name", "x"}};
  const auto loaded = load({{"gate.toml", policy}}, options);
  CHECK(loaded->kinds.find("shop.no-price text=- list=a/up,b/up integer=9 ") == 0);
  CHECK(loaded->errors() ==
        "error: --var: `no name` cannot be the name of a var\n  = help: use letters, digits, `_` "
        "and `-`\n");
  options.vars.pop_back();
  CHECK(load({{"gate.toml", policy}}, options)->errors() ==
        "warning: --var: no rule uses the var `other`\n");
}

TEST_CASE(
    "vars are put in by what a key takes: quoted in patterns, one element for each value in "
    "lists") {
  const auto loaded = load({{"gate.toml", std::string(R"([gate]
packs = []
[vars]
hosts = ["a.example", "b.example"]
one = "x+y"
none = []
)") + kRule + R"(text = "$${one} ${one} $ ${ ${A:-b}"
list = ["${hosts}:${one}", "${none}"]
pattern = '^(${hosts}|${one}|\${one}|${none})$'
)"}});
  CHECK(loaded->errors().empty());
  CHECK(
      loaded->kinds ==
      "app.a text=${one} x+y $ ${ ${A:-b} list=a.example:x+y,b.example:x+y integer=0 boolean=false "
      "pattern=^((?:a\\.example|b\\.example)|x\\+y|\\${one}|[^\\x00-\\x{10FFFF}])$ patterns=0 "
      "choice=any ms=0 bytes=0 map=0\n");
}

TEST_CASE("every kind of value is read as it is meant") {
  const auto loaded =
      load({{"gate.toml", std::string("[gate]\npacks = []\n") + kRule + R"(list = "one"
integer = 100
boolean = true
patterns = ['a', 'b']
globs = "app/**"
choice = "every"
duration = "2h"
bytes = "5MB"
date = 2027-03-01
map = { A = "1", b = "2" }
)"}});
  CHECK(loaded->errors().empty());
  CHECK(loaded->kinds ==
        "app.a text=- list=one integer=100 boolean=true pattern=- patterns=2 choice=every "
        "ms=7200000 bytes=5242880 map=2\n");
}

TEST_CASE("an override replaces keys, for the kind as for the head") {
  const auto loaded = load({{"gate.toml", R"([gate]
packs = ["shop"]
[[override]]
rule = "peer:PRICE"
severity = "error"
stages = ["push"]
checklist = ["SHOP-1"]
text = "new ${limit}"
[[override]]
rule = "shop.no-*"
enabled = true
[[override]]
rule = "shop.no-price"
severity = "note"
text = "newer"
why = "for now"
)"}});
  INFO(loaded->errors());
  CHECK_FALSE(loaded->diagnostics.has_errors());
  const Rule* rule = loaded->policy.find("shop.no-price");
  REQUIRE(rule != nullptr);
  CHECK(rule->head.severity == finding::Severity::note);
  CHECK(rule->head.stages == std::vector<Stage>{Stage::push});
  CHECK(rule->head.checklist == std::vector<std::string>{"SHOP-1"});
  CHECK(rule->head.why.empty());
  CHECK(rule->overrides.size() == 3);
  CHECK(loaded->policy.find("shop.no-stock")->enabled);
  CHECK(loaded->policy.find("peer:PRICE") == rule);
  CHECK(loaded->policy.find("shop.no-prices") == nullptr);
  CHECK(loaded->kinds.find(
            "shop.no-price text=newer list=https://shop.example.org/up integer=3 ") == 0);
}

TEST_CASE("a rule that is switched off keeps the reason") {
  const auto loaded = load({{"gate.toml", R"([gate]
packs = ["shop"]
[[override]]
rule = "shop.no-price"
enabled = false
why = "prices come from another system"
)"}});
  CHECK(loaded->errors().empty());
  const Rule* rule = loaded->policy.find("shop.no-price");
  CHECK_FALSE(rule->enabled);
  CHECK(rule->disabled_why == "prices come from another system");
  CHECK(loaded->policy.find("shop.no-stock")->disabled_why.empty());
}

TEST_CASE("suppressions, environments and checklists are taken as written") {
  const auto loaded = load({{"gate.toml", R"([gate]
packs = ["shop"]
fail_on = "warning"
checklist = "docs/DEPLOYMENT.md"
[environment.production]
files = [".env.production", "/etc/app/.env"]
process = "APP_*"
[[suppress]]
rule = "peer:PRICE"
path = "docker/dev/**"
match = "price"
reason = "samples"
until = 2027-03-01
owner = "@platform"
)"}});
  CHECK(loaded->errors().empty());
  const Policy& policy = loaded->policy;
  CHECK(policy.fail_on == finding::Severity::warning);
  CHECK(policy.checklists == std::vector<std::string>{"docs/DEPLOYMENT.md"});
  REQUIRE(policy.environments.size() == 1);
  CHECK(policy.environments[0].name == "production");
  CHECK(policy.environments[0].files ==
        std::vector<std::string>{".env.production", "/etc/app/.env"});
  CHECK(policy.environments[0].process == std::vector<std::string>{"APP_*"});
  CHECK(policy.environments[0].dialect == "auto");
  REQUIRE(policy.suppressions.size() == 1);
  const Suppress& suppress = policy.suppressions[0];
  CHECK(suppress.paths.matches("docker/dev/a/b"));
  CHECK_FALSE(suppress.paths.matches("docker/prod/a"));
  CHECK(suppress.match == "price");
  CHECK(suppress.owner == "@platform");
  CHECK(base::format_date(suppress.until) == "2027-03-01");
}

TEST_CASE(
    "includes are found from the folder of the main file, at one level where a glob has no `**`") {
  LoadOptions options;
  options.file = "ops/gate.toml";
  const auto rule = [](std::string_view id) {
    return fmt::format("[[rule]]\nid = \"app.{}\"\nkind = \"probe\"\ntitle = \"t\"\n", id);
  };
  const auto loaded =
      load({{"ops/gate.toml",
             "[gate]\npacks = []\ninclude = [\"rules/*.toml\", \"z.toml\"]\n" + rule("main")},
            {"ops/rules/b.toml", rule("b")},
            {"ops/rules/a.toml", rule("a")},
            {"ops/rules/deep/c.toml", rule("c")},
            {"rules/d.toml", rule("d")},
            {"ops/z.toml", rule("z")}},
           options);
  CHECK(loaded->errors().empty());
  CHECK(ids(loaded->policy) == "app.main app.a app.b app.z");
}

TEST_CASE("the digest is that of what decides") {
  const std::string base =
      digest({{"gate.toml", "[gate]\npacks = [\"shop\"]\n" + std::string(kRule) +
                                "text = \"a\"\ninteger = 10\n"}});
  CHECK(base.starts_with("sha256:"));
  CHECK(base.size() == 7 + 64);
}

TEST_CASE("the digest does not change with comments, order, prose and files") {
  const std::string b = "[[rule]]\nid = \"app.b\"\nkind = \"probe\"\ntitle = \"t\"\n";
  const std::string first =
      digest({{"gate.toml", "[gate]\npacks = [\"shop\"]\n" + std::string(kRule) +
                                "text = \"a\"\ninteger = 10\n" + b}});
  CHECK(first ==
        digest({{"gate.toml", "# why\n[gate]\npacks = [\"shop\"]\ninclude = [\"a.toml\"]\n" + b},
                {"a.toml",
                 "[[rule]]\ninteger = 1_0\ntext = 'a'\nid = \"app.a\"\nkind = \"probe\"\ntitle = "
                 "\"other\"\n"
                 "why = \"because\"\n"}}));
}

TEST_CASE("the digest changes with everything that decides") {
  const std::string head = "[gate]\npacks = [\"shop\"]\n";
  const std::string rule = kRule;
  const std::vector<std::string> policies = {
      head + rule,
      head + rule + "text = \"a\"\n",
      head + rule + "list = [\"a\"]\n",
      head + rule + "list = [\"a\", \"b\"]\n",
      head + rule + "list = [\"ab\"]\n",
      head + rule + "severity = \"note\"\n",
      head + rule + "stages = [\"push\"]\n",
      head + rule + "when.file = \"a\"\n",
      head + rule + "when.branch = \"a\"\n",
      head + rule + "when.none = [{ file = \"a\" }]\n",
      head + rule + "when.none = [{ package = \"a\" }]\n",
      head + rule + "enabled = false\n",
      head + "fail_on = \"note\"\n" + rule,
      head + "checklist = \"a.md\"\n" + rule,
      head + "[vars]\nlimit = 4\n" + rule,
      head + "[environment.production]\nfiles = [\".env\"]\n" + rule,
      head + rule + "[[suppress]]\nrule = \"app.a\"\nreason = \"r\"\nuntil = 2027-01-01\n",
      head + rule + "[[suppress]]\nrule = \"app.a\"\nreason = \"r\"\nuntil = 2028-01-01\n",
      head + rule +
          "[[suppress]]\nrule = \"app.a\"\npath = \"x\"\nreason = \"r\"\nuntil = 2027-01-01\n",
      head + rule + "[[override]]\nrule = \"shop.no-price\"\nseverity = \"error\"\n",
      head + rule + "[[override]]\nrule = \"shop.no-price\"\ntext = \"x\"\n",
      "[gate]\npacks = []\n" + rule,
  };
  std::map<std::string, std::string> seen;
  for (const std::string& policy : policies) {
    const auto [known, is_new] = seen.emplace(digest({{"gate.toml", policy}}), policy);
    INFO(policy << "\nis as\n" << known->second);
    CHECK(is_new);
  }
}

TEST_CASE("no start of a policy makes the loader fall over") {
  const std::string policy = R"([gate]
packs = ["shop"]
include = ["a.toml"]
[vars]
domains = ["x", 1]
[environment.production]
files = [".env"]
[[override]]
rule = "shop.*"
severity = "error"
[[suppress]]
rule = "shop.*"
reason = "r"
until = 2027-01-01
[[rule]]
id = "app.a"
kind = "probe"
title = "t"
when.files = ["a"]
pattern = '${domains}'
)";
  for (std::size_t size = 0; size <= policy.size(); ++size) {
    const auto loaded = load({{"gate.toml", policy.substr(0, size)}, {"a.toml", ""}});
    if (!loaded->diagnostics.has_errors()) CHECK_FALSE(policy::digest(loaded->policy).empty());
  }
}

}  // namespace
}  // namespace gate::policy::test
