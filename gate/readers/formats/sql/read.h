// Reads a script of SQL: statement by statement, what each does to the schema.
//
// Knows PostgreSQL 9.6 to 18 and MySQL 5.7 to 9 with MariaDB; knows no schema: what a statement
// means depends on it only later. What it cannot read is one opaque statement, never a failed
// script.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "gate/readers/formats/sql/statement.h"
#include "gate/readers/formats/sql/token.h"

namespace gate::readers::sql {

struct Script {
  std::vector<Statement> statements;
  bool cut = false;  // too long: what follows was not read
};

// Reads `text`. Places are those of `text`, moved by `offset`.
[[nodiscard]] Script read_script(std::string_view text, Dialect dialect, std::uint32_t offset = 0);

// Reads one statement; `source` is the text that the tokens point into.
[[nodiscard]] Statement read_statement(std::span<const Token> tokens, std::string_view source,
                                       Dialect dialect);

}  // namespace gate::readers::sql
