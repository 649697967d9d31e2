#include "gate/policy/when.h"

#include <catch2/catch.hpp>

#include "gate/policy/config_keys.h"
#include "gate/policy/manifests.h"
#include "support.h"

namespace gate::policy::test {
namespace {

std::unique_ptr<repo::Snapshot> snapshot(const Texts& files) {
  std::map<std::string, repo::SampleFile> sample;
  for (const auto& [path, text] : files)
    sample[path].content = text;
  return repo::sample_snapshot(std::move(sample));
}

std::string refusal(const Texts& files, const When& when,
                    std::optional<std::string> branch = std::nullopt) {
  const auto view = snapshot(files);
  Conditions conditions(*view, std::move(branch));
  const std::optional<std::string> refused = conditions.refusal(when);
  return refused ? "no: " + *refused : "yes: " + conditions.evidence(when);
}

bool requires_package(const std::string& path, const std::string& text,
                      const std::string& package) {
  return refusal({{path, text}}, {{}, {package}, {}}).starts_with("yes");
}

TEST_CASE("conditions on files and branches hold or say why not") {
  const Texts files = {{"app/a.php", ""}, {"artisan", ""}, {"lib/artisan", ""}};
  CHECK(refusal(files, {}) == "yes: ");
  CHECK(refusal(files, {{"/artisan", "app/**/*.php"}, {}, {}}) == "yes: artisan, app/a.php");
  CHECK(refusal(files, {{"artisan", "manage.py"}, {}, {}}) == "no: no file matches `manage.py`");
  CHECK(refusal(files, {{}, {}, {"main", "release/*"}}, "release/2") == "yes: branch release/2");
  CHECK(refusal(files, {{}, {}, {"main"}}, "dev") == "no: the branch is `dev`, not `main`");
  CHECK(refusal(files, {{}, {}, {"main", "stable"}}) ==
        "no: no branch is checked out; asked on `main`, `stable`");
  CHECK(refusal({}, {{}, {"next"}, {}}) == "no: no manifest requires `next`");
  CHECK(refusal({{"package.json", R"({"dependencies": {"next": "15"}})"}}, {{}, {"next"}, {}}) ==
        "yes: next in package.json");
}

When with_keys(std::vector<std::string> keys) {
  When when;
  when.keys = std::move(keys);
  return when;
}

TEST_CASE("a key of a file at the top holds where it stands there") {
  const Texts files = {
      {"pyproject.toml", "[tool.mypy]\nstrict = true\n[[tool.list]]\n"},
      {"setup.cfg", "[tool:pytest]\nflake8 = no section\n"},
      {"tox.ini", "[flake8]\n"},
      {"package.json", R"({"scripts": {"test": "node --test"}, "prettier": null})"},
      {"sub/mypy.toml", "[tool.mypy]\n"},
  };
  CHECK(refusal(files, with_keys({"pyproject.toml: tool.mypy", "tox.ini:flake8"})) ==
        "yes: `tool.mypy` in pyproject.toml, `flake8` in tox.ini");
  CHECK(refusal(files, with_keys({"pyproject.toml: tool.mypy.strict"})).starts_with("yes"));
  CHECK(refusal(files, with_keys({"pyproject.toml: tool.black"})) ==
        "no: there is no `tool.black` in pyproject.toml");
  CHECK(refusal(files, with_keys({"setup.cfg: tool:pytest"})).starts_with("yes"));
  CHECK(refusal(files, with_keys({"setup.cfg: flake8"})).starts_with("no"));
  CHECK(refusal(files, with_keys({"package.json: scripts.test"})).starts_with("yes"));
  CHECK(refusal(files, with_keys({"package.json: prettier"})).starts_with("yes"));
  CHECK(refusal(files, with_keys({"package.json: test"})).starts_with("no"));
  CHECK(refusal(files, with_keys({"mypy.toml: tool.mypy"})).starts_with("no"));
  CHECK(refusal(files, with_keys({"composer.json: scripts"})).starts_with("no"));
}

TEST_CASE("a file that cannot be read holds a key where its last part stands in the text") {
  CHECK(refusal({{"pyproject.toml", "[tool.mypy\n"}}, with_keys({"pyproject.toml: tool.mypy"}))
            .starts_with("yes"));
  CHECK(refusal({{"pyproject.toml", "[tool.mypy\n"}}, with_keys({"pyproject.toml: tool.black"}))
            .starts_with("no"));
  for (const char* text : {"", "[]", "\"test\"", "{\"scripts\": []}", "{\"scripts\": 1}"}) {
    CAPTURE(text);
    CHECK(refusal({{"package.json", text}}, with_keys({"package.json: scripts.run"}))
              .starts_with("no"));
  }
}

TEST_CASE("of alternatives one must hold, of exceptions none may") {
  const Texts files = {{"mypy.ini", ""}, {"requirements.txt", "mypy\n"}};
  When when;
  when.any = {{{"/.mypy.ini"}, {}, {}}, {{}, {"mypy"}, {}}, {{"/mypy.ini"}, {}, {}}};
  CHECK(refusal(files, when) == "yes: mypy in requirements.txt");
  CHECK(refusal({{"a", ""}}, when) ==
        "no: there is none of `/.mypy.ini`, package `mypy`, `/mypy.ini`");
  when.none = {with_keys({"tox.ini: mypy"}), {{"/mypy.ini"}, {}, {}}};
  CHECK(refusal(files, when) == "no: there is `/mypy.ini`");
  CHECK(refusal({{"requirements.txt", "mypy\n"}}, when) == "yes: mypy in requirements.txt");
  CHECK(refusal({{"requirements.txt", "mypy\n"}, {"tox.ini", "[mypy]\n"}}, when) ==
        "no: there is `mypy` in tox.ini");
}

TEST_CASE("a condition on a key names a file and a key") {
  CHECK(parse_config_key("pyproject.toml: tool.mypy")->path == "tool.mypy");
  CHECK(parse_config_key("setup.cfg: tool:pytest")->path == "tool:pytest");
  for (const char* text : {"", "pyproject.toml", "pyproject.toml:", ": tool", "a.xml: b", "b"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_config_key(text).has_value());
  }
}

TEST_CASE("packages are found in every manifest, by the name that registries compare") {
  CHECK(requires_package("composer.json", R"({"require": {"laravel/framework": "^11"}})",
                         "laravel/framework"));
  CHECK(requires_package("composer.json", R"({"require-dev": {"phpunit/phpunit": "^11"}})",
                         "phpunit/phpunit"));
  CHECK_FALSE(requires_package("composer.json", R"({"suggest": {"laravel/framework": "^11"}})",
                               "laravel/framework"));
  CHECK_FALSE(requires_package("vendor/x/composer.json",
                               R"({"require": {"laravel/framework": "1"}})", "laravel/framework"));
  CHECK(requires_package("package.json", R"({"devDependencies": {"@types/node": "20"}})",
                         "@types/node"));
  CHECK(requires_package("requirements.txt",
                         "# x\n-r base.txt\nDjango[argon2]>=4.2 ; python_version > '3'\n",
                         "django"));
  CHECK(requires_package("requirements-prod.txt", "zope.interface==5\r\n", "zope-interface"));
  CHECK(requires_package("requirements/base.txt", "  django_redis @ https://example.org/x.zip\n",
                         "django-redis"));
  CHECK_FALSE(requires_package("requirements/old/base.txt", "django\n", "django"));
  CHECK_FALSE(requires_package("requirements.txt", "# django\n--django\n", "django"));
  CHECK(
      requires_package("pyproject.toml", "[project]\ndependencies = [\"Django>=4\"]\n", "django"));
  CHECK(requires_package("pyproject.toml", "[project.optional-dependencies]\nweb = [\"Django\"]\n",
                         "django"));
  CHECK(requires_package("pyproject.toml", "[tool.poetry.dependencies]\nDjango = \"^4\"\n",
                         "django"));
  CHECK(requires_package("pyproject.toml",
                         "[tool.poetry.group.dev.dependencies]\ndjango = \"^4\"\n", "django"));
  CHECK(requires_package("Pipfile", "[packages]\ndjango = \"*\"\n", "django"));
}

TEST_CASE("a manifest that cannot be read still switches rules on by the names in it") {
  CHECK(requires_package("composer.json", R"({"require": {"laravel/framework": "^11",}})",
                         "laravel/framework"));
  CHECK_FALSE(requires_package("composer.json", R"({"require": {,}})", "laravel/framework"));
  CHECK(requires_package("pyproject.toml", "dependencies = [\"django\"\n", "django"));
  for (const char* text :
       {"", "[]", "\"x\"", "{\"require\": []}", "{\"require\": \"laravel/framework2\"}"}) {
    CHECK_FALSE(requires_package("composer.json", text, "laravel/framework"));
  }
}

TEST_CASE("names are compared in one form") {
  CHECK(package_name("Zope.Interface__x") == "zope-interface-x");
  CHECK(package_name("@Scope/Name") == "@scope/name");
}

}  // namespace
}  // namespace gate::policy::test
