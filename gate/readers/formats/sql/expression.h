// Expressions, as far as a migration has to understand them. For the readers of statements.
#pragma once

#include <span>

#include "gate/readers/formats/sql/cursor.h"
#include "gate/readers/formats/sql/statement.h"

namespace gate::readers::sql {

// Reads what follows DEFAULT.
[[nodiscard]] Default read_default(Cursor& cursor);

// Returns how an expression comes to its value: by the functions that it calls. One that is not
// known to be steady counts as changing, as PostgreSQL takes a function that nobody declared.
[[nodiscard]] Volatility volatility(std::span<const Token> expression, Dialect dialect);

}  // namespace gate::readers::sql
