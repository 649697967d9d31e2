#include "gate/base/glob.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

namespace {

using gate::base::Glob;
using gate::base::GlobSet;

struct Case {
  std::string_view glob;
  std::string_view path;
  bool matches;
};

GlobSet set_of(const std::vector<std::string_view>& texts) {
  GlobSet set;
  for (const std::string_view text : texts)
    REQUIRE(set.add(text).has_value());
  return set;
}

}  // namespace

TEST_CASE("a glob matches paths as git and CI files mean it") {
  const std::vector<Case> cases{
      // without a slash: the last segment at any depth
      {"*.php", "index.php", true},
      {"*.php", "app/Http/Kernel.php", true},
      {"*.php", "app/index.phpt", false},
      {"composer.json", "packages/a/composer.json", true},
      {"composer.json", "composer.json.bak", false},
      {".env*", ".env.production", true},
      {".env*", "docker/.env", true},
      {".env*", "app.env", false},
      {"**", "a/b/c", true},
      // with a slash: the whole path from the top
      {"app/*.php", "app/index.php", true},
      {"app/*.php", "app/Http/Kernel.php", false},
      {"app/*.php", "src/app/index.php", false},
      {"/composer.json", "composer.json", true},
      {"/composer.json", "packages/a/composer.json", false},
      {"app/**/*.php", "app/index.php", true},
      {"app/**/*.php", "app/a/b/c/index.php", true},
      {"app/**/*.php", "apps/index.php", false},
      {"**/migrations/*.php", "migrations/1.php", true},
      {"**/migrations/*.php", "database/migrations/1.php", true},
      {"**/migrations/*.php", "database/my_migrations/1.php", false},
      {"**/a/**/b", "x/a/y/z/b", true},
      {"**/a/**/b", "a/b", true},
      {"**/a/**/b", "xa/b", false},
      {"a/**", "a/b", true},
      {"a/**", "a/b/c", true},
      {"a/**", "a", false},
      {"a/**b", "a/x/yb", true},
      {"vendor/", "vendor/autoload.php", true},
      {"vendor/", "vendor/a/b", true},
      {"vendor/", "vendor", false},
      // one character, classes
      {"a?c", "abc", true},
      {"a?c", "a/c", false},
      {"a?c", "aéc", true},
      {"a?c", "ac", false},
      {"a?c",
       "a\xE9"
       "c",
       true},
      {"[a-c]x", "bx", true},
      {"[a-c]x", "dx", false},
      {"[!a-c]x", "dx", true},
      {"[^a-c]x", "bx", false},
      {"[!a]x", "éx", true},
      {"[é-ü]x", "öx", true},
      {"[]a]x", "]x", true},
      {"[a-]x", "-x", true},
      {"a/[!b]c", "a//c", false},
      {"[\\]]x", "]x", true},
      // alternatives
      {"*.{js,ts}", "a/b.ts", true},
      {"*.{js,ts}", "a/b.tsx", false},
      {"{app,src}/**/*.{js,ts}", "src/x/y.js", true},
      {"{a,b{c,d}}/x", "bd/x", true},
      {"{a,b{c,d}}/x", "b/x", false},
      {"a{,.bak}", "a", true},
      {"a{,.bak}", "a.bak", true},
      {"[{]x", "{x", true},
      // escapes
      {"\\*.php", "*.php", true},
      {"\\*.php", "a.php", false},
      {"\\{a\\}", "{a}", true},
      {"a}", "a}", true},
      // prefix and suffix must not overlap
      {"aba*aba", "aba", false},
      {"aba*aba", "abaaba", true},
  };
  for (const Case& item : cases) {
    CAPTURE(item.glob, item.path);
    const auto glob = Glob::compile(item.glob);
    REQUIRE(glob.has_value());
    CHECK(glob->matches(item.path) == item.matches);
    CHECK(glob->text() == item.glob);
  }
}

TEST_CASE("a glob says what is wrong with it") {
  struct Bad {
    std::string_view glob;
    std::string_view message;
  };
  const std::vector<Bad> cases{
      {"", "the path is empty"},
      {"/", "the path is empty"},
      {"a[b", "`[` is not closed"},
      {"a[]", "`[` is not closed"},
      {"a{b,c", "`{` is not closed"},
      {"a\\", "`\\` at the end takes no character"},
      {"[z-a]", "a range in `[` `]` runs backwards"},
      {"{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
       "the braces stand for more than 1024 paths"},
  };
  for (const Bad& item : cases) {
    CAPTURE(item.glob);
    const auto glob = Glob::compile(item.glob);
    REQUIRE_FALSE(glob.has_value());
    CHECK(glob.error().message == item.message);
  }
}

TEST_CASE("a glob of many stars takes linear time") {
  std::string glob = "x/";
  for (int i = 0; i < 200; ++i)
    glob += "*a**";
  const auto compiled = Glob::compile(glob + "b");
  REQUIRE(compiled.has_value());
  const auto begin = std::chrono::steady_clock::now();
  CHECK_FALSE(compiled->matches("x/" + std::string(4000, 'a')));
  CHECK(compiled->matches("x/" + std::string(4000, 'a') + "b"));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}

TEST_CASE("in a list the last glob that matches decides") {
  const GlobSet some = set_of({"app/**", "!app/Legacy/**", "app/Legacy/Kept.php"});
  CHECK(some.matches("app/a.php"));
  CHECK_FALSE(some.matches("app/Legacy/a.php"));
  CHECK(some.matches("app/Legacy/Kept.php"));
  CHECK_FALSE(some.matches("README.md"));
  CHECK(some.texts() ==
        std::vector<std::string>{"app/**", "!app/Legacy/**", "app/Legacy/Kept.php"});
}

TEST_CASE("a list of negative globs only starts from everything") {
  const GlobSet without = set_of({"!vendor/**"});
  CHECK(without.matches("app/a.php"));
  CHECK_FALSE(without.matches("vendor/a.php"));
  CHECK(GlobSet().matches("anything"));
  CHECK(GlobSet().empty());
}

TEST_CASE("a list refuses a bad glob and stays as it was") {
  GlobSet set;
  CHECK(set.add("!a[").error().message == "`[` is not closed");
  CHECK(set.add("!").error().message == "the path is empty");
  CHECK(set.empty());
}

TEST_CASE("a list knows when it means one path") {
  CHECK(set_of({"/composer.json"}).literal() == "composer.json");
  CHECK(set_of({"app/a\\*.php"}).literal() == "app/a*.php");
  CHECK(set_of({"composer.json"}).literal().empty());
  CHECK(set_of({"app/*.php"}).literal().empty());
  CHECK(set_of({"app/"}).literal().empty());
  CHECK(set_of({"!app/a.php"}).literal().empty());
  CHECK(set_of({"app/a.php", "app/b.php"}).literal().empty());
  CHECK(set_of({"app/{a,b}.php"}).literal().empty());
}
