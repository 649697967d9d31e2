// Which database runs the migrations: what a statement locks, copies and refuses depends on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gate/readers/formats/sql/token.h"

namespace gate::readers::migrations {

enum class Engine : std::uint8_t { postgres, mysql, mariadb, sqlite };

struct Database {
  Engine engine = Engine::postgres;
  int major = 0;  // 0: not known; the oldest that its makers maintain is assumed
  int minor = 0;

  [[nodiscard]] bool is_postgres() const { return engine == Engine::postgres; }
  // MySQL or MariaDB.
  [[nodiscard]] bool is_mysql() const {
    return engine == Engine::mysql || engine == Engine::mariadb;
  }
  [[nodiscard]] sql::Dialect dialect() const {
    return is_mysql() ? sql::Dialect::mysql : sql::Dialect::postgres;
  }
  // Returns whether it is of this engine's version or later.
  [[nodiscard]] bool at_least(int wanted_major, int wanted_minor = 0) const {
    return major > wanted_major || (major == wanted_major && minor >= wanted_minor);
  }
  // Returns "PostgreSQL 15", "MariaDB 10.11".
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Database&, const Database&) = default;
};

// Returns the engine's name for people: "PostgreSQL".
[[nodiscard]] std::string_view name(Engine engine);

// Reads "postgres-15", "mysql-8.0", "mariadb-10.11", "postgresql:15-alpine", "sqlite"; nothing for
// what names no database.
[[nodiscard]] std::optional<Database> parse_database(std::string_view text);

// Returns the version that is assumed where none is known.
[[nodiscard]] Database with_assumed_version(Database database);

}  // namespace gate::readers::migrations
