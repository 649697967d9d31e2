// Every format of lockfiles: samples with what is read from them (lockfiles/formats/*.txt), and
// what no format may do.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "gate/readers/formats/json_scanner.h"
#include "tests/unit/readers/lockfiles/samples.h"

namespace gate::readers::lockfiles {
namespace {

using test::Sample;

ReadResult read(const std::string& path, const std::string& text) {
  const Format* format = find_format(path);
  REQUIRE(format != nullptr);
  return read_lockfile(*format, test::source(path, text));
}

TEST_CASE("lockfiles of every format are read with all they say") {
  for (const Sample& sample : test::samples("formats")) {
    CAPTURE(sample.name);
    REQUIRE(sample.files.size() == 1);
    test::check(sample, "formats",
                test::spell(read(sample.files[0].first, sample.files[0].second)));
  }
}

TEST_CASE("every format has a sample") {
  std::set<std::string_view> seen;
  const std::vector<Sample> samples = test::samples("formats");
  for (const Sample& sample : samples) {
    if (const Format* format = find_format(sample.files[0].first)) seen.insert(format->name);
  }
  for (const Format* format : formats()) {
    CAPTURE(format->name);
    CHECK(seen.contains(format->name));
  }
}

TEST_CASE("a lockfile that is cut off anywhere is read or refused, and its places are its own") {
  for (const Sample& sample : test::samples("formats")) {
    const auto& [path, text] = sample.files[0];
    for (std::size_t size = 0; size < text.size(); ++size) {
      const ReadResult result = read(path, text.substr(0, size));
      if (!result) {
        CHECK_FALSE(result.error().message.empty());
        continue;
      }
      for (const Package& package : (*result)->packages) {
        if (package.span.end > size) FAIL("a place beyond the end: " << path << " at " << size);
      }
    }
  }
}

TEST_CASE("an empty file is a lock without packages, or none, by its format") {
  const auto said = [](const Format& format, const std::string& text) -> std::string {
    const ReadResult result = read(std::string(format.locks.front()), text);
    if (!result) return result.error().message;
    CHECK((*result)->problems.empty());
    return (*result)->packages.empty() ? "no packages" : "packages";
  };
  // JSON has to have a value; for the others nothing is no contradiction.
  const std::map<std::string_view, std::string> refused{
      {"npm", "line 1, column 1: the text ends too early"},
      {"bun", "line 1, column 1: the text ends too early"},
      {"composer", "line 1, column 1: the text ends too early"},
      {"pipenv", "line 1, column 1: the text ends too early"},
  };
  for (const Format* format : formats()) {
    CAPTURE(format->name);
    const auto wanted = refused.find(format->name);
    CHECK(said(*format, "") == (wanted == refused.end() ? "no packages" : wanted->second));
    if (wanted == refused.end()) CHECK(said(*format, "\n\n") == "no packages");
  }
}

// Puts a byte in the place of others, at places all over the text.
template <class Check>
void damage(const std::string& text, const Check& check) {
  constexpr std::string_view kBytes("\0\n\"{}[]:,'\\-#\xFF", 14);
  constexpr std::size_t kPlaces = 60;
  for (std::size_t step = 0; step < kPlaces; ++step) {
    for (std::size_t which = 0; which < kBytes.size(); ++which) {
      std::string damaged = text;
      damaged[(text.size() * step / kPlaces + which * 7) % text.size()] = kBytes[which];
      check(damaged);
    }
  }
}

TEST_CASE("a damaged lockfile is read or refused, and its places are its own") {
  for (const Sample& sample : test::samples("formats")) {
    const auto& [path, text] = sample.files[0];
    if (text.empty()) continue;
    damage(text, [&](const std::string& damaged) {
      const ReadResult result = read(path, damaged);
      if (!result) {
        if (result.error().message.empty()) FAIL("refused without a word: " << path);
        return;
      }
      for (const Package& package : (*result)->packages) {
        (void)(*result)->hashes(package);
        (void)(*result)->requirements(package.requirements);
        if (package.span.end > damaged.size()) FAIL("a place beyond the end: " << path);
      }
    });
  }
}

TEST_CASE("what is no lockfile is refused or has no packages") {
  for (const Format* format : formats()) {
    CAPTURE(format->name);
    const std::string path(format->locks.front());
    for (const std::string_view text :
         {"<!DOCTYPE html><html></html>\n", "\xFF\xFE\x00\x01", "[[[[", "{\"a\": "}) {
      const ReadResult result = read(path, std::string(text));
      CHECK((!result || (*result)->packages.empty() || !(*result)->problems.empty()));
    }
    const ReadResult conflict = read(path, "<<<<<<< HEAD\n=======\n>>>>>>> other\n");
    REQUIRE_FALSE(conflict.has_value());
    CHECK(conflict.error().message == "line 1, column 1: a merge conflict was left unresolved");
  }
}

TEST_CASE("deep and wide lockfiles end") {
  const std::string deep(100'000, '[');
  for (const Format* format : formats()) {
    CAPTURE(format->name);
    const std::string path(format->locks.front());
    (void)read(path, deep);
    (void)read(path, "{\"packages\": " + deep);
    (void)read(path, "a: " + deep);
    (void)read(path, std::string(100'000, ' ') + "a:\n");
    (void)read(path, "x = " + std::string(1000, '['));
  }
  std::string nested;
  for (int level = 0; level < 200; ++level)
    nested += R"({"dependencies": {"a": )";
  const ReadResult result = read("package-lock.json", nested);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().message.find("nested too deeply") != std::string::npos);
}

TEST_CASE("lockfiles are known by their names") {
  const auto format = [](std::string_view path) {
    const Format* found = find_format(path);
    return found == nullptr ? std::string_view("none") : found->name;
  };
  CHECK(format("package-lock.json") == "npm");
  CHECK(format("a/b/npm-shrinkwrap.json") == "npm");
  CHECK(format("yarn.lock") == "yarn");
  CHECK(format("bun.lock") == "bun");
  CHECK(format("requirements.txt") == "requirements");
  CHECK(format("requirements-dev.txt") == "requirements");
  CHECK(format("dev-requirements.txt") == "requirements");
  CHECK(format("a/requirements/prod.txt") == "requirements");
  CHECK(format("requirements/prod.txt") == "requirements");
  CHECK(format("pylock.dev.toml") == "pylock");
  CHECK(format("gems.locked") == "bundler");
  CHECK(format("app/buildscript-gradle.lockfile") == "gradle");
  CHECK(format("requirementsx.txt") == "none");
  CHECK(format("requirements.in") == "none");
  CHECK(format("my-package-lock.json") == "none");
  CHECK(format("yarn.lock.orig") == "none");
}

TEST_CASE("ecosystems compare names in their own way") {
  CHECK(canonical_name(Ecosystem::pypi, "Zope.Interface__x") == "zope-interface-x");
  CHECK(canonical_name(Ecosystem::packagist, "Symfony/HTTP-Kernel") == "symfony/http-kernel");
  CHECK(canonical_name(Ecosystem::npm, "JSONStream") == "JSONStream");
  CHECK(is_canonical_name(Ecosystem::pypi, "a-b"));
  CHECK_FALSE(is_canonical_name(Ecosystem::pypi, "a--b"));
  CHECK_FALSE(is_canonical_name(Ecosystem::pypi, "A"));
  CHECK(from_osv("Packagist:https://packages.example.org") == Ecosystem::packagist);
  CHECK(from_osv("Debian:12") == std::nullopt);
  CHECK(from_word("Composer") == Ecosystem::packagist);
  CHECK(from_word("crates"
                  ".io") == Ecosystem::crates);
  CHECK(from_word("golang") == Ecosystem::go);
}

TEST_CASE("JSON is read in passing") {
  JsonTexts texts;
  JsonScanner json(R"({"a": [1, {"b": "x\n"}], "c": true, "d": 1.5e3, "e": null, "f": "g"})",
                   texts);
  std::string seen;
  const bool is_map = json.members([&](const JsonScanner::Key& key) {
    if (key.name == "a") {
      json.items([&] {
        json.members([&](const JsonScanner::Key& inner) {
          seen += inner.name;
          seen += json.text().value_or("?");
        });
      });
    } else if (key.name == "c") {
      seen += json.boolean().value_or(false) ? "yes" : "no";
    } else if (key.name == "d") {
      seen += json.word().value_or("?");
    } else if (key.name == "e") {
      seen += json.text() ? "text" : "nothing";
    }
  });
  CHECK(is_map);
  CHECK(json.finish().empty());
  CHECK(seen == "bx\nyes1.5e3nothing");
}

TEST_CASE("JSON that is passed over is checked all the same") {
  const auto problem = [](std::string_view text, JsonScanner::Options options = {}) {
    JsonTexts texts;
    JsonScanner json(text, texts, options);
    json.skip();
    return json.finish();
  };
  CHECK(problem("{\"a\": [1, 2, {}]}").empty());
  CHECK(problem("") == "line 1, column 1: the text ends too early");
  CHECK(problem("{\"a\": [1, 2}") == "line 1, column 12: a comma is missing");
  CHECK(problem("{\"a\" 1}") == "line 1, column 6: `:` is missing");
  CHECK(problem("{\"a\": 1,\n}") == "line 2, column 1: a key in quotes is missing");
  CHECK(problem("{\"a\": 1,\n}", {.trailing_commas = true}).empty());
  CHECK(problem("[1,\n]", {.trailing_commas = true}).empty());
  CHECK(problem("[,]", {.trailing_commas = true}) == "line 1, column 2: a value is missing");
  CHECK(problem("1 2") == "line 1, column 3: text behind the end of the value");
  CHECK(problem("[tru]") == "line 1, column 2: `tru` is no value");
  CHECK(problem("[\"a\tb\"]") ==
        "line 1, column 4: a control character in a string has to be escaped");
  CHECK(problem(std::string(64, '[') + std::string(64, ']')).empty());
  CHECK(problem(std::string(100'000, '[')) == "line 1, column 65: nested too deeply");
}

}  // namespace
}  // namespace gate::readers::lockfiles
