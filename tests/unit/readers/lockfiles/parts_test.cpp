// The smaller parts: YAML lines, keys, addresses, hashes, licences, the graph.
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/readers/lockfiles/archive_address.h"
#include "gate/readers/lockfiles/formats.h"
#include "gate/readers/lockfiles/graph.h"
#include "gate/readers/lockfiles/hash_text.h"
#include "gate/readers/lockfiles/manifest_requirements.h"
#include "gate/readers/lockfiles/npm_spec.h"
#include "gate/readers/lockfiles/pnpm_key.h"
#include "gate/readers/lockfiles/registries.h"
#include "gate/readers/lockfiles/requirement_line.h"
#include "gate/readers/lockfiles/spdx.h"
#include "gate/readers/lockfiles/spdx_ids.h"
#include "gate/readers/lockfiles/yaml_lines.h"
#include "tests/unit/readers/lockfiles/samples.h"

namespace gate::readers::lockfiles {
namespace {

std::string yaml(std::string_view text) {
  std::vector<std::unique_ptr<std::string>> texts;
  YamlLines lines(text, texts);
  std::string out;
  while (lines.next()) {
    out += fmt::format("{}", fmt::join(lines.path(), "/"));
    if (lines.form() == YamlLines::Form::scalar) out += fmt::format(" = {}", lines.value());
    if (lines.form() == YamlLines::Form::flow) {
      std::vector<FlowMember> members;
      out += read_flow(lines.value(), members, texts) ? " =" : " broken";
      for (const FlowMember& member : members)
        out += fmt::format(" {}:{}", member.key, member.value);
    }
    out += '\n';
  }
  return out + lines.problem();
}

TEST_CASE("the lines of YAML that package managers write") {
  CHECK(yaml("a: 1\nb:\n  c: x # y\n  'd''e': \"f\\n\\u00e9\"\n") ==
        "a = 1\nb\nb/c = x\nb/d'e = f\n\xC3\xA9\n");
  CHECK(yaml("a:\n- x\n- 'y'\nb:\n  - z\n  - k: v\n    l: w\n") ==
        "a\na/- = x\na/- = y\nb\nb/- = z\nb/-/k = v\nb/-/l = w\n");
  CHECK(yaml("a: {b: 'c, d', e: [f, g], h: {i: j}}\nk: []\n") ==
        "a = b:c, d e:[f, g] h:{i: j}\nk =\n");
  CHECK(yaml("a:\n  {\n    b: c,\n    d: e,\n  }\nf: 1\n") == "a = b:c d:e\nf = 1\n");
  CHECK(yaml("a: |\n  one\n  two\n\nb: >-\n  one\n  two\nc: 1\n") ==
        "a = one\ntwo\nb = one two\nc = 1\n");
  CHECK(yaml("a:\n  one\n  two\nb: 'one\n  two'\n") == "a = one two\nb = one two\n");
  CHECK(yaml("? a b\n: c\n? d\n: e: f\n  g: h\n") == "a b = c\nd\nd/e = f\nd/g = h\n");
  CHECK(yaml("a: http://x:1#y\n\"b:c\": d\n") == "a = http://x:1#y\nb:c = d\n");
  CHECK(yaml("---\na: 1\n---\nb: 2\n...\n") == "a = 1\nb = 2\n");
  CHECK(yaml("\xEF\xBB\xBF"
             "a: 1\r\nb: 2\r\n") == "a = 1\nb = 2\n");
  CHECK(yaml("") == "");
  CHECK(yaml("# nothing\n\n") == "");
}

TEST_CASE("YAML beyond what they write is a mistake with its place") {
  CHECK(yaml("just a text") == "line 1, column 1: a key with `:` is missing");
  CHECK(yaml("a: &x 1\n") == "line 1, column 4: anchors, aliases and tags are not read");
  CHECK(yaml("a: *x\n") == "line 1, column 4: anchors, aliases and tags are not read");
  CHECK(yaml("a: !!str 1\n") == "line 1, column 4: anchors, aliases and tags are not read");
  CHECK(yaml("a: 'x\n") == "line 1, column 4: the quoted text is not closed");
  CHECK(yaml("a: 'x' y\n") == "line 1, column 7: text behind the end of the value");
  CHECK(yaml("a: {b: c\n") == "line 1, column 4: the map or list in brackets is not closed");
  CHECK(yaml("a:\n\tb: c\n") == "line 2, column 1: a tab cannot indent");
  CHECK(yaml("a: b\n  c: d\n") == "line 2, column 3: the line belongs to no key");
  CHECK(yaml("? a\n") == "line 1, column 1: the key has no value");
  std::string deep;
  for (int level = 0; level < 100; ++level)
    deep += std::string(static_cast<std::size_t>(level), ' ') + "a:\n";
  CHECK(yaml(deep).ends_with("nested too deeply"));
}

TEST_CASE("keys of pnpm") {
  const auto key = [](std::string_view text, std::string_view version) {
    const PnpmKey parts = parse_pnpm_key(text, version);
    return fmt::format("{} {} {} {}", parts.name, parts.version, parts.location, parts.commit);
  };
  CHECK(key("/a/1.0.0", "5.4") == "a 1.0.0  ");
  CHECK(key("/@s/a/1.0.0_b@2.0.0+c@3.0.0", "5.4") == "@s/a 1.0.0  ");
  CHECK(key("/a/1.0.0/b@2.0.0", "5.1") == "a 1.0.0  ");
  CHECK(key("registry.example.org/@s/a/1.0.0", "5.4") == "@s/a 1.0.0  ");
  CHECK(key("/@s/a@1.0.0(b@2.0.0)(c@3.0.0)", "6.0") == "@s/a 1.0.0  ");
  CHECK(key("a@1.0.0", "9.0") == "a 1.0.0  ");
  CHECK(key("a@https://files.example.org/a.tgz", "9.0") == "a  https://files.example.org/a.tgz ");
  CHECK(key("a@file:../a", "9.0") == "a  file:../a ");
  CHECK(key("file:../a(b@1.0.0)", "6.0") == "  file:../a ");
  CHECK(key("github.com/o/r/0a2d2506c1fe299691fc5db53a2097db3bd615bc", "6.0") ==
        "  github.com/o/r/0a2d2506c1fe299691fc5db53a2097db3bd615bc "
        "0a2d2506c1fe299691fc5db53a2097db3bd615bc");
  CHECK(key("odd", "9.0") == "   ");
}

TEST_CASE("what stands where a version of npm could") {
  const auto spec = [](std::string_view text) {
    const NpmSpec parts = parse_npm_location(text);
    return parts.is_address ? fmt::format("{} {}", name(parts.source), parts.commit)
                            : std::string("version");
  };
  CHECK(spec("^1.2.3") == "version");
  CHECK(spec("latest") == "version");
  CHECK(spec("1.x || 2.x") == "version");
  CHECK(spec("npm:a@1") == "version");
  CHECK(spec("o/r") == "git ");
  CHECK(spec("o/r#v1") == "git v1");
  CHECK(spec("git+ssh://git@h/o/r.git#abc") == "git abc");
  CHECK(spec("github:o/r#semver:^1") == "git semver:^1");
  CHECK(spec("https://github.com/o/r.git#abc") == "git abc");
  CHECK(spec("https://codeload.github.com/o/r/tar.gz/abc") == "git abc");
  CHECK(spec("https://h/a/-/a-1.0.0.tgz") == "registry ");
  CHECK(spec("https://h/a.tgz") == "url ");
  CHECK(spec("file:../a") == "path ");
  CHECK(spec("../a") == "path ");
  CHECK(spec("workspace:*") == "path ");
}

TEST_CASE("lines of requirements") {
  const auto line = [](std::string_view text) {
    const RequirementLine parts = parse_requirement_line(text);
    return fmt::format("{}[{}] {} {}{} {} {}", parts.name, fmt::join(parts.extras, ","),
                       parts.version.empty() ? "-" : parts.version,
                       parts.is_pinned ? "pinned" : "open", parts.marker.empty() ? "" : " marked",
                       parts.location, fmt::join(parts.hashes, ","));
  };
  CHECK(line("a==1.0") == "a[] 1.0 pinned  ");
  CHECK(line("a [x, y] == 1.0 ; os_name == 'nt'") == "a[x,y] 1.0 pinned marked  ");
  CHECK(line("a===weird") == "a[] weird pinned  ");
  CHECK(line("a==1.*") == "a[] - open  ");
  CHECK(line("a>=1,<2") == "a[] - open  ");
  CHECK(line("a (==1.0)") == "a[] 1.0 pinned  ");
  CHECK(line("a==1.0 --hash=sha256:1 --hash sha256:2") == "a[] 1.0 pinned  sha256:1,sha256:2");
  CHECK(line("a @ https://h/a.zip ; os_name == 'nt'") == "a[] - open marked https://h/a.zip ");
  CHECK(line("git+https://h/o/r.git@1234567#egg=a") ==
        "a[] - pinned git+https://h/o/r.git@1234567 ");
  CHECK(line("git+ssh://git@h/o/r.git@main#egg=a[x]") ==
        "a[] - open git+ssh://git@h/o/r.git@main ");
  CHECK(line("./a.whl") == "[] - open ./a.whl ");
}

TEST_CASE("hosts and schemes of addresses") {
  CHECK(host_of("https://User:pw@Host.Example.org:8080/a?b#c") == "host.example.org");
  CHECK(host_of("git+ssh://git@host.example.org/a") == "host.example.org");
  CHECK(host_of("https://[::1]:80/a") == "[::1]");
  CHECK(host_of("https://host.example.org.") == "host.example.org");
  CHECK(host_of("../a").empty());
  CHECK(scheme_of("sparse+https://h/") == "https");
  CHECK(scheme_of("git+https://h/") == "git+https");
  CHECK(scheme_of("a").empty());
  // Every ecosystem that has registries with hosts of their own has one in the table.
  for (const PublicHost& known : public_hosts()) {
    const std::string address = "https://" + std::string(known.host) + "/x";
    CAPTURE(address);
    CHECK(is_public_registry(known.ecosystem, address));
    CHECK_FALSE(is_public_registry(known.ecosystem,
                                   address.substr(0, 8) + "evil-" + std::string(known.host)));
    CHECK_FALSE(
        is_public_registry(known.ecosystem, "https://evil.example.org/" + std::string(known.host)));
  }
}

TEST_CASE("addresses that are not those of their package") {
  const auto problem = [](std::string_view name, std::string_view version,
                          std::string_view location) {
    Package package;
    package.name = name;
    package.version = version;
    package.location = location;
    return address_problem(Ecosystem::npm, package);
  };
  CHECK(problem("a", "1.0.0", "https://h/a/-/a-1.0.0.tgz").empty());
  CHECK(problem("@s/a", "1.0.0", "https://h/@s/a/-/a-1.0.0.tgz").empty());
  CHECK(problem("@s/a", "1.0.0", "https://h/@s%2Fa/-/a-1.0.0.tgz").empty());
  CHECK(problem("@s/a", "1.0.0", "https://h/repository/npm/@s/a/-/@s/a-1.0.0.tgz").empty());
  CHECK(problem("a", "1.0.0+build", "https://h/a/-/a-1.0.0.tgz").empty());
  CHECK(problem("a", "1.0.0", "https://h/anything.tgz").empty());
  CHECK(problem("a", "1.0.0", "https://h/b/-/b-1.0.0.tgz") == "the address is that of `b`");
  CHECK(problem("a", "1.0.0", "https://h/@s/a/-/a-1.0.0.tgz") == "the address is that of `@s/a`");
  CHECK(problem("a", "1.0.0", "https://h/a/-/a-1.0.1.tgz") ==
        "the address is that of version 1.0.1");
  CHECK(problem("a", "1.0.0", "https://h/a/-/evil-1.0.0.tgz") ==
        "the address ends in `evil-1.0.0`, which is no archive of it");
}

TEST_CASE("hashes in every spelling") {
  const auto hash = [](std::string_view text) {
    const HashText parts = parse_hash(text);
    return fmt::format("{}{} {}", parts.algorithm, parts.is_strong ? " strong" : "", parts.problem);
  };
  CHECK(hash("sha512-" + std::string(86, 'A') + "==") == "sha512 strong ");
  CHECK(hash("sha256-" + std::string(43, 'A') + "=") == "sha256 strong ");
  CHECK(hash("sha1-" + std::string(27, 'A') + "=") == "sha1 ");
  CHECK(hash("sha256:" + std::string(64, 'f')) == "sha256 strong ");
  CHECK(hash("md5:" + std::string(32, '0')) == "md5 ");
  CHECK(hash("10c0/" + std::string(128, 'a')) == "sha512 strong ");
  CHECK(hash(std::string(128, 'a')) == "sha512 strong ");
  CHECK(hash("sha512-AAAA") == "sha512 strong is no sha512: 88 characters of base64 are needed");
  CHECK(hash("sha256:xyz") == "sha256 strong is no sha256: 64 digits in hex are needed");
  CHECK(hash("wrong") == "sha512 strong is no sha512: 128 digits in hex are needed");
  CHECK(hash("crc32:00") == "crc32 names no algorithm that is known: `crc32`");
  CHECK(is_commit_id(std::string(40, 'a')));
  CHECK(is_commit_id(std::string(64, '0')));
  CHECK_FALSE(is_commit_id("main"));
  CHECK_FALSE(is_commit_id(std::string(39, 'a')));
}

TEST_CASE("licence expressions") {
  const auto allowed = [](std::string_view text, const std::vector<std::string>& allow) {
    const auto expression = LicenseExpression::parse(text);
    if (!expression) return std::string("unreadable");
    const bool good = expression->is_satisfied([&](const LicenseTerm& term) {
      return std::find(allow.begin(), allow.end(), spell(term)) != allow.end();
    });
    return std::string(good ? "yes" : "no");
  };
  CHECK(allowed("MIT", {"MIT"}) == "yes");
  CHECK(allowed("mit", {"MIT"}) == "yes");
  CHECK(allowed("(MIT OR Apache-2.0)", {"Apache-2.0"}) == "yes");
  CHECK(allowed("MIT AND Apache-2.0", {"Apache-2.0"}) == "no");
  CHECK(allowed("MIT AND (GPL-2.0-only OR BSD-3-Clause)", {"MIT", "BSD-3-Clause"}) == "yes");
  CHECK(allowed("MIT OR GPL-2.0-only AND ISC", {"MIT"}) == "yes");
  CHECK(allowed("MIT OR GPL-2.0-only AND ISC", {"ISC"}) == "no");
  CHECK(allowed("GPL-2.0-only WITH Classpath-exception-2.0",
                {"GPL-2.0-only WITH Classpath-exception-2.0"}) == "yes");
  CHECK(allowed("GPL-2.0+", {"GPL-2.0+"}) == "yes");
  CHECK(allowed("LicenseRef-mine", {"LicenseRef-mine"}) == "yes");
  for (const std::string_view text :
       {"", "UNLICENSED", "SEE LICENSE IN LICENSE", "MIT OR", "(MIT", "MIT)", "MIT Apache-2.0",
        "GPL-2.0-only WITH Nonsense", "AND"}) {
    CAPTURE(text);
    CHECK(allowed(text, {}) == "unreadable");
  }
  CHECK(allowed(std::string(1000, '('), {}) == "unreadable");
  CHECK(spdx_license("apache-2.0") == "Apache-2.0");
  CHECK(spdx_license("Apache 2.0").empty());
  CHECK(spdx_exception("llvm-exception") == "LLVM-exception");
}

// Returns the ways to every package, and which of them only development needs.
std::string graph_of(const std::string& path, const std::string& text,
                     const std::vector<Requirement>& wanted = {}) {
  const ReadResult lock = read_lockfile(*find_format(path), test::source(path, text));
  REQUIRE(lock.has_value());
  const Graph graph(**lock, wanted);
  const auto development = graph.development_only();
  std::string out;
  for (std::uint32_t index = 0; index < (*lock)->packages.size(); ++index) {
    std::vector<std::string> steps;
    for (const std::uint32_t step : graph.way_to(index))
      steps.push_back(
          fmt::format("{}@{}", (*lock)->packages[step].name, (*lock)->packages[step].version));
    out += fmt::format("{}{}\n", fmt::join(steps, " > "),
                       !development            ? ""
                       : (*development)[index] ? " (development)"
                                               : "");
  }
  return out;
}

TEST_CASE("the graph of every format leads from the project to its packages") {
  CHECK(graph_of("package-lock.json", R"({"lockfileVersion": 3, "packages": {
    "": {"dependencies": {"a": "1"}, "devDependencies": {"d": "1"}},
    "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "2"}},
    "node_modules/a/node_modules/b": {"version": "2.0.0"},
    "node_modules/b": {"version": "1.0.0"},
    "node_modules/d": {"version": "1.0.0", "dependencies": {"b": "1"}}}})") ==
        "a@1.0.0\na@1.0.0 > b@2.0.0\nd@1.0.0 > b@1.0.0 (development)\nd@1.0.0 (development)\n");
  CHECK(graph_of("pnpm-lock.yaml", R"(lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      a: {specifier: '1', version: 1.0.0(p@1.0.0)}
    devDependencies:
      old: {specifier: 'npm:b@1', version: 'b@1.0.0'}
packages:
  a@1.0.0:
    resolution: {integrity: x}
  b@1.0.0:
    resolution: {integrity: x}
  p@1.0.0:
    resolution: {integrity: x}
snapshots:
  a@1.0.0(p@1.0.0):
    dependencies:
      p: 1.0.0
  b@1.0.0: {}
  p@1.0.0: {}
)") == "a@1.0.0\nb@1.0.0 (development)\na@1.0.0 > p@1.0.0\n");
  CHECK(graph_of("yarn.lock", R"(# yarn lockfile v1

a@^1.0.0:
  version "1.0.0"
  dependencies:
    b "^1.0.0"

b@^1.0.0:
  version "1.5.0"
)",
                 {{"a", "^1.0.0", Need::production, {}}}) == "a@1.0.0\na@1.0.0 > b@1.5.0\n");
  CHECK(graph_of("bun.lock", R"({"workspaces": {"": {"dependencies": {"a": "1"}}}, "packages": {
    "a": ["a@1.0.0", "", {"dependencies": {"b": "1"}}, ""],
    "a/b": ["b@1.0.0", "", {}, ""],
    "b": ["b@2.0.0", "", {}, ""]}})") == "a@1.0.0\na@1.0.0 > b@1.0.0\n\n");
  CHECK(graph_of("composer.lock", R"({"packages": [
    {"name": "v/a", "version": "1.0.0", "require": {"php": ">=8", "psr/log": "*"}},
    {"name": "v/log", "version": "2.0.0", "provide": {"psr/log": "1.0.0"}}]})",
                 {{"V/A", "^1", Need::production, {}}}) == "v/a@1.0.0\nv/a@1.0.0 > v/log@2.0.0\n");
  CHECK(graph_of("Cargo.lock", R"(version = 4
[[package]]
name = "t"
version = "0.1.0"
dependencies = ["a 2.0.0"]
[[package]]
name = "a"
version = "1.0.0"
source = "registry+https://crates.example.org/index"
[[package]]
name = "a"
version = "2.0.0"
source = "registry+https://crates.example.org/index"
)") == "\na@2.0.0\n");
}

TEST_CASE("manifests tell what they ask for") {
  const auto asked = [](const std::string& path, const std::string& text) {
    const ManifestKind* kind = find_manifest(path);
    REQUIRE(kind != nullptr);
    const auto manifest = kind->read(test::source(path, text));
    if (!manifest) return manifest.error().message;
    std::vector<std::string> texts;
    for (const Requirement& requirement : (*manifest)->requirements)
      texts.push_back(fmt::format("{}@{}", requirement.name, requirement.range));
    return fmt::format("{} foreign{}: {}", count_foreign(**manifest),
                       (*manifest)->makes_lock ? "" : ", a library", fmt::join(texts, " "));
  };
  CHECK(asked("package.json",
              R"({"dependencies": {"a": "1", "b": "file:b"}, "peerDependencies": {"c": "*"}})") ==
        "1 foreign: a@1 b@file:b c@*");
  CHECK(asked("package.json", R"({"main": "x.js", "dependencies": {"a": "1"}})") ==
        "1 foreign, a library: a@1");
  CHECK(asked("package.json", R"({"main": "x.js", "private": true})") == "0 foreign: ");
  CHECK(asked("composer.json", R"({"require": {"php": "^8", "ext-gd": "*", "v/a": "^1"}})") ==
        "1 foreign: php@^8 ext-gd@* v/a@^1");
  CHECK(asked("composer.json", R"({"type": "library", "require": {"v/a": "^1"}})") ==
        "1 foreign, a library: v/a@^1");
  CHECK(asked("pyproject.toml", "[project]\ndependencies = ['a>=1']\n[tool.uv]\n") ==
        "1 foreign: a@>=1");
  CHECK(asked("pyproject.toml", "[project]\ndependencies = ['a>=1']\n") ==
        "1 foreign, a library: a@>=1");
  CHECK(asked("Pipfile", "[packages]\na = '*'\n") == "1 foreign: a@*");
  CHECK(asked("Cargo.toml", "[[bin]]\nname='x'\n[dependencies]\na = {version = '1'}\n") ==
        "1 foreign: a@1");
  CHECK(asked("package.json", "{") == "line 1, column 2: the text ends too early");
  CHECK(find_manifest("setup.py") == nullptr);
}

}  // namespace
}  // namespace gate::readers::lockfiles
