#include "gate/readers/routes/route_world.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"
#include "gate/readers/settings/laravel/config.h"
#include "gate/readers/settings/php/convert.h"

namespace gate::readers::laravel {
namespace {

using php::Arguments;
using php::Object;
using php::Type;
using php::Value;

bool is_class(std::string_view name, std::string_view full) {
  return php::same_name(name, full) || php::same_name(name, php::short_name(full));
}

// `ThrottleRequests::with(5, 1)`, `Authorize::using('edit', 'post')`: the class with parameters.
std::optional<Value> middleware_text(std::string_view class_name, std::string_view method,
                                     const Arguments& arguments) {
  const std::string lowered = base::to_lower(method);
  const bool is_middleware = class_name.find("\\Middleware\\") != std::string_view::npos ||
                             php::same_name(php::short_name(class_name), "ThrottleRequests");
  if (!is_middleware || (lowered != "with" && lowered != "using")) return std::nullopt;
  // Named arguments stand in the order of the parameters, with the defaults of those between them.
  constexpr std::pair<std::string_view, std::string_view> kParameters[] = {
      {"maxAttempts", "60"}, {"decayMinutes", "1"}, {"prefix", ""}};
  const bool is_named = std::any_of(arguments.begin(), arguments.end(),
                                    [](const php::Argument& one) { return !one.name.empty(); });
  std::vector<std::string> parameters;
  std::size_t used = 0;
  for (std::size_t i = 0; used < arguments.size(); ++i) {
    if (is_named && lowered == "with" && i == std::size(kParameters))
      return Value::unknown("a parameter of the middleware is not known");
    const bool by_name = is_named && lowered == "with";
    const Value* const given =
        by_name ? php::find_argument(arguments, i, kParameters[i].first) : &arguments[i].value;
    if (given == nullptr) {
      parameters.emplace_back(kParameters[i].second);
      continue;
    }
    ++used;
    std::optional<std::string> parameter = php::to_text(*given);
    if (!parameter) return Value::unknown("a parameter of the middleware is not known");
    parameters.push_back(*std::move(parameter));
  }
  std::string text(class_name);
  if (!parameters.empty()) text += fmt::format(":{}", fmt::join(parameters, ","));
  return Value(std::move(text));
}

// glob(base_path('routes/api/*.php')): the files of a folder, where the star stands in the name.
std::optional<Value> paths_like(const ProjectFiles& files, const Value& pattern) {
  if (!pattern.is(Type::object) || pattern.object().of != Object::Class::path) return std::nullopt;
  const std::string& path = pattern.object().value.text();
  const std::size_t slash = path.rfind('/');
  const std::size_t star = path.find('*');
  const bool is_plain = slash != std::string::npos && star != std::string::npos && star > slash &&
                        path.find_first_of("*?[{", star + 1) == std::string::npos &&
                        path.find_first_of("?[{") == std::string::npos &&
                        path.find("..") == std::string::npos;
  if (!is_plain) return std::nullopt;
  const std::string begin = path.substr(0, star);
  const std::string end = path.substr(star + 1);
  php::Array found;
  for (const std::string& file : files.below(path.substr(0, slash))) {
    const bool fits = file.size() >= begin.size() + end.size() && file.starts_with(begin) &&
                      file.ends_with(end) && file.find('/', slash + 1) == std::string::npos;
    if (fits) found.push(Object{Object::Class::path, Value(file)});
  }
  return Value(std::move(found));
}

}  // namespace

RouteWorld::RouteWorld(const ProjectFiles& files, const EnvironmentValues& environment)
    : World(files, environment),
      files_(files),
      environment_(environment),
      evaluator_(*this),
      classes_(files, *this) {}

void RouteWorld::run() {
  read_kernel();
  read_bootstrap();
  read_providers();
  load_routing();
  load_rest();
}

void RouteWorld::load_settings() {
  if (config_loaded_) return;
  config_loaded_ = true;
  for (auto& [name, value] : load_config(files_, environment_))
    set_config(name, std::move(value));
}

Value RouteWorld::handle(Kind kind, std::size_t index) {
  entities_.push_back({kind, index});
  return Object{Object::Class::handle, Value(static_cast<std::int64_t>(entities_.size() - 1))};
}

std::optional<RouteWorld::Entity> RouteWorld::entity(const Value& value) const {
  if (!value.is(Type::object) || value.object().of != Object::Class::handle) return std::nullopt;
  const auto number = static_cast<std::size_t>(value.object().value.whole());
  return number < entities_.size() ? std::optional(entities_[number]) : std::nullopt;
}

// Where the verb of the call stands: `post` of `Route::middleware('x')->post('y')`.
SettingPlace RouteWorld::call_place(const php::Evaluator& evaluator) const {
  const php::Node call = evaluator.called();
  base::Span span = call.span();
  if (call.is(php::NodeKind::method_call)) {
    const base::Span arguments = call.child(1).span();
    const auto size = static_cast<std::uint32_t>(call.text().size());
    span.begin = arguments.begin >= size ? arguments.begin - size : arguments.begin;
  }
  return place_of(*evaluator.file().path, evaluator.file().tree->source()->lines(), span);
}

std::vector<std::string> RouteWorld::texts(const Value& value, std::string* unknown) {
  std::vector<std::string> found;
  if (value.is(Type::array)) {
    for (const php::Array::Entry& entry : value.array().entries()) {
      for (std::string& text : texts(entry.value, unknown))
        found.push_back(std::move(text));
    }
  } else if (value.is(Type::string)) {
    found.push_back(value.text());
  } else if (value.is(Type::closure)) {
    found.emplace_back("Closure");
  } else if (!value.is(Type::null) && unknown != nullptr && unknown->empty()) {
    *unknown = value.is_known() ? "it is no text" : value.reason();
  }
  return found;
}

std::vector<std::string> RouteWorld::all_texts(const Arguments& arguments, std::string* unknown) {
  std::vector<std::string> found;
  for (const php::Argument& argument : arguments) {
    for (std::string& text : texts(argument.value, unknown))
      found.push_back(std::move(text));
  }
  return found;
}

std::optional<php::File> RouteWorld::file(std::string_view path) {
  std::optional<php::File> found = World::file(path);
  if (found && found->path->starts_with("routes/")) loaded_.insert(*found->path);
  if (found && !found->tree->ok()) {
    std::string trouble = fmt::format("{}: {}", *found->path, found->tree->first_problem());
    if (std::find(troubles_.begin(), troubles_.end(), trouble) == troubles_.end())
      troubles_.push_back(std::move(trouble));
  }
  return found;
}

std::optional<Value> RouteWorld::call(php::Evaluator& evaluator, std::string_view function,
                                      const Arguments& arguments) {
  if (function == "app" || function == "resolve") {
    const Value* const asked = php::find_argument(arguments, 0, "abstract");
    const bool is_router = asked != nullptr && asked->is(Type::string) && asked->text() == "router";
    return handle(is_router ? Kind::router : Kind::other);
  }
  if (function == "config") load_settings();
  if (function == "glob" && !arguments.empty()) {
    if (std::optional<Value> found = paths_like(files_, arguments.front().value)) return found;
  }
  return World::call(evaluator, function, arguments);
}

std::optional<Value> RouteWorld::call_static(php::Evaluator& evaluator, std::string_view class_name,
                                             std::string_view method, const Arguments& arguments) {
  if (is_class(class_name, "Illuminate\\Support\\Facades\\Route"))
    return on_router(evaluator, RouteAttributes(), method, arguments);
  if (is_class(class_name, "Illuminate\\Support\\Facades\\RateLimiter") &&
      php::same_name(method, "for")) {
    add_limiter(evaluator, arguments);
    return handle(Kind::other);
  }
  if (is_class(class_name, "Laravel\\Fortify\\Fortify") && php::same_name(method, "ignoreRoutes"))
    fortify_routes_ = false;
  if (is_class(class_name, "Illuminate\\Foundation\\Application") &&
      php::same_name(method, "configure")) {
    // Then the tables are the framework's, but for what withMiddleware() changes.
    MiddlewareTable table = MiddlewareTable::framework();
    table.groups.merge(table_.groups);
    table.aliases.merge(table_.aliases);
    table_ = std::move(table);
    return handle(Kind::application);
  }
  if (is_class(class_name, "Livewire\\Volt\\Volt") && php::same_name(method, "route")) {
    return add_route(evaluator, RouteAttributes(), {"GET"}, php::find_argument(arguments, 0, "uri"),
                     nullptr);
  }
  if (class_name == "parent" && !running_.empty()) {
    for (const php::Node parent : running_.back()->declaration().child(1).children()) {
      const std::optional<ClassFile> of = classes_.find(parent.text(), "app");
      const auto found = of ? classes_.find_method(*of, method) : std::nullopt;
      if (!found) continue;
      running_.push_back(&found->of);
      Value returned =
          evaluator.run(found->of.file, found->node, {{"this", handle(Kind::controller)}});
      running_.pop_back();
      return returned;
    }
    return handle(Kind::other);
  }
  if (std::optional<Value> text = middleware_text(class_name, method, arguments)) return text;
  return World::call_static(evaluator, class_name, method, arguments);
}

std::optional<Value> RouteWorld::call_method(php::Evaluator& evaluator, const Value& object,
                                             std::string_view method, const Arguments& arguments) {
  const std::optional<Entity> of = entity(object);
  if (!of) return World::call_method(evaluator, object, method, arguments);
  switch (of->kind) {
    case Kind::router:
      if (std::optional<Value> made = on_router(evaluator, RouteAttributes(), method, arguments))
        return made;
      return object;
    case Kind::registrar: {
      const RouteAttributes attributes = registrars_[of->index];
      if (std::optional<Value> made = on_router(evaluator, attributes, method, arguments))
        return made;
      return object;
    }
    case Kind::route:
      on_route(routes_[of->index], method, arguments);
      return object;
    case Kind::resource:
      on_resource(resources_[of->index], method, arguments);
      return object;
    case Kind::application:
      return on_application(evaluator, method, arguments);
    case Kind::middleware:
      static_cast<void>(on_middleware(method, arguments));
      return object;
    case Kind::provider:
      return on_provider(evaluator, *of, method, arguments);
    case Kind::controller:
      if (!php::same_name(method, "middleware") || constructed_ == nullptr)
        return handle(Kind::other);
      controller_middlewares_.push_back(constructed_middleware(arguments));
      constructed_->push_back(controller_middlewares_.size() - 1);
      return handle(Kind::controller_middleware, controller_middlewares_.size() - 1);
    case Kind::controller_middleware: {
      ControllerMiddleware& middleware = controller_middlewares_[of->index];
      if (php::same_name(method, "only")) middleware.only = all_texts(arguments);
      if (php::same_name(method, "except")) middleware.except = all_texts(arguments);
      return object;
    }
    case Kind::other:
      break;
  }
  // Code that is handed over may hold routes.
  for (const php::Argument& argument : arguments)
    if (argument.value.is(Type::closure)) static_cast<void>(evaluator.invoke(argument.value, {}));
  return object;
}

// `$this->middleware('throttle:5,1', ['only' => ['login']])` in the constructor of a controller.
ControllerMiddleware RouteWorld::constructed_middleware(const Arguments& arguments) {
  ControllerMiddleware middleware;
  if (const Value* const names = php::find_argument(arguments, 0, "middleware"))
    middleware.names = texts(*names);
  const Value* const options = php::find_argument(arguments, 1, "options");
  if (options == nullptr || !options->is(Type::array)) return middleware;
  for (const php::Array::Entry& entry : options->array().entries()) {
    if (entry.key == php::Key("only")) middleware.only = texts(entry.value);
    if (entry.key == php::Key("except")) middleware.except = texts(entry.value);
  }
  return middleware;
}

std::optional<Value> RouteWorld::property(const Value& object, std::string_view name) {
  const std::optional<Entity> of = entity(object);
  if (!of) return std::nullopt;
  if (of->kind == Kind::provider) {
    const ClassFile& provider = providers_[of->index];
    if (const php::Node written = provider.property(name))
      return evaluator_.run_expression(provider.file, written);
    if (name == "app") return handle(Kind::other);
  }
  return name == "router" ? handle(Kind::router) : handle(Kind::other);
}

std::optional<Value> RouteWorld::make(std::string_view class_name, const Arguments& arguments) {
  if (!is_class(class_name, "Illuminate\\Routing\\Controllers\\Middleware")) return std::nullopt;
  ControllerMiddleware middleware;
  if (const Value* const names = php::find_argument(arguments, 0, "middleware"))
    middleware.names = texts(*names);
  if (const Value* const only = php::find_argument(arguments, 1, "only"))
    middleware.only = texts(*only);
  if (const Value* const except = php::find_argument(arguments, 2, "except"))
    middleware.except = texts(*except);
  controller_middlewares_.push_back(std::move(middleware));
  return handle(Kind::controller_middleware, controller_middlewares_.size() - 1);
}

std::vector<Draft> RouteWorld::drafts() const {
  std::vector<Draft> all;
  for (const Item& item : items_) {
    if (item.is_resource)
      take_apart(resources_[item.index], all);
    else
      all.push_back(routes_[item.index]);
  }
  return all;
}

}  // namespace gate::readers::laravel
