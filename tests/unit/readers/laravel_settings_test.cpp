#include <map>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/json_writer.h"
#include "gate/readers/settings/laravel/laravel.h"
#include "tests/unit/readers/project.h"

namespace gate::readers {
namespace {

using test::Project;
using test::Variables;

// The settings, one a line: key, value as JSON or `?`.
std::string settings(const Project& project, const Variables& variables) {
  std::string out;
  for (const SettingEntry& entry : flatten(laravel_settings(project, variables)).values) {
    base::JsonWriter json;
    write_value(json, entry.value);
    const bool known = entry.value.find_unknown() == nullptr;
    out += fmt::format("{} = {}\n", entry.key, known ? std::move(json).text() : "?");
  }
  return out;
}

std::string one(std::string_view code, const Variables& variables = {}) {
  return settings(Project({{"config/x.php", "<?php " + std::string(code)}}), variables);
}

std::string trace(std::string_view code, const Variables& variables) {
  const Project project({{"config/x.php", "<?php\n" + std::string(code)}});
  const Settings all = flatten(laravel_settings(project, variables));
  return fmt::format("{}", fmt::join(trace_lines(all.values.front().value), " | "));
}

TEST_CASE("Laravel: what a file returns is what config() holds") {
  const Project project({
      {"config/app.php",
       "<?php return ['debug' => (bool) env('APP_DEBUG', false), 'name' => 'x'];"},
      {"config/sub/more.php", "<?php return ['list' => ['a', 'b'], 'map' => ['k' => [1, [2]]]];"},
      {"config/readme.md", "nothing"},
      {"configs/y.php", "<?php return [];"},
  });
  CHECK(settings(project, {{"APP_DEBUG", "true"}}) == R"(app.debug = true
app.name = "x"
sub.more.list = ["a","b"]
sub.more.map.k.0 = 1
sub.more.map.k.1 = [2]
)");
}

TEST_CASE("Laravel: a trace leads from the file to the value") {
  CHECK(trace("return ['a' =>\n (bool) env('X', true)];", {{"X", "(false)"}}) ==
        "X=(false) (.env:1) | env() is false (config/x.php:3) | a is false (config/x.php:3)");
  CHECK(trace("return ['a' => env('X', 'file')];", {}) ==
        "X is not set | env() is \"file\" (config/x.php:2)");
  CHECK(trace("return ['a' => 'secret'];", {}) == "a is a text in the code (config/x.php:2)");
  CHECK(trace("return ['a' => remote('x')];", {}) ==
        "a is unknown (config/x.php:2) | unknown: it calls remote(), which gate does not run "
        "(config/x.php:2)");
  CHECK(trace("$l = 'debug'; if (env('E') === 'prod') { $l = 'error'; } return ['a' => $l];",
              {{"E", "prod"}}) ==
        "E=prod (.env:1) | env() is \"prod\" (config/x.php:2) | $l is a text in the code "
        "(config/x.php:2) | a is \"error\" (config/x.php:2)");
}

TEST_CASE("Laravel: what is unknown stays unknown, and only that") {
  CHECK(one("return ['a' => remote(), 'b' => 1, 'c' => ['d' => remote() ? 1 : 2, 'e' => 2]];") ==
        "x.a = ?\nx.b = 1\nx.c.d = ?\nx.c.e = 2\n");
  CHECK(
      one("return ['a' => remote() ? 1 : 1, 'b' => remote() && false, 'c' => remote() || true];") ==
      "x.a = 1\nx.b = false\nx.c = true\n");
  CHECK(one("$a = 1; if (remote()) { $a = 2; } return ['a' => $a, 'b' => 3];") ==
        "x.a = ?\nx.b = 3\n");
  CHECK(one("if (remote()) { return ['a' => 1]; } return ['a' => 2];") == "x = ?\n");
  CHECK(one("if (remote()) { throw new E; } return ['a' => 2];") == "x.a = 2\n");
  CHECK(one("$a = [1]; remote($a); return ['a' => $a];") == "x.a = ?\n");
  CHECK(one("$a = [1]; $b = trim(' x '); return ['a' => $a];") == "x.a = [1]\n");
  CHECK(one("$a = 1; $b = &$a; $b = 2; $a = 3; return ['a' => $a, 'b' => $b];") ==
        "x.a = ?\nx.b = ?\n");
  CHECK(one("$a = 1; extract(remote()); return ['a' => $a];") == "x.a = ?\n");
  CHECK(one("$n = 'a'; $$n = 2; $a = 1; return ['a' => $a];") == "x.a = ?\n");
  CHECK(one("return ['a' => ...remote()];") == "x = ?\n");
  CHECK(one("return [...remote(), 'a' => 1];") == "x = ?\n");
  CHECK(one("return [remote() => 1, 'a' => 1];") == "x = ?\n");
  CHECK(one("return ['a' => fn () => 1, 'b' => new X];") == "x.a = ?\nx.b = ?\n");
  CHECK(one("return ['a' => 1, ];") == "x.a = 1\n");
  CHECK(one("return ['a' => 1;") == "x = ?\n");
  CHECK(one("while (true) { $a[] = 1; }") == "x = ?\n");
  CHECK(one("function f() { return f(); } return ['a' => f()];") == "x.a = ?\n");
  CHECK(one("return ['a' => str_repeat('x', 100000000)];") == "x.a = ?\n");
  CHECK(one("return ['a' => str_replace(range(1, 50000), 'y', str_repeat('x', 1000000))];") ==
        "x.a = ?\n");
  CHECK(one("return ['a' => strtr(str_repeat('x', 1000000), array_flip(range(1, 50000)))];") ==
        "x.a = ?\n");
  CHECK(one("return ['a' => dirname('x', PHP_INT_MAX)];") == "x.a = \".\"\n");
  CHECK(one("$a = 'x'; for ($i = 0; $i < 60; $i++) { $a .= $a; } return ['a' => $a];") ==
        "x.a = ?\n");
}

TEST_CASE("Laravel: what depends on the order, on references or on the version of PHP is unknown") {
  CHECK(one("$i = 1; return ['a' => $i + $i++, 'b' => 2];") == "x.a = ?\nx.b = 2\n");
  CHECK(one("$i = 1; $i += $i++; return ['a' => $i, 'b' => 1 + $i + 1];") == "x.a = ?\nx.b = ?\n");
  CHECK(one("$i = 1; $j = 1 + $i + $i++; return ['a' => $j];") == "x.a = 3\n");
  CHECK(one("$i = 0; $a = []; $a[$i++] = $i; return ['a' => $a];") == "x.a = ?\n");
  CHECK(one("$i = 0; $a = [1, 2]; $a[$i++] += 5; return ['a' => $a];") == "x.a = ?\n");
  CHECK(one("$n = 1; (fn (&$x) => $x = 2)($n); return ['a' => $n];") == "x.a = ?\n");
  CHECK(one("function f(&$x) { $x = 2; } $n = 1; f($n); return ['a' => $n];") == "x.a = ?\n");
  CHECK(one("$n = 1; str_replace('a', 'b', 'aa', $n); return ['a' => $n];") == "x.a = ?\n");
  CHECK(one("return ['a' => (function () { yield 1; })(), 'b' => [-3 => 'x', 'y']];") ==
        "x.a = ?\nx.b = ?\n");
  CHECK(one("return ['a' => storage_path('x') === '/srv/x', 'b' => is_string(storage_path())];") ==
        "x.a = ?\nx.b = true\n");
  // A path that is too long to be known is none that can be included.
  CHECK(one("return ['a' => require __DIR__ . str_repeat('x', 1048576)];") == "x.a = ?\n");
}

TEST_CASE("Laravel: an environment that is not known makes unknown what reads it") {
  Variables variables;
  variables.unknown = "no environment is declared";
  CHECK(one("return ['a' => env('X', 1), 'b' => 2];", variables) == "x.a = ?\nx.b = 2\n");
  CHECK(one("putenv('X=1'); return ['a' => env('X', 1), 'b' => 2];", {{"X", "5"}}) ==
        "x.a = ?\nx.b = 2\n");
  // A key without a value unsets the variable.
  Variables bare({{"X", ""}});
  bare.without_value = "X";
  CHECK(one("return ['a' => env('X', 'default')];", bare) == "x.a = \"default\"\n");
}

TEST_CASE("Laravel: files include others, and read what was loaded before") {
  const Project project({
      {"config/app.php",
       "<?php return ['name' => 'Shop', 'list' => require __DIR__.'/../data/list.php'];"},
      {"config/mail.php",
       "<?php return ['from' => config('app.name'), 'none' => config('app.x', 'y'), "
       "'later' => config('queue.default')];"},
      {"config/path.php",
       "<?php return ['a' => base_path('x'), 'b' => storage_path().'/y', "
       "'c' => (require base_path('data/list.php'))[0], 'd' => require 'gone.php'];"},
      {"data/list.php", "<?php return ['a', 'b'];"},
  });
  CHECK(settings(project, {}) == R"(app.name = "Shop"
app.list = ["a","b"]
mail.from = "Shop"
mail.none = "y"
mail.later = ?
path.a = ?
path.b = ?
path.c = "a"
path.d = ?
)");
}

TEST_CASE("Laravel: a secret stays out of traces") {
  Variables variables({{"KEY", "s3cret"}});
  variables.secret = "KEY";
  const std::string shown = trace("return ['a' => 'x' . env('KEY')];", variables);
  CHECK(shown.find("s3cret") == std::string::npos);
  variables = Variables();
  variables.secret = "KEY";
  CHECK(trace("return ['a' => env('KEY', 'hunter2')];", variables).find("hunter2") ==
        std::string::npos);
}

TEST_CASE("Laravel: what a project is, and its version") {
  CHECK(is_laravel(Project(
      {{"artisan", ""}, {"composer.json", R"({"require": {"laravel/framework": "^11.0"}})"}})));
  CHECK_FALSE(is_laravel(Project({{"artisan", ""}})));
  CHECK_FALSE(is_laravel(Project({{"artisan", ""}, {"composer.json", "{}"}})));
  CHECK(laravel_version(Project(
            {{"composer.json", R"({"require": {"laravel/framework": "^11.0|^12.0"}})"}})) == 11);
  CHECK(laravel_version(Project(
            {{"composer.json", R"({"require": {"laravel/framework": "^11.0"}})"},
             {"composer.lock",
              R"({"packages": [{"name": "laravel/framework", "version": "v12.1.0"}]})"}})) == 12);
  CHECK(laravel_version(Project({{"composer.json", "{"}})) == 0);
}

TEST_CASE("Laravel 11 fills in what is absent, Laravel 10 does not") {
  const auto value = [](std::string_view version, std::string_view key, const Variables& variables,
                        std::string_view start = {}) -> std::string {
    const Project project({
        {"artisan", ""},
        {"composer.json", fmt::format(R"({{"require": {{"laravel/framework": "^{}"}}}})", version)},
        {"bootstrap/app.php", std::string(start)},
        {"config/session.php", "<?php return ['driver' => 'redis', 'same_site' => null];"},
        {"config/hashing.php", "<?php return ['bcrypt' => []];"},
        {"config/logging.php", "<?php return ['channels' => ['daily' => ['level' => 'error']]];"},
    });
    const Settings all = flatten(laravel_settings(project, variables));
    const Setting* const found = all.find(key);
    if (found == nullptr) return "absent";
    if (found->is(SettingKind::unknown)) return "?";
    base::JsonWriter json;
    write_value(json, *found);
    return std::move(json).text();
  };
  CHECK(value("11.0", "session.http_only", {}) == "true");
  CHECK(value("11.0", "session.http_only", {{"SESSION_HTTP_ONLY", "false"}}) == "false");
  CHECK(value("10.0", "session.http_only", {}) == "absent");
  CHECK(value("11.0", "session.http_only", {}, "->dontMergeFrameworkConfiguration()") == "absent");
  // What is there counts, null as well.
  CHECK(value("11.0", "session.same_site", {}) == "null");
  CHECK(value("12.0", "session.secure", {{"SESSION_SECURE_COOKIE", "true"}}) == "true");
  CHECK(value("12.0", "session.secure", {}) == "null");
  // A map of the first level is taken as it is.
  CHECK(value("11.0", "hashing.bcrypt.rounds", {}) == "absent");
  CHECK(value("11.0", "hashing.argon.memory", {}) == "65536");
  CHECK(value("11.0", "logging.channels.daily.level", {}) == "\"error\"");
  CHECK(value("11.0", "database.connections", {}) == "?");
  // Whole files.
  CHECK(value("11.0", "cors.allowed_origins", {}) == "[\"*\"]");
  CHECK(value("10.0", "cors.allowed_origins", {}) == "absent");
  CHECK(value("11.0", "app.previous_keys", {}) == "?");
  CHECK(value("11.0", "queue.default", {{"QUEUE_CONNECTION", "sync"}}) == "\"sync\"");
  CHECK(value("11.0", "mail.default", {}) == "\"log\"");
}

}  // namespace
}  // namespace gate::readers
