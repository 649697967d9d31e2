// Which database a repository's migrations run on, as its files tell. For migration_history.cpp.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/checks/environment.h"
#include "gate/readers/migrations/database.h"
#include "gate/readers/migrations/folders.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

struct FoundDatabase {
  readers::migrations::Database database;
  std::string because;  // "compose.yaml says postgres:15"
};

// Returns what the production environment, configuration, environment files and images near the
// sequence say, or nothing. `environment`: where they run, or null. `read` returns the text of a
// file, or nothing.
[[nodiscard]] std::optional<FoundDatabase> find_database(
    const readers::migrations::Sequence& sequence, const repo::Snapshot& files,
    const Environment* environment, const readers::migrations::ReadFile& read);

// Returns the database that scripts of SQL were written for, as far as their words tell.
[[nodiscard]] std::optional<readers::migrations::Engine> engine_of_words(std::string_view sql);

}  // namespace gate::checks
