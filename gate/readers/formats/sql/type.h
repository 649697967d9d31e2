// Types of columns and what their names stand for. For the readers of statements.
#pragma once

#include "gate/readers/formats/sql/cursor.h"
#include "gate/readers/formats/sql/statement.h"

namespace gate::readers::sql {

// Reads a type; an empty one where none comes next.
[[nodiscard]] Type read_type(Cursor& cursor);

// Sets name and serial from the name as written: "int4" is "integer", "bigserial" a serial
// "bigint".
void set_type_name(Type& type, std::string name, Dialect dialect);

}  // namespace gate::readers::sql
