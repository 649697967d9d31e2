// How an application loads its routes: app/Http/Kernel.php, bootstrap/app.php, service providers.
#include <algorithm>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/routes/route_world.h"
#include "gate/readers/settings/php/convert.h"

namespace gate::readers::laravel {
namespace {

using php::Arguments;
using php::Array;
using php::Type;
using php::Value;

constexpr std::string_view kKernel = "app/Http/Kernel.php";
constexpr std::string_view kBootstrap = "bootstrap/app.php";

// The folders in which service providers lie: the application's, and those of modules.
constexpr std::string_view kProviderFolders[] = {"app", "Modules", "modules", "packages", "src"};

RouteAttributes in_group(std::string_view group, std::string_view prefix = {}) {
  RouteAttributes attributes;
  attributes.middleware.emplace_back(group, "group");
  attributes.prefix = prefix;
  return attributes;
}

}  // namespace

void RouteWorld::read_kernel() {
  const std::optional<ClassFile> kernel = classes_.first_of(kKernel);
  if (!kernel) return;
  const auto value_of = [&](std::string_view property) {
    const php::Node written = kernel->property(property);
    return written ? evaluator_.run_expression(kernel->file, written) : Value();
  };
  const Value groups = value_of("middlewareGroups");
  if (groups.is(Type::array)) {
    for (const Array::Entry& entry : groups.array().entries()) {
      std::string unknown;
      table_.groups[entry.key.shown()] = texts(entry.value, &unknown);
      if (!unknown.empty())
        table_.unknown[entry.key.shown()] =
            fmt::format("the group `{}` is not known whole: {}", entry.key.shown(), unknown);
    }
  }
  for (const php::Node item : kernel->property("middlewareGroups").children()) {
    const php::Node key = item.first();
    if (!item.is(php::NodeKind::array_item) || !key.is(php::NodeKind::string)) continue;
    table_.places[std::string(key.text())] =
        place_of(std::string(kKernel), kernel->file.tree->source()->lines(), key.span());
  }
  for (const std::string_view property : {"routeMiddleware", "middlewareAliases"}) {
    const Value aliases = value_of(property);
    if (!aliases.is(Type::array)) continue;
    for (const Array::Entry& entry : aliases.array().entries())
      if (entry.value.is(Type::string)) table_.aliases[entry.key.shown()] = entry.value.text();
  }
  table_.global = texts(value_of("middleware"));
}

void RouteWorld::read_bootstrap() {
  const std::optional<php::File> found = file(kBootstrap);
  if (found) static_cast<void>(evaluator_.run(*found));
}

// `Application::configure(…)->withRouting(…)->withMiddleware(…)`.
Value RouteWorld::on_application(php::Evaluator& evaluator, std::string_view method,
                                 const Arguments& arguments) {
  const std::string name = base::to_lower(method);
  if (name == "withrouting") {
    constexpr std::string_view kNames[] = {"using", "web",    "api",       "commands", "channels",
                                           "pages", "health", "apiPrefix", "then"};
    for (const std::string_view group : {"web", "api"})
      table_.places.try_emplace(std::string(group), call_place(evaluator));
    for (std::size_t i = 0; i < std::size(kNames); ++i) {
      if (const Value* const given = php::find_argument(arguments, i, kNames[i]))
        routing_.insert_or_assign(std::string(kNames[i]), *given);
    }
  } else if (name == "withmiddleware") {
    for (const std::string_view group : {"web", "api"})
      table_.places.insert_or_assign(std::string(group), call_place(evaluator));
    if (const Value* const change = php::find_argument(arguments, 0, "callback")) {
      if (change->is(Type::closure))
        static_cast<void>(evaluator.invoke(*change, {handle(Kind::middleware)}));
    }
  } else {
    for (const php::Argument& argument : arguments)
      if (argument.value.is(Type::closure)) static_cast<void>(evaluator.invoke(argument.value, {}));
  }
  return handle(Kind::application);
}

void RouteWorld::change_group(std::string_view group, std::string_view how,
                              const std::vector<std::string>& names) {
  std::vector<std::string>& members = table_.groups[std::string(group)];
  if (how == "prepend")
    members.insert(members.begin(), names.begin(), names.end());
  else if (how == "append")
    members.insert(members.end(), names.begin(), names.end());
  else if (how == "remove")
    members.erase(std::remove_if(members.begin(), members.end(),
                                 [&](const std::string& member) {
                                   return std::find(names.begin(), names.end(), member) !=
                                          names.end();
                                 }),
                  members.end());
  else
    members = names;
}

// What withMiddleware() is told. Source: Illuminate\Foundation\Configuration\Middleware.
Value RouteWorld::on_middleware(std::string_view method, const Arguments& arguments) {
  const std::string name = base::to_lower(method);
  const auto argument = [&](std::size_t place, std::string_view named) {
    return php::find_argument(arguments, place, named);
  };
  std::string unknown;  // why a name is missing from what was said
  const auto names_of = [&](std::size_t place, std::string_view named) {
    const Value* const value = argument(place, named);
    return value == nullptr ? std::vector<std::string>() : texts(*value, &unknown);
  };
  const auto note_unknown = [&](const std::string& group) {
    if (!unknown.empty())
      table_.unknown[group] = fmt::format("the group `{}` is not known whole: {}", group, unknown);
  };
  if (name == "throttleapi") {
    const std::vector<std::string> limiter = names_of(0, "limiter");
    change_group("api", "prepend", {"throttle:" + (limiter.empty() ? "api" : limiter.front())});
  } else if (name == "api" || name == "web") {
    change_group(name, "append", names_of(0, "append"));
    change_group(name, "prepend", names_of(1, "prepend"));
    change_group(name, "remove", names_of(2, "remove"));
    note_unknown(name);
    if (const Value* const replace = argument(3, "replace");
        replace != nullptr && replace->is(Type::array)) {
      for (const Array::Entry& entry : replace->array().entries()) {
        for (std::string& member : table_.groups[name])
          if (member == entry.key.shown()) member = php::to_text(entry.value).value_or(member);
      }
    }
  } else if (name == "alias") {
    const Value* const aliases = argument(0, "aliases");
    if (aliases != nullptr && aliases->is(Type::array)) {
      for (const Array::Entry& entry : aliases->array().entries())
        if (entry.value.is(Type::string)) table_.aliases[entry.key.shown()] = entry.value.text();
    }
  } else if (name == "group" || name == "appendtogroup" || name == "prependtogroup" ||
             name == "removefromgroup") {
    const std::string how = name == "group"            ? "set"
                            : name == "appendtogroup"  ? "append"
                            : name == "prependtogroup" ? "prepend"
                                                       : "remove";
    for (const std::string& group : names_of(0, "group")) {
      change_group(group, how, names_of(1, "middleware"));
      note_unknown(group);
    }
  } else if (name == "replaceingroup") {
    const std::vector<std::string> search = names_of(1, "search");
    const std::vector<std::string> replace = names_of(2, "replace");
    for (const std::string& group : names_of(0, "group")) {
      for (std::string& member : table_.groups[group])
        if (search == std::vector{member} && replace.size() == 1) member = replace.front();
    }
  } else if (name == "statefulapi") {
    change_group("api", "prepend",
                 {"Laravel\\Sanctum\\Http\\Middleware\\EnsureFrontendRequestsAreStateful"});
  } else if (name == "append" || name == "prepend" || name == "use") {
    for (std::string& one : all_texts(arguments))
      table_.global.push_back(std::move(one));
  }
  return handle(Kind::middleware);
}

void RouteWorld::read_providers() {
  std::vector<std::string> paths;
  for (const std::string_view folder : kProviderFolders) {
    for (std::string& path : files_.below(folder))
      if (path.ends_with("ServiceProvider.php")) paths.push_back(std::move(path));
  }
  providers_.reserve(paths.size());  // running_ points into it
  for (const std::string& path : paths) {
    std::optional<ClassFile> provider = classes_.first_of(path);
    if (!provider) continue;
    providers_.push_back(*std::move(provider));
    run_provider(providers_.back());
  }
}

void RouteWorld::run_provider(const ClassFile& provider) {
  const std::size_t index = providers_.size() - 1;
  const std::size_t before = loaded_.size();
  running_.push_back(&provider);
  for (const std::string_view name : {"register", "boot", "map"}) {
    // From version 8 on map() is called only where boot() names no routes.
    if (name == "map" && loaded_.size() != before) break;
    const php::Node method = provider.method(name);
    if (!method.child(3)) continue;
    static_cast<void>(
        evaluator_.run(provider.file, method, {{"this", handle(Kind::provider, index)}}));
  }
  running_.pop_back();
}

// `$this->routes(…)`, `$this->loadRoutesFrom(…)`, and methods of the provider itself.
std::optional<Value> RouteWorld::on_provider(php::Evaluator& evaluator, const Entity& of,
                                             std::string_view method, const Arguments& arguments) {
  const std::string name = base::to_lower(method);
  if (name == "loadroutesfrom" && !arguments.empty()) {
    group(evaluator, RouteAttributes(), arguments.front().value);
    return handle(Kind::other);
  }
  const ClassFile& provider = providers_[of.index];
  if (const php::Node own = provider.method(method); own.child(3)) {
    php::Variables variables{{"this", handle(Kind::provider, of.index)}};
    std::size_t place = 0;
    for (const php::Node parameter : own.child(1).children()) {
      const Value* const given = php::find_argument(arguments, place++, parameter.text());
      variables[std::string(parameter.text())] =
          given != nullptr ? *given : Value::unknown("it is known only when the code runs");
    }
    return evaluator.run(provider.file, own, std::move(variables));
  }
  for (const php::Argument& argument : arguments)
    if (argument.value.is(Type::closure)) static_cast<void>(evaluator.invoke(argument.value, {}));
  return handle(Kind::other);
}

void RouteWorld::load_file(std::string_view path, const RouteAttributes& attributes) {
  const std::optional<php::File> found = World::file(path);
  if (!found || loaded_.contains(*found->path)) return;
  static_cast<void>(file(path));
  groups_.push_back(groups_.back().with(attributes));
  static_cast<void>(evaluator_.run(*found));
  groups_.pop_back();
}

// What bootstrap/app.php names.
void RouteWorld::load_routing() {
  const auto given = [&](std::string_view name) -> const Value* {
    const auto found = routing_.find(name);
    return found == routing_.end() || found->second.is(Type::null) ? nullptr : &found->second;
  };
  const auto load = [&](const Value* files, const RouteAttributes& attributes) {
    if (files == nullptr) return;
    std::vector<Value> all;
    if (files->is(Type::array)) {
      for (const Array::Entry& entry : files->array().entries())
        all.push_back(entry.value);
    } else {
      all.push_back(*files);
    }
    for (const Value& one : all) {
      const bool is_path = one.is(Type::object) && one.object().of == php::Object::Class::path;
      if (is_path || one.is(Type::string))
        load_file(is_path ? one.object().value.text() : one.text(), attributes);
    }
  };
  const Value* const using_function = given("using");
  if (using_function != nullptr && using_function->is(Type::closure))
    return static_cast<void>(evaluator_.invoke(*using_function, {}));
  const Value* const prefix = given("apiPrefix");
  load(given("api"), in_group("api", prefix != nullptr && prefix->is(Type::string)
                                         ? std::string_view(prefix->text())
                                         : std::string_view("api")));
  load(given("web"), in_group("web"));
  if (const Value* const then = given("then"); then != nullptr && then->is(Type::closure))
    static_cast<void>(evaluator_.invoke(*then, {}));
}

// Where nothing that gate sees loads routes, they are loaded as Laravel always has; a file that
// nothing loads is judged all the same.
void RouteWorld::load_rest() {
  const bool nothing_loads = loaded_.empty();
  if (nothing_loads) {
    load_file("routes/api.php", in_group("api", "api"));
    load_file("routes/web.php", in_group("web"));
  }
  for (const std::string& path : files_.below("routes")) {
    const bool is_route_file = path.ends_with(".php") && path != "routes/console.php" &&
                               path != "routes/channels.php" && path != "routes/ai.php";
    if (!is_route_file) continue;
    RouteAttributes attributes;
    if (!nothing_loads) attributes.unknown = "nothing that gate sees loads this file";
    load_file(path, attributes);
  }
}

}  // namespace gate::readers::laravel
