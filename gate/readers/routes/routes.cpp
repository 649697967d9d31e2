#include "gate/readers/routes/routes.h"

#include <algorithm>
#include <charconv>

#include "gate/readers/formats/php/syntax.h"
#include "gate/readers/routes/route_world.h"

namespace gate::readers {
namespace {

using laravel::ControllerMiddleware;
using laravel::Draft;
using laravel::RouteWorld;

bool applies(const ControllerMiddleware& middleware, const std::string& action) {
  const auto holds = [&](const std::vector<std::string>& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& one) { return php::same_name(one, action); });
  };
  return (middleware.only.empty() || holds(middleware.only)) && !holds(middleware.except);
}

Route finished(RouteWorld& world, Draft draft) {
  Route route;
  route.methods = std::move(draft.methods);
  route.uri = laravel::join_uri(draft.attributes.prefix, draft.uri);
  if (route.uri.empty()) route.uri = "/";
  route.name = std::move(draft.name);
  route.domain = std::move(draft.attributes.domain);
  route.unknown = std::move(draft.attributes.unknown);
  route.place = std::move(draft.place);
  auto names = std::move(draft.attributes.middleware);
  if (draft.controller.empty()) {
    route.action = std::move(draft.action);
  } else {
    route.action = draft.controller + "@" + draft.action;
    for (const ControllerMiddleware& one : world.controller_middleware(draft.controller)) {
      if (!applies(one, draft.action)) continue;
      for (const std::string& name : one.names)
        names.emplace_back(name, "controller");
    }
    route.limited_by = world.own_limit(draft.controller, draft.action);
  }
  route.middleware = world.table().resolve(names, draft.attributes.excluded);
  for (const RouteMiddleware& one : route.middleware) {
    const auto unknown = world.table().unknown.find(one.name);
    if (unknown != world.table().unknown.end() && route.unknown.empty())
      route.unknown = unknown->second;
  }
  return route;
}

std::optional<double> read_number(std::string_view text) {
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size())
    return std::nullopt;
  return number;
}

}  // namespace

const RouteLimiter* Routing::find_limiter(std::string_view name) const {
  const auto found = std::find_if(limiters.begin(), limiters.end(),
                                  [&](const RouteLimiter& one) { return one.name == name; });
  return found == limiters.end() ? nullptr : &*found;
}

Routing laravel_routes(const ProjectFiles& files, const EnvironmentValues& environment) {
  RouteWorld world(files, environment);
  world.run();
  Routing routing;
  for (Draft& draft : world.drafts())
    routing.routes.push_back(finished(world, std::move(draft)));
  routing.limiters = world.limiters();
  routing.groups = world.table().groups;
  routing.group_places = world.table().places;
  std::vector<std::pair<std::string, std::string>> global;
  for (const std::string& one : world.table().global)
    global.emplace_back(one, "every request");
  routing.global = world.table().resolve(global, {});
  routing.package_limiters = world.package_limiters();
  routing.troubles = world.troubles();
  return routing;
}

std::optional<Throttle> read_throttle(const RouteMiddleware& middleware, const Routing& routing) {
  const std::string_view short_name = php::short_name(middleware.class_name);
  const bool is_throttle = php::same_name(short_name, "ThrottleRequests") ||
                           php::same_name(short_name, "ThrottleRequestsWithRedis") ||
                           laravel::base_of(middleware.name) == "throttle";
  if (!is_throttle) return std::nullopt;
  Throttle throttle;
  std::string_view parameters;
  if (const std::size_t colon = middleware.name.find(':'); colon != std::string::npos)
    parameters = std::string_view(middleware.name).substr(colon + 1);
  constexpr double kUsual = 60;
  if (parameters.empty()) {
    throttle.per_minute = kUsual;
    return throttle;
  }
  const std::size_t comma = parameters.find(',');
  const std::string_view first = parameters.substr(0, comma);
  // `10|60`: guests may 10.
  std::optional<double> attempts = read_number(first.substr(0, first.find('|')));
  std::optional<double> minutes = 1;
  if (comma != std::string_view::npos) {
    const std::string_view rest = parameters.substr(comma + 1);
    minutes = read_number(rest.substr(0, rest.find(',')));
  }
  if (attempts) {
    if (minutes && *minutes > 0) throttle.per_minute = *attempts / *minutes;
    return throttle;
  }
  // `throttle:rate_limit,1`: a property of the user has the number.
  if (comma != std::string_view::npos) return throttle;
  throttle.limiter = first;
  const RouteLimiter* const limiter = routing.find_limiter(first);
  throttle.undefined = limiter == nullptr;
  if (limiter != nullptr) {
    throttle.per_minute = limiter->per_minute;
    throttle.unlimited = limiter->unlimited;
  }
  return throttle;
}

}  // namespace gate::readers
