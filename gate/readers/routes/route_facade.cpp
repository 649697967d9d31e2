// The Route facade: laravel.com/docs/routing.
#include <algorithm>
#include <array>

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

constexpr std::string_view kUnknownPart = "{?}";

const std::vector<std::string>& any_methods() {
  static const std::vector<std::string> kAny = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
  return kAny;
}

// The methods of a verb, or none where it is no verb.
std::vector<std::string> methods_of(std::string_view verb) {
  constexpr std::array<std::string_view, 6> kVerbs = {"get",   "post",   "put",
                                                      "patch", "delete", "options"};
  if (verb == "any") return any_methods();
  if (std::find(kVerbs.begin(), kVerbs.end(), verb) == kVerbs.end()) return {};
  std::string method(verb);
  std::transform(method.begin(), method.end(), method.begin(),
                 [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  return {method};
}

// The text of a value that belongs into a URI or name; a part that is not known is named as such.
std::string part_of(const Value* value) {
  if (value == nullptr) return {};
  const std::optional<std::string> text = php::to_text(*value);
  return text ? *text : std::string(value->is(Type::null) ? "" : kUnknownPart);
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

}  // namespace

// Sets what a group or registrar is told; returns whether `name` is such a thing.
bool RouteWorld::set_attribute(RouteAttributes& attributes, std::string_view name,
                               const Value& value, const Arguments& arguments) {
  const bool is_list = value.is(Type::array) || arguments.empty();
  const auto listed = [&] {
    std::string unknown;
    std::vector<std::string> names =
        is_list ? texts(value, &unknown) : all_texts(arguments, &unknown);
    if (!unknown.empty() && attributes.unknown.empty())
      attributes.unknown = "a middleware of it is not known: " + unknown;
    return names;
  };
  if (name == "middleware") {
    attributes.middleware.clear();  // a second call replaces the first
    for (std::string& one : listed())
      attributes.middleware.emplace_back(std::move(one), "group");
  } else if (name == "withoutmiddleware" || name == "excluded_middleware") {
    for (std::string& one : listed())
      attributes.excluded.push_back(std::move(one));
  } else if (name == "prefix") {
    attributes.prefix = join_uri({}, part_of(&value));
  } else if (name == "name" || name == "as") {
    attributes.name = part_of(&value);
  } else if (name == "namespace") {
    attributes.name_space = part_of(&value);
  } else if (name == "domain") {
    attributes.domain = part_of(&value);
  } else if (name == "controller") {
    attributes.controller = part_of(&value);
  } else if (name == "can") {
    attributes.middleware.emplace_back("can:" + part_of(&value), "group");
  } else {
    return false;
  }
  return true;
}

RouteAttributes RouteWorld::read_attributes(const Value& value) {
  RouteAttributes attributes;
  if (!value.is(Type::array)) {
    if (!value.is_known())
      attributes.unknown = "the attributes of its group are not known: " + value.reason();
    return attributes;
  }
  for (const Array::Entry& entry : value.array().entries()) {
    if (!entry.key.is_number())
      set_attribute(attributes, base::to_lower(entry.key.text()), entry.value, {});
  }
  return attributes;
}

// A call of the facade, or of what it gave out with these attributes; nothing for what has no part
// in routes.
std::optional<Value> RouteWorld::on_router(php::Evaluator& evaluator, const RouteAttributes& given,
                                           std::string_view method, const Arguments& arguments) {
  const std::string name = base::to_lower(method);
  const auto argument = [&](std::size_t place, std::string_view named) {
    return php::find_argument(arguments, place, named);
  };
  if (std::vector<std::string> methods = methods_of(name); !methods.empty())
    return add_route(evaluator, given, std::move(methods), argument(0, "uri"),
                     argument(1, "action"));
  if (name == "match" || name == "addroute") {
    std::vector<std::string> methods;
    if (const Value* const listed = argument(0, "methods")) {
      for (const std::string& one : texts(*listed))
        methods.push_back(upper(one));
      if (methods.empty()) methods = any_methods();
    }
    methods.erase(std::remove(methods.begin(), methods.end(), "HEAD"), methods.end());
    return add_route(evaluator, given, std::move(methods), argument(1, "uri"),
                     argument(2, "action"));
  }
  if (name == "view" || name == "inertia") {
    const Value view(std::string(name) + ":" + part_of(argument(1, "view")));
    return add_route(evaluator, given, {"GET"}, argument(0, "uri"), &view);
  }
  if (name == "redirect" || name == "permanentredirect") {
    const Value target(std::string("redirect:") + part_of(argument(1, "destination")));
    return add_route(evaluator, given, any_methods(), argument(0, "uri"), &target);
  }
  if (name == "fallback") {
    const Value uri(std::string("{fallbackPlaceholder}"));
    return add_route(evaluator, given, {"GET"}, &uri, argument(0, "action"));
  }
  if (name == "group") {
    const Value* const first = argument(0, "attributes");
    const Value* const second = argument(1, "routes");
    if (first == nullptr) return handle(Kind::router);
    const RouteAttributes attributes =
        second == nullptr ? given : given.with(read_attributes(*first));
    group(evaluator, attributes, second == nullptr ? *first : *second);
    return handle(Kind::router);
  }
  if (name == "resource" || name == "apiresource" || name == "singleton" || name == "apisingleton")
    return add_resource(evaluator, given, name, arguments);
  if (name == "resources" || name == "apiresources") {
    const Value* const listed = argument(0, "resources");
    if (listed == nullptr || !listed->is(Type::array)) return handle(Kind::other);
    for (const Array::Entry& entry : listed->array().entries()) {
      Arguments one = {{entry.key.value(), {}}, {entry.value, {}}};
      if (const Value* const options = argument(1, "options")) one.push_back({*options, {}});
      static_cast<void>(
          add_resource(evaluator, given, name == "resources" ? "resource" : "apiresource", one));
    }
    return handle(Kind::other);
  }
  RouteAttributes attributes = given;
  const Value first = arguments.empty() ? Value() : arguments.front().value;
  if (set_attribute(attributes, name, first, arguments)) {
    registrars_.push_back(std::move(attributes));
    return handle(Kind::registrar, registrars_.size() - 1);
  }
  constexpr std::array<std::string_view, 9> kNoMatter = {"where",
                                                         "wherein",
                                                         "wherenumber",
                                                         "whereuuid",
                                                         "scopebindings",
                                                         "missing",
                                                         "withoutscopedbindings",
                                                         "wherealpha",
                                                         "wherealphanumeric"};
  if (std::find(kNoMatter.begin(), kNoMatter.end(), name) != kNoMatter.end()) {
    registrars_.push_back(std::move(attributes));
    return handle(Kind::registrar, registrars_.size() - 1);
  }
  // model(), bind(), pattern(), macros: what they are handed may hold routes all the same.
  for (const php::Argument& one : arguments)
    if (one.value.is(Type::closure) && name != "model" && name != "bind" && name != "macro")
      static_cast<void>(evaluator.invoke(one.value, {handle(Kind::router)}));
  return handle(Kind::other);
}

// The routes of a group: a function, a file, or several.
void RouteWorld::group(php::Evaluator& evaluator, const RouteAttributes& given,
                       const Value& routes) {
  if (groups_.size() > php::Evaluator::kMaxCalls) return;
  if (routes.is(Type::array)) {
    for (const Array::Entry& entry : routes.array().entries())
      group(evaluator, given, entry.value);
    return;
  }
  groups_.push_back(groups_.back().with(given));
  const bool is_path = routes.is(Type::object) && routes.object().of == php::Object::Class::path;
  if (routes.is(Type::closure)) {
    static_cast<void>(evaluator.invoke(routes, {handle(Kind::router)}));
  } else if (is_path || routes.is(Type::string)) {
    const std::string path = is_path ? routes.object().value.text() : routes.text();
    if (const std::optional<php::File> found = file(path)) {
      loaded_.insert(*found->path);  // wherever it lies
      static_cast<void>(evaluator.require(*found));
    }
  } else {
    const SettingPlace at = call_place(evaluator);
    troubles_.push_back(
        fmt::format("{}:{}: the routes of a group are not known", at.path, at.line));
  }
  groups_.pop_back();
}

void RouteWorld::set_controller(Draft& draft, std::string_view class_name,
                                std::string_view method) {
  const std::string& space = draft.attributes.name_space;
  const bool is_whole =
      class_name.starts_with('\\') || space.empty() || class_name.starts_with(space);
  draft.controller = is_whole ? std::string(class_name) : space + "\\" + std::string(class_name);
  if (draft.controller.starts_with('\\')) draft.controller.erase(0, 1);
  draft.action = method.empty() ? "__invoke" : method;
}

void RouteWorld::read_action(Draft& draft, const Value& action) {
  if (action.is(Type::closure)) {
    draft.action = "Closure";
  } else if (action.is(Type::string)) {
    const std::string& text = action.text();
    const std::size_t at = text.find('@');
    if (at != std::string::npos) {
      set_controller(draft, text.substr(0, at), text.substr(at + 1));
    } else if (text.find(':') != std::string::npos) {
      draft.action = text;  // view:, redirect:
    } else if (!draft.attributes.controller.empty() && text.find('\\') == std::string::npos) {
      set_controller(draft, draft.attributes.controller, text);
    } else {
      set_controller(draft, text, {});
    }
  } else if (action.is(Type::array)) {
    const Array& array = action.array();
    const Value* const class_name = array.find(php::Key(std::int64_t{0}));
    const Value* const method = array.find(php::Key(std::int64_t{1}));
    if (class_name != nullptr && class_name->is(Type::string) && method != nullptr &&
        method->is(Type::string))
      return set_controller(draft, class_name->text(), method->text());
    if (const Value* const uses = array.find(php::Key(std::string_view("uses"))))
      read_action(draft, *uses);
    for (const Array::Entry& entry : array.entries())
      if (entry.value.is(Type::closure)) draft.action = "Closure";
    RouteAttributes own = read_attributes(action);
    for (auto& [name, from] : own.middleware)
      from = "route";
    const std::string name = own.name;
    own.name.clear();
    draft.attributes = draft.attributes.with(own);
    draft.uri = join_uri(own.prefix, draft.uri);
    if (!name.empty()) draft.name += name;
  } else {
    draft.action = action.is(Type::null) ? "" : "?";
  }
}

Value RouteWorld::add_route(php::Evaluator& evaluator, const RouteAttributes& given,
                            std::vector<std::string> methods, const Value* uri,
                            const Value* action) {
  Draft draft;
  draft.methods = std::move(methods);
  draft.attributes = groups_.back();
  // What stands in front of the verb belongs to this route alone.
  RouteAttributes own = given;
  for (auto& [name, from] : own.middleware)
    from = "route";
  draft.attributes = draft.attributes.with(own);
  draft.uri = part_of(uri);
  draft.name = draft.attributes.name;
  draft.place = call_place(evaluator);
  if (action != nullptr) read_action(draft, *action);
  if (action == nullptr && !draft.attributes.controller.empty())
    set_controller(draft, draft.attributes.controller, {});
  routes_.push_back(std::move(draft));
  items_.push_back({false, routes_.size() - 1});
  return handle(Kind::route, routes_.size() - 1);
}

Value RouteWorld::add_resource(php::Evaluator& evaluator, const RouteAttributes& given,
                               std::string_view kind, const Arguments& arguments) {
  Resource resource;
  resource.singleton = kind.ends_with("singleton");
  if (kind == "resource")
    resource.actions = {"index", "create", "store", "show", "edit", "update", "destroy"};
  else if (kind == "apiresource")
    resource.actions = {"index", "store", "show", "update", "destroy"};
  else
    resource.actions = kind == "singleton" ? std::vector<std::string>{"show", "edit", "update"}
                                           : std::vector<std::string>{"show", "update"};
  resource.attributes = groups_.back().with(given);
  resource.place = call_place(evaluator);
  std::string name = part_of(php::find_argument(arguments, 0, "name"));
  name = join_uri({}, name);
  // `admin/posts` is a resource in a group with the prefix `admin`.
  if (const std::size_t slash = name.rfind('/'); slash != std::string::npos) {
    resource.attributes.prefix = join_uri(resource.attributes.prefix, name.substr(0, slash));
    name = name.substr(slash + 1);
  }
  resource.name = std::move(name);
  Draft controller;
  controller.attributes = resource.attributes;
  if (const Value* const written = php::find_argument(arguments, 1, "controller"))
    set_controller(controller, part_of(written), {});
  resource.controller = controller.controller;
  resources_.push_back(std::move(resource));
  items_.push_back({true, resources_.size() - 1});
  const std::size_t index = resources_.size() - 1;
  const Value* const options = php::find_argument(arguments, 2, "options");
  if (options != nullptr && options->is(Type::array)) {
    for (const Array::Entry& entry : options->array().entries())
      if (!entry.key.is_number())
        on_resource(resources_[index], entry.key.text(), {{entry.value, {}}});
  }
  return handle(Kind::resource, index);
}

}  // namespace gate::readers::laravel
