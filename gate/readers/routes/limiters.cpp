// RateLimiter::for(): laravel.com/docs/routing#rate-limiting.
#include <algorithm>
#include <vector>

#include "gate/base/ascii.h"
#include "gate/readers/routes/route_world.h"
#include "gate/readers/settings/php/closure.h"
#include "gate/readers/settings/php/convert.h"

namespace gate::readers::laravel {
namespace {

using php::Node;
using php::NodeKind;
using php::Type;
using php::Value;

constexpr double kMinutesOfHour = 60;
constexpr double kMinutesOfDay = 1440;

// What `Limit::…` calls below a node allow.
struct Limits {
  std::vector<std::optional<double>> per_minute;
  bool none = false;
};

std::optional<double> number_of(php::Evaluator& evaluator, const php::File& file, Node arguments,
                                std::size_t place) {
  const Node argument = arguments.child(place);
  if (!argument) return std::nullopt;
  const Value value = evaluator.run_expression(file, argument.first());
  if (!value.is(Type::integer) && !value.is(Type::number) && !value.is(Type::string))
    return std::nullopt;
  return php::to_float(value);
}

void collect(php::Evaluator& evaluator, const php::File& file, Node node, Limits& into) {
  for (const Node child : node.children())
    collect(evaluator, file, child, into);
  const bool is_limit = node.is(NodeKind::static_call) && node.first().is(NodeKind::name) &&
                        php::same_name(php::short_name(node.first().text()), "Limit");
  if (!is_limit) return;
  const std::string name = base::to_lower(node.text());
  const Node arguments = node.child(1);
  const auto number = [&](std::size_t place) {
    return number_of(evaluator, file, arguments, place);
  };
  const auto rate = [&](std::optional<double> attempts, double minutes) {
    into.per_minute.push_back(attempts ? std::optional(*attempts / minutes) : std::nullopt);
  };
  const auto times = [&](double minutes) {
    const bool given = static_cast<bool>(arguments.child(1));
    const std::optional<double> factor = given ? number(1) : std::optional(1.0);
    rate(factor && *factor > 0 ? number(0) : std::nullopt, minutes * factor.value_or(1));
  };
  if (name == "none") {
    into.none = true;
  } else if (name == "persecond") {
    times(1.0 / kMinutesOfHour);
  } else if (name == "perminute") {
    times(1);
  } else if (name == "perminutes") {
    const std::optional<double> minutes = number(0);
    rate(minutes && *minutes > 0 ? number(1) : std::nullopt, minutes.value_or(1));
  } else if (name == "perhour") {
    times(kMinutesOfHour);
  } else if (name == "perday") {
    times(kMinutesOfDay);
  }
}

}  // namespace

void RouteWorld::add_limiter(php::Evaluator& evaluator, const php::Arguments& arguments) {
  const Value* const name = php::find_argument(arguments, 0, "name");
  const Value* const callback = php::find_argument(arguments, 1, "callback");
  if (name == nullptr || !name->is(Type::string)) return;
  RouteLimiter limiter;
  limiter.name = name->text();
  limiter.place = call_place(evaluator);
  if (callback != nullptr && callback->is(Type::closure) && callback->closure().tree) {
    const php::Closure& closure = callback->closure();
    const php::File file{closure.tree, closure.path};
    Limits limits;
    collect(evaluator, file, Node(closure.tree.get(), closure.node), limits);
    for (const std::optional<double>& rate : limits.per_minute) {
      if (rate) limiter.per_minute = std::min(limiter.per_minute.value_or(*rate), *rate);
    }
    limiter.unlimited = limits.none && limits.per_minute.empty();
  }
  const auto known = std::find_if(limiters_.begin(), limiters_.end(), [&](const RouteLimiter& one) {
    return one.name == limiter.name;
  });
  if (known == limiters_.end())
    limiters_.push_back(std::move(limiter));
  else
    *known = std::move(limiter);
}

}  // namespace gate::readers::laravel
