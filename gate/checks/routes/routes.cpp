// Kind `routes`: what has to hold for the web routes of a Laravel application.
#include <array>

#include "gate/checks/kinds.h"
#include "gate/checks/routes/judge.h"

namespace gate::checks {
namespace {

class RoutesCheck final : public Check {
 public:
  explicit RoutesCheck(RoutesRule rule) : rule_(std::move(rule)) {}

  [[nodiscard]] Answer run(const Context& context) const override { return judge(rule_, context); }

 private:
  RoutesRule rule_;
};

std::unique_ptr<Check> make(const policy::RuleHead& /*head*/, policy::TableReader& table) {
  constexpr std::int64_t kMost = 1'000'000;
  RoutesRule rule;
  rule.match = table.globs("match");
  rule.uri = table.patterns("uri", {.ignore_case = true});
  rule.except = table.patterns("except", {.ignore_case = true});
  rule.methods = table.texts("method");
  rule.unless = table.texts("unless_middleware");
  rule.require = table.texts("require_middleware");
  rule.forbid = table.texts("forbid_middleware");
  rule.throttle = table.optional_integer("require_throttle", 1, kMost);
  rule.generic = table.texts("generic_limiters");
  rule.limiters = table.boolean("limiters_defined", false);
  rule.throttled = table.boolean("throttled", false);
  rule.group = table.text("group");
  table.require_one_of({"require_middleware", "forbid_middleware", "require_throttle", "throttled",
                        "limiters_defined"});
  return std::make_unique<RoutesCheck>(std::move(rule));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"match", "globs", "the routes that the rule is about, by URI: \"/admin/**\"; all without it"},
    {"uri", "patterns", "one of them must be found in the URI, upper and lower case alike"},
    {"except", "patterns", "routes with one of them in their URI are left out"},
    {"method", "list of texts", "routes that answer one of these: \"POST\""},
    {"unless_middleware", "list of texts", "routes with one of these are left out"},
    {"require_middleware", "list of texts",
     "each must run, by its name or class: \"auth\" with any parameters, \"auth:admin\" with "
     "these"},
    {"forbid_middleware", "list of texts", "none of them may run"},
    {"require_throttle", "integer",
     "the route, its controller or request must allow at most so many requests a minute"},
    {"throttled", "true", "some limit, however high, must hold for the route"},
    {"group", "text",
     "only routes of this middleware group (\"api\"); what all of them lack is said once, of the "
     "group"},
    {"generic_limiters", "list of texts", "limiters that do not count for `require_throttle`"},
    {"limiters_defined", "true or false",
     "each limiter that a route names is defined with RateLimiter::for()"},
});
constexpr std::array kStages{policy::Stage::push, policy::Stage::ci, policy::Stage::deploy};

}  // namespace

const Kind kRoutes{"routes",
                   "the web routes of a Laravel application: their middleware and throttles, "
                   "groups and controllers resolved",
                   Kind::nothing,
                   kStages,
                   kKeys,
                   make};

}  // namespace gate::checks
