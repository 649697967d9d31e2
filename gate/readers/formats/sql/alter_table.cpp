// ALTER TABLE: one operation for each of its actions.
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/formats/sql/alter_action.h"
#include "gate/readers/formats/sql/column.h"
#include "gate/readers/formats/sql/read_parts.h"

namespace gate::readers::sql {

using Kind = OperationKind;

ActionReader::ActionReader(Cursor& cursor, Statement& statement, Name table, bool if_exists)
    : cursor_(cursor), statement_(statement), table_(std::move(table)), if_exists_(if_exists) {}

void ActionReader::read_all() {
  while (!cursor_.done()) {
    begin_ = cursor_.index();
    read();
    if (!cursor_.done() && !cursor_.at_symbol(",")) {
      cursor_.fail("`" + std::string(cursor_.token().text) + "` in ALTER TABLE");
      pass_rest_of_action();
    }
    settle();
    cursor_.take_symbol(",");
  }
}

Operation& ActionReader::add(Kind kind) {
  Operation operation;
  operation.kind = kind;
  operation.name = table_;
  operation.table_if_exists = if_exists_;
  statement_.operations.push_back(std::move(operation));
  return statement_.operations.back();
}

void ActionReader::settle() {
  const base::Span span = cursor_.span_from(begin_);
  for (; settled_ < statement_.operations.size(); ++settled_) {
    Operation& operation = statement_.operations[settled_];
    if (operation.span.empty()) operation.span = span;
  }
}

void ActionReader::pass_rest_of_action() {
  while (!cursor_.done() && !cursor_.at_symbol(","))
    cursor_.skip();
}

void ActionReader::read() {
  if (cursor_.take("add")) {
    read_add();
  } else if (cursor_.take("drop")) {
    read_drop();
  } else if (cursor_.take("alter")) {
    read_alter();
  } else if (cursor_.take("rename")) {
    read_rename();
  } else if (cursor_.take("modify")) {
    cursor_.take("column");
    const bool guarded = cursor_.take({"if", "exists"});
    restate({}, guarded);
  } else if (cursor_.take("change")) {
    cursor_.take("column");
    const bool guarded = cursor_.take({"if", "exists"});
    restate(cursor_.identifier(), guarded);
  } else if (cursor_.take({"validate", "constraint"})) {
    add(Kind::validate_constraint).other = cursor_.name();
  } else if (cursor_.take("attach")) {
    cursor_.take("partition");
    add(Kind::attach_partition).other = cursor_.name();
    pass_rest_of_action();
  } else if (cursor_.take("detach")) {
    cursor_.take("partition");
    Operation& operation = add(Kind::detach_partition);
    operation.other = cursor_.name();
    operation.concurrently = cursor_.take_any({"concurrently", "finalize"});
  } else if (cursor_.take({"convert", "to"})) {
    read_conversion();
  } else if (!read_property() && !read_partition()) {
    read_options();
  }
}

void ActionReader::restate(std::string from, bool guarded) {
  Column column = read_column(cursor_);
  Operation& operation = add(Kind::restate_column);
  operation.if_exists = guarded;
  operation.column = from.empty() ? column.name : std::move(from);
  operation.columns.push_back(std::move(column));
}

void ActionReader::add_columns(bool guarded) {
  const auto add_one = [&](const base::Span* place) {
    const std::size_t begin = cursor_.index();
    Column column = read_column(cursor_);
    Operation& operation = add(Kind::add_column);
    operation.if_not_exists = guarded;
    operation.column = column.name;
    operation.columns.push_back(std::move(column));
    if (place != nullptr) operation.span = cursor_.span_from(begin);
  };
  if (!cursor_.at_symbol("(")) {
    add_one(nullptr);
    return;
  }
  cursor_.take_symbol("(");
  const base::Span here = cursor_.token().span;
  while (!cursor_.done() && !cursor_.at_symbol(")")) {
    add_one(&here);
    if (!cursor_.take_symbol(",")) break;
  }
  cursor_.take_symbol(")");
}

void ActionReader::read_add() {
  if (at_constraint(cursor_)) {
    const bool guarded = cursor_.at({"constraint", "if", "not", "exists"});
    if (auto constraint = read_constraint(cursor_)) {
      Operation& operation = add(Kind::add_constraint);
      operation.if_not_exists = guarded;
      operation.constraints.push_back(*std::move(constraint));
    } else {
      cursor_.fail("a constraint of a kind nobody knows");
      pass_rest_of_action();
    }
    return;
  }
  if (at_index(cursor_)) {
    Operation& operation = add(Kind::add_index);
    operation.indexes.push_back(read_inline_index(cursor_));
    return;
  }
  if (cursor_.mysql() && (cursor_.at("partition") || cursor_.at({"period", "for"}) ||
                          cursor_.at({"system", "versioning"}))) {
    add(cursor_.at("system") ? Kind::set_logged : Kind::other_ddl);
    cursor_.skip_all();
    return;
  }
  cursor_.take("column");
  add_columns(cursor_.take({"if", "not", "exists"}));
}

void ActionReader::read_drop() {
  if (cursor_.take("constraint")) {
    Operation& operation = add(Kind::drop_constraint);
    operation.if_exists = cursor_.take({"if", "exists"});
    operation.other = cursor_.name();
    operation.cascade = cursor_.take("cascade");
  } else if (cursor_.take({"primary", "key"})) {
    add(Kind::drop_primary_key);
  } else if (cursor_.take({"foreign", "key"})) {
    Operation& operation = add(Kind::drop_foreign_key);
    operation.if_exists = cursor_.take({"if", "exists"});
    operation.other = cursor_.name();
  } else if (cursor_.mysql() && cursor_.take_any({"index", "key"})) {
    Operation& operation = add(Kind::drop_index);
    operation.if_exists = cursor_.take({"if", "exists"});
    operation.other = cursor_.name();
  } else if (cursor_.mysql() && cursor_.take("check")) {
    add(Kind::drop_constraint).other = cursor_.name();
  } else if (cursor_.mysql() && cursor_.at("partition")) {
    Operation& operation = add(Kind::detach_partition);
    operation.flag = true;  // its rows go with it
    cursor_.skip_all();
  } else {
    cursor_.take("column");
    Operation& operation = add(Kind::drop_column);
    operation.if_exists = cursor_.take({"if", "exists"});
    operation.column = cursor_.identifier();
    operation.cascade = cursor_.take("cascade");
  }
  cursor_.take("restrict");
}

void ActionReader::read_rename() {
  if (cursor_.take_any({"to", "as"})) {
    add(Kind::rename_table).other = cursor_.name();
  } else if (cursor_.take("constraint")) {
    Operation& operation = add(Kind::rename_constraint);
    operation.column = cursor_.identifier();
    cursor_.take("to");
    operation.other = cursor_.name();
  } else if (cursor_.mysql() && cursor_.take_any({"index", "key"})) {
    Operation& operation = add(Kind::rename_index);
    operation.column = cursor_.identifier();
    cursor_.take("to");
    operation.other = cursor_.name();
  } else {
    const bool named = cursor_.take("column");
    const std::string from = cursor_.identifier();
    if (cursor_.take("to")) {
      Operation& operation = add(Kind::rename_column);
      operation.column = from;
      operation.other = cursor_.name();
    } else if (!named && cursor_.mysql()) {  // RENAME new_name
      add(Kind::rename_table).other.name = from;
    }
  }
}

void read_alter_table(Cursor& cursor, Statement& statement) {
  const bool if_exists = cursor.take({"if", "exists"});
  cursor.take("only");
  Name table = cursor.name();
  cursor.take_symbol("*");
  if (table.empty()) {
    cursor.fail("no name behind ALTER TABLE");
    return;
  }
  if (cursor.mysql() && cursor.take("wait")) cursor.skip();
  ActionReader(cursor, statement, std::move(table), if_exists).read_all();
}

}  // namespace gate::readers::sql
