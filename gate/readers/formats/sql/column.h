// Definitions of columns, constraints and indexes, as CREATE TABLE and ALTER TABLE hold them. For
// the readers of statements.
#pragma once

#include <optional>

#include "gate/readers/formats/sql/cursor.h"
#include "gate/readers/formats/sql/statement.h"

namespace gate::readers::sql {

// Reads a column: name, type, clauses, up to the next `,` or `)` of this level.
[[nodiscard]] Column read_column(Cursor& cursor);

// Reads the clauses behind a name that is known.
void read_column_clauses(Cursor& cursor, Column& column);

// Reads what follows REFERENCES.
[[nodiscard]] Reference read_reference(Cursor& cursor);

// Returns whether a constraint of a table comes next: CONSTRAINT, PRIMARY KEY, CHECK ( ...
[[nodiscard]] bool at_constraint(const Cursor& cursor);

// Reads one; nothing where it is none.
[[nodiscard]] std::optional<Constraint> read_constraint(Cursor& cursor);

// Returns whether an index of MySQL comes next: KEY, INDEX, FULLTEXT ...
[[nodiscard]] bool at_index(const Cursor& cursor);
[[nodiscard]] Index read_inline_index(Cursor& cursor);

// Reads `(a, lower(b), c DESC)`.
[[nodiscard]] std::vector<IndexPart> read_index_parts(Cursor& cursor);

// Reads what follows the parts of an index: INCLUDE, WHERE, USING, comments.
void read_index_options(Cursor& cursor, Index& index);

}  // namespace gate::readers::sql
