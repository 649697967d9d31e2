// What Laravel Fortify throttles: its routes are its own, the limiters are named in
// config/fortify.php. Sources: laravel.com/docs/fortify#login-throttling, and routes/routes.php and
// AuthenticatedSessionController of laravel/fortify.
#include <array>
#include <optional>

#include "gate/readers/formats/json.h"
#include "gate/readers/routes/route_world.h"

namespace gate::readers::laravel {
namespace {

using php::Type;
using php::Value;

constexpr std::string_view kPackage = "laravel/fortify";
constexpr std::string_view kConfig = "config/fortify.php";

struct FortifyRoute {
  std::string_view limiter;  // its key below `limiters`
  std::string_view route;
};
constexpr std::array<FortifyRoute, 2> kRoutes = {
    {{"login", "POST login"}, {"two-factor", "POST two-factor-challenge"}}};

// Jetstream brings Fortify along.
bool is_installed(const ProjectFiles& files) {
  std::optional<std::string> text = files.read("composer.json");
  if (!text) return false;
  const auto manifest =
      parse_json(std::make_shared<const base::Source>("composer.json", *std::move(text)));
  if (!manifest) return false;
  const std::optional<readers::Value> require = (*manifest)->root().find("require");
  return require && (require->find(kPackage) || require->find("laravel/jetstream"));
}

// The value under a key of an array literal, the first that stands below a node.
std::optional<php::Node> item_of(php::Node node, std::string_view key) {
  for (const php::Node child : node.children()) {
    const bool is_it = child.is(php::NodeKind::array_item) && child.child(1) &&
                       child.first().is(php::NodeKind::string) && child.first().text() == key;
    if (is_it) return child.child(1);
    if (const std::optional<php::Node> inner = item_of(child, key)) return inner;
  }
  return std::nullopt;
}

}  // namespace

Value RouteWorld::fortify_limiter(std::string_view route) {
  load_settings();
  const Value settings = config("fortify", Value());
  if (!settings.is_known()) return settings;
  if (!settings.is(Type::array)) return {};
  const Value* const limiters = settings.array().find(php::Key(std::string_view("limiters")));
  if (limiters == nullptr || !limiters->is(Type::array)) return {};
  const Value* const limiter = limiters->array().find(php::Key(route));
  return limiter == nullptr ? Value() : *limiter;
}

SettingPlace RouteWorld::fortify_place(std::string_view route) {
  const std::optional<php::File> file = World::file(kConfig);
  if (!file) return {};
  std::optional<php::Node> shown = item_of(file->tree->root(), "limiters");
  if (shown) shown = item_of(*shown, route);
  if (!shown) return {};
  return place_of(std::string(kConfig), file->tree->source()->lines(), shown->span());
}

std::vector<PackageLimiter> RouteWorld::package_limiters() {
  std::vector<PackageLimiter> found;
  if (!fortify_routes_ || !is_installed(files_)) return found;
  for (const FortifyRoute& one : kRoutes) {
    const Value limiter = fortify_limiter(one.limiter);
    if (!limiter.is(Type::string) || limiter.text().empty()) continue;
    found.push_back({std::string(kPackage), std::string(one.route), limiter.text(),
                     fortify_place(one.limiter)});
  }
  return found;
}

}  // namespace gate::readers::laravel
