// Which database a repository's migrations run on, as its files tell. For migration_history.cpp.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/migrations/database.h"
#include "gate/readers/migrations/folders.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

struct FoundDatabase {
  readers::migrations::Database database;
  std::string because;  // "compose.yaml says postgres:15"
};

// The variables that name a database, the one that counts first.
inline constexpr std::array<std::string_view, 4> kDatabaseKeys{"DB_CONNECTION", "DATABASE_URL",
                                                               "DB_ENGINE", "DB_DRIVER"};

// Returns what the production environment, configuration, environment files and images near the
// sequence say, or nothing. `production`: "DB_CONNECTION=mysql", or empty. `read` returns the text
// of a file, or nothing.
[[nodiscard]] std::optional<FoundDatabase> find_database(
    const readers::migrations::Sequence& sequence, const repo::Snapshot& files,
    std::string_view production, const readers::migrations::ReadFile& read);

// Returns the database that scripts of SQL were written for, as far as their words tell.
[[nodiscard]] std::optional<readers::migrations::Engine> engine_of_words(std::string_view sql);

}  // namespace gate::checks
