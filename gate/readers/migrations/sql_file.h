// A migration in SQL: the sections and marks of golang-migrate, Flyway, goose, dbmate, sql-migrate,
// sqlx, Diesel, Supabase, Prisma, Drizzle.
#pragma once

#include <string_view>

#include "gate/readers/migrations/folders.h"
#include "gate/readers/migrations/migration.h"

namespace gate::readers::migrations {

// Returns the runner that the marks in a file of numbered SQL tell: goose, dbmate; `runner` where
// there are none.
[[nodiscard]] Runner runner_of_marks(std::string_view text, Runner runner);

// Reads a file. `down`: the text of its down file; null where there is none. Statements of a down
// file have places of that file.
[[nodiscard]] Migration read_sql_migration(std::string_view text, const std::string_view* down,
                                           Runner runner, sql::Dialect dialect);

}  // namespace gate::readers::migrations
