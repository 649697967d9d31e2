#include "gate/readers/routes/routes.h"

#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/readers/routes/inflect.h"
#include "tests/unit/readers/project.h"

namespace gate::readers {
namespace {

using test::Project;
using test::Variables;

std::string middleware_of(const Route& route) {
  std::string out;
  for (const RouteMiddleware& one : route.middleware)
    out += (out.empty() ? "" : " ") + one.name;
  return out;
}

// The routes, one a line: methods, URI, action, middleware.
std::string routes(const Project& project) {
  std::string out;
  for (const Route& route : laravel_routes(project, Variables()).routes) {
    out += fmt::format("{} {} {} [{}]", fmt::join(route.methods, "|"), route.uri, route.action,
                       middleware_of(route));
    if (!route.name.empty()) out += " " + route.name;
    if (!route.limited_by.empty()) out += " limited by " + route.limited_by;
    if (!route.unknown.empty()) out += " unknown: " + route.unknown;
    out += "\n";
  }
  return out;
}

std::string web(std::string_view code) {
  return routes(
      {{"routes/web.php", "<?php use Illuminate\\Support\\Facades\\Route;\n" + std::string(code)}});
}

TEST_CASE("routes: verbs, groups, names and actions") {
  CHECK(web("Route::get('/', fn () => 1); Route::post('login', 'A@in')->name('in'); "
            "Route::any('x', C::class);") ==
        "GET / Closure [web]\n"
        "POST login A@in [web] in\n"
        "GET|POST|PUT|PATCH|DELETE|OPTIONS x C@__invoke [web]\n");
  CHECK(web("Route::prefix('/admin/')->name('admin.')->middleware(['auth', "
            "'can:x'])->group(function () {\n"
            "Route::get('a', [A::class, 'm'])->name('a'); Route::middleware('b')->post('c', "
            "[A::class, 'n']); });") ==
        "GET admin/a A@m [web auth can:x] admin.a\n"
        "POST admin/c A@n [web auth can:x b] admin.\n");
  CHECK(web("Route::group(['prefix' => 'x', 'middleware' => 'm', 'as' => 'x.', 'namespace' => "
            "'Admin'], function ($r) {"
            "$r->get('y', 'C@m')->name('y'); Route::group(['prefix' => 'z', 'namespace' => "
            "'Deep'], function () {"
            "Route::get('q', 'D@n'); Route::get('r', '\\\\E@o'); }); });") ==
        "GET x/y Admin\\C@m [web m] x.y\n"
        "GET x/z/q Admin\\Deep\\D@n [web m] x.\n"
        "GET x/z/r E@o [web m] x.\n");
  CHECK(web("Route::controller(C::class)->group(function () { Route::get('a', 'm'); "
            "Route::post('b', 'n'); });") == "GET a C@m [web]\nPOST b C@n [web]\n");
  CHECK(web("Route::match(['get', 'post', 'HEAD'], 'a', ['uses' => 'C@m', 'middleware' => ['x'], "
            "'as' => 'n']);") == "GET|POST a C@m [web x] n\n");
  CHECK(
      web("Route::view('a', 'welcome'); Route::redirect('b', 'c'); Route::fallback(fn () => 1);") ==
      "GET a view:welcome [web]\n"
      "GET|POST|PUT|PATCH|DELETE|OPTIONS b redirect:c [web]\n"
      "GET {fallbackPlaceholder} Closure [web]\n");
  CHECK(web("foreach (['a', 'b'] as $p) { Route::get($p, 'C@m'); } $v = ['x']; Route::get('c', "
            "'C@m')->middleware($v);") == "GET a C@m [web]\nGET b C@m [web]\nGET c C@m [web x]\n");
}

TEST_CASE("routes: resources") {
  CHECK(web("Route::resource('user-categories', C::class)->only(['index', 'show', 'destroy']);") ==
        "GET user-categories C@index [web] user-categories.index\n"
        "GET user-categories/{user_category} C@show [web] user-categories.show\n"
        "DELETE user-categories/{user_category} C@destroy [web] user-categories.destroy\n");
  CHECK(web("Route::apiResource('admin/photos.comments', "
            "C::class)->shallow()->except('update')->middleware('m')"
            "->middlewareFor('store', 'throttle:5,1');") ==
        "GET admin/photos/{photo}/comments C@index [web m] photos.comments.index\n"
        "POST admin/photos/{photo}/comments C@store [web m throttle:5,1] photos.comments.store\n"
        "GET admin/comments/{comment} C@show [web m] comments.show\n"
        "DELETE admin/comments/{comment} C@destroy [web m] comments.destroy\n");
  CHECK(web("Route::resource('posts', C::class, ['only' => ['update'], 'parameters' => ['posts' => "
            "'id']])->names('p');") == "PUT|PATCH posts/{id} C@update [web] p.update\n");
  CHECK(web("Route::singleton('profile', C::class)->creatable(); Route::apiResources(['a' => "
            "A::class], ['only' => 'index']);") ==
        "GET profile/create C@create [web] profile.create\n"
        "POST profile C@store [web] profile.store\n"
        "GET profile C@show [web] profile.show\n"
        "GET profile/edit C@edit [web] profile.edit\n"
        "PUT|PATCH profile C@update [web] profile.update\n"
        "DELETE profile C@destroy [web] profile.destroy\n"
        "GET a A@index [web] a.index\n");
}

TEST_CASE("routes: middleware of a Kernel, and what is taken away") {
  const Project project({
      {"app/Http/Kernel.php", R"(<?php namespace App\Http;
use Illuminate\Routing\Middleware\ThrottleRequests;
class Kernel extends HttpKernel {
  protected $middlewareGroups = ['web' => ['csrf', 'inner'], 'inner' => ['deep'],
    'api' => [ThrottleRequests::class.':api', 'bindings']];
  protected $routeMiddleware = ['throttle' => ThrottleRequests::class, 'slow' => \App\Slow::class];
})"},
      {"routes/web.php",
       "<?php Route::get('a', 'C@m')->withoutMiddleware('inner'); Route::get('b', "
       "'C@m')->middleware('slow:1', 'csrf');"},
      {"routes/api.php",
       "<?php Route::get('c', 'C@m')->withoutMiddleware('throttle:api'); Route::get('d', "
       "'C@m')->withoutMiddleware('throttle');"},
  });
  CHECK(routes(project) ==
        "GET api/c C@m [api bindings]\n"
        "GET api/d C@m [api Illuminate\\Routing\\Middleware\\ThrottleRequests:api bindings]\n"
        "GET a C@m [web csrf]\n"
        "GET b C@m [web csrf inner deep slow:1]\n");
  const Routing routing = laravel_routes(project, Variables());
  CHECK(routing.routes[3].middleware.back().class_name == "App\\Slow");
  CHECK(routing.routes[3].middleware.back().from == "route");
  CHECK(routing.routes[3].middleware[1].from == "web");
}

TEST_CASE("routes: bootstrap/app.php of Laravel 11") {
  const Project project({
      {"bootstrap/app.php", R"(<?php
use Illuminate\Foundation\Application;
use Illuminate\Foundation\Configuration\Middleware;
return Application::configure(basePath: dirname(__DIR__))
  ->withRouting(web: __DIR__.'/../routes/web.php', api: __DIR__.'/../routes/api.php', apiPrefix: 'api/v1',
    commands: __DIR__.'/../routes/console.php', health: '/up',
    then: function () { Route::middleware(['web', 'admin'])->prefix('admin')->group(base_path('routes/admin.php')); })
  ->withMiddleware(function (Middleware $middleware): void {
    $middleware->throttleApi('login');
    $middleware->api(prepend: ['first'], append: ['last'], remove: [\Illuminate\Routing\Middleware\SubstituteBindings::class]);
    $middleware->alias(['admin' => \App\Http\Middleware\Admin::class]);
    $middleware->group('own', ['x']);
    $middleware->appendToGroup('own', 'y')->prependToGroup('own', ['w']);
  })->withExceptions(function ($e) {})->create();)"},
      {"routes/web.php",
       "<?php Route::get('a', 'C@m')->middleware('own'); require __DIR__.'/auth.php';"},
      {"routes/auth.php",
       "<?php Route::middleware('guest')->group(function () { Route::post('login', 'L@in'); });"},
      {"routes/api.php", "<?php Route::post('b', 'C@m');"},
      {"routes/admin.php", "<?php Route::get('/', 'C@m');"},
      {"routes/lost.php", "<?php Route::get('z', 'C@m');"},
      {"routes/console.php", "<?php Route::get('no', 'C@m');"},
  });
  CHECK(routes(project) ==
        "POST api/v1/b C@m [api first throttle:login last]\n"
        "GET a C@m [web Illuminate\\Cookie\\Middleware\\EncryptCookies "
        "Illuminate\\Cookie\\Middleware\\AddQueuedCookiesToResponse "
        "Illuminate\\Session\\Middleware\\StartSession "
        "Illuminate\\View\\Middleware\\ShareErrorsFromSession "
        "Illuminate\\Foundation\\Http\\Middleware\\ValidateCsrfToken "
        "Illuminate\\Routing\\Middleware\\SubstituteBindings own w x y]\n"
        "POST login L@in [web Illuminate\\Cookie\\Middleware\\EncryptCookies "
        "Illuminate\\Cookie\\Middleware\\AddQueuedCookiesToResponse "
        "Illuminate\\Session\\Middleware\\StartSession "
        "Illuminate\\View\\Middleware\\ShareErrorsFromSession "
        "Illuminate\\Foundation\\Http\\Middleware\\ValidateCsrfToken "
        "Illuminate\\Routing\\Middleware\\SubstituteBindings guest]\n"
        "GET admin C@m [web Illuminate\\Cookie\\Middleware\\EncryptCookies "
        "Illuminate\\Cookie\\Middleware\\AddQueuedCookiesToResponse "
        "Illuminate\\Session\\Middleware\\StartSession "
        "Illuminate\\View\\Middleware\\ShareErrorsFromSession "
        "Illuminate\\Foundation\\Http\\Middleware\\ValidateCsrfToken "
        "Illuminate\\Routing\\Middleware\\SubstituteBindings admin]\n"
        "GET z C@m [] unknown: nothing that gate sees loads this file\n");
}

TEST_CASE("routes: the provider of Laravel 8 to 10") {
  const std::string provider = R"(<?php namespace App\Providers;
use Illuminate\Support\Facades\{RateLimiter, Route};
class RouteServiceProvider extends ServiceProvider {
  protected $namespace = 'App\\Http\\Controllers';
  public function boot(): void {
    $this->configureRateLimiting();
    $this->routes(function () {
      Route::prefix('api')->middleware('api')->namespace($this->namespace)->group(base_path('routes/api.php'));
      Route::middleware('web')->group(base_path('routes/web.php'));
      if (app()->isLocal()) { Route::middleware('dev')->group(base_path('routes/dev.php')); }
    });
  }
  protected function configureRateLimiting(): void {
    RateLimiter::for('api', function (Request $r) { return Limit::perMinute(60)->by($r->ip()); });
    RateLimiter::for('login', fn ($r) => $r->user() ? Limit::none() : [Limit::perMinute(500), Limit::perHour(120)->by($r->ip())]);
    RateLimiter::for('free', fn () => Limit::none());
    RateLimiter::for('odd', fn () => Limit::perMinute(config('x.y')));
  }
})";
  const Project project({{"app/Providers/RouteServiceProvider.php", provider},
                         {"routes/web.php", "<?php Route::get('a', 'C@m');"},
                         {"routes/api.php", "<?php Route::get('b', 'C@m');"},
                         {"routes/dev.php", "<?php Route::get('c', 'C@m');"}});
  CHECK(routes(project) ==
        "GET api/b App\\Http\\Controllers\\C@m [api]\nGET a C@m [web]\nGET c C@m [dev]\n");
  const Routing routing = laravel_routes(project, Variables());
  REQUIRE(routing.limiters.size() == 4);
  CHECK(routing.find_limiter("api")->per_minute == 60.0);
  CHECK(routing.find_limiter("login")->per_minute == 2.0);
  CHECK(routing.find_limiter("free")->unlimited);
  CHECK_FALSE(routing.find_limiter("odd")->per_minute.has_value());
  CHECK(routing.find_limiter("gone") == nullptr);

  const Project old({{"app/Providers/RouteServiceProvider.php", R"(<?php
class RouteServiceProvider extends ServiceProvider {
  public function map() { $this->mapApiRoutes(); }
  protected function mapApiRoutes() { Route::prefix('v2')->middleware('api')->group(base_path('routes/api.php')); }
})"},
                     {"routes/api.php", "<?php Route::get('b', 'C@m');"}});
  CHECK(routes(old) == "GET v2/b C@m [api]\n");
}

TEST_CASE("routes: what controllers say") {
  const Project project({
      {"composer.json", R"({"autoload": {"psr-4": {"App\\": "app/", "Shop\\": "shop/src"}}})"},
      {"routes/web.php", R"(<?php
use App\Http\Controllers\{A, B}; use Shop\Http\D;
Route::post('a', [A::class, 'login']); Route::get('a', [A::class, 'show']);
Route::get('b', [B::class, 'index']); Route::get('d', D::class); Route::get('e', [E::class, 'm']);)"},
      {"app/Http/Controllers/A.php", R"(<?php namespace App\Http\Controllers;
class A extends Base {
  public function __construct(private Service $s) { parent::__construct(); $this->middleware('throttle:5,1')->only('login');
    $this->middleware(['x', 'y'])->except(['login']); $this->middleware(function ($r, $next) {}); }
})"},
      {"app/Http/Controllers/Base.php",
       "<?php namespace App\\Http\\Controllers; class Base { public function __construct() { "
       "$this->middleware('base'); } }"},
      {"app/Http/Controllers/B.php", R"(<?php namespace App\Http\Controllers;
use Illuminate\Routing\Controllers\{HasMiddleware, Middleware};
class B implements HasMiddleware { public static function middleware(): array { return ['auth', new Middleware('log', only: ['index']),
  new Middleware('never', except: ['index']), (new Middleware('late'))->only('index')]; } })"},
      {"shop/src/Http/D.php",
       "<?php namespace Shop\\Http; #[Middleware('d')] class D { #[Middleware('one')] public "
       "function __invoke() {} }"},
      {"app/Http/Controllers/Deep/E.php",
       "<?php class E { function __construct() { $this->middleware('e'); } }"},
  });
  CHECK(routes(project) ==
        "POST a App\\Http\\Controllers\\A@login [web base throttle:5,1 Closure]\n"
        "GET a App\\Http\\Controllers\\A@show [web base x y Closure]\n"
        "GET b App\\Http\\Controllers\\B@index [web auth log late]\n"
        "GET d Shop\\Http\\D@__invoke [web d one]\n"
        "GET e E@m [web e]\n");
}

TEST_CASE("routes: code that limits attempts itself") {
  const Project project({
      {"routes/web.php", R"(<?php use App\Http\Controllers\{L, M, N, U};
Route::post('l', [L::class, 'store']); Route::post('m', [M::class, 'in']); Route::post('n', [N::class, 'in']);
Route::post('login', [U::class, 'login']);)"},
      {"app/Http/Controllers/L.php",
       "<?php namespace App\\Http\\Controllers; use App\\Http\\Requests\\LoginRequest; class L { "
       "public function store(LoginRequest $request) { $request->authenticate(); } }"},
      {"app/Http/Requests/LoginRequest.php",
       R"(<?php namespace App\Http\Requests; use Illuminate\Support\Facades\RateLimiter;
class LoginRequest extends FormRequest { public function authenticate() { $this->check(); }
  public function check() { if (! RateLimiter::tooManyAttempts($this->key(), 5)) { return; } } })"},
      {"app/Http/Controllers/M.php",
       "<?php namespace App\\Http\\Controllers; class M { function in() { $this->guard(); } "
       "private function guard() { RateLimiter::attempt('x', 5, fn () => 1); } }"},
      {"app/Http/Controllers/N.php",
       "<?php namespace App\\Http\\Controllers; class N { function in() { "
       "RateLimiter::tooManyAttempts('x', 500); } function other() { RateLimiter::hit('x'); } }"},
      {"app/Http/Controllers/U.php",
       "<?php namespace App\\Http\\Controllers; class U { use "
       "\\Illuminate\\Foundation\\Auth\\AuthenticatesUsers; }"},
  });
  CHECK(
      routes(project) ==
      "POST l App\\Http\\Controllers\\L@store [web] limited by App\\Http\\Requests\\LoginRequest\n"
      "POST m App\\Http\\Controllers\\M@in [web] limited by App\\Http\\Controllers\\M@in\n"
      "POST n App\\Http\\Controllers\\N@in [web]\n"
      "POST login App\\Http\\Controllers\\U@login [web] limited by "
      "Illuminate\\Foundation\\Auth\\AuthenticatesUsers\n");
}

TEST_CASE("routes: what a throttle allows") {
  Routing routing;
  routing.limiters.push_back({"login", 5.0, false, {}});
  const auto rate = [&](std::string_view name, std::string_view class_name = {}) {
    const auto read = read_throttle({std::string(name), std::string(class_name), {}}, routing);
    if (!read) return std::string("none");
    if (read->undefined) return "undefined " + read->limiter;
    return read->per_minute ? fmt::format("{}", *read->per_minute) : std::string("?");
  };
  CHECK(rate("throttle") == "60");
  CHECK(rate("throttle:5,1") == "5");
  CHECK(rate("throttle:5") == "5");
  CHECK(rate("throttle:100,10") == "10");
  CHECK(rate("throttle:10|60,1") == "10");
  CHECK(rate("throttle:login") == "5");
  CHECK(rate("throttle:gone") == "undefined gone");
  CHECK(rate("X\\ThrottleRequests:5,1", "Illuminate\\Routing\\Middleware\\ThrottleRequests") ==
        "5");
  CHECK(rate("limit:3,1", "Illuminate\\Routing\\Middleware\\ThrottleRequestsWithRedis") == "3");
  CHECK(rate("auth") == "none");
  CHECK(web("use Illuminate\\Routing\\Middleware\\ThrottleRequests; Route::get('a', "
            "'C@m')->middleware("
            "ThrottleRequests::with(5, 1), ThrottleRequests::class.':6,1', "
            "ThrottleRequests::using('x'));") ==
        "GET a C@m [web Illuminate\\Routing\\Middleware\\ThrottleRequests:5,1 "
        "Illuminate\\Routing\\Middleware\\ThrottleRequests:6,1 "
        "Illuminate\\Routing\\Middleware\\ThrottleRequests:x]\n");
}

TEST_CASE("routes: a throttle by any name is told as one") {
  const Project project({
      {"app/Http/Kernel.php", R"(<?php use Illuminate\Routing\Middleware\ThrottleRequests;
class Kernel extends HttpKernel { protected $middlewareGroups = ['web' => []];
  protected $middlewareAliases = ['slow' => ThrottleRequests::class, 'five' => ThrottleRequests::class.':5,1']; })"},
      {"routes/web.php", R"(<?php use Illuminate\Routing\Middleware\ThrottleRequests;
Route::get('a', 'C@m')->middleware('slow:3,1'); Route::get('b', 'C@m')->middleware('five');
Route::get('c', 'C@m')->middleware(ThrottleRequests::with(decayMinutes: 2, maxAttempts: 8));
Route::get('d', 'C@m')->middleware(ThrottleRequests::with(maxAttempts: 7));)"},
  });
  const std::string name = "Illuminate\\Routing\\Middleware\\ThrottleRequests";
  CHECK(routes(project) == fmt::format("GET a C@m [web {0}:3,1]\nGET b C@m [web {0}:5,1]\n"
                                       "GET c C@m [web {0}:8,2]\nGET d C@m [web {0}:7]\n",
                                       name));
  const Routing routing = laravel_routes(project, Variables());
  CHECK(read_throttle(routing.routes[1].middleware.back(), routing)->per_minute == 5);
}

TEST_CASE("routes: options of a constructor's middleware, files by a pattern") {
  const Project project({
      {"routes/web.php",
       R"(<?php Route::post('a', [A::class, 'in']); Route::post('b', [A::class, 'out']);
Route::middleware('throttle:2,1')->group(function () { foreach (glob(__DIR__.'/parts/*.php') as $file) { require $file; } });)"},
      {"routes/parts/one.php", "<?php Route::get('one', 'C@m');"},
      {"routes/parts/deep/two.php", "<?php Route::get('two', 'C@m');"},
      {"app/Http/Controllers/A.php", R"(<?php class A { function __construct() {
  $this->middleware('throttle:5,1', ['only' => ['in']]); $this->middleware('x', ['except' => 'in']); } })"},
  });
  const std::string found = routes(project);
  CHECK(found.find("POST a A@in [web throttle:5,1]\nPOST b A@out [web x]\n"
                   "GET one C@m [web throttle:2,1]\n") != std::string::npos);
  CHECK(found.find("GET two C@m []") != std::string::npos);
}

TEST_CASE("routes: places are those of the verb") {
  const Project project({{"routes/web.php",
                          "<?php\nRoute::middleware('a')\n    ->prefix('b')\n    ->post('c',\n "
                          "'C@m')->name('d');\n"}});
  const Route route = laravel_routes(project, Variables()).routes.front();
  CHECK(route.place == SettingPlace{"routes/web.php", 4, 7, 5, 8});
}

TEST_CASE("routes: what is not known is said") {
  CHECK(web("Route::get(remote(), 'C@m')->middleware(remote());") ==
        "GET {?} C@m [web] unknown: a middleware of it is not known: it calls remote(), which gate "
        "does not run (routes/web.php:2)\n");
  CHECK(web("if (remote()) { Route::get('a', 'C@m'); } else { Route::get('b', 'C@m'); }") ==
        "GET a C@m [web]\nGET b C@m [web]\n");
  CHECK(web("Localized::group(function () { Route::get('a', 'C@m'); });") == "GET a C@m [web]\n");
  const Routing broken = laravel_routes(
      Project({{"routes/web.php", "<?php\nRoute::get('a', ;\nRoute::get('b', 'C@m');"}}),
      Variables());
  CHECK(broken.routes.size() == 1);
  CHECK(broken.troubles ==
        std::vector<std::string>{"routes/web.php: line 2, column 17: an expression is missing"});
  const Routing hidden = laravel_routes(
      Project({{"routes/web.php", "<?php Route::group([], $routes);"}}), Variables());
  CHECK(hidden.troubles ==
        std::vector<std::string>{"routes/web.php:1: the routes of a group are not known"});
}

TEST_CASE("routes: hostile files end") {
  CHECK(web("while (true) { Route::get('a', 'C@m'); }").size() < 20'000'000);
  CHECK(web("function f() { Route::group([], fn () => f()); } f(); Route::get('z', 'C@m');")
            .ends_with("GET z C@m [web]\n"));
  CHECK(routes({{"routes/web.php", "<?php require __DIR__.'/web.php'; Route::get('a', 'C@m');"}})
            .size() > 10);
}

TEST_CASE("routes: singulars") {
  for (const auto& [plural, single] :
       std::map<std::string, std::string>{{"posts", "post"},
                                          {"categories", "category"},
                                          {"addresses", "address"},
                                          {"boxes", "box"},
                                          {"statuses", "status"},
                                          {"status", "status"},
                                          {"people", "person"},
                                          {"children", "child"},
                                          {"media", "medium"},
                                          {"news", "news"},
                                          {"series", "series"},
                                          {"users", "user"},
                                          {"companies", "company"},
                                          {"days", "day"},
                                          {"buses", "bus"},
                                          {"courses", "course"},
                                          {"houses", "house"},
                                          {"movies", "movie"},
                                          {"classes", "class"},
                                          {"branches", "branch"},
                                          {"dishes", "dish"},
                                          {"heroes", "hero"},
                                          {"leaves", "leaf"},
                                          {"archives", "archive"},
                                          {"invoices", "invoice"},
                                          {"user-profiles", "user-profile"},
                                          {"data", "data"},
                                          {"analyses", "analysis"},
                                          {"quizzes", "quiz"},
                                          {"cases", "case"},
                                          {"purchases", "purchase"},
                                          {"bonuses", "bonus"},
                                          {"viruses", "virus"},
                                          {"wolves", "wolf"},
                                          {"bases", "basis"},
                                          {"databases", "database"},
                                          {"cacti", "cactus"},
                                          {"clothes", "clothes"},
                                          {"team-data", "team-datum"},
                                          {"causes", "cause"}}) {
    INFO(plural);
    CHECK(laravel::singular(plural) == single);
  }
}

}  // namespace
}  // namespace gate::readers
