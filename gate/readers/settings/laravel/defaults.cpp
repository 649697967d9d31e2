#include "gate/readers/settings/laravel/defaults.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/settings/laravel/world.h"

namespace gate::readers::laravel {
namespace {

enum class As : std::uint8_t {
  null,
  boolean,
  cast,  // `(bool) env(…)`
  integer,
  text,
  list,     // of texts, comma separated
  unknown,  // not a matter of configuration alone, or too large a map to be carried
};

// One default: where it stands, the variable that is asked first, and what counts without it.
struct Default {
  std::string_view file;
  std::string_view key;
  std::string_view variable;  // empty: a constant
  As as = As::unknown;
  std::string_view value{};
  // Not every release asks for the variable: where it is set, the value is not known.
  bool asks_lately = false;
};

constexpr auto kDefaults = std::to_array<Default>({
    {"app", "name", "APP_NAME", As::text, "Laravel"},
    {"app", "env", "APP_ENV", As::text, "production"},
    {"app", "debug", "APP_DEBUG", As::cast, "false"},
    {"app", "url", "APP_URL", As::text, "http://localhost"},
    {"app", "frontend_url", "FRONTEND_URL", As::text, "http://localhost:3000"},
    {"app", "asset_url", "ASSET_URL", As::null},
    {"app", "timezone", "APP_TIMEZONE", As::text, "UTC", true},
    {"app", "locale", "APP_LOCALE", As::text, "en"},
    {"app", "fallback_locale", "APP_FALLBACK_LOCALE", As::text, "en"},
    {"app", "faker_locale", "APP_FAKER_LOCALE", As::text, "en_US"},
    {"app", "cipher", "", As::text, "AES-256-CBC"},
    {"app", "key", "APP_KEY", As::null},
    {"app", "previous_keys", "", As::unknown},
    {"app", "maintenance", "", As::unknown},
    {"app", "providers", "", As::unknown},
    {"app", "aliases", "", As::unknown},
    {"auth", "defaults.guard", "AUTH_GUARD", As::text, "web"},
    {"auth", "defaults.passwords", "AUTH_PASSWORD_BROKER", As::text, "users"},
    {"auth", "guards", "", As::unknown},
    {"auth", "providers", "", As::unknown},
    {"auth", "passwords", "", As::unknown},
    {"auth", "password_timeout", "AUTH_PASSWORD_TIMEOUT", As::integer, "10800"},
    {"broadcasting", "default", "BROADCAST_CONNECTION", As::text, "null"},
    {"broadcasting", "connections", "", As::unknown},
    {"cache", "default", "CACHE_STORE", As::text, "database"},
    {"cache", "stores", "", As::unknown},
    {"cache", "prefix", "", As::unknown},
    {"cors", "paths", "", As::list, "api/*,sanctum/csrf-cookie"},
    {"cors", "allowed_methods", "", As::list, "*"},
    {"cors", "allowed_origins", "", As::list, "*"},
    {"cors", "allowed_origins_patterns", "", As::list},
    {"cors", "allowed_headers", "", As::list, "*"},
    {"cors", "exposed_headers", "", As::list},
    {"cors", "max_age", "", As::integer, "0"},
    {"cors", "supports_credentials", "", As::boolean, "false"},
    {"database", "default", "DB_CONNECTION", As::text, "sqlite"},
    {"database", "connections", "", As::unknown},
    {"database", "migrations", "", As::unknown},
    {"database", "redis", "", As::unknown},
    {"filesystems", "default", "FILESYSTEM_DISK", As::text, "local"},
    {"filesystems", "disks", "", As::unknown},
    {"filesystems", "links", "", As::unknown},
    {"hashing", "driver", "HASH_DRIVER", As::text, "bcrypt", true},
    {"hashing", "bcrypt.rounds", "BCRYPT_ROUNDS", As::integer, "12"},
    {"hashing", "bcrypt.verify", "HASH_VERIFY", As::boolean, "true", true},
    {"hashing", "argon.memory", "ARGON_MEMORY", As::integer, "65536", true},
    {"hashing", "argon.threads", "ARGON_THREADS", As::integer, "1", true},
    {"hashing", "argon.time", "ARGON_TIME", As::integer, "4", true},
    {"hashing", "argon.verify", "HASH_VERIFY", As::boolean, "true", true},
    {"hashing", "rehash_on_login", "", As::boolean, "true"},
    {"logging", "default", "LOG_CHANNEL", As::text, "stack"},
    {"logging", "deprecations", "", As::unknown},
    {"logging", "channels", "", As::unknown},
    {"mail", "default", "MAIL_MAILER", As::text, "log"},
    {"mail", "mailers", "", As::unknown},
    {"mail", "from", "", As::unknown},
    {"mail", "markdown", "", As::unknown},
    {"queue", "default", "QUEUE_CONNECTION", As::text, "database"},
    {"queue", "connections", "", As::unknown},
    {"queue", "batching", "", As::unknown},
    {"queue", "failed", "", As::unknown},
    {"session", "driver", "SESSION_DRIVER", As::text, "database"},
    {"session", "lifetime", "SESSION_LIFETIME", As::integer, "120"},
    {"session", "expire_on_close", "SESSION_EXPIRE_ON_CLOSE", As::boolean, "false"},
    {"session", "encrypt", "SESSION_ENCRYPT", As::boolean, "false"},
    {"session", "files", "", As::unknown},
    {"session", "connection", "SESSION_CONNECTION", As::null},
    {"session", "table", "SESSION_TABLE", As::text, "sessions"},
    {"session", "store", "SESSION_STORE", As::null},
    {"session", "lottery", "", As::unknown},
    {"session", "cookie", "", As::unknown},
    {"session", "path", "SESSION_PATH", As::text, "/"},
    {"session", "domain", "SESSION_DOMAIN", As::null},
    {"session", "secure", "SESSION_SECURE_COOKIE", As::null},
    {"session", "http_only", "SESSION_HTTP_ONLY", As::boolean, "true"},
    {"session", "same_site", "SESSION_SAME_SITE", As::text, "lax"},
    {"session", "partitioned", "SESSION_PARTITIONED_COOKIE", As::boolean, "false"},
    {"services", "postmark", "", As::unknown},
    {"services", "ses", "", As::unknown},
    {"services", "resend", "", As::unknown},
    {"services", "slack", "", As::unknown},
    {"view", "paths", "", As::unknown},
    {"view", "compiled", "", As::unknown},
});

// Calls `use` with each part of a comma separated list.
template <class Use>
void for_each_part(std::string_view list, Use use) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    use(std::string(list.substr(0, comma)));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

Setting constant(const Default& row) {
  switch (row.as) {
    case As::null:
      return Setting::null();
    case As::boolean:
    case As::cast:
      return Setting::boolean(row.value == "true");
    case As::integer: {
      std::int64_t number = 0;
      std::from_chars(row.value.data(), row.value.data() + row.value.size(), number);
      return Setting::integer(number);
    }
    case As::text:
      return Setting::string(std::string(row.value));
    case As::list: {
      SettingList items;
      for_each_part(row.value,
                    [&](std::string part) { items.push_back(Setting::string(std::move(part))); });
      return Setting::list(std::move(items));
    }
    case As::unknown:
      break;
  }
  return Setting::unknown("the framework's own default is not carried here");
}

class Defaults {
 public:
  Defaults(const ProjectFiles& files, const EnvironmentValues& environment, int version,
           Settings& settings)
      : world_(files, environment), version_(version), settings_(settings) {
    for (const SettingEntry& file : settings.values) {
      present_.insert(file.key);
      for (const SettingEntry& entry : file.value.entries())
        present_.insert(file.key + "." + entry.key);
    }
  }

  void add() {
    mark_merged();
    for (const Default& row : kDefaults)
      add(row);
  }

 private:
  void add(const Default& row) {
    const std::string first(row.key.substr(0, row.key.find('.')));
    const std::string file(row.file);
    if (present_.contains(file + "." + first)) return;
    Setting* const target = config_of(file);
    if (target == nullptr) return;
    const bool file_is_there = present_.contains(file);
    TraceStep step{file_is_there
                       ? fmt::format("config/{}.php has no `{}`: the default of Laravel {}",
                                     row.file, first, version_)
                       : fmt::format("there is no config/{}.php: the default of Laravel {}",
                                     row.file, version_),
                   {}};
    if (file_is_there) step.place.path = fmt::format("config/{}.php", row.file);
    put(*target, row.key, value_of(row).then(std::move(step)));
  }

  Setting value_of(const Default& row) {
    if (row.variable.empty()) return constant(row);
    Trace trace;
    const std::optional<php::Value> value = world_.env(row.variable, trace);
    if (!value) {
      Setting otherwise = constant(row);
      otherwise.set_trace(std::move(trace));
      return otherwise;
    }
    if (row.asks_lately) {
      return Setting::unknown(
          fmt::format("whether this release of Laravel asks for {} is not known", row.variable),
          std::move(trace));
    }
    Setting given = php::to_setting(value->with(trace));
    if (row.as != As::cast || !given.is(SettingKind::string)) return given;
    // Of a text whether it says anything.
    return Setting::boolean(!given.text().empty() && given.text() != "0", std::move(trace));
  }

  // To these maps of the application the framework adds the members of its own that they lack.
  // Source: LoadConfiguration::mergeableOptions().
  void mark_merged() {
    constexpr auto kMerged = std::to_array<std::pair<std::string_view, std::string_view>>({
        {"auth", "guards"},
        {"auth", "providers"},
        {"auth", "passwords"},
        {"broadcasting", "connections"},
        {"cache", "stores"},
        {"database", "connections"},
        {"filesystems", "disks"},
        {"logging", "channels"},
        {"mail", "mailers"},
        {"queue", "connections"},
    });
    for (const auto& [file, option] : kMerged) {
      if (!present_.contains(fmt::format("{}.{}", file, option))) continue;
      Setting* const config = config_of(std::string(file));
      const Setting* const members = config == nullptr ? nullptr : config->find(option);
      if (members == nullptr || !members->is(SettingKind::map) || members->find("*") != nullptr)
        continue;
      Setting more = *members;
      more.set("*", Setting::unknown(fmt::format("Laravel {} adds members of its own", version_),
                                     members->trace()));
      config->set(std::string(option), std::move(more));
    }
  }

  // The map of a file; a new one where there is none; null where it is no map.
  Setting* config_of(const std::string& file) {
    for (SettingEntry& entry : settings_.values) {
      if (entry.key == file) return entry.value.is(SettingKind::map) ? &entry.value : nullptr;
    }
    settings_.values.push_back({file, Setting::map({})});
    return &settings_.values.back().value;
  }

  static void put(Setting& map, std::string_view key, Setting value) {
    const std::size_t dot = key.find('.');
    const std::string first(key.substr(0, dot));
    if (dot == std::string_view::npos) return map.set(first, std::move(value));
    const Setting* const known = map.find(first);
    Setting inner = known != nullptr ? *known : Setting::map({}, value.trace());
    put(inner, key.substr(dot + 1), std::move(value));
    map.set(first, std::move(inner));
  }

  World world_;
  int version_;
  Settings& settings_;
  std::set<std::string, std::less<>> present_;  // `app`, `app.debug`: what the application has
};

}  // namespace

void add_framework_defaults(const ProjectFiles& files, const EnvironmentValues& environment,
                            int version, Settings& settings) {
  constexpr int kFirst = 11;
  if (version < kFirst) return;
  const std::optional<std::string> start = files.read("bootstrap/app.php");
  if (start && start->find("dontMergeFrameworkConfiguration") != std::string::npos) return;
  Defaults(files, environment, version, settings).add();
}

}  // namespace gate::readers::laravel
