#include "gate/policy/when.h"

#include <catch2/catch.hpp>

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

When all_of(std::vector<std::string> files, std::vector<std::string> packages,
            std::vector<std::string> branches = {}) {
  When when;
  when.files = std::move(files);
  when.packages = std::move(packages);
  when.branches = std::move(branches);
  return when;
}

bool requires_package(const std::string& path, const std::string& text,
                      const std::string& package) {
  return refusal({{path, text}}, all_of({}, {package})).starts_with("yes");
}

TEST_CASE("conditions on files and branches hold or say why not") {
  const Texts files = {{"app/a.php", ""}, {"artisan", ""}, {"lib/artisan", ""}};
  CHECK(refusal(files, {}) == "yes: ");
  CHECK(refusal(files, all_of({"/artisan", "app/**/*.php"}, {})) == "yes: artisan, app/a.php");
  CHECK(refusal(files, all_of({"artisan", "manage.py"}, {})) == "no: no file matches `manage.py`");
  CHECK(refusal(files, all_of({}, {}, {"main", "release/*"}), "release/2") ==
        "yes: branch release/2");
  CHECK(refusal(files, all_of({}, {}, {"main"}), "dev") == "no: the branch is `dev`, not `main`");
  CHECK(refusal(files, all_of({}, {}, {"main", "stable"})) ==
        "no: no branch is checked out; asked on `main`, `stable`");
  CHECK(refusal({}, all_of({}, {"next"})) == "no: no manifest requires `next`");
  CHECK(refusal({{"package.json", R"({"dependencies": {"next": "15"}})"}}, all_of({}, {"next"})) ==
        "yes: next in package.json");
}

TEST_CASE("conditions hold where something is absent, or say what is there") {
  const Texts files = {{"artisan", ""},
                       {"composer.json", R"({"require": {"laravel/horizon": "^5"}})"}};
  When when;
  when.without_files = {"/manage.py"};
  when.without_packages = {"laravel/telescope"};
  CHECK(refusal(files, when) == "yes: ");
  when.without_files = {"/manage.py", "/{artisan,artisan.php}"};
  CHECK(refusal(files, when) == "no: not asked where there is `artisan`");
  when.without_files.clear();
  when.without_packages = {"laravel/telescope", "laravel/horizon"};
  CHECK(refusal(files, when) == "no: not asked where composer.json requires `laravel/horizon`");
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
