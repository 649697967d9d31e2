#include "gate/readers/settings/laravel/laravel.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/formats/json.h"
#include "gate/readers/settings/laravel/config.h"
#include "gate/readers/settings/laravel/defaults.h"
#include "gate/readers/settings/laravel/world.h"

namespace gate::readers {
namespace {

constexpr std::string_view kFolder = "config/";
constexpr std::string_view kEnding = ".php";

std::shared_ptr<const Document> json_of(const ProjectFiles& files, std::string_view path) {
  std::optional<std::string> text = files.read(path);
  if (!text) return nullptr;
  auto document =
      parse_json(std::make_shared<const base::Source>(std::string(path), *std::move(text)));
  return document ? *std::move(document) : nullptr;
}

// The first number of a version or constraint: 11 of "^11.0", "v11.2.0", "11.*|12.*".
int major_of(std::string_view version) {
  const std::size_t begin = version.find_first_of("0123456789");
  int number = 0;
  if (begin != std::string_view::npos)
    std::from_chars(version.data() + begin, version.data() + version.size(), number);
  return number;
}

int locked_version(const ProjectFiles& files) {
  const std::shared_ptr<const Document> lock = json_of(files, "composer.lock");
  if (!lock) return 0;
  const std::optional<Value> packages = lock->root().find("packages");
  if (!packages) return 0;
  for (const Value& package : packages->children()) {
    const std::optional<Value> name = package.find("name");
    const std::optional<Value> version = package.find("version");
    if (name && version && (*name)->text == "laravel/framework") return major_of((*version)->text);
  }
  return 0;
}

// The names of config(): `app` of config/app.php, `sub.file` of config/sub/file.php.
std::vector<std::pair<std::string, std::string>> config_files(const ProjectFiles& files) {
  std::vector<std::pair<std::string, std::string>> named;
  for (std::string& path : files.below("config")) {
    if (!path.ends_with(kEnding) || !path.starts_with(kFolder)) continue;
    std::string name = path.substr(kFolder.size(), path.size() - kFolder.size() - kEnding.size());
    std::replace(name.begin(), name.end(), '/', '.');
    named.emplace_back(std::move(name), std::move(path));
  }
  std::sort(named.begin(), named.end());
  return named;
}

}  // namespace

bool is_laravel(const ProjectFiles& files) {
  if (!files.has("artisan") || !files.has("composer.json")) return false;
  const std::shared_ptr<const Document> manifest = json_of(files, "composer.json");
  if (!manifest) return true;  // broken, but what else has an artisan
  const std::optional<Value> require = manifest->root().find("require");
  return require && (require->find("laravel/framework") || files.has("config/app.php"));
}

int laravel_version(const ProjectFiles& files) {
  if (const int locked = locked_version(files); locked != 0) return locked;
  const std::shared_ptr<const Document> manifest = json_of(files, "composer.json");
  if (!manifest) return 0;
  const std::optional<Value> require = manifest->root().find("require");
  const std::optional<Value> framework =
      require ? require->find("laravel/framework") : std::nullopt;
  return framework ? major_of((*framework)->text) : 0;
}

std::vector<std::pair<std::string, php::Value>> laravel::load_config(
    const ProjectFiles& files, const EnvironmentValues& environment) {
  World world(files, environment);
  php::Evaluator evaluator(world);
  std::vector<std::pair<std::string, php::Value>> loaded;
  for (const auto& [name, path] : config_files(files)) {
    const std::optional<php::File> file = world.file(path);
    php::Value value =
        file ? evaluator.run(*file) : php::Value::unknown(fmt::format("{} cannot be read", path));
    world.set_config(name, value);
    loaded.emplace_back(name, std::move(value));
  }
  return loaded;
}

Settings laravel_settings(const ProjectFiles& files, const EnvironmentValues& environment) {
  Settings settings;
  for (const auto& [name, value] : laravel::load_config(files, environment))
    settings.values.push_back({name, php::to_setting(value)});
  laravel::add_framework_defaults(files, environment, laravel_version(files), settings);
  return settings;
}

}  // namespace gate::readers
