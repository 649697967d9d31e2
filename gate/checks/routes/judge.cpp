#include "gate/checks/routes/judge.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/laravel_routing.h"
#include "gate/checks/memo.h"
#include "gate/checks/tally.h"

namespace gate::checks {
namespace {

using readers::Route;
using readers::RouteMiddleware;
using readers::Routing;
using readers::Throttle;

std::string_view short_name(std::string_view name) { return name.substr(name.rfind('\\') + 1); }

// `auth` means the middleware with any parameters, `auth:admin` with these, `auth:*` with some.
bool is_same(std::string_view wanted, const RouteMiddleware& middleware) {
  if (wanted == middleware.name) return true;
  const std::string_view name = wanted.substr(0, wanted.find(':'));
  const std::string_view given = std::string_view(middleware.name);
  const std::string_view given_name = given.substr(0, given.find(':'));
  const bool same = name == given_name || name == middleware.class_name ||
                    name == short_name(middleware.class_name);
  if (!same) return false;
  if (name.size() == wanted.size()) return true;
  const std::string_view parameters = wanted.substr(name.size() + 1);
  if (given_name.size() == given.size()) return false;
  return parameters == "*" || parameters == given.substr(given_name.size() + 1);
}

bool has(const Route& route, std::string_view wanted) {
  return std::any_of(route.middleware.begin(), route.middleware.end(),
                     [&](const RouteMiddleware& one) { return is_same(wanted, one); });
}

class Judgement {
 public:
  Judgement(const RoutesRule& rule, const Routing& routing) : rule_(rule), routing_(routing) {}

  Answer run() && {
    for (const std::string& trouble : routing_.troubles)
      tally_.unknown(trouble);
    std::size_t asked = 0;
    for (const Route& route : routing_.routes) {
      if (!is_asked(route)) continue;
      ++asked;
      tally_.judged();
      judge_route(route);
    }
    if (asked == 0) tally_.skipped("no route is meant");
    for (const readers::PackageLimiter& one : routing_.package_limiters)
      judge_package(one);
    report_all(asked);
    return std::move(tally_).answer(
        {fmt::format("{} route{}, {} of them asked", routing_.routes.size(),
                     routing_.routes.size() == 1 ? "" : "s", asked)});
  }

 private:
  [[nodiscard]] bool is_asked(const Route& route) const {
    const auto found_in = [&](const base::Pattern& pattern) { return pattern.matches(route.uri); };
    const auto is_group = [&](const RouteMiddleware& one) { return one.name == rule_.group; };
    if (!rule_.group.empty() &&
        std::none_of(route.middleware.begin(), route.middleware.end(), is_group))
      return false;
    const std::string below = route.uri + "/";
    if (!rule_.match.empty() && !rule_.match.matches(route.uri) && !rule_.match.matches(below))
      return false;
    if (!rule_.uri.empty() && std::none_of(rule_.uri.begin(), rule_.uri.end(), found_in))
      return false;
    if (std::any_of(rule_.except.begin(), rule_.except.end(), found_in)) return false;
    const auto is_method = [&](const std::string& method) {
      return std::find(route.methods.begin(), route.methods.end(), method) != route.methods.end();
    };
    if (!rule_.methods.empty() &&
        std::none_of(rule_.methods.begin(), rule_.methods.end(), is_method))
      return false;
    return std::none_of(rule_.unless.begin(), rule_.unless.end(),
                        [&](const std::string& one) { return has(route, one); });
  }

  void report(const Route& route, std::string message, std::string fix) {
    finding::Finding finding;
    finding.message = std::move(message);
    const readers::SettingPlace& at = route.place;
    finding.place = {at.path, at.line, at.column, at.end_line, at.end_column};
    finding.identity = fmt::format("{} {}", fmt::join(route.methods, "|"), route.uri);
    // What a group of the framework holds besides throttles says nothing here.
    for (const RouteMiddleware& one : route.middleware) {
      const bool of_group = routing_.groups.contains(one.from);
      if (!of_group || readers::read_throttle(one, routing_))
        finding.trace.push_back(fmt::format("{} ({})", one.name, one.from));
    }
    finding.fix = std::move(fix);
    found_.push_back(std::move(finding));
  }

  // Hands over what was found. What every route of a group has is the group's.
  void report_all(std::size_t asked) {
    const auto place = routing_.group_places.find(rule_.group);
    const bool of_group = !rule_.group.empty() && place != routing_.group_places.end() &&
                          found_.size() > 1 && found_.size() == asked;
    if (!of_group) {
      for (finding::Finding& finding : found_)
        tally_.found(std::move(finding));
      return;
    }
    finding::Finding finding;
    const readers::SettingPlace& at = place->second;
    finding.message = rule_.throttled
                          ? fmt::format("none of the {} routes of the group `{}` is throttled",
                                        asked, rule_.group)
                          : fmt::format("all {} routes of the group `{}` are alike: {}", asked,
                                        rule_.group, found_.front().message);
    finding.place = {at.path, at.line, at.column, at.end_line, at.end_column};
    finding.identity = "group " + rule_.group;
    tally_.found(std::move(finding));
  }

  void judge_route(const Route& route) {
    const std::string name = fmt::format("{} {}", fmt::join(route.methods, "|"), route.uri);
    for (const std::string& wanted : rule_.require) {
      if (has(route, wanted)) continue;
      if (!route.unknown.empty()) {
        tally_.unknown(fmt::format("{}: {}", name, route.unknown));
      } else {
        report(route, fmt::format("{} runs without the middleware `{}`", name, wanted),
               fmt::format("add ->middleware('{}') to the route or its group", wanted));
      }
    }
    for (const std::string& forbidden : rule_.forbid) {
      if (has(route, forbidden))
        report(route, fmt::format("{} runs with the middleware `{}`", name, forbidden), {});
    }
    if (rule_.throttle || rule_.throttled) judge_throttle(route, name);
    if (rule_.limiters) judge_limiters(route, name);
  }

  // Why a throttle does not count, "by `throttle:x`, …"; empty: it does.
  [[nodiscard]] std::string fault_of(const Throttle& throttle, const std::string& name) const {
    const bool is_generic = std::find(rule_.generic.begin(), rule_.generic.end(),
                                      throttle.limiter) != rule_.generic.end();
    if (is_generic) return fmt::format("only by `{}`, which all routes of its group share", name);
    if (throttle.undefined) return fmt::format("by `{}`, and no such limiter is defined", name);
    if (throttle.unlimited) return fmt::format("by `{}`, which has no limit", name);
    if (rule_.throttle && throttle.per_minute &&
        *throttle.per_minute > static_cast<double>(*rule_.throttle)) {
      return fmt::format("by `{}`, which allows {:g} requests a minute", name,
                         *throttle.per_minute);
    }
    return {};
  }

  void judge_throttle(const Route& route, const std::string& name) {
    if (!route.limited_by.empty()) return;
    std::string why;  // why a throttle that is there does not count
    std::string unknown = route.unknown;
    std::vector<RouteMiddleware> middleware = routing_.global;
    middleware.insert(middleware.end(), route.middleware.begin(), route.middleware.end());
    for (const RouteMiddleware& one : middleware) {
      const std::optional<Throttle> throttle = readers::read_throttle(one, routing_);
      if (!throttle) continue;
      std::string fault = fault_of(*throttle, one.name);
      if (!fault.empty()) {
        why = std::move(fault);
      } else if (rule_.throttle && !throttle->per_minute) {
        unknown = fmt::format("what `{}` allows is not known", one.name);
      } else {
        return;
      }
    }
    if (!unknown.empty()) return tally_.unknown(fmt::format("{}: {}", name, unknown));
    report(route,
           why.empty() ? fmt::format("{} is not throttled", name)
                       : fmt::format("{} is throttled {}", name, why),
           "add ->middleware('throttle:5,1') to the route");
  }

  // A route of a package; that its limiter is not defined is a matter of its own.
  void judge_package(const readers::PackageLimiter& one) {
    const std::string name = fmt::format("throttle:{}", one.limiter);
    const std::optional<Throttle> throttle = readers::read_throttle({name, {}, {}}, routing_);
    if (!throttle) return;
    finding::Finding finding;
    if (rule_.limiters && throttle->undefined) {
      finding.message =
          fmt::format("{} of {} is throttled by the limiter `{}`, which is not defined", one.route,
                      one.package, one.limiter);
    } else if (rule_.throttle && is_meant(one) && !throttle->undefined) {
      if (const std::string fault = fault_of(*throttle, name); !fault.empty())
        finding.message = fmt::format("{} of {} is throttled {}", one.route, one.package, fault);
    }
    if (rule_.limiters) tally_.judged();
    if (finding.message.empty()) return;
    const readers::SettingPlace& at = one.place;
    finding.place = {at.path, at.line, at.column, at.end_line, at.end_column};
    finding.identity = one.route;
    finding.fix = fmt::format(
        "RateLimiter::for('{}', fn ($request) => Limit::perMinute(5)->by($request->ip()));",
        one.limiter);
    tally_.found(std::move(finding));
  }

  [[nodiscard]] bool is_meant(const readers::PackageLimiter& one) const {
    const std::size_t space = one.route.find(' ');
    Route route;
    route.methods = {one.route.substr(0, space)};
    route.uri = one.route.substr(space + 1);
    return is_asked(route);
  }

  void judge_limiters(const Route& route, const std::string& name) {
    for (const RouteMiddleware& one : route.middleware) {
      const std::optional<Throttle> throttle = readers::read_throttle(one, routing_);
      if (!throttle || !throttle->undefined) continue;
      report(route,
             fmt::format("{} is throttled by the limiter `{}`, which is not defined", name,
                         throttle->limiter),
             fmt::format("define it: RateLimiter::for('{}', fn ($request) => "
                         "Limit::perMinute(5)->by($request->ip()));",
                         throttle->limiter));
    }
  }

  const RoutesRule& rule_;
  const Routing& routing_;
  std::vector<finding::Finding> found_;  // of routes, in their order
  Tally tally_;
};

}  // namespace

Answer judge(const RoutesRule& rule, const Context& context) {
  const Memo own;
  const Memo& memo = context.memo != nullptr ? *context.memo : own;
  const auto& routing = memo.get<std::optional<Routing>>(
      "", [&] { return laravel_routing(context.files, context.environment); });
  if (!routing) return Answer::not_applicable("this is no Laravel application");
  return Judgement(rule, *routing).run();
}

}  // namespace gate::checks
