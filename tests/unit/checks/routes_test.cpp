#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/checks/support.h"

namespace gate::checks {
namespace {

using test::RuleUnderTest;
using test::sample;

std::string routes(const std::string& keys, const std::string& web) {
  const RuleUnderTest rule("routes", keys);
  REQUIRE(rule.mistakes().empty());
  const auto files = sample({{"artisan", ""},
                             {"composer.json", R"({"require": {"laravel/framework": "^11.0"}})"},
                             {"routes/web.php", "<?php\n" + web}});
  return test::spell(rule.run({*files}));
}

TEST_CASE("routes: middleware that must run, and must not") {
  const std::string code =
      "Route::get('admin', 'A@a'); Route::get('admin/x', 'A@b')->middleware('auth:admin');";
  CHECK(routes("match = '/admin/**'\nrequire_middleware = ['auth:admin']", code) ==
        "failed\nroutes/web.php:2:1 GET admin runs without the middleware `auth:admin` [add "
        "->middleware('auth:admin') to the route or its group]");
  CHECK(routes("match = '/admin/x'\nrequire_middleware = ['auth']", code) == "passed");
  CHECK(routes("forbid_middleware = ['auth']", code).starts_with("failed\nroutes/web.php:2:29"));
  CHECK(
      routes("uri = 'nothing'\nforbid_middleware = ['auth']", code).starts_with("not_applicable"));
}

TEST_CASE("routes: what is not known is no pass") {
  CHECK(routes("require_middleware = ['auth']", "Route::get('a', 'A@a')->middleware(remote());")
            .starts_with("could_not_run"));
  CHECK(routes("require_middleware = ['auth']", "Route::get('a', ;").starts_with("could_not_run"));
  const RuleUnderTest rule("routes", "require_middleware = ['auth']");
  const auto files = sample({{"README.md", ""}});
  CHECK(test::spell(rule.run({*files})) == "not_applicable: this is no Laravel application");
  CHECK_FALSE(RuleUnderTest("routes", "match = '/a'").mistakes().empty());
}

}  // namespace
}  // namespace gate::checks
