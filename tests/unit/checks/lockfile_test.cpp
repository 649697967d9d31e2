#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "gate/readers/lockfiles/advisories/index.h"
#include "gate/readers/lockfiles/advisories/osv.h"
#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using repo::SampleFile;
using test::RuleUnderTest;
using Files = std::map<std::string, std::string>;

std::string judge(std::string_view keys, const Files& files) {
  const RuleUnderTest rule("lockfile", keys);
  CHECK(rule.mistakes().empty());
  const auto snapshot = test::sample(files);
  return test::spell(rule.run(Context{*snapshot}));
}

std::string mistakes(std::string_view keys) { return RuleUnderTest("lockfile", keys).mistakes(); }

// A package-lock.json with these entries below `packages`.
std::string lock(std::string_view entries) {
  return "{\"lockfileVersion\": 3, \"packages\": {\n" + std::string(entries) + "}}";
}

class Bytes final : public AdvisoryBytes {
 public:
  explicit Bytes(std::string bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] std::string_view bytes() const override { return bytes_; }

 private:
  std::string bytes_;
};

// Returns the answer of a rule with these advisories imported on 2026-01-01.
std::string with_advisories(std::string_view keys, const Files& files,
                            const std::vector<std::string>& records,
                            std::string_view today = "2026-01-01") {
  std::vector<readers::lockfiles::Advisory> advisories;
  for (const std::string& record : records) {
    auto advisory = readers::lockfiles::parse_osv(record);
    REQUIRE(advisory.has_value());
    advisories.push_back(*std::move(advisory));
  }
  constexpr std::int64_t kImported = 1'767'225'600;
  const auto bytes =
      std::make_shared<const Bytes>(readers::lockfiles::encode_index(advisories, kImported));
  const RuleUnderTest rule("lockfile", keys);
  CHECK(rule.mistakes().empty());
  const auto snapshot = test::sample(files);
  Context context{*snapshot};
  context.today = *base::parse_date(today);
  context.advisories = [bytes] {
    return Result<std::shared_ptr<const AdvisoryBytes>>(
        std::shared_ptr<const AdvisoryBytes>(bytes));
  };
  return test::spell(rule.run(context));
}

TEST_CASE("a rule about lockfiles does not apply where there is none") {
  CHECK(judge("sync = \"tool\"", {{"a.txt", ""}}) == "not_applicable: no lockfile");
  CHECK(judge("hashes = \"present\"", {{"node_modules/a/package-lock.json", lock("")}}) ==
        "not_applicable: no lockfile");
  CHECK(judge("hashes = \"present\"\necosystems = \"composer\"",
              {{"package-lock.json", lock("")}}) == "not_applicable: no lockfile");
  CHECK(judge("hashes = \"present\"\npaths = \"other/**\"", {{"package-lock.json", lock("")}}) ==
        "not_applicable: no lockfile");
}

TEST_CASE("a lockfile that cannot be read is unknown to every rule but one") {
  const Files files{{"package-lock.json", "{"}};
  CHECK(judge("hashes = \"present\"", files) ==
        "could_not_run: package-lock.json: line 1, column 2: the text ends too early");
  CHECK(
      judge("readable = true", files) ==
      "failed\npackage-lock.json:1:0 package-lock.json cannot be read: line 1, column 2: the text "
      "ends too early");
  CHECK(judge("sync = \"tool\"", {{"package-lock.json", lock("")}, {"package.json", "{"}}) ==
        "could_not_run: package-lock.json: package.json: line 1, column 2: the text ends too "
        "early");
  CHECK(judge("readable = true", {{"package-lock.json", lock("\"node_modules/a\": 1")}}) ==
        "failed\npackage-lock.json:2:1 the entry is no map");
}

TEST_CASE("npm-shrinkwrap.json wins over package-lock.json") {
  CHECK(judge("readable = true", {{"package-lock.json", "{"}, {"npm-shrinkwrap.json", lock("")}}) ==
        "passed");
}

TEST_CASE("files that requirements take in belong to them") {
  CHECK(judge("pinned = true", {{"requirements.txt", "-r deps/base.txt\na==1\n-c limits.txt\n"},
                                {"deps/base.txt", "-r ../requirements.txt\nb\n"},
                                {"limits.txt", "c<2\n"}}) ==
        "failed\ndeps/base.txt:2:1 b is not tied to one version: ``\nlimits.txt:1:1 c is not tied "
        "to one version: `<2`");
}

TEST_CASE("packages are banned by name, version and who asks") {
  const Files files{
      {"package-lock.json", lock(R"("": {"dependencies": {"wrap": "1", "direct": "1"}},
"node_modules/wrap": {"version": "1.0.0", "dependencies": {"inner": "1"}},
"node_modules/inner": {"version": "1.0.0"},
"node_modules/direct": {"version": "1.5.0"},
"node_modules/@s/x": {"version": "1.0.0", "dev": true})")}};
  CHECK(judge("deny = [{name = \"inner\", reason = \"it is slow\", use = \"fast\"}]", files) ==
        "failed\npackage-lock.json:4:1 inner 1.0.0 must not be used: it is slow [use fast "
        "instead]");
  CHECK(judge("deny = [{name = \"inner\", wrappers = [\"wrap\"]}]", files) == "passed");
  CHECK(judge("deny = [{name = \"direct\", wrappers = [\"wrap\"]}]", files) ==
        "failed\npackage-lock.json:5:1 direct 1.5.0 must not be used; only wrap may ask for it");
  CHECK(judge("deny = [{name = \"direct\", versions = \"<1.5\"}]", files) == "passed");
  CHECK(judge("deny = [{name = \"direct\", versions = \"<2\"}]", files) ==
        "failed\npackage-lock.json:5:1 direct 1.5.0 must not be used in `<2`");
  CHECK(judge("deny = [{name = \"@s/*\"}]", files) ==
        "failed\npackage-lock.json:6:1 @s/x 1.0.0 must not be used");
  CHECK(judge("deny = [{name = \"@s/*\"}]\nproduction = true", files) == "passed");
}

TEST_CASE("a name in a rule is the whole name") {
  const Files files{{"package-lock.json", lock(R"("node_modules/jest": {"version": "1.0.0"},
"node_modules/@types/jest": {"version": "2.0.0", "hasInstallScript": true})")}};
  CHECK(judge("deny = [{name = \"jest\"}]", files) ==
        "failed\npackage-lock.json:2:1 jest 1.0.0 must not be used");
  CHECK(judge("deny = [{name = \"je*\"}]", files) ==
        "failed\npackage-lock.json:2:1 jest 1.0.0 must not be used");
  CHECK(judge("deny = [{name = \"*\"}]", files) ==
        "failed\npackage-lock.json:2:1 jest 1.0.0 must not be used\npackage-lock.json:3:1 "
        "@types/jest 2.0.0 must not be used");
  CHECK(judge("install_scripts = [\"jest\"]", files) ==
        "failed\npackage-lock.json:3:1 @types/jest 2.0.0 runs code of its own while it is "
        "installed");
  CHECK(judge("install_scripts = [\"@types/*\"]", files) == "passed");
}

TEST_CASE("what a rule names and nothing met is told") {
  const auto unmet = [](std::string_view keys, const Files& files) {
    const RuleUnderTest rule("lockfile", keys);
    CHECK(rule.mistakes().empty());
    const auto snapshot = test::sample(files);
    std::string text;
    for (const std::string& one : rule.run(Context{*snapshot}).unmet)
      text += one + "\n";
    return text;
  };
  const Files composer{{"composer.lock", R"({"packages": [
{"name": "v/mit", "version": "1.0.0", "license": ["MIT"]},
{"name": "v/odd", "version": "1.0.0", "license": ["proprietary"]}]})"}};
  CHECK(unmet(R"(
[licenses]
allow = ["MIT", "ISC"]
exceptions = [{name = "v/mit", allow = ["MIT"]}, {name = "gone/*", allow = ["ISC"]}]
clarify = [
  {name = "v/odd", versions = "^1.0", license = "MIT", reason = "a contract"},
  {name = "v/odd", versions = "^2.0", license = "MIT", reason = "another"},
])",
              composer) == "allow: `ISC`\nexceptions: `gone/*`\nclarify: `v/odd`\n");
  const Files npm{{"package-lock.json", lock(R"("": {"dependencies": {"wrap": "1"}},
"node_modules/wrap": {"version": "1.0.0", "dependencies": {"inner": "1"}},
"node_modules/inner": {"version": "1.0.0", "resolved": "https://npm.example.org/inner/-/inner-1.0.0.tgz"})")}};
  CHECK(unmet("deny = [{name = \"inner\", wrappers = [\"wrap\", \"other\"]}]", npm) ==
        "wrappers of inner: `other`\n");
  CHECK(unmet("hosts = [\"npm.example.org\", \"*.example.net\"]", npm) ==
        "hosts: `*.example.net`\n");
  CHECK(unmet("install_scripts = [\"native\"]", npm) == "install_scripts: `native`\n");
  CHECK(unmet("max_versions = 1\nmax_versions_of = [\"inner\", \"vue\"]", npm) ==
        "max_versions_of: `vue`\n");
  // A ban that meets nothing has done its work.
  CHECK(unmet("deny = [{name = \"left-pad\"}]", npm).empty());
}

// Returns the packages of production that a rule sees: it bans everything.
std::string production(const Files& files) {
  std::string found;
  const RuleUnderTest rule("lockfile", "deny = [{name = \"*\"}]\nproduction = true");
  const auto snapshot = test::sample(files);
  for (const finding::Finding& one : rule.run(Context{*snapshot}).findings)
    found += one.subject->package + " ";
  return found;
}

TEST_CASE("where a lock does not say what development alone needs, its manifest does") {
  const std::string manifest =
      R"({"name": "t", "dependencies": {"a": "^1"}, "devDependencies": {"jest": "^29", "both": "^1"}})";
  const std::string yarn = R"(# yarn lockfile v1

a@^1:
  version "1.0.0"
  dependencies:
    both "^1"

both@^1:
  version "1.0.0"

jest@^29:
  version "29.0.0"
  dependencies:
    deep "^1"

deep@^1:
  version "1.0.0"

stray@^1:
  version "1.0.0"
)";
  CHECK(production({{"yarn.lock", yarn}, {"package.json", manifest}}) == "a both stray ");
  CHECK(production({{"yarn.lock", yarn}}) == "a both jest deep stray ");
  // A member of the workspace asks in its own manifest.
  CHECK(production({{"yarn.lock", yarn},
                    {"package.json", manifest},
                    {"packages/x/package.json", R"({"dependencies": {"deep": "^1"}})"}}) ==
        "a both deep stray ");
  const std::string berry = R"(__metadata:
  version: 8

"a@npm:^1":
  version: 1.0.0
  resolution: "a@npm:1.0.0"

"both@npm:^1":
  version: 1.0.0
  resolution: "both@npm:1.0.0"

"jest@npm:^29":
  version: 29.0.0
  resolution: "jest@npm:29.0.0"

"t@workspace:.":
  version: 0.0.0-use.local
  resolution: "t@workspace:."
  dependencies:
    a: "npm:^1"
    both: "npm:^1"
    jest: "npm:^29"
)";
  CHECK(production({{"yarn.lock", berry}, {"package.json", manifest}}) == "a ");
  const std::string poetry = R"([[package]]
name = "django"
version = "4.2"

[[package]]
name = "pytest"
version = "7.0"

[metadata]
lock-version = "2.0"
)";
  const std::string pyproject = R"([tool.poetry.dependencies]
python = "^3.10"
Django = "^4.2"

[tool.poetry.group.dev.dependencies]
pytest = "*"
)";
  CHECK(production({{"poetry.lock", poetry}, {"pyproject.toml", pyproject}}) == "django ");
  CHECK(production({{"poetry.lock", poetry}}) == "django pytest ");
  const std::string bun =
      R"({"workspaces": {"": {"dependencies": {"a": "^1"}, "devDependencies": {"jest": "^29"}}}, "packages": {
"a": ["a@1.0.0", "", {}, ""], "jest": ["jest@29.0.0", "", {}, ""]}})";
  CHECK(production({{"bun.lock", bun}, {"package.json", manifest}}) == "a ");
}

TEST_CASE("names of Python packages are compared by PEP 503") {
  CHECK(judge("deny = [{name = \"old-thing\"}]", {{"requirements.txt", "Old_Thing==1.0\n"}}) ==
        "failed\nrequirements.txt:1:1 Old_Thing 1.0 must not be used");
}

TEST_CASE("licences are allowed, denied, unknown, excepted and clarified") {
  const Files files{{"composer.lock", R"({"packages": [
{"name": "v/mit", "version": "1.0.0", "license": ["MIT"]},
{"name": "v/two", "version": "1.0.0", "license": ["GPL-3.0-only", "BSD-3-Clause"]},
{"name": "v/gpl", "version": "1.0.0", "license": ["GPL-3.0-or-later"]},
{"name": "v/none", "version": "1.0.0"},
{"name": "v/odd", "version": "1.0.0", "license": ["proprietary"]}]})"}};
  CHECK(judge("licenses.allow = [\"MIT\", \"BSD-3-Clause\"]", files) ==
        "failed\ncomposer.lock:4:10 v/gpl 1.0.0 is under `GPL-3.0-or-later`, which is not "
        "allowed\ncomposer.lock:5:10 v/none 1.0.0 has no licence in the lock\ncomposer.lock:6:10 "
        "v/odd 1.0.0 is under `proprietary`, which is no SPDX expression");
  CHECK(judge(R"(licenses.deny = ["GPL-3.0-or-later"]
licenses.unknown = "ignore")",
              files) ==
        "failed\ncomposer.lock:4:10 v/gpl 1.0.0 is under `GPL-3.0-or-later`, which is not allowed");
  CHECK(judge(R"(
[licenses]
allow = ["MIT", "BSD-3-Clause"]
exceptions = [{name = "v/gpl", allow = ["GPL-3.0-or-later"]}]
clarify = [
  {name = "v/none", license = "MIT OR ISC", reason = "its README says so"},
  {name = "v/odd", versions = "^1.0", license = "MIT", reason = "a contract"},
])",
              files) == "passed");
  CHECK(judge("licenses.allow = \"MIT\"", {{"yarn.lock", "# yarn lockfile v1\n"}}) ==
        "not_applicable: yarn.lock: yarn keeps no licences");
}

TEST_CASE("hosts, schemes and sources") {
  const Files files{
      {"package-lock.json",
       lock(
           R"("node_modules/a": {"version": "1.0.0", "resolved": "https://npm.example.org/a/-/a-1.0.0.tgz"},
"node_modules/b": {"version": "1.0.0", "resolved": "http://mirror.example.net/b/-/b-1.0.0.tgz"},
"node_modules/c": {"version": "1.0.0", "resolved": "git+ssh://git@git.example.org/c.git#main"},
"local": {"version": "1.0.0"})")}};
  CHECK(judge("hosts = \"*.example.org\"", files) ==
        "failed\npackage-lock.json:3:1 b 1.0.0 comes from the host `mirror.example.net`");
  CHECK(judge("schemes = [\"https\", \"git+ssh\"]", files) ==
        "failed\npackage-lock.json:3:1 b 1.0.0 comes over `http`");
  CHECK(judge("sources = [\"registry\", \"path\"]", files) ==
        "failed\npackage-lock.json:4:1 c 1.0.0 comes from "
        "`git+ssh://git@git.example.org/c.git#main` (git), not from registry or path");
}

TEST_CASE("the images of Dockerfiles are as new as packages need") {
  const std::string composer =
      R"({"packages": [{"name": "v/a", "version": "1.0.0", "require": {"php": "^8.2"}}]})";
  const auto with = [&](const std::string& path, const std::string& dockerfile) {
    return judge("fitting_images = true", {{"composer.lock", composer}, {path, dockerfile}});
  };
  CHECK(with("Dockerfile", "FROM php:8.1\n") ==
        "failed\ncomposer.lock:1:24 v/a 1.0.0 needs php `^8.2`, the image is `php:8.1` "
        "(Dockerfile:1)");
  CHECK(with("docker/php/Dockerfile", "from --platform=linux/amd64 php:8.1.3-fpm as app\n") ==
        "failed\ncomposer.lock:1:24 v/a 1.0.0 needs php `^8.2`, the image is `php:8.1.3-fpm` "
        "(docker/php/Dockerfile:1)");
  CHECK(with("Dockerfile", "FROM php:8-fpm\n") == "passed");
  CHECK(with("Dockerfile", "FROM php:8.3@sha256:00 AS base\nFROM base\n") == "passed");
  const std::string open =
      "not_applicable: composer.lock: no Dockerfile names a version of the "
      "image php";
  CHECK(with("Dockerfile", "FROM php:fpm\n") == open);
  CHECK(with("Dockerfile", "FROM php:8.1RC1\n") == open);
  CHECK(with("Dockerfile", "ARG TAG\nFROM php:$TAG\n") == open);
  CHECK(with("Dockerfile", "FROM host.example.org:5000/php\n") == open);
  CHECK(with("docker/dev/Dockerfile", "FROM php:8.1\n") == open);
  CHECK(with("README.md", "FROM php:8.1\n") == open);
  // Another service has its own lock beside its own Dockerfile; a folder above serves one without.
  CHECK(judge("fitting_images = true", {{"a/composer.lock", composer},
                                        {"a/Dockerfile", "ARG V=8.3\nFROM php:${V}-fpm\n"},
                                        {"b/composer.lock", composer},
                                        {"Dockerfile", "FROM php:${V:-8.1}\n"}}) ==
        "failed\nb/composer.lock:1:24 v/a 1.0.0 needs php `^8.2`, the image is `php:8.1` "
        "(Dockerfile:1)");
}

TEST_CASE("where a lock keeps no dates the package manager's setting is asked for") {
  const std::string npm = lock("\"node_modules/a\": {\"version\": \"1.0.0\"}");
  const auto with = [&](const std::string& path, const std::string& text) {
    return judge("min_age = \"2d\"", {{"package-lock.json", npm}, {path, text}});
  };
  CHECK(with(".npmrc", "# nothing\n") ==
        "failed\npackage-lock.json package-lock.json keeps no dates, and .npmrc does not set "
        "`min-release-age` [set `min-release-age` to 2 in .npmrc]");
  CHECK(with(".npmrc", "min-release-age = 2\n") == "passed");
  CHECK(with(".npmrc", "min-release-age=1\n") ==
        "failed\n.npmrc `min-release-age = 1` lets releases in that are less than 2 days old");
  CHECK(with(".npmrc", "min-release-age=soon\n") ==
        "failed\n.npmrc `min-release-age = soon` lets releases in that are less than 2 days "
        "old");
  const std::string yarn = "# yarn lockfile v1\n\n\na@^1.0.0:\n  version \"1.0.0\"\n";
  CHECK(judge("min_age = \"2d\"",
              {{"yarn.lock", yarn}, {".yarnrc.yml", "npmMinimalAgeGate: 1w\n"}}) == "passed");
  CHECK(judge("min_age = \"2d\"", {{"yarn.lock", yarn}, {".yarnrc.yml", "npmMinimalAgeGate: [\n"}})
            .starts_with("could_not_run: .yarnrc.yml: line "));
  CHECK(judge("min_age = \"2d\"", {{"requirements.txt", "a==1\n"}}) ==
        "not_applicable: requirements.txt: its format keeps no dates");
}

TEST_CASE("several versions of a package are counted") {
  const Files files{{"package-lock.json", lock(R"("node_modules/a": {"version": "1.0.0"},
"node_modules/b/node_modules/a": {"version": "2.0.0"},
"node_modules/c/node_modules/a": {"version": "2.0.0"})")}};
  CHECK(judge("max_versions = 1", files) ==
        "failed\npackage-lock.json:3:1 a is there in several versions: 1.0.0, 2.0.0");
  CHECK(judge("max_versions = 2", files) == "passed");
  CHECK(judge("max_versions = 1\nmax_versions_of = \"react\"", files) == "passed");
}

TEST_CASE("production has what packages need") {
  const Files composer{{"composer.lock", R"({"packages": [
{"name": "v/a", "version": "1.0.0", "require": {"php": "^8.3", "ext-intl": "*", "ext-gd": "*"}}]})"}};
  CHECK(judge("platform.php = \"8.3.1\"", composer) == "passed");
  CHECK(judge("platform.php = \"8.2.0\"", composer) ==
        "failed\ncomposer.lock:2:10 v/a 1.0.0 needs php `^8.3`, production has 8.2.0");
  CHECK(judge("platform = {php = \"8.3.1\", \"ext-gd\" = \"*\"}", composer) ==
        "failed\ncomposer.lock:2:10 v/a 1.0.0 needs the extension ext-intl");
  CHECK(judge("platform.node = \"18.0.0\"",
              {{"package-lock.json",
                lock(R"("node_modules/a": {"version": "1.0.0", "engines": {"node": ">=20"}})")}}) ==
        "failed\npackage-lock.json:2:1 a 1.0.0 needs node `>=20`, production has 18.0.0");
}

TEST_CASE("advisories are matched, rated and dated") {
  const Files files{{"package-lock.json", lock(R"("": {"dependencies": {"top": "1"}},
"node_modules/top": {"version": "1.0.0", "dependencies": {"ms": "2"}},
"node_modules/ms": {"version": "2.0.0"})")}};
  const std::vector<std::string> records{
      R"({"id": "X-1", "aliases": ["CVE-1"], "summary": "it hangs", "database_specific": {"severity": "HIGH"},
          "affected": [{"package": {"ecosystem": "npm", "name": "ms"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "2.0.1"}]}]}]})",
      R"({"id": "X-2", "affected": [{"package": {"ecosystem": "npm", "name": "ms"}, "versions": ["2.0.0"]}]})"};
  const std::string high =
      "package-lock.json:4:1 ms 2.0.0 has X-1 (CVE-1) (high): it hangs [update ms to 2.0.1 or "
      "later]";
  const std::string unrated =
      "package-lock.json:4:1 ms 2.0.0 has X-2 (severity unknown) [no fixed version of ms is "
      "known: replace it, or suppress X-2 with a reason]";
  CHECK(with_advisories("advisories = {}", files, records) == "failed\n" + high + "\n" + unrated);
  CHECK(with_advisories("advisories.unknown_severity = \"ignore\"", files, records) ==
        "failed\n" + high);
  CHECK(with_advisories("advisories.unknown_severity = \"only\"", files, records) ==
        "failed\n" + unrated);
  CHECK(with_advisories(
            R"(advisories = {severity_at_least = "critical", unknown_severity = "ignore"})", files,
            records) == "passed");
  CHECK(
      with_advisories(R"(advisories = {severity_at_most = "medium", unknown_severity = "ignore"})",
                      files, records) == "passed");
  CHECK(with_advisories("advisories.max_age = \"7d\"", files, records, "2026-01-08") == "passed");
  CHECK(with_advisories("advisories.max_age = \"7d\"", files, records, "2026-01-09") ==
        "failed\nthe advisories are of 2026-01-01, 8 days old");
  CHECK(judge("advisories = {}", files) ==
        "could_not_run: no advisories were imported; `gate advisories import` takes OSV records");
  CHECK(judge("advisories.missing = \"skip\"", files) ==
        "not_applicable: no advisories were imported; `gate advisories import` takes OSV records");
  CHECK(judge("advisories = {}",
              {{"package-lock.json", lock("")}, {".gate/advisories/a.json", "{"}}) ==
        "could_not_run: .gate/advisories/a.json: line 1, column 2: the text ends too early");
}

TEST_CASE("a lock of an ecosystem about which nothing was imported is unknown") {
  const Files files{{"package-lock.json", lock("\"node_modules/ms\": {\"version\": \"2.0.0\"}")},
                    {"requirements.txt", "old-thing==1.0\n"}};
  const std::vector<std::string> records{
      R"({"id": "X-1", "affected": [{"package": {"ecosystem": "PyPI", "name": "Old.Thing"}, "versions": ["2.0"]}]})"};
  CHECK(with_advisories("advisories = {}", files, records) ==
        "could_not_run: package-lock.json: no advisories about npm were imported; `gate "
        "advisories import` takes OSV's records of it");
  CHECK(with_advisories("advisories.missing = \"skip\"", files, records) == "passed");
  CHECK(with_advisories("advisories.missing = \"skip\"\necosystems = [\"npm\"]", files, records) ==
        "not_applicable: package-lock.json: no advisories about npm were imported; `gate "
        "advisories import` takes OSV's records of it");
  CHECK(with_advisories("advisories = {}", {{"package-lock.json", lock("")}}, records) == "passed");
}

TEST_CASE("advisories of Maven are matched in its order") {
  const auto records = std::vector<std::string>{
      R"({"id": "X-1", "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:core"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.0"}, {"fixed": "1.2.0.Final"}]}]}]})"};
  const auto with = [&](const std::string& version) {
    return with_advisories(
        "advisories = {}",
        {{"gradle.lockfile", "org.example:core:" + version + "=runtimeClasspath\n"}}, records);
  };
  CHECK(with("1.2.0-rc1")
            .starts_with("failed\ngradle.lockfile:1:1 org.example:core 1.2.0-rc1 has X-1"));
  CHECK(with("1.2") == "passed");
  CHECK(with("1.0-alpha-1") == "passed");
}

TEST_CASE("a finding names its package, its advisories and the way to it") {
  const RuleUnderTest rule("lockfile", "advisories = {}");
  const auto snapshot = test::sample(
      {{"package-lock.json", lock(R"("": {"dependencies": {"top": "1"}},
"node_modules/top": {"version": "1.0.0", "dependencies": {"ms": "2"}},
"node_modules/ms": {"version": "2.0.0"})")},
       {".gate/advisories/a.json",
        R"({"id": "X-1", "aliases": ["CVE-1"], "affected": [{"package": {"ecosystem": "npm", "name": "ms"}, "versions": ["2.0.0"]}]})"}});
  const Answer answer = rule.run(Context{*snapshot});
  REQUIRE(answer.findings.size() == 1);
  const finding::Finding& found = answer.findings.front();
  REQUIRE(found.subject.has_value());
  CHECK(found.subject->ecosystem == "npm");
  CHECK(found.subject->package == "ms");
  CHECK(found.subject->version == "2.0.0");
  CHECK(found.subject->advisories == std::vector<std::string>{"X-1", "CVE-1"});
  CHECK(found.code == "X-1");
  CHECK(found.trace == std::vector<std::string>{"top 1.0.0 > ms 2.0.0"});
}

TEST_CASE("damaged advisories are unknown") {
  const RuleUnderTest rule("lockfile", "advisories = {}");
  const auto snapshot = test::sample({{"package-lock.json", lock("")}});
  Context context{*snapshot};
  context.advisories = [] {
    return Result<std::shared_ptr<const AdvisoryBytes>>(
        std::shared_ptr<const AdvisoryBytes>(std::make_shared<const Bytes>("gateadv3")));
  };
  CHECK(test::spell(rule.run(context)) ==
        "could_not_run: the advisories in the cache are damaged; run `gate advisories import` "
        "again");
}

TEST_CASE("mistakes in the keys of a lockfile rule are told") {
  CHECK_FALSE(mistakes("paths = \"a\"").empty());
  CHECK(mistakes("sync = \"strict\"").substr(0, 4) == "1:8 ");
  CHECK(mistakes("hashes = [\"present\", \"strnog\"]") ==
        "1:22 `strnog` is none that `hashes` knows; did you mean `strong`?\n");
  CHECK(mistakes("sync = \"tool\"\necosystems = [\"compser\"]") ==
        "2:15 `compser` is no ecosystem; did you mean `composer`?\n");
  CHECK(mistakes("licenses.allow = [\"Apache-2\"]") ==
        "1:19 `Apache-2` is no licence of the SPDX list; did you mean `Apache-2.0`?\n");
  CHECK(mistakes("advisories = {severity_at_least = \"hihg\"}").find("high") != std::string::npos);
  CHECK(mistakes(R"(advisories = {severity_at_least = "high", severity_at_most = "low"})") ==
        "1:62 `severity_at_most` is less than `severity_at_least`\n");
  CHECK_FALSE(mistakes("deny = [{versions = \"1\"}]").empty());
  CHECK_FALSE(mistakes("deny = [{name = \"a\", verisons = \"1\"}]").empty());
  CHECK_FALSE(mistakes("licenses = {}").empty());
  CHECK(mistakes("hosts = [\"a\", \"b[\"]").starts_with("1:15 `b[` is no glob"));
  CHECK(mistakes("install_scripts = [\"b[\"]").starts_with("1:20 `b[` is no glob"));
  CHECK_FALSE(mistakes("min_age = \"week\"").empty());
}

}  // namespace
}  // namespace gate::checks
