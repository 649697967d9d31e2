// Types of columns and what their names stand for. For the readers of statements.
#pragma once

#include <string>
#include <string_view>

#include "gate/readers/formats/sql/cursor.h"
#include "gate/readers/formats/sql/statement.h"

namespace gate::readers::sql {

// Returns the character set that a collation of MySQL is one of: "utf8mb3" of "utf8mb3_bin"; empty
// where its name does not say.
[[nodiscard]] std::string charset_of_collation(std::string_view collation);

// Reads a type; an empty one where none comes next.
[[nodiscard]] Type read_type(Cursor& cursor);

// Sets name and serial from the name as written: "int4" is "integer", "bigserial" a serial
// "bigint".
void set_type_name(Type& type, std::string name, Dialect dialect);

}  // namespace gate::readers::sql
