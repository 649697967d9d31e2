// The tables of gate against the files that every entry has to have (CONTRIBUTING.md lists them).
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "gate/checks/kinds.h"
#include "gate/cli/commands.h"
#include "gate/policy/packs.h"
#include "gate/report/formats.h"

namespace gate::meta {
namespace {

using Names = std::vector<std::string>;

const std::filesystem::path kRoot = GATE_SOURCE_FOLDER;

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Returns the names of the files of a folder that end so, without that end; sorted.
Names files(const std::filesystem::path& folder, std::string_view end) {
  Names names;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(kRoot / folder, none)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(end)) names.push_back(name.substr(0, name.size() - end.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

// Returns those of `paths` that are no file or folder.
Names missing(const Names& paths) {
  Names result;
  for (const std::string& path : paths) {
    if (!std::filesystem::exists(kRoot / path)) result.push_back(path);
  }
  return result;
}

struct ShippedRule {
  std::string id;
  std::string kind;
};

std::vector<ShippedRule> shipped_rules() {
  std::vector<ShippedRule> rules;
  for (const std::string_view pack : policy::pack_names()) {
    const auto document = policy::shipped_pack(pack);
    REQUIRE(document != nullptr);
    const auto list = document->root().find("rule");
    if (!list) continue;
    for (const readers::Value& rule : list->children()) {
      const auto id = rule.find("id");
      const auto kind = rule.find("kind");
      REQUIRE(id);
      REQUIRE(kind);
      rules.push_back({std::string((*id)->text), std::string((*kind)->text)});
    }
  }
  return rules;
}

TEST_CASE("every kind has its folder, its tests, its page and a shipped rule") {
  std::set<std::string> used;
  for (const ShippedRule& rule : shipped_rules())
    used.insert(rule.kind);
  for (const checks::Kind* kind : checks::kinds()) {
    const std::string name(kind->name);
    CAPTURE(name);
    CHECK(missing({"gate/checks/" + name + "/" + name + ".cpp",
                   "tests/unit/checks/" + name + "_test.cpp", "docs/kinds/" + name + ".md"}) ==
          Names{});
    CHECK(used.contains(name));
  }
}

TEST_CASE("every report format has a golden file") {
  const Names golden = files("tests/golden/report", "");
  for (const report::Format* format : report::formats()) {
    CAPTURE(format->name);
    CHECK(std::any_of(golden.begin(), golden.end(), [&](const std::string& file) {
      return file.starts_with(std::string(format->name) + ".");
    }));
  }
}

TEST_CASE("every file of rules is a shipped pack, and the reverse") {
  const auto names = policy::pack_names();
  CHECK(files("rules", ".toml") == Names(names.begin(), names.end()));
}

TEST_CASE("every shipped rule has a page, and every page a rule") {
  Names wanted{"README"};
  for (const ShippedRule& rule : shipped_rules())
    wanted.push_back(rule.id);
  std::sort(wanted.begin(), wanted.end());
  CHECK(files("docs/rules", ".md") == wanted);
}

TEST_CASE("every subcommand stands in docs/cli.md") {
  const std::string page = read(kRoot / "docs/cli.md");
  for (const cli::Command* command : cli::commands()) {
    CAPTURE(command->name);
    CHECK(page.find("gate " + std::string(command->name)) != std::string::npos);
  }
}

TEST_CASE("every reader has tests; every fuzz target a seed") {
  const Names readers = files("gate/readers/formats", ".h");
  for (const std::string& reader : readers) {
    // `toml_places` is a part of `toml`; `document` is what they all make.
    const bool part = std::any_of(readers.begin(), readers.end(), [&](const std::string& whole) {
      return reader.starts_with(whole + "_");
    });
    if (part || reader == "document") continue;
    CAPTURE(reader);
    CHECK(missing({"tests/unit/readers/" + reader + "_test.cpp",
                   "tests/fuzz/" + reader + "_fuzz.cpp"}) == Names{});
  }
  for (const std::string& target : files("tests/fuzz", "_fuzz.cpp")) {
    CAPTURE(target);
    CHECK(!files("tests/fuzz/corpus/" + target, "").empty());
  }
}

// A regular expression in a message helps nobody who has not written it.
TEST_CASE("a shipped rule that tests values by patterns says in words what they ask") {
  for (const std::string_view pack : policy::pack_names()) {
    const auto rules = policy::shipped_pack(pack)->root().find("rule");
    if (!rules) continue;
    for (const readers::Value& rule : rules->children()) {
      const std::string_view kind = (*rule.find("kind"))->text;
      const bool tests_values = kind == "env" || kind == "config";
      if (!tests_values || (!rule.find("matches") && !rule.find("not_matches"))) continue;
      INFO((*rule.find("id"))->text);
      CHECK(rule.find("expected").has_value());
    }
  }
}

}  // namespace
}  // namespace gate::meta
