#include "gate/readers/migrations/database.h"

#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::readers::migrations {
namespace {

struct Spelling {
  std::string_view text;
  Engine engine;
};

// The longer of two that begin alike first.
constexpr std::array<Spelling, 13> kSpellings{{{"postgresql", Engine::postgres},
                                               {"postgres", Engine::postgres},
                                               {"postgis", Engine::postgres},
                                               {"pgsql", Engine::postgres},
                                               {"pgvector", Engine::postgres},
                                               {"timescaledb", Engine::postgres},
                                               {"cockroachdb", Engine::postgres},
                                               {"mariadb", Engine::mariadb},
                                               {"mysql", Engine::mysql},
                                               {"percona", Engine::mysql},
                                               {"sqlite3", Engine::sqlite},
                                               {"sqlite", Engine::sqlite},
                                               {"pg", Engine::postgres}}};

int read_number(std::string_view& text) {
  int number = 0;
  while (!text.empty() && base::is_digit(text.front())) {
    number = number < 100000 ? number * 10 + (text.front() - '0') : number;
    text.remove_prefix(1);
  }
  return number;
}

}  // namespace

std::string_view name(Engine engine) {
  switch (engine) {
    case Engine::postgres:
      return "PostgreSQL";
    case Engine::mysql:
      return "MySQL";
    case Engine::mariadb:
      return "MariaDB";
    case Engine::sqlite:
      return "SQLite";
  }
  return "";
}

std::string Database::text() const {
  if (major == 0) return std::string(name(engine));
  if (engine == Engine::postgres || minor == 0) return fmt::format("{} {}", name(engine), major);
  return fmt::format("{} {}.{}", name(engine), major, minor);
}

std::optional<Database> parse_database(std::string_view text) {
  const std::string lowered = base::to_lower(text);
  std::string_view rest = lowered;
  for (const Spelling& spelling : kSpellings) {
    if (!rest.starts_with(spelling.text)) continue;
    rest.remove_prefix(spelling.text.size());
    if (!rest.empty() && base::is_letter(rest.front())) return std::nullopt;
    Database database{spelling.engine, 0, 0};
    while (!rest.empty() && !base::is_digit(rest.front())) {
      if (base::is_letter(rest.front())) return database;
      rest.remove_prefix(1);
    }
    database.major = read_number(rest);
    if (rest.starts_with('.')) {
      rest.remove_prefix(1);
      database.minor = read_number(rest);
    }
    // Images that carry PostgreSQL count their own versions.
    const bool own_versions = spelling.text == "timescaledb" || spelling.text == "pgvector" ||
                              spelling.text == "cockroachdb";
    if (own_versions) database.major = database.minor = 0;
    return database;
  }
  return std::nullopt;
}

Database with_assumed_version(Database database) {
  if (database.major != 0) return database;
  switch (database.engine) {
    case Engine::postgres:
      database.major = 14;
      break;
    case Engine::mysql:
      database.major = 8;
      break;
    case Engine::mariadb:
      database.major = 10;
      database.minor = 6;
      break;
    case Engine::sqlite:
      database.major = 3;
      break;
  }
  return database;
}

}  // namespace gate::readers::migrations
