// The web routes of a Laravel application with their middleware, found out without running PHP.
//
// Knows how Laravel 8 to 12 loads and groups routes, resolves middleware and names limiters; knows
// no rule. Every branch of the route files is taken, since a route that may exist has to be judged.
// Sources: laravel.com/docs/routing, /middleware, /controllers, /rate-limiting, and the Router of
// laravel/framework.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/settings/environment_values.h"
#include "gate/readers/settings/project_files.h"
#include "gate/readers/settings/trace.h"

namespace gate::readers {

// One middleware of a route.
struct RouteMiddleware {
  std::string name;        // as it is written, with its parameters: "auth:admin", "throttle:5,1"
  std::string class_name;  // what the name stands for, without parameters; empty: the name is not
                           // known, or is a group's
  std::string from;  // "route", "group", "controller", or the middleware group that holds it: "api"
};

struct Route {
  std::vector<std::string> methods;  // "GET", "POST" …; HEAD goes without saying
  std::string uri;                   // "api/posts/{post}", "/"; a part that is not known is `{?}`
  std::string name;
  std::string action;  // "App\Http\Controllers\PostController@index", "Closure", "view:welcome"
  std::string domain;
  // All that runs, in order: groups are followed by what they hold; what withoutMiddleware() takes
  // away is gone.
  std::vector<RouteMiddleware> middleware;
  // Why a middleware may be missing from the list, or may not run; empty: it is complete.
  std::string unknown;
  // Code of the controller or its request that limits attempts itself: "App\…\LoginRequest".
  std::string limited_by;
  SettingPlace place;  // of the call that makes it
};

// What RateLimiter::for() names.
struct RouteLimiter {
  std::string name;
  std::optional<double> per_minute;  // the strictest of its limits; nothing where it is not known
  bool unlimited = false;            // it has no limit at all
  SettingPlace place;
};

// A package that throttles a route of its own by a limiter that the application names.
struct PackageLimiter {
  std::string package;  // "laravel/fortify"
  std::string route;    // "POST login"
  std::string limiter;
  SettingPlace place;  // of the limiter's name in config/
};

struct Routing {
  std::vector<Route> routes;           // in the order of the application
  std::vector<RouteLimiter> limiters;  // a name once; a later one replaces an earlier
  // The middleware groups as the application has them: "web", "api".
  std::map<std::string, std::vector<std::string>, std::less<>> groups;
  std::map<std::string, SettingPlace, std::less<>> group_places;  // where they are defined
  std::vector<RouteMiddleware> global;  // what runs for every request, in order
  std::vector<PackageLimiter> package_limiters;
  std::vector<std::string> troubles;  // files that could not be read: "routes/web.php: line 3 …"

  [[nodiscard]] const RouteLimiter* find_limiter(std::string_view name) const;
};

// Returns the routes of the application, those of packages left out.
[[nodiscard]] Routing laravel_routes(const ProjectFiles& files,
                                     const EnvironmentValues& environment);

// What a `throttle` middleware allows.
struct Throttle {
  std::optional<double> per_minute;  // nothing where it is not known
  std::string limiter;               // the limiter that it names, or empty
  bool undefined = false;            // no such limiter is defined
  bool unlimited = false;
};

// Returns what a middleware allows ("throttle:5,1", "throttle:login",
// "Illuminate\Routing\Middleware\ThrottleRequests:5,1"); nothing for one that is no throttle.
[[nodiscard]] std::optional<Throttle> read_throttle(const RouteMiddleware& middleware,
                                                    const Routing& routing);

}  // namespace gate::readers
