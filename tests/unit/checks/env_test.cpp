#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "gate/checks/env/addresses.h"
#include "gate/checks/env/value_tests.h"
#include "gate/checks/environment_load.h"
#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using policy::Stage;
using test::RuleUnderTest;
using test::sample;

// Judges `.env.production` with this text; other files beside it, or Laravel.
std::string judge(std::string_view keys, const std::string& env,
                  std::map<std::string, std::string> files = {}) {
  const RuleUnderTest rule("env", keys);
  CHECK(rule.mistakes().empty());
  if (files.empty()) files["artisan"] = "";
  files[".env.production"] = env;
  const auto snapshot = sample(files);
  const Environment environment =
      load_environment({"production", {".env.production"}, {}, "auto"}, *snapshot, {}, {});
  Context context{*snapshot};
  context.environment = &environment;
  return test::spell(rule.run(context));
}

std::string mistakes(std::string_view keys) { return RuleUnderTest("env", keys).mistakes(); }

struct Case {
  std::string_view keys;
  std::string env;
  std::string wanted;
};

void check(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    INFO(one.keys << "\n" << one.env);
    CHECK(judge(one.keys, one.env) == one.wanted);
  }
}

TEST_CASE("the value of a variable is compared with texts") {
  const std::string_view equals = R"(keys = "APP_DEBUG"
equals = "false")";
  const std::string_view one_of = R"(keys = "LOG_LEVEL"
one_of = ["error", "warning"])";
  check({
      {equals, "APP_DEBUG=false\n", "passed"},
      {equals, "X=1\nAPP_DEBUG=true\n",
       "failed\n.env.production:2:11 `APP_DEBUG` is `true`, not `false` [set APP_DEBUG=false]"},
      {equals, "APP_DEBUG=False\n",
       "failed\n.env.production:1:11 `APP_DEBUG` is `False`, not `false` [set APP_DEBUG=false]"},
      {equals, "APP_DEBUG=\n",
       "failed\n.env.production:1:11 `APP_DEBUG` is empty, not `false` [set APP_DEBUG=false]"},
      {"keys = \"A\"\nequals = \"x\"\nignore_case = true", "A=X\n", "passed"},
      {"keys = \"DB_PASSWORD\"\nequals = \"abc\"", "DB_PASSWORD=hunter\n",
       "failed\n.env.production:1:13 `DB_PASSWORD` (set, 6 characters) is not the value that is "
       "wanted"},
      {"keys = \"A\"\nnot_equals = \"x\"", "A=y\n", "passed"},
      {"keys = \"A\"\nnot_equals = \"x\"", "A=x\n",
       "failed\n.env.production:1:3 `A` is `x`, which it must not be"},
      {one_of, "LOG_LEVEL=warning\n", "passed"},
      {one_of, "LOG_LEVEL=debug\n",
       "failed\n.env.production:1:11 `LOG_LEVEL` is `debug`, not one of `error`, `warning` [set "
       "LOG_LEVEL=error]"},
      {"keys = \"A\"\nnone_of = [\"sync\", \"null\"]", "A=redis\n", "passed"},
      {"keys = \"A\"\nnone_of = [\"sync\", \"null\"]", "A=sync\n",
       "failed\n.env.production:1:3 `A` is `sync`, which it must not be"},
      {"keys = \"A\"\nmatches = '^pk_live_'", "A=pk_live_1\n", "passed"},
      {"keys = \"A\"\nmatches = ['^a', 'z$']", "A=abc\n",
       "failed\n.env.production:1:3 `A` is `abc`, which does not match `z$`"},
      {"keys = \"A\"\nnot_matches = '(?i)debug'", "A=Debug\n",
       "failed\n.env.production:1:3 `A` is `Debug`, which matches `(?i)debug`"},
      {"keys = \"A\"\nnot_matches = 'debug'", "A=error\n", "passed"},
      {"keys = \"A\"\nmin_length = 4", "A=\xC3\xA4\xC3\xA4\xC3\xA4\n",
       "failed\n.env.production:1:3 `A` has 3 characters, at least 4 are needed"},
      {"keys = \"A\"\nmin_length = 4", "A=abcd\n", "passed"},
  });
}

TEST_CASE("comma separated values are judged by element") {
  const std::string_view contains = R"(keys = "ORIGINS"
contains = ["https://a.sa", "https://b.sa"])";
  check({
      {contains, "ORIGINS=\"https://b.sa, https://a.sa,https://c.sa\"\n", "passed"},
      {contains, "ORIGINS=https://a.sa\n",
       "failed\n.env.production:1:9 `ORIGINS` lacks `https://b.sa` [add `https://b.sa` to "
       "ORIGINS]"},
      {"keys = \"ORIGINS\"\nnot_contains = \"*\"", "ORIGINS=https://a.sa,*\n",
       "failed\n.env.production:1:9 `ORIGINS` holds `*` [take `*` out of ORIGINS]"},
      {"keys = \"ORIGINS\"\nnot_contains = \"*\"", "ORIGINS=https://*.a.sa\n", "passed"},
  });
}

TEST_CASE("secrets are judged and never shown") {
  const std::string_view strong = "keys = \"*_PASSWORD\"\nstrong = true\nforbid_placeholder = true";
  check({
      {strong, "DB_PASSWORD=vQ8!kd02_LmZx\n", "passed"},
      {strong, "DB_PASSWORD=changeme\n",
       "failed\n.env.production:1:13 `DB_PASSWORD` is a placeholder (set, 8 characters) [put the "
       "real value of DB_PASSWORD in]"},
      {strong, "DB_PASSWORD=vQ8kd\n",
       "failed\n.env.production:1:13 `DB_PASSWORD` has 5 characters, at least 12 are needed [set "
       "DB_PASSWORD to a long random "
       "value]"},
      {strong, "DB_PASSWORD=\n",
       "failed\n.env.production:1:13 `DB_PASSWORD` is empty [set DB_PASSWORD to a long random "
       "value]"},
      {strong, "DB_USERNAME=orders_rw_9xkq\nDB_PASSWORD=orders_rw_9xkq\n",
       "failed\n.env.production:2:13 `DB_PASSWORD` has the value of `DB_USERNAME` [set DB_PASSWORD "
       "to a long random value]"},
      {"keys = \"APP_KEY\"\nbase64_key = 32",
       "APP_KEY=base64:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=\n", "passed"},
      {"keys = \"APP_KEY\"\nbase64_key = 32", "APP_KEY=base64:MDEyMw==\n",
       "failed\n.env.production:1:9 `APP_KEY` is a key of 4 bytes, not of 32"},
      {"keys = \"APP_KEY\"\nbase64_key = 32", "APP_KEY=\n",
       "failed\n.env.production:1:9 `APP_KEY` is empty"},
  });
}

TEST_CASE("addresses, ports and e-mail addresses are judged by form and host") {
  check({
      {"keys = \"APP_URL\"\nurl = \"https\"", "APP_URL=https://lujaiin.sa\n", "passed"},
      {"keys = \"APP_URL\"\nurl = \"https\"", "APP_URL=http://lujaiin.sa\n",
       "failed\n.env.production:1:9 `APP_URL` begins with `http://`, not with `https://`"},
      {"keys = \"APP_URL\"\nurl = \"https\"", "APP_URL=https://localhost:8000\n",
       "failed\n.env.production:1:9 `APP_URL` names the host `localhost`, which is this machine"},
      {"keys = \"REDIS_URL\"\nurl = \"any\"", "REDIS_URL=redis://cache:6379/0\n", "passed"},
      {"keys = \"REDIS_URL\"\nurl = \"any\"", "REDIS_URL=cache:6379\n",
       "failed\n.env.production:1:11 `REDIS_URL` is no URL: it has no `https://` or the like in "
       "front"},
      {"keys = \"DB_PORT\"\nport = true", "DB_PORT=3306\n", "passed"},
      {"keys = \"DB_PORT\"\nport = true", "DB_PORT=70000\n",
       "failed\n.env.production:1:9 `DB_PORT` is `70000`, not a port from 1 to 65535"},
      {"keys = \"MAIL_FROM\"\nemail = true", "MAIL_FROM=shop@lujaiin.sa\n", "passed"},
      {"keys = \"MAIL_FROM\"\nemail = true", "MAIL_FROM=hello@example.com\n",
       "failed\n.env.production:1:11 `MAIL_FROM` is an address at `example.com`, which is reserved "
       "for examples and tests"},
      {"keys = \"*_URL\"\nurl = \"https\"", "ASSET_URL=\nAPP_URL=https://lujaiin.sa\n", "passed"},
  });
}

TEST_CASE("variables that are not set have no value to judge") {
  check({
      {"keys = [\"APP_DEBUG\", \"DEBUG\"]\nequals = \"false\"", "X=1\n",
       "not_applicable: none of `APP_DEBUG`, `DEBUG` is set"},
      {"keys = \"APP_DEBUG\"\nequals = \"false\"", "APP_DEBUG\n",
       "not_applicable: `APP_DEBUG` is not set"},
      {"keys = \"APP_URL\"\nurl = \"https\"", "APP_URL=\n", "not_applicable: `APP_URL` is empty"},
  });
}

TEST_CASE("required variables are set, and to something") {
  const std::string_view rule = "require = [\"DB_HOST\", \"DB_PORT\"]";
  check({
      {rule, "DB_HOST=db\nDB_PORT=1\n", "passed"},
      {rule, "DB_HOST=\nDB_PORT=null\n",
       "failed\n.env.production:1:9 `DB_HOST` is empty [set DB_HOST]\n"
       ".env.production:2:9 `DB_PORT` is `null`, which counts as not set [set DB_PORT]"},
      {rule, "DB_HOST\nDB_PORT=1\n",
       "failed\n.env.production `DB_HOST` is named without a value, which unsets it [set DB_HOST "
       "in `.env.production`]"},
      {rule, "DB_PORT=1\n",
       "failed\n.env.production `DB_HOST` is not set [set DB_HOST in `.env.production`]"},
      {"require_any = [\"A\", \"B\"]", "B=1\n", "passed"},
      {"require_any = [\"A\", \"B\"]", "B=(null)\n",
       "failed\n.env.production none of `A`, `B` is set [set one of them in `.env.production`]"},
      {"forbid = \"DEBUG_*\"", "A=1\n", "passed"},
      {"forbid = \"DEBUG_*\"", "DEBUG_BAR=\n",
       "failed\n.env.production:1:11 `DEBUG_BAR` must not be set here [take DEBUG_BAR out]"},
      {"require = \"APP_KEY\"\nkeys = \"APP_KEY\"\nbase64_key = 32", "APP_KEY=\n",
       "failed\n.env.production:1:9 `APP_KEY` is empty [set APP_KEY]"},
      {"require = \"A\"\nkeys = \"A\"\nport = true", "B=1\n",
       "failed\n.env.production `A` is not set [set A in `.env.production`]"},
  });
}

TEST_CASE("a condition on another variable decides whether the rule is asked") {
  const std::string_view rule =
      "require = \"SMS_KEY\"\nonly_if = { SMS_ENABLED = [\"true\", \"1\"] }";
  check({
      {rule, "SMS_ENABLED=true\nSMS_KEY=x\n", "passed"},
      {rule, "SMS_ENABLED=TRUE\n",
       "failed\n.env.production `SMS_KEY` is not set [set SMS_KEY in `.env.production`]"},
      {rule, "SMS_ENABLED=truely\n",
       "not_applicable: asked only where `SMS_ENABLED` is `true`, `1`; it is `truely`"},
      {rule, "SMS_KEY=x\n",
       "not_applicable: asked only where `SMS_ENABLED` is `true`, `1`; it is not set"},
      {"require = \"A\"\nonly_if = { D = \"redis|file\" }", "D=file\n",
       "failed\n.env.production `A` is not set [set A in `.env.production`]"},
  });
}

TEST_CASE("every key of the example file is set") {
  const std::string_view rule = "sample = \".env.example\"";
  CHECK(judge(rule, "A=1\nB=\n", {{".env.example", "A=\n# c\nB=x\nA=2\n"}}) == "passed");
  CHECK(
      judge(rule, "A=1\n", {{".env.example", "A=\n# c\nB=x\nB=2\n"}}) ==
      "failed\n.env.production `B` is in `.env.example` but not set [set B in `.env.production`]");
  CHECK(judge(rule, "A=1\n") == "not_applicable: there is no `.env.example`");
  CHECK(judge(rule, "A=1\n", {{".env.example", "A=x y\n"}}) ==
        "could_not_run: .env.example:1:5: white space in a value without quotes: phpdotenv refuses "
        "the whole file");
}

TEST_CASE("a file that its reader refuses never passes") {
  const std::string reason =
      ".env.production:2:5: white space in a value without quotes: phpdotenv refuses the whole "
      "file";
  for (const std::string_view keys :
       {"keys = \"A\"\nequals = \"1\"", "require = \"A\"", "require_any = \"A\"", "forbid = \"Z\"",
        "sample = \"none\"", "keys = \"Z\"\nport = true",
        "require = \"A\"\nonly_if = { Z = \"1\" }"}) {
    INFO(keys);
    CHECK(judge(keys, "A=1\nB=x y\n") == "could_not_run: " + reason);
  }
  CHECK(judge("syntax = true", "A=1\nB=x y\n") ==
        "failed\n.env.production:2:5 white space in a value without quotes: phpdotenv refuses the "
        "whole file");
  CHECK(judge("syntax = true", "A=1\n") == "passed");
  CHECK(judge("duplicates = true", "A=1\nB=x y\n") == "could_not_run: " + reason);
}

TEST_CASE("keys behind a quote that never closes are unknown, not absent") {
  const std::string what =
      "a quote that is never closed: phpdotenv drops this key and all that follow without a word";
  const std::string env = "A=1\nB=\"x\nC=http://x\n";
  CHECK(judge("open_quotes = true", env) == "failed\n.env.production:2:3 " + what);
  CHECK(judge("syntax = true", env) == "passed");
  CHECK(judge("keys = \"C\"\nurl = \"https\"", env) ==
        "could_not_run: .env.production:2:3: " + what);
  CHECK(judge("require = \"A\"\nonly_if = { C = \"x\" }", env) ==
        "could_not_run: .env.production:2:3: " + what);
  CHECK(judge("keys = \"A\"\nequals = \"1\"", env) == "passed");
  CHECK(judge("require = \"C\"", env) ==
        "failed\n.env.production `C` is not set [set C in `.env.production`]");
}

TEST_CASE("a key that stands twice is a finding at its second place") {
  CHECK(judge("duplicates = true", "A=1\nB=2\n") == "passed");
  CHECK(judge("duplicates = true", "A=1\nB=2\nA=3\n") ==
        "failed\n.env.production:3:1 `A` is set again, so line 1 has no effect [keep one line for "
        "A]");
}

TEST_CASE(
    "without an environment the rule says what to write, with a missing one where it is judged") {
  const RuleUnderTest rule("env", "require = \"A\"");
  const auto files = sample({{"README.md", ""}});
  Context context{*files};
  CHECK(test::spell(rule.run(context)) ==
        "not_applicable: no production environment is declared: write [environment.production] "
        "with files = "
        "[\".env.production\"] into gate.toml");

  const Environment environment =
      load_environment({"production", {".env.production"}, {}, "auto"}, *files, {}, {});
  context.environment = &environment;
  for (const Stage stage : {Stage::push, Stage::ci}) {
    context.stage = stage;
    CHECK(test::spell(rule.run(context)) ==
          "not_applicable: the production environment is not here: `.env.production` is neither "
          "among the judged files nor "
          "on disk; judged with --stage deploy");
  }
  for (const Stage stage : {Stage::deploy, Stage::verify, Stage::follow_up}) {
    context.stage = stage;
    CHECK(test::spell(rule.run(context)) ==
          "could_not_run: the production environment is not here: `.env.production` is neither "
          "among the judged files nor "
          "on disk; put it there before gate runs, or name another file with --env-file");
  }
}

TEST_CASE("a rule about another environment does not apply, a variable of the process says so") {
  const auto files = sample({{"README.md", ""}});
  Environment environment;
  environment.name = "production";
  environment.sources = {"process"};
  environment.variables = {{"A", "x", true, {}}};
  Context context{*files};
  context.environment = &environment;
  CHECK(test::spell(
            RuleUnderTest("env", "environment = \"staging\"\nrequire = \"A\"").run(context)) ==
        "not_applicable: asked of the environment `staging`, and this run judges `production`");
  const Answer answer =
      RuleUnderTest("env", "keys = \"A\"\nport = true\nrequire = \"B\"").run(context);
  CHECK(test::spell(answer) ==
        "failed\n`B` is not set [set B in the environment of the process]\n`A` is `x`, not a port "
        "from 1 to 65535");
  CHECK(answer.findings.back().trace == std::vector<std::string>{"A comes from the process"});
  CHECK(answer.evidence == std::vector<std::string>{"process: 1 variable"});
}

TEST_CASE("the identity of a finding holds the key and the test, never the value") {
  const RuleUnderTest rule("env", "keys = \"DB_PASSWORD\"\nstrong = true");
  const auto files = sample({{".env", "DB_PASSWORD=hunter2\n"}});
  const Environment environment =
      load_environment({"production", {".env"}, {}, "auto"}, *files, {}, {});
  Context context{*files};
  context.environment = &environment;
  const Answer answer = rule.run(context);
  REQUIRE(answer.findings.size() == 1);
  CHECK(answer.findings[0].identity == "DB_PASSWORD strong");
}

TEST_CASE("mistakes in the keys of an env rule are told") {
  CHECK(mistakes("keys = \"A\"") ==
        "1:8 `keys` without a test of their values; add `equals`, `one_of`, `matches`, `url` or "
        "another\n");
  CHECK(mistakes("require = \"A\"\nequals = \"x\"")
            .find("the key `keys` is missing: which variables have this value?") !=
        std::string::npos);
  CHECK(mistakes("require = \"A\"\nkeys = \"B\"\nstrong = false")
            .find("`strong = false` asks nothing; take the line out") != std::string::npos);
  CHECK(mistakes("require = \"A\"\nonly_if = { B = \"(\" }").find("no pattern that RE2 accepts") !=
        std::string::npos);
  CHECK_FALSE(mistakes("environment = \"x\"").empty());
  CHECK_FALSE(mistakes("keys = \"A\"\nurl = \"ftp\"").empty());
  CHECK_FALSE(mistakes("keys = \"A\"\nmin_length = 0").empty());
  CHECK_FALSE(mistakes("keys = \"A\"\nequal = \"x\"").empty());
}

TEST_CASE("placeholders are told from values") {
  for (const std::string_view value : {"changeme",
                                       "CHANGE_ME",
                                       "change-me-please",
                                       "<CHANGE_ME>",
                                       "{{ key }}",
                                       "%KEY%",
                                       "__KEY__",
                                       "secret",
                                       "Password",
                                       "placeholder-value",
                                       "xxx",
                                       "xxxxxxxx",
                                       "sk_live_xxxxxxxx",
                                       "foo",
                                       "your-api-key",
                                       "YOUR_SECRET_HERE",
                                       "your_key",
                                       "null",
                                       "(null)",
                                       "...",
                                       "sk_...",
                                       "${DB_PASSWORD}",
                                       "postgres://u:${PW}@h/db",
                                       "django-insecure-abc",
                                       "SomeRandomString",
                                       "hello@example.com",
                                       "https://api.example.org/v1",
                                       "https://app.test",
                                       "123456",
                                       "------",
                                       "insert-your-token-here"}) {
    INFO(value);
    CHECK(is_placeholder(value));
  }
  for (const std::string_view value :
       {"", "vQ8!kd02_LmZx", "production", "true", "mysql", "smtp.lujaiin.sa", "shop@lujaiin.sa",
        "https://bookyourappointment.com", "exchangeitems", "pa$$word9", "[\"https://a.sa\"]",
        "contest", "https://attest.sa", "Lujaiin <shop@lujaiin.sa>"}) {
    INFO(value);
    CHECK_FALSE(is_placeholder(value));
  }
}

TEST_CASE("weak secrets are told from strong ones") {
  for (const std::string_view value :
       {"", "short", "password", "aaaaaaaaaaaaaaaa", "abcdefghijklmnop", "1234567890123",
        "Password123456!", "qwertyuiop1234", "ababababababab", "admin-admin-admin"}) {
    INFO(value);
    CHECK_FALSE(weakness(value).empty());
  }
  for (const std::string_view value :
       {"vQ8!kd02_LmZx", "correct-horse-battery", "9f8a7c61d2e4b305", "zkqwvmxhtrbnpd"}) {
    INFO(value);
    CHECK(weakness(value).empty());
  }
}

TEST_CASE("hosts, URLs, e-mail addresses and ports") {
  for (const std::string_view host :
       {"lujaiin.sa", "www.lujaiin.sa.", "8.8.8.8", "[2001:db8::1]", "xn--mgberp4a5d4ar.sa"}) {
    INFO(host);
    CHECK(host_trouble(host, Hosts::public_).empty());
  }
  for (const std::string_view host :
       {"localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "0.0.0.0", "[::1]", "example.com",
        "www.example.org", "app.test", "x.invalid", "your-domain.com", "yourdomain.sa",
        "domain.com", "-a.sa", "a..sa", "a b.sa", "1.2.3.999", ""}) {
    INFO(host);
    CHECK_FALSE(host_trouble(host, Hosts::open).empty());
  }
  for (const std::string_view host :
       {"db", "10.0.0.4", "172.20.1.1", "192.168.1.1", "169.254.169.254", "[fd00::1]",
        "db.internal", "printer.local"}) {
    INFO(host);
    CHECK(host_trouble(host, Hosts::open).empty());
    CHECK_FALSE(host_trouble(host, Hosts::public_).empty());
  }
  for (const std::string_view url :
       {"https://lujaiin.sa", "HTTPS://lujaiin.sa:8443/a?b=c#d", "https://u:p@lujaiin.sa/",
        "https://a.sa,https://b.sa", "https://a.sa, https://b.sa"}) {
    INFO(url);
    CHECK(url_trouble(url, "https").empty());
  }
  for (const std::string_view url :
       {"", "lujaiin.sa", "//lujaiin.sa", "https://", "https:///x", "https://lujaiin.sa:0",
        "https://a b.sa", "https://lujaiin.sa:99999", "1https://lujaiin.sa",
        "https://a.sa,http://b.sa", "https://u:p@localhost/"}) {
    INFO(url);
    CHECK_FALSE(url_trouble(url, "https").empty());
  }
  CHECK(email_trouble("a.b+c@lujaiin.sa").empty());
  for (const std::string_view email :
       {"", "a", "a@", "@lujaiin.sa", "a b@lujaiin.sa", ".a@lujaiin.sa", "a@localhost", "a@1.2.3.4",
        "a@b@example.com"}) {
    INFO(email);
    CHECK_FALSE(email_trouble(email).empty());
  }
  CHECK(is_port("1"));
  CHECK(is_port("65535"));
  for (const std::string_view port : {"", "0", "65536", "-1", "80a", "123456", " 80"})
    CHECK_FALSE(is_port(port));
}

TEST_CASE("keys in base64") {
  CHECK(base64_key_trouble("0123456789abcdefghijklmnopqrstuv", 32).empty());
  CHECK(base64_key_trouble("base64:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", 32) ==
        "is no random key: it repeats few bytes");
  CHECK(base64_key_trouble("base64:***", 32) == "is not base64 after `base64:`");
  CHECK(base64_key_trouble("SomeRandomString", 32) == "is a key of 16 bytes, not of 32");
  CHECK(base64_key_trouble("SomeRandomString", 16) == "is a placeholder");
}

TEST_CASE("the programs that read a file must find the same values in it") {
  const std::string_view rule = "divergence = true";
  const std::map<std::string, std::string> both{
      {"composer.json", R"({"require": {"laravel/framework": "^11"}})"},
      {"compose.yml", "services:\n  app:\n    env_file: .env.production\n"}};
  CHECK(judge(rule, "A=1\nB='x y'\nC\n", both) == "passed");
  CHECK(judge(rule, "A=1\nSECRET=pa$$word\n", both) ==
        "failed\n.env.production:2:8 `SECRET` is set, 7 characters for compose (env_file in "
        "compose.yml) "
        "and set, 8 characters for phpdotenv (laravel/framework in composer.json) [give SECRET a "
        "value "
        "without `#`, `$`, blanks and quotes, or let one program read the file]");
  // phpdotenv refuses what compose reads.
  CHECK(judge(rule, "A=a b\n", both)
            .find("phpdotenv (laravel/framework in composer.json) refuses "
                  "the file, which compose (env_file in compose.yml) "
                  "reads") != std::string::npos);
  CHECK(judge(rule, "A=pa$$word\n") == "not_applicable: only phpdotenv reads `.env.production`");
}

TEST_CASE("a quote that nobody closes is told by itself") {
  CHECK(judge("open_quotes = true", "A=\"x\nB=1\n") ==
        "failed\n.env.production:1:3 a quote that is never closed: phpdotenv drops this key and "
        "all that follow without a word");
  CHECK(judge("open_quotes = true", "A=\"x\"\nB=1\n") == "passed");
}

TEST_CASE("what is set, and what the code cannot do without, stands in the sample file") {
  const std::string_view rule = R"(declared_in = ".env.example"
reads = ["settings.py"]
required_only = true
ignore = ["OWN_*"])";
  const std::map<std::string, std::string> files{
      {".env.example", "A=\n# B=\n"},
      {"settings.py", "import os\nos.environ['C']\nos.environ.get('D')\nos.environ['OWN_E']\n"}};
  CHECK(
      judge(rule, "A=1\nB=1\nF=1\nOWN_X=1\n", files) ==
      "failed\n.env.production:3:3 `F` is set but is not in `.env.example` [add `F=` to "
      ".env.example]\nsettings.py:2:12 `C` is read here, and the program stops without it, but is "
      "not in `.env.example` [add `C=` to .env.example]");
  CHECK(judge(rule, "A=1\n") == "not_applicable: there is no `.env.example`");
  CHECK(mistakes("duplicates = true\nreads = [\"a.py\"]").find("goes with `declared_in`") !=
        std::string::npos);
}

TEST_CASE("a pattern is shown, or what it means in words") {
  check({
      {"keys = \"A\"\nmatches = '^x'", "A=y\n",
       "failed\n.env.production:1:3 `A` is `y`, which does not match `^x`"},
      {"keys = \"A\"\nnot_matches = '^y'", "A=y\n",
       "failed\n.env.production:1:3 `A` is `y`, which matches `^y`"},
      {"keys = \"A\"\nmatches = '^x'\nnot_matches = 'y$'\nexpected = \"an x\"", "A=y\n",
       "failed\n.env.production:1:3 `A` is `y`, not an x\n"
       ".env.production:1:3 `A` is `y`, not an x"},
  });
  CHECK(mistakes("keys = \"A\"\nequals = \"x\"\nexpected = \"an x\"") ==
        "3:12 `expected` without a pattern that it puts into words; add `matches` or "
        "`not_matches`\n");
}

TEST_CASE("a secret in a tracked file is told, without its value") {
  const std::string rule = R"(committed_secrets = true
paths = ["**/.env", "**/.env.production"]
keys = ["*_SECRET", "*PASSWORD", "*_URL"]
ignore = ["PUBLIC_*"])";
  const auto found = [&](std::map<std::string, std::string> files) {
    const auto snapshot = sample(files);
    return test::spell(RuleUnderTest("env", rule).run(Context{*snapshot}));
  };
  CHECK(found({{"web/.env", "A_SECRET = 'Zu8-kkQ7-plm'\nB=1\n"}}) ==
        "failed\nweb/.env:1:12 `A_SECRET` is committed with its value [take A_SECRET out of "
        "`web/.env`, set it where the platform keeps secrets, and replace its value]");
  const std::string address = "DATABASE_URL=postgres://shop:";
  CHECK(found({{".env", address + "Zu8kkQ7plm@db.shop.internal/shop\n"}}).starts_with("failed"));
  for (const std::string& value :
       {address + "shop@db.shop.internal/shop", address + "Zu8kkQ7plm@localhost/shop",
        address + "Zu8kkQ7plm@db/shop", address + "${PASSWORD}@db.shop.internal/shop",
        std::string("DATABASE_URL=sqlite:///db.sqlite3"), std::string("A_SECRET="),
        std::string("A_SECRET"), std::string("A_SECRET=short"),
        std::string("A_SECRET=123456789012"), std::string("A_SECRET=changeme-please"),
        std::string("A_SECRET=/run/secrets/a-secret-file"),
        std::string("PUBLIC_SECRET=Zu8-kkQ7-plm"), std::string("OTHER=Zu8-kkQ7-plm")}) {
    INFO(value);
    CHECK(found({{".env", value + "\n"}}) == "passed");
  }
  CHECK(found({{".env.example", "A_SECRET=Zu8-kkQ7-plm\n"}}) ==
        "not_applicable: no tracked file matches `**/.env`, `**/.env.production`");
  CHECK(mistakes("committed_secrets = true\nkeys = \"A\"") ==
        "1:21 `committed_secrets` is asked of variables in files: which?; write paths = [\".env\", "
        "\".env.production\"] and keys = [\"*_SECRET\"]\n");
}

TEST_CASE("a declared file that is absent beside one of almost its name was mistyped") {
  const auto found = [](const std::string& declared, std::map<std::string, std::string> files) {
    const auto snapshot = sample(files);
    const Environment environment =
        load_environment({"production", {declared}, {}, "auto"}, *snapshot, {}, {});
    Context context{*snapshot};
    context.environment = &environment;
    return test::spell(RuleUnderTest("env", "misspelt_files = true").run(context));
  };
  CHECK(found("deploy/.env.prodution", {{"deploy/.env.production", ""}, {".env.prodution", ""}}) ==
        "failed\n`deploy/.env.prodution` is not there, but `deploy/.env.production` is; no rule "
        "about the environment `production` was asked [write `deploy/.env.production`]");
  CHECK(found(".env.production", {{".env.production", ""}, {".env.producton", ""}}) == "passed");
  CHECK(found(".env.production", {{".env.example", ""}, {"x/.env.prodution", ""}}) == "passed");
  CHECK(found("/etc/shop/env", {{"env", ""}}) == "passed");
}

}  // namespace
}  // namespace gate::checks
