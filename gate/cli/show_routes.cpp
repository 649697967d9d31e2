// gate show routes: the routes of a Laravel application with their middleware.
#include <array>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/json_writer.h"
#include "gate/base/unicode.h"
#include "gate/checks/laravel_routing.h"
#include "gate/cli/commands.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/show.h"

namespace gate::cli {
namespace {

using readers::Route;
using readers::RouteMiddleware;

constexpr std::array<std::string_view, 2> kFormats{"text", "json"};

const std::vector<Option>& options() {
  static const std::vector<Option> kOptions = show_options(kFormats, "text (default) or json");
  return kOptions;
}

void write_json(const Route& route, base::JsonWriter& json) {
  json.begin_object();
  json.key("methods").begin_array();
  for (const std::string& method : route.methods)
    json.string(method);
  json.end_array();
  json.key("uri").string(route.uri);
  json.key("name").string(route.name);
  json.key("action").string(route.action);
  json.key("middleware").begin_array();
  for (const RouteMiddleware& one : route.middleware)
    json.string(one.name);
  json.end_array();
  json.key("path").string(route.place.path);
  json.key("line").number(route.place.line);
  json.end_object();
}

void write_text(const Route& route, std::string& out) {
  out +=
      base::for_terminal(fmt::format("{} {}  {}  ({}:{})", fmt::join(route.methods, "|"), route.uri,
                                     route.action, route.place.path, route.place.line)) +
      "\n";
  for (const RouteMiddleware& one : route.middleware)
    out += base::for_terminal(fmt::format("  {} ({})", one.name, one.from)) + "\n";
  if (!route.limited_by.empty())
    out += base::for_terminal(fmt::format("  limited by {}", route.limited_by)) + "\n";
  if (!route.unknown.empty())
    out += base::for_terminal(fmt::format("  not known: {}", route.unknown)) + "\n";
}

int routes_command(const Arguments& arguments, Streams& streams) {
  return show(arguments, streams, [](const Session& session, std::string_view format, Streams& to) {
    const std::optional<readers::Routing> routing = checks::laravel_routing(
        *session.place.files, session.environment ? &*session.environment : nullptr);
    ExitCode status = passed;
    if (!routing) {
      to.err += base::render(base::Diagnostic::error("this is no Laravel application")
                                 .hint("name the folder that has `artisan`: gate show routes PATH"),
                             false);
      status = undecided;
    }
    base::JsonWriter json;
    json.begin_array();
    if (routing) {
      for (const Route& route : routing->routes) {
        if (format == "json")
          write_json(route, json);
        else
          write_text(route, to.out);
      }
      for (const std::string& trouble : routing->troubles) {
        to.err += base::render(base::Diagnostic::error(trouble), false);
        status = undecided;
      }
    }
    json.end_array();
    if (format == "json") to.out += std::move(json).text() + "\n";
    return status;
  });
}

}  // namespace

const Command kShowRoutes{"show routes",
                          "[PATH]",
                          "Show the routes of a Laravel application with their middleware",
                          "",
                          0,
                          1,
                          options(),
                          routes_command};

}  // namespace gate::cli
