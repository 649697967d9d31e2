// Replay: applies operations to a schema, as the database would.
//
// Knows what PostgreSQL and MySQL/MariaDB do by themselves: names they choose, indexes they make
// for keys, what goes along with a dropped column (PostgreSQL 15, chapter 5; MySQL 8.0,
// sections 13.1 and 1.6.3; facts are held against the real servers by tests/oracle/migrations).
#pragma once

#include <string>
#include <vector>

#include "gate/readers/formats/sql/statement.h"
#include "gate/readers/migrations/schema.h"

namespace gate::readers::migrations {

// Applies `operation`, which migration number `origin` runs. Returns why the database would refuse
// it, or an empty text; what is refused is applied as far as it goes. A table that no migration
// creates counts as being there, with whatever is asked of it.
std::string apply(Schema& schema, const sql::Operation& operation, Origin origin);

// Applies every operation of these statements, whatever the database would refuse.
void apply(Schema& schema, const std::vector<sql::Statement>& statements, Origin origin);

// Returns a column as it is in a table.
[[nodiscard]] TableColumn make_column(const sql::Column& column, const Database& database,
                                      Origin origin);

}  // namespace gate::readers::migrations
