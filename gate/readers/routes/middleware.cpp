#include "gate/readers/routes/middleware.h"

#include <algorithm>
#include <array>

#include "gate/readers/formats/php/syntax.h"

namespace gate::readers::laravel {
namespace {

constexpr std::size_t kMaxDepth = 8;  // of groups in groups

using Alias = std::pair<std::string_view, std::string_view>;

// The names that every Laravel has. Source: laravel.com/docs/middleware#middleware-aliases.
constexpr std::array<Alias, 11> kAliases = {{
    {"auth", "Illuminate\\Auth\\Middleware\\Authenticate"},
    {"auth.basic", "Illuminate\\Auth\\Middleware\\AuthenticateWithBasicAuth"},
    {"auth.session", "Illuminate\\Session\\Middleware\\AuthenticateSession"},
    {"cache.headers", "Illuminate\\Http\\Middleware\\SetCacheHeaders"},
    {"can", "Illuminate\\Auth\\Middleware\\Authorize"},
    {"guest", "Illuminate\\Auth\\Middleware\\RedirectIfAuthenticated"},
    {"password.confirm", "Illuminate\\Auth\\Middleware\\RequirePassword"},
    {"precognitive", "Illuminate\\Foundation\\Http\\Middleware\\HandlePrecognitiveRequests"},
    {"signed", "Illuminate\\Routing\\Middleware\\ValidateSignature"},
    {"throttle", "Illuminate\\Routing\\Middleware\\ThrottleRequests"},
    {"verified", "Illuminate\\Auth\\Middleware\\EnsureEmailIsVerified"},
}};

// A middleware as the router compares it: its class, with its parameters.
std::string full_name(const MiddlewareTable& table, std::string_view middleware) {
  const std::string class_name = table.class_of(middleware);
  if (class_name.empty()) return std::string(middleware);
  return class_name + std::string(middleware.substr(base_of(middleware).size()));
}

// The name under which a middleware is told. One that stands for a throttle, alone or with its
// parameters, is told as what it stands for: `slow` as `Illuminate\…\ThrottleRequests:5,1`.
std::string told_name(const MiddlewareTable& table, const std::string& middleware) {
  const std::string_view base = base_of(middleware);
  const auto alias = table.aliases.find(base);
  if (alias == table.aliases.end() || base == "throttle") return middleware;
  const std::string_view stands_for = php::short_name(base_of(alias->second));
  if (!php::same_name(stands_for, "ThrottleRequests") &&
      !php::same_name(stands_for, "ThrottleRequestsWithRedis"))
    return middleware;
  return alias->second + middleware.substr(base.size());
}

// What is taken away; of a group all that it holds. `throttle` takes nothing from `throttle:api`:
// the router compares with the parameters.
std::vector<std::string> excluded_names(const MiddlewareTable& table,
                                        const std::vector<std::string>& excluded) {
  std::vector<std::string> names;
  for (const std::string& one : excluded) {
    names.push_back(full_name(table, one));
    const auto group = table.groups.find(one);
    if (group == table.groups.end()) continue;
    for (const std::string& member : group->second)
      names.push_back(full_name(table, member));
  }
  return names;
}

}  // namespace

std::string_view base_of(std::string_view middleware) {
  return middleware.substr(0, middleware.find(':'));
}

MiddlewareTable MiddlewareTable::framework() {
  MiddlewareTable table;
  table.groups["web"] = {
      "Illuminate\\Cookie\\Middleware\\EncryptCookies",
      "Illuminate\\Cookie\\Middleware\\AddQueuedCookiesToResponse",
      "Illuminate\\Session\\Middleware\\StartSession",
      "Illuminate\\View\\Middleware\\ShareErrorsFromSession",
      "Illuminate\\Foundation\\Http\\Middleware\\ValidateCsrfToken",
      "Illuminate\\Routing\\Middleware\\SubstituteBindings",
  };
  table.groups["api"] = {"Illuminate\\Routing\\Middleware\\SubstituteBindings"};
  for (const auto& [name, class_name] : kAliases)
    table.aliases.emplace(name, class_name);
  return table;
}

std::string MiddlewareTable::class_of(std::string_view middleware) const {
  const std::string_view name = base_of(middleware);
  if (const auto alias = aliases.find(name); alias != aliases.end())
    return std::string(base_of(alias->second));
  for (const auto& [alias, class_name] : kAliases)
    if (alias == name && name == "throttle") return std::string(class_name);
  if (name.find('\\') == std::string_view::npos) return {};
  return std::string(name.starts_with('\\') ? name.substr(1) : name);
}

std::vector<RouteMiddleware> MiddlewareTable::resolve(
    const std::vector<std::pair<std::string, std::string>>& names,
    const std::vector<std::string>& excluded) const {
  struct Open {
    std::string name;
    std::string from;
    std::size_t depth;
  };
  std::vector<Open> open;
  for (auto name = names.rbegin(); name != names.rend(); ++name)
    open.push_back({name->first, name->second, 0});
  const std::vector<std::string> taken = excluded_names(*this, excluded);
  std::vector<RouteMiddleware> resolved;
  while (!open.empty()) {
    const Open one = open.back();
    open.pop_back();
    const auto group = groups.find(one.name);
    RouteMiddleware middleware{told_name(*this, one.name), {}, one.from};
    if (group == groups.end()) middleware.class_name = class_of(one.name);
    if (std::find(taken.begin(), taken.end(), full_name(*this, one.name)) != taken.end()) continue;
    const bool is_known =
        std::any_of(resolved.begin(), resolved.end(),
                    [&](const RouteMiddleware& known) { return known.name == middleware.name; });
    if (!is_known) resolved.push_back(std::move(middleware));
    if (group == groups.end() || is_known || one.depth >= kMaxDepth) continue;
    for (auto member = group->second.rbegin(); member != group->second.rend(); ++member)
      open.push_back({*member, one.name, one.depth + 1});
  }
  return resolved;
}

}  // namespace gate::readers::laravel
