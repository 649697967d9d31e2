// What follows a route or resource: `->middleware('auth')->name('x')`.
#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/readers/routes/inflect.h"
#include "gate/readers/routes/route_world.h"
#include "gate/readers/settings/php/convert.h"

namespace gate::readers::laravel {
namespace {

using php::Arguments;
using php::Array;
using php::Type;
using php::Value;

std::string text_of(const Arguments& arguments, std::size_t place) {
  const Value* const value = php::find_argument(arguments, place, {});
  const std::optional<std::string> text = value == nullptr ? std::nullopt : php::to_text(*value);
  return text.value_or("");
}

void keep_unknown(RouteAttributes& attributes, const std::string& unknown) {
  if (!unknown.empty() && attributes.unknown.empty())
    attributes.unknown = "a middleware of it is not known: " + unknown;
}

struct ResourceAction {
  std::string_view name;
  std::string_view method;
  bool on_one;              // the URI names one of them
  std::string_view ending;  // "/create"
};

constexpr std::array<ResourceAction, 7> kActions = {{
    {"index", "GET", false, ""},
    {"create", "GET", false, "/create"},
    {"store", "POST", false, ""},
    {"show", "GET", true, ""},
    {"edit", "GET", true, "/edit"},
    {"update", "PUT", true, ""},
    {"destroy", "DELETE", true, ""},
}};

bool holds(const std::vector<std::string>& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t cut = text.find(separator);
    parts.emplace_back(text.substr(0, cut));
    if (cut == std::string_view::npos) return parts;
    text.remove_prefix(cut + 1);
  }
}

std::string parameter_of(const Resource& resource, const std::string& segment) {
  const auto named = resource.parameters.find(segment);
  std::string parameter = named != resource.parameters.end() ? named->second : singular(segment);
  std::replace(parameter.begin(), parameter.end(), '-', '_');
  return "{" + parameter + "}";
}

// `photos/{photo}/comments` of "photos.comments".
std::string base_uri(const Resource& resource, bool nested) {
  const std::vector<std::string> segments = split(resource.name, '.');
  std::string uri;
  for (std::size_t i = nested ? 0 : segments.size() - 1; i < segments.size(); ++i) {
    uri = join_uri(uri, segments[i]);
    if (i + 1 < segments.size()) uri = join_uri(uri, parameter_of(resource, segments[i]));
  }
  return uri;
}

}  // namespace

void RouteWorld::on_route(Draft& draft, std::string_view method, const Arguments& arguments) {
  const std::string name = base::to_lower(method);
  std::string unknown;
  if (name == "middleware") {
    for (std::string& one : all_texts(arguments, &unknown))
      draft.attributes.middleware.emplace_back(std::move(one), "route");
  } else if (name == "withoutmiddleware") {
    for (std::string& one : all_texts(arguments, &unknown))
      draft.attributes.excluded.push_back(std::move(one));
  } else if (name == "can") {
    draft.attributes.middleware.emplace_back("can:" + text_of(arguments, 0), "route");
  } else if (name == "name") {
    draft.name += text_of(arguments, 0);
  } else if (name == "prefix") {
    draft.attributes.prefix = join_uri(text_of(arguments, 0), draft.attributes.prefix);
  } else if (name == "domain") {
    draft.attributes.domain = text_of(arguments, 0);
  } else if ((name == "uses" || name == "controller") && !arguments.empty()) {
    read_action(draft, arguments.front().value);
  }
  keep_unknown(draft.attributes, unknown);
}

void RouteWorld::on_resource(Resource& resource, std::string_view method,
                             const Arguments& arguments) {
  const std::string name = base::to_lower(method);
  std::string unknown;
  const Value* const first = php::find_argument(arguments, 0, {});
  if (name == "only" || name == "except") {
    const std::vector<std::string> listed = all_texts(arguments);
    auto& actions = resource.actions;
    actions.erase(std::remove_if(actions.begin(), actions.end(),
                                 [&](const std::string& action) {
                                   return holds(listed, action) != (name == "only");
                                 }),
                  actions.end());
  } else if (name == "middleware") {
    for (std::string& one : all_texts(arguments, &unknown))
      resource.attributes.middleware.emplace_back(std::move(one), "route");
  } else if (name == "withoutmiddleware") {
    for (std::string& one : all_texts(arguments, &unknown))
      resource.attributes.excluded.push_back(std::move(one));
  } else if ((name == "middlewarefor" || name == "withoutmiddlewarefor") && arguments.size() >= 2) {
    auto& table = name == "middlewarefor" ? resource.middleware_for : resource.excluded_for;
    for (const std::string& action : texts(arguments[0].value)) {
      for (std::string& one : texts(arguments[1].value, &unknown))
        table[action].push_back(std::move(one));
    }
  } else if (name == "names" && first != nullptr && first->is(Type::array)) {
    for (const Array::Entry& entry : first->array().entries())
      resource.names[entry.key.shown()] = php::to_text(entry.value).value_or("");
  } else if ((name == "names" || name == "as") && first != nullptr) {
    for (const ResourceAction& action : kActions)
      resource.names[std::string(action.name)] =
          text_of(arguments, 0) + "." + std::string(action.name);
  } else if (name == "name" && arguments.size() >= 2) {
    resource.names[text_of(arguments, 0)] = text_of(arguments, 1);
  } else if (name == "parameters" && first != nullptr && first->is(Type::array)) {
    for (const Array::Entry& entry : first->array().entries())
      resource.parameters[entry.key.shown()] = php::to_text(entry.value).value_or("");
  } else if (name == "parameter" && arguments.size() >= 2) {
    resource.parameters[text_of(arguments, 0)] = text_of(arguments, 1);
  } else if (name == "shallow") {
    resource.shallow = first == nullptr || php::to_bool(*first).value_or(true);
  } else if (name == "creatable" && resource.singleton) {
    resource.actions.insert(resource.actions.begin(), {"create", "store"});
    resource.actions.emplace_back("destroy");
  } else if (name == "destroyable" && resource.singleton) {
    resource.actions.emplace_back("destroy");
  }
  keep_unknown(resource.attributes, unknown);
}

void RouteWorld::take_apart(const Resource& resource, std::vector<Draft>& into) {
  const std::vector<std::string> segments = split(resource.name, '.');
  for (const ResourceAction& action : kActions) {
    if (!holds(resource.actions, action.name)) continue;
    Draft draft;
    draft.methods.emplace_back(action.method);
    if (action.name == "update") draft.methods.emplace_back("PATCH");
    const bool nested = !(resource.shallow && action.on_one);
    draft.uri = base_uri(resource, nested);
    if (action.on_one && !resource.singleton)
      draft.uri = join_uri(draft.uri, parameter_of(resource, segments.back()));
    draft.uri += action.ending;
    draft.attributes = resource.attributes;
    const std::string name(action.name);
    const auto named = resource.names.find(name);
    draft.name =
        draft.attributes.name + (named != resource.names.end()
                                     ? named->second
                                     : (nested ? resource.name : segments.back()) + "." + name);
    draft.controller = resource.controller;
    draft.action = name;
    draft.place = resource.place;
    if (const auto more = resource.middleware_for.find(name); more != resource.middleware_for.end())
      for (const std::string& one : more->second)
        draft.attributes.middleware.emplace_back(one, "route");
    if (const auto less = resource.excluded_for.find(name); less != resource.excluded_for.end())
      draft.attributes.excluded.insert(draft.attributes.excluded.end(), less->second.begin(),
                                       less->second.end());
    into.push_back(std::move(draft));
  }
}

}  // namespace gate::readers::laravel
