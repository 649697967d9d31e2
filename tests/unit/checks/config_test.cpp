#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "gate/checks/environment_load.h"
#include "gate/checks/file_formats.h"
#include "gate/checks/kinds.h"
#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using test::RuleUnderTest;
using test::sample;

std::string judge(std::string_view keys, const std::map<std::string, std::string>& files) {
  const auto snapshot = sample(files);
  Context context{*snapshot};
  return test::spell(RuleUnderTest("config", keys).run(context));
}

TEST_CASE("a value is tested where it stands, in every format") {
  const std::map<std::string, std::string> files{
      {"a.json", "{\"strict\": false, \"n\": 5}"},
      {"a.yml", "strict: yes\nlist: [x, y]\n"},
      {"a.toml", "strict = true\n"},
      {"php.ini", "[PHP]\ndisplay_errors = On\n"},
      {"redis.conf", "maxmemory 5\n"},
      {".env", "DEBUG=1\n"},
      {"a.xml", "<a b=\"c\"/>"},
  };
  CHECK(judge("paths = \"a.json\"\nat = \"$.strict\"\nequals = true", files) ==
        "failed\na.json:1:12 `$.strict` is `false`, not `true`");
  CHECK(judge("paths = \"a.yml\"\nat = \"$.strict\"\nequals = true", files) ==
        "failed\na.yml:1:9 `$.strict` is `\"yes\"`, not `true`");
  CHECK(judge("paths = \"a.toml\"\nat = \"$.strict\"\nequals = true", files) == "passed");
  CHECK(judge("paths = \"php.ini\"\nat = \"$.display_errors\"\nequals = false", files) ==
        "failed\nphp.ini:2:18 `$.display_errors` is `true`, not `false`");
  CHECK(judge("paths = \"redis.conf\"\nat = \"$.maxmemory\"\nmin = 5\nmax = 5", files) == "passed");
  CHECK(judge("paths = \".env\"\nat = \"$.DEBUG\"\nnone_of = [\"1\"]", files) ==
        "failed\n.env:1:7 `$.DEBUG` is `\"1\"`");
  CHECK(judge("paths = \"a.xml\"\nat = \"$.a['@b']\"\nequals = \"c\"", files) == "passed");
  CHECK(judge("paths = \"a.yml\"\nat = \"$.list\"\ncontains = [\"x\", \"z\"]", files) ==
        "failed\na.yml:2:7 `$.list` is a list of 2 values without `\"z\"`");
  CHECK(judge("paths = \"a.json\"\nat = \"$.n\"\nmax = 4.5", files) ==
        "failed\na.json:1:24 `$.n` is `5`, more than 4.5");
}

TEST_CASE("a place that is not there fails, one of several that are not there does not apply") {
  const std::map<std::string, std::string> files{{"a.json", "{\"a\": [{\"b\": 1}, {}]}"}};
  CHECK(judge("paths = \"a.json\"\nat = \"$.x\"\nequals = 1", files) ==
        "failed\na.json `$.x` is not set");
  CHECK(judge("paths = \"a.json\"\nat = \"$.x\"\nequals = 1\nmissing = \"pass\"", files) ==
        "not_applicable: `$.x` selects nothing");
  CHECK(judge("paths = \"a.json\"\nat = \"$.x[*]\"\nequals = 1", files) ==
        "not_applicable: `$.x[*]` selects nothing");
  CHECK(judge("paths = \"a.json\"\nat = \"$.x\"\nexists = false", files) == "passed");
  CHECK(judge("paths = \"a.json\"\nat = \"$..b\"\nexists = false", files) ==
        "failed\na.json:1:9 `$.a[0].b` is set to `1`");
  CHECK(judge("paths = \"a.json\"\nat = \"$.a[*]\"\nforall = \"@.b\"\nequals = 1", files) ==
        "failed\na.json:1:18 `$.a[1]` has no `.b`");
  CHECK(judge("paths = \"b.json\"\nat = \"$.x\"\nequals = 1", files) ==
        "not_applicable: no file matches `b.json`");
}

TEST_CASE("two places are compared, in one file or in two") {
  const std::map<std::string, std::string> files{{"a.yml", "retry: 90\ntimeout: 90\n"},
                                                 {"b.json", "{\"timeout\": \"60\"}"}};
  CHECK(judge("paths = \"a.yml\"\nat = \"$.retry\"\ncompare = \">\"\nother = \"$.timeout\"",
              files) == "failed\na.yml:1:8 `$.retry` is `90`, not > `90` of `$.timeout`");
  CHECK(judge("paths = \"a.yml\"\nat = \"$.retry\"\ncompare = \">\"\nother = \"$.timeout\"\n"
              "other_file = \"b.json\"",
              files) == "passed");
  CHECK(judge("paths = \"a.yml\"\nat = \"$.retry\"\ncompare = \"==\"\nother = \"$.x\"", files) ==
        "could_not_run: `$.x` to compare with is not set");
  CHECK(judge("paths = \"a.yml\"\nat = \"$.retry\"\ncompare = \"==\"\nother = \"$.x\"\n"
              "other_file = \"c.yml\"",
              files) ==
        "could_not_run: `c.yml` to compare with: there is no such file that gate reads");
}

TEST_CASE("a file that cannot be read is one finding of its own, and unknown to every other rule") {
  const std::map<std::string, std::string> files{{"a.yml", "x: {{ y }}\n"}, {"b.yml", "x: 1\n"}};
  CHECK(judge("paths = \"*.yml\"\nunparsable = true", files) ==
        "failed\na.yml:1:5 a template (`{{`), no YAML: a key that is a list or a map [correct it, "
        "or leave it out with an [[override]] of `paths`]");
  CHECK(judge("paths = \"*.yml\"\nat = \"$.x\"\nequals = 1", files) ==
        "could_not_run: a.yml:1:5: a template (`{{`), no YAML: a key that is a list or a map");
  CHECK(judge("paths = \"*.yml\"\nat = \"$.x\"\nequals = 2", files) ==
        "failed: a.yml:1:5: a template (`{{`), no YAML: a key that is a list or a map\n"
        "b.yml:1:4 `$.x` is `1`, not `2`");
  CHECK(judge("paths = \"c.yml\"\nduplicates = true", {{"c.yml", "a: 1\na: 2\n"}}) ==
        "failed\nc.yml:2:1 the key `a` stands twice in one map");
  CHECK(judge("paths = \"x.dat\"\nat = \"$.x\"\nequals = 2", {{"x.dat", "{}"}}) ==
        "could_not_run: `x.dat`: its name tells no format; add `format` to the rule");
  CHECK(judge("paths = \"x.dat\"\nformat = \"json\"\nat = \"$.x\"\nequals = 2",
              {{"x.dat", "{\"x\": 2}"}}) == "passed");
}

TEST_CASE("effective settings are judged by their names, with their trace") {
  const auto files = sample({{".env", "DEBUG=1\nAPI_TOKEN=abcdef\n"}});
  const Environment environment =
      load_environment({"production", {".env"}, {}, "bash"}, *files, {}, {});
  Context context{*files};
  context.environment = &environment;
  const auto settings = [&](std::string_view keys) {
    return RuleUnderTest("config", "settings = true\n" + std::string(keys)).run(context);
  };
  const Answer answer = settings("at = \"$.DEBUG\"\nequals = \"0\"");
  CHECK(test::spell(answer) == "failed\n.env:1:7 `$.DEBUG` is `\"1\"`, not `\"0\"`");
  CHECK(answer.findings[0].trace == std::vector<std::string>{"DEBUG=1 (.env:1)"});
  CHECK(test::spell(settings("at = \"$.API_TOKEN\"\nmatches = '^x'")) ==
        "failed\n.env:2:11 `$.API_TOKEN` is a secret of 6 characters, which does not match `^x`");
  context.environment = nullptr;
  CHECK(settings("at = \"$.DEBUG\"\nequals = \"0\"").verdict == finding::Verdict::not_applicable);
}

TEST_CASE("of several members those are judged that the configuration names") {
  const std::string rule = R"(paths = "a.json"
at = "$.channels[?@.driver != 'stack']"
among = "$.channels"
named_by = "$.default"
follow = "$.channels"
forall = "$.level"
none_of = ["debug"])";
  const auto found = [&](const std::string& names) {
    return judge(rule, {{"a.json", R"({"default": )" + names + R"(, "channels": {
"all": {"driver": "stack", "channels": ["a", "b", "all"]}, "text": {"driver": "stack", "channels": "b, a"},
"a": {"driver": "file", "level": "error"}, "b": {"driver": "file", "level": "debug"}, "c": {"driver": "file"}}})"}});
  };
  const std::string debug = "failed\na.json:3:77 `$.channels.b.level` is `\"debug\"`";
  CHECK(found("\"a\"") == "passed");
  CHECK(found("\"b\"") == debug);
  CHECK(found("\"all\"") == debug);
  CHECK(found("\"text\"") == debug);
  CHECK(found("[\"a\", \"text\"]") == debug);
  CHECK(found("\"a,b\"") == debug);
  CHECK(found("\"c\"") == "failed\na.json:3:87 `$.channels.c` has no `.level`");
  CHECK(found("\"none\"") == "not_applicable: `$.channels[?@.driver != 'stack']` selects nothing");
  CHECK(found("5").starts_with("not_applicable"));
}

TEST_CASE("mistakes in the keys of a config rule are told") {
  const auto mistakes = [](std::string_view keys) {
    return RuleUnderTest("config", keys).mistakes();
  };
  CHECK(mistakes("paths = \"a\"\nat = \"$.a\"\nequals = 1") == "");
  CHECK(mistakes("paths = \"a\"\nat = \"a.b\"\nequals = 1").find("no JSONPath: column 1") !=
        std::string::npos);
  CHECK(mistakes("at = \"$.a\"\nequals = 1").find("`paths` is missing") != std::string::npos);
  CHECK(mistakes("paths = \"a\"\nequals = 1").find("`at` is missing") != std::string::npos);
  CHECK(mistakes("paths = \"a\"\nat = \"$.a\"").find("without a test") != std::string::npos);
  CHECK(mistakes("paths = \"a\"\nat = \"$.a\"\nmin = \"x\"").find("is a number") !=
        std::string::npos);
  CHECK(mistakes("paths = \"a\"\nat = \"$.a\"\ncompare = \"<\"").find("`other`") !=
        std::string::npos);
  CHECK(mistakes("paths = \"a\"\nsettings = true\nat = \"$.a\"\nequals = 1").find("exclude") !=
        std::string::npos);
  CHECK(mistakes("paths = \"a\"\nat = \"$.a\"\nexists = false\nequals = 1").find("no value") !=
        std::string::npos);
}

TEST_CASE("formats are told by the names of files") {
  CHECK(format_of("package.json") == FileFormat::json);
  CHECK(format_of("app/tsconfig.build.json") == FileFormat::jsonc);
  CHECK(format_of(".vscode/settings.json") == FileFormat::jsonc);
  CHECK(format_of(".github/workflows/ci.yml") == FileFormat::yaml);
  CHECK(format_of("docker/php/conf.d/app.ini") == FileFormat::php_ini);
  CHECK(format_of("php.ini") == FileFormat::php_ini);
  CHECK(format_of("deploy/supervisor/laravel-worker.conf") == FileFormat::supervisor);
  CHECK(format_of("redis.conf") == FileFormat::redis);
  CHECK(format_of("setup.cfg") == FileFormat::ini);
  CHECK(format_of(".env.production") == FileFormat::dotenv);
  CHECK(format_of("config/cors.php") == FileFormat::php_config);
  CHECK(format_of("next.config.mjs") == FileFormat::javascript);
  CHECK_FALSE(format_of("nginx.conf"));
  CHECK_FALSE(format_of("README.md"));
  for (const std::string_view name : file_format_names())
    CHECK(find_file_format(name));
}

}  // namespace
}  // namespace gate::checks
