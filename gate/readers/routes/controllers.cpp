// What controllers say of their middleware, and where they limit attempts themselves.
#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/readers/formats/php/literals.h"
#include "gate/readers/routes/route_world.h"

namespace gate::readers::laravel {
namespace {

using php::Array;
using php::Node;
using php::NodeKind;
using php::Type;
using php::Value;

constexpr std::string_view kControllers = "app/Http/Controllers";
constexpr std::size_t kMaxDepth = 4;  // of methods that call each other
constexpr std::int64_t kMostAttempts = 60;

bool is_among(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view one) { return php::same_name(one, name); });
}

// Whether the call counts attempts, and few enough.
bool counts_attempts(Node call) {
  const bool is_static = call.is(NodeKind::static_call) &&
                         php::same_name(php::short_name(call.first().text()), "RateLimiter");
  const bool asks = is_static
                        ? is_among(call.text(), {"attempt", "tooManyAttempts", "hit", "increment"})
                        : call.is(NodeKind::method_call) &&
                              is_among(call.text(), {"tooManyAttempts", "hasTooManyLoginAttempts",
                                                     "incrementLoginAttempts"});
  if (!asks) return false;
  const Node most = call.child(1).child(1).first();  // the second argument
  if (!most.is(NodeKind::integer)) return true;
  const auto number = php::read_integer(most.text());
  const auto* const whole = std::get_if<std::int64_t>(&number);
  return whole != nullptr && *whole <= kMostAttempts;
}

// Calls `visit` for every node below; ends early where it returns true.
template <class Visit>
bool any_below(Node node, const Visit& visit) {
  if (visit(node)) return true;
  for (const Node child : node.children())
    if (any_below(child, visit)) return true;
  return false;
}

// The class names of a parameter's type.
std::vector<std::string> type_names(Node type) {
  std::vector<std::string> names;
  any_below(type, [&](Node node) {
    if (node.is(NodeKind::named_type)) names.emplace_back(node.text());
    return false;
  });
  return names;
}

}  // namespace

const std::vector<ControllerMiddleware>& RouteWorld::controller_middleware(
    const std::string& class_name) {
  const auto known = controllers_.find(class_name);
  if (known != controllers_.end()) return known->second;
  return controllers_.emplace(class_name, read_controller(class_name)).first->second;
}

std::vector<ControllerMiddleware> RouteWorld::read_controller(const std::string& class_name) {
  std::vector<ControllerMiddleware> found;
  const std::optional<ClassFile> controller = classes_.find(class_name, kControllers);
  if (!controller) return found;

  if (const auto constructor = classes_.find_method(*controller, "__construct")) {
    std::vector<std::size_t> added;
    constructed_ = &added;
    running_.push_back(&constructor->of);
    php::Variables variables{{"this", handle(Kind::controller)}};
    for (const Node parameter : constructor->node.child(1).children())
      variables[std::string(parameter.text())] = handle(Kind::other);
    static_cast<void>(
        evaluator_.run(constructor->of.file, constructor->node, std::move(variables)));
    running_.pop_back();
    constructed_ = nullptr;
    for (const std::size_t index : added)
      found.push_back(controller_middlewares_[index]);
  }
  const auto listed = classes_.find_method(*controller, "middleware");
  if (listed && listed->node.has(php::is_static))
    read_middleware_list(evaluator_.run(listed->of.file, listed->node, {}), found);

  read_middleware_attributes(controller->file, controller->declaration().first(), {}, found);
  for (const Node member : controller->members().children())
    if (member.is(NodeKind::method))
      read_middleware_attributes(controller->file, member.first(), member.text(), found);
  return found;
}

// What `static middleware()` returns.
void RouteWorld::read_middleware_list(const Value& list, std::vector<ControllerMiddleware>& into) {
  if (!list.is(Type::array)) return;
  for (const Array::Entry& entry : list.array().entries()) {
    const std::optional<Entity> made = entity(entry.value);
    if (made && made->kind == Kind::controller_middleware)
      into.push_back(controller_middlewares_[made->index]);
    else if (entry.value.is(Type::string))
      into.push_back({{entry.value.text()}, {}, {}});
  }
}

// `#[Middleware('throttle:5,1')]` on a class or method.
void RouteWorld::read_middleware_attributes(const php::File& file, Node attributes,
                                            std::string_view method,
                                            std::vector<ControllerMiddleware>& into) {
  for (const Node attribute : attributes.children()) {
    if (php::short_name(attribute.first().text()) != "Middleware") continue;
    ControllerMiddleware middleware;
    for (const Node argument : attribute.child(1).children()) {
      const std::vector<std::string> given =
          texts(evaluator_.run_expression(file, argument.first()));
      auto& list = argument.text() == "only"     ? middleware.only
                   : argument.text() == "except" ? middleware.except
                                                 : middleware.names;
      list.insert(list.end(), given.begin(), given.end());
    }
    if (!method.empty()) middleware.only = {std::string(method)};
    into.push_back(std::move(middleware));
  }
}

// Whether code, or what it calls of its own class, counts attempts.
bool RouteWorld::limits_itself(const ClassFile& of, Node code, std::size_t depth) {
  return any_below(code, [&](Node node) {
    if (counts_attempts(node)) return true;
    if (!node.is(NodeKind::method_call) || depth >= kMaxDepth) return false;
    const Node object = node.first();
    if (!object.is(NodeKind::variable) || object.text() != "this") return false;
    const auto called = classes_.find_method(of, node.text());
    return called && called->node.id() != code.id() &&
           limits_itself(called->of, called->node, depth + 1);
  });
}

std::string RouteWorld::own_limit(const std::string& class_name, const std::string& method) {
  // Fortify's own login counts attempts unless it leaves that to a limiter on its route.
  constexpr std::string_view kFortifyLogin =
      "Laravel\\Fortify\\Http\\Controllers\\AuthenticatedSessionController";
  if (php::same_name(class_name, kFortifyLogin) && php::same_name(method, "store") &&
      fortify_limiter("login").is(Type::null))
    return "Laravel\\Fortify\\Actions\\EnsureLoginIsNotThrottled";
  const std::optional<ClassFile> controller = classes_.find(class_name, kControllers);
  if (!controller) return {};
  // laravel/ui: its trait has login(), which counts attempts.
  for (const Node member : controller->members().children()) {
    if (!member.is(NodeKind::trait_use) || controller->method(method)) continue;
    for (const Node trait : member.children())
      if (is_among(php::short_name(trait.text()), {"AuthenticatesUsers"}) &&
          php::same_name(method, "login"))
        return std::string(trait.text());
  }
  const auto found = classes_.find_method(*controller, method);
  if (!found) return {};
  if (limits_itself(found->of, found->node, 0)) return std::string(found->of.name()) + "@" + method;
  for (const Node parameter : found->node.child(1).children()) {
    for (const std::string& name : type_names(parameter.child(1))) {
      const std::optional<ClassFile> request = classes_.find(name, "app/Http/Requests");
      if (request && limits_itself(*request, request->members(), 0))
        return std::string(request->name());
    }
  }
  return {};
}

}  // namespace gate::readers::laravel
