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

// A Laravel 11 application whose bootstrap/app.php changes the middleware like this.
std::string api(const std::string& keys, const std::string& middleware, const std::string& code) {
  const RuleUnderTest rule("routes", keys);
  REQUIRE(rule.mistakes().empty());
  const auto files = sample(
      {{"artisan", ""},
       {"composer.json", R"({"require": {"laravel/framework": "^11.0"}})"},
       {"bootstrap/app.php",
        "<?php return Application::configure(basePath: dirname(__DIR__))\n"
        "->withRouting(web: __DIR__.'/../routes/web.php', api: __DIR__.'/../routes/api.php')\n"
        "->withMiddleware(function (Middleware $m) { " +
            middleware + " })->create();"},
       {"routes/web.php", "<?php Route::get('/', 'A@home');"},
       {"routes/api.php", "<?php\n" + code}});
  return test::spell(rule.run({*files}));
}

TEST_CASE("routes: what all routes of a group lack is the group's") {
  const std::string rule = "group = 'api'\nthrottled = true";
  const std::string two = "Route::get('a', 'A@a'); Route::get('b', 'A@b');";
  CHECK(api(rule, "", two) ==
        "failed\nbootstrap/app.php:3:3 none of the 2 routes of the group `api` is throttled");
  CHECK(
      api(rule, "", "Route::get('a', 'A@a');") ==
      "failed\nroutes/api.php:2:1 GET api/a is not throttled [add ->middleware('throttle:5,1') to "
      "the route]");
  CHECK(api(rule, "$m->throttleApi('none');", two) ==
        "failed\nbootstrap/app.php:3:3 none of the 2 routes of the group `api` is throttled");
  CHECK(api(rule, "$m->throttleApi('none');", two + " RateLimiter::for('none', fn () => 1);") ==
        "passed");
  CHECK(api(rule, "$m->api(prepend: ['throttle:60,1']);", two) == "passed");
  CHECK(api(rule,
            "$m->append(\\Illuminate\\Routing\\Middleware\\ThrottleRequests::class.':600,1');",
            two) == "passed");
  CHECK(api(rule, "$m->appendToGroup('api', remote());", two).starts_with("could_not_run"));
  CHECK(api("group = 'admin'\nthrottled = true", "", two).starts_with("not_applicable"));
}

}  // namespace
}  // namespace gate::checks
