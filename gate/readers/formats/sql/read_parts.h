// The readers of single statements, each past its first words. For read.cpp only.
#pragma once

#include <vector>

#include "gate/readers/formats/sql/cursor.h"
#include "gate/readers/formats/sql/statement.h"

namespace gate::readers::sql {

// Adds an operation with the place of the statement; valid until the next is added.
Operation& add_operation(Statement& statement, OperationKind kind);

// CREATE ... TABLE, at the name or IF NOT EXISTS.
void read_create_table(Cursor& cursor, Operation operation, Statement& statement);

// ALTER TABLE, at the name, ONLY or IF EXISTS.
void read_alter_table(Cursor& cursor, Statement& statement);

// CREATE ... INDEX, behind INDEX; UNIQUE and FULLTEXT are set.
void read_create_index(Cursor& cursor, Operation operation, Statement& statement);

// Whatever else begins with CREATE, ALTER, DROP; false where nobody knows it.
bool read_create(Cursor& cursor, Statement& statement);
bool read_alter(Cursor& cursor, Statement& statement);
bool read_drop(Cursor& cursor, Statement& statement);

// Statements that write or read rows; false where it is none.
bool read_data(Cursor& cursor, Statement& statement);

// Remember columns that the definition of a table, or a view at its list or query, names twice.
void note_table_columns(const Operation& table, Statement& statement);
void note_view_columns(Cursor& cursor, Statement& statement);

// BEGIN, SET, VACUUM ... and what changes nothing; false where nobody knows it.
bool read_session(Cursor& cursor, Statement& statement);

// DO $$ ... $$: the statements in it, which run where its conditions let them.
void read_do_block(Cursor& cursor, Statement& statement);

// ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 ...: appends "engine=innodb", "charset=utf8mb4"; false
// where no option of a table comes next.
bool read_table_option(Cursor& cursor, std::vector<std::string>& words);

}  // namespace gate::readers::sql
