// ActionReader: the actions of one ALTER TABLE, each an operation or several. For alter_*.cpp only.
#pragma once

#include <cstddef>
#include <string>

#include "gate/readers/formats/sql/cursor.h"
#include "gate/readers/formats/sql/statement.h"

namespace gate::readers::sql {

class ActionReader {
 public:
  ActionReader(Cursor& cursor, Statement& statement, Name table, bool if_exists);

  void read_all();

 private:
  // Adds an operation of this action; its place is set when the action has been read.
  Operation& add(OperationKind kind);
  void settle();
  void pass_rest_of_action();

  void read();
  void restate(std::string from, bool guarded);
  void add_columns(bool guarded);
  void read_add();
  void read_drop();
  void read_rename();

  // ALTER COLUMN, in alter_column.cpp.
  void read_alter();

  // What is set at the table itself, in alter_property.cpp.
  void read_conversion();
  bool read_property();   // of PostgreSQL; false where it is none
  bool read_partition();  // of MySQL; false where it is none
  void read_options();    // of MySQL

  Cursor& cursor_;
  Statement& statement_;
  Name table_;
  bool if_exists_;
  std::size_t begin_ = 0;
  std::size_t settled_ = 0;
};

}  // namespace gate::readers::sql
