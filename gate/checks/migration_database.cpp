#include "gate/checks/migration_database.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::checks {
namespace {

using readers::migrations::Database;
using readers::migrations::Engine;
using readers::migrations::parse_database;
using readers::migrations::ReadFile;
using readers::migrations::Runner;
using readers::migrations::Sequence;

// Calls `on_line` for each line without blanks around it, until it returns true.
template <class OnLine>
bool any_line(std::string_view text, OnLine on_line) {
  constexpr std::string_view kBlank = " \t\r";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t begin = line.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) continue;
    line = line.substr(begin, line.find_last_not_of(kBlank) + 1 - begin);
    if (on_line(line)) return true;
  }
  return false;
}

std::string_view unquote(std::string_view text) {
  while (!text.empty() && (text.front() == '"' || text.front() == '\'' || text.front() == ' '))
    text.remove_prefix(1);
  const std::size_t end = text.find_first_of("\"' #");
  return text.substr(0, std::min(end, text.size()));
}

// The variables that name a database, the one that counts first.
constexpr std::array<std::string_view, 4> kDatabaseKeys{"DB_CONNECTION", "DATABASE_URL",
                                                        "DB_ENGINE", "DB_DRIVER"};

// The value of one of them: "mysql", "postgres://...", "django.db.backends.mysql".
std::optional<Database> from_variable(std::string_view value) {
  const std::size_t dot = value.rfind("backends.");
  if (dot != std::string_view::npos) value.remove_prefix(dot + 9);
  return parse_database(value.substr(0, std::min(value.find("://"), value.size())));
}

// DB_CONNECTION=mysql, DATABASE_URL=postgres://...
std::optional<Database> from_dotenv(std::string_view text) {
  std::optional<Database> found;
  any_line(text, [&](std::string_view line) {
    for (const std::string_view key : kDatabaseKeys) {
      if (!line.starts_with(key) || line.substr(key.size(), 1) != "=") continue;
      found = from_variable(unquote(line.substr(key.size() + 1)));
      if (found) return true;
    }
    return false;
  });
  return found;
}

std::optional<Database> from_environment(const Environment* environment) {
  if (environment == nullptr) return std::nullopt;
  for (const std::string_view key : kDatabaseKeys) {
    const Variable* const variable = environment->find(key);
    if (variable != nullptr && variable->unknown.empty()) return from_variable(variable->value);
  }
  return std::nullopt;
}

// 'ENGINE': 'django.db.backends.postgresql'
std::optional<Database> from_django_settings(std::string_view text) {
  std::optional<Database> found;
  any_line(text, [&](std::string_view line) {
    const std::size_t at = line.find("db.backends.");
    if (at == std::string_view::npos || line.starts_with('#')) return false;
    found = parse_database(unquote(line.substr(at + 12)));
    return found.has_value();
  });
  return found;
}

// 'default' => env('DB_CONNECTION', 'mysql'): the second text.
std::optional<Database> from_laravel_config(std::string_view text) {
  std::optional<Database> found;
  any_line(text, [&](std::string_view line) {
    const std::size_t at = line.find("DB_CONNECTION'");
    if (at == std::string_view::npos || line.find("'default'") == std::string_view::npos)
      return false;
    const std::size_t comma = line.find(',', at);
    if (comma == std::string_view::npos) return false;
    found = parse_database(unquote(line.substr(comma + 1)));
    return found.has_value();
  });
  return found;
}

// provider = "postgresql"
std::optional<Database> from_prisma(std::string_view text) {
  std::optional<Database> found;
  any_line(text, [&](std::string_view line) {
    if (!line.starts_with("provider")) return false;
    const std::size_t at = line.find('=');
    if (at == std::string_view::npos) return false;
    found = parse_database(unquote(line.substr(at + 1)));
    return found.has_value();
  });
  return found;
}

// "dialect": "postgresql"
std::optional<Database> from_drizzle(std::string_view text) {
  std::optional<Database> found;
  any_line(text, [&](std::string_view line) {
    constexpr std::string_view kKey = "\"dialect\":";
    if (!line.starts_with(kKey)) return false;
    found = parse_database(unquote(line.substr(kKey.size())));
    return true;
  });
  return found;
}

// image: postgres:15-alpine, also below a registry: registry.example.org/library/mariadb:10.11
std::optional<Database> from_images(std::string_view text, std::optional<Engine> wanted) {
  std::optional<Database> found;
  any_line(text, [&](std::string_view line) {
    if (line.starts_with("- ")) line.remove_prefix(2);
    std::string_view image;
    if (line.starts_with("image:")) image = unquote(line.substr(6));
    if (line.starts_with("FROM ")) image = unquote(line.substr(5));
    if (line.starts_with("name:")) image = unquote(line.substr(5));
    if (image.empty()) return false;
    image.remove_prefix(image.rfind('/') == std::string_view::npos ? 0 : image.rfind('/') + 1);
    const auto database = parse_database(image);
    const bool versioned = database && database->major != 0;
    if (!database || (wanted && database->engine != *wanted)) return false;
    if (!found || versioned) found = database;
    return versioned;
  });
  return found;
}

struct Candidate {
  std::string_view name;
  std::optional<Database> (*read)(std::string_view text);
};

constexpr std::array<Candidate, 6> kConfigurations{{{".env.production", from_dotenv},
                                                    {".env", from_dotenv},
                                                    {".env.example", from_dotenv},
                                                    {"config/database.php", from_laravel_config},
                                                    {"prisma/schema.prisma", from_prisma},
                                                    {".env.dist", from_dotenv}}};

bool is_image_file(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const bool compose = name.starts_with("docker-compose") || name.starts_with("compose.");
  const bool yaml = name.ends_with(".yml") || name.ends_with(".yaml");
  return (compose && yaml) || name == ".gitlab-ci.yml" ||
         (path.find(".github/workflows/") != std::string_view::npos && yaml);
}

bool is_settings_file(std::string_view path) {
  return path.ends_with("settings.py") || path.ends_with("settings/base.py") ||
         path.ends_with("settings/production.py") || path.ends_with("settings/prod.py") ||
         path.ends_with("settings/common.py");
}

// Files below `root`, or all where nothing lies below it.
template <class Wanted>
std::vector<std::string_view> files_where(const repo::Snapshot& files, std::string_view root,
                                          Wanted wanted) {
  std::vector<std::string_view> paths;
  for (const repo::File& file : files.files()) {
    if (file.path.starts_with(root) && file.path.find("node_modules/") == std::string_view::npos &&
        wanted(file.path))
      paths.push_back(file.path);
  }
  return paths;
}

// What a runner keeps beside its migrations, which are written for that database alone.
std::optional<FoundDatabase> from_journal(const Sequence& sequence, const ReadFile& read) {
  constexpr std::array<Candidate, 2> kJournals{
      {{"migration_lock.toml", from_prisma}, {"meta/_journal.json", from_drizzle}}};
  for (const Candidate& journal : kJournals) {
    std::string path = fmt::format("{}/{}", sequence.folder, journal.name);
    const auto text = read(path);
    if (!text) continue;
    if (const auto database = journal.read(*text)) return FoundDatabase{*database, std::move(path)};
  }
  return std::nullopt;
}

std::optional<FoundDatabase> from_configuration(const Sequence& sequence,
                                                const repo::Snapshot& files, const ReadFile& read) {
  std::vector<std::string> roots{sequence.root};
  if (!sequence.root.empty()) roots.emplace_back();
  for (const std::string& root : roots) {
    for (const Candidate& candidate : kConfigurations) {
      const std::string path = root + std::string(candidate.name);
      const auto text = read(path);
      if (!text) continue;
      if (const auto database = candidate.read(*text)) return FoundDatabase{*database, path};
    }
  }
  if (sequence.runner != Runner::django) return std::nullopt;
  for (const std::string_view path : files_where(files, sequence.root, is_settings_file)) {
    const auto text = read(path);
    if (!text) continue;
    if (const auto database = from_django_settings(*text))
      return FoundDatabase{*database, std::string(path)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<FoundDatabase> find_database(const Sequence& sequence, const repo::Snapshot& files,
                                           const Environment* environment, const ReadFile& read) {
  std::optional<FoundDatabase> found;
  if (sequence.engine) found = FoundDatabase{{*sequence.engine, 0, 0}, "the names of the files"};
  if (!found) found = from_journal(sequence, read);
  if (!found) {
    if (const auto database = from_environment(environment))
      found = FoundDatabase{*database, "the production environment"};
  }
  if (!found) found = from_configuration(sequence, files, read);
  const std::optional<Engine> engine = found ? std::optional(found->database.engine) : std::nullopt;
  if (found && found->database.major != 0) return found;
  for (const std::string_view path : files_where(files, "", is_image_file)) {
    const auto text = read(path);
    if (!text) continue;
    const auto database = from_images(*text, engine);
    if (!database || (found && database->major == 0)) continue;
    return FoundDatabase{*database, std::string(path)};
  }
  // `mysql` is also how configurations call MariaDB.
  if (found && found->database.engine == Engine::mysql) {
    for (const std::string_view path : files_where(files, "", is_image_file)) {
      const auto text = read(path);
      if (!text) continue;
      if (const auto database = from_images(*text, Engine::mariadb))
        return FoundDatabase{*database, std::string(path)};
    }
  }
  return found;
}

std::optional<Engine> engine_of_words(std::string_view sql) {
  const std::string text = base::to_lower(sql);
  constexpr std::array<std::string_view, 7> kMySql{"auto_increment", "engine=",  "engine =", "`",
                                                   "unsigned",       "longtext", "utf8mb4"};
  constexpr std::array<std::string_view, 10> kPostgres{
      "serial", "timestamptz", "jsonb",        "::",      "$$",
      " uuid",  "bytea",       "concurrently", " text[]", "create extension"};
  const auto count = [&](const auto& words) {
    return std::count_if(words.begin(), words.end(), [&](std::string_view word) {
      return text.find(word) != std::string::npos;
    });
  };
  const auto mysql = count(kMySql);
  const auto postgres = count(kPostgres);
  if (mysql == postgres) return std::nullopt;
  return mysql > postgres ? Engine::mysql : Engine::postgres;
}

}  // namespace gate::checks
