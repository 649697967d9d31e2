// Statements that write or read rows.
#include <algorithm>
#include <map>
#include <utility>

#include "gate/readers/formats/sql/read_parts.h"

namespace gate::readers::sql {
namespace {

using Kind = OperationKind;

// Names that one list of a statement assigns; of what comes twice the first place is remembered.
class Assigned {
 public:
  explicit Assigned(Statement& statement) : statement_(statement) {}

  void take(std::string name, base::Span span) {
    if (name.empty()) return;
    const auto [first, fresh] = names_.try_emplace(std::move(name), span);
    if (!fresh) statement_.repeated_columns.push_back(first->second);
  }

 private:
  Statement& statement_;
  std::map<std::string, base::Span> names_;
};

// Takes `a` or `t.a` at the cursor. Of an array several elements may be assigned.
void take_target(Cursor& cursor, Assigned& assigned) {
  const base::Span span = cursor.token().span;
  const Name name = cursor.name();
  if (!cursor.at_symbol("[")) assigned.take(name.text(), span);
}

// `(a, b, c)`: names only.
void read_targets(Cursor& cursor, Assigned& assigned) {
  if (!cursor.take_symbol("(")) return;
  while (!cursor.done() && !cursor.at_symbol(")")) {
    take_target(cursor, assigned);
    cursor.skip_element();
    if (!cursor.take_symbol(",")) break;
  }
  cursor.take_symbol(")");
}

bool ends_list(const Cursor& cursor) {
  return cursor.at("where") || cursor.at("from") || cursor.at("returning") || cursor.at("when") ||
         cursor.at("order") || cursor.at("limit");
}

// `a = 1, (b, c) = (2, 3)`, behind SET. MySQL assigns one after the other, the same column too.
void read_assignments(Cursor& cursor, Statement& statement) {
  Statement nobody;
  Assigned assigned(cursor.mysql() ? nobody : statement);
  while (!cursor.done() && !cursor.at_symbol(")")) {
    if (cursor.at_symbol("(")) {
      read_targets(cursor, assigned);
    } else {
      take_target(cursor, assigned);
    }
    cursor.text_until(ends_list);
    if (!cursor.take_symbol(",")) return;
  }
}

// The name that an element of a query's list gives its column; empty where it is not plain.
std::string output_name(Cursor& cursor, std::size_t begin) {
  const std::size_t end = cursor.index();
  if (end == begin) return {};
  cursor.go_to(end - 1);
  const bool is_word =
      cursor.token().kind == TokenKind::word || cursor.token().kind == TokenKind::quoted;
  std::string name = is_word ? cursor.identifier() : std::string();
  cursor.go_to(end);
  return name;
}

// The columns that a query at the cursor, behind SELECT, puts out.
void read_outputs(Cursor& cursor, Assigned& assigned) {
  cursor.take_any({"all", "distinct"});
  const auto ends = [](const Cursor& at) {
    return at.at("from") || at.at("into") || at.at("where") || at.at("union") || at.at("order") ||
           at.at("limit") || at.at("group");
  };
  while (!cursor.done() && !cursor.at_symbol(")")) {
    const std::size_t begin = cursor.index();
    const base::Span span = cursor.token().span;
    cursor.text_until(ends);
    assigned.take(output_name(cursor, begin), span);
    if (!cursor.take_symbol(",")) return;
  }
}

// Goes to the next of these words at the level at hand.
bool find(Cursor& cursor, std::initializer_list<std::string_view> words) {
  while (!cursor.done()) {
    for (const std::string_view word : words) {
      if (cursor.at(word)) return true;
    }
    cursor.skip();
  }
  return false;
}

void read_update(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::update);
  cursor.take_any({"low_priority", "ignore", "only"});
  operation.name = cursor.name();
  // MySQL: only rows that have a match are written.
  const bool joined = find(cursor, {"join", "set"}) && cursor.at("join");
  if (find(cursor, {"set"})) {
    cursor.take("set");
    read_assignments(cursor, statement);
  }
  operation.has_where = find(cursor, {"where"}) || joined;
}

void read_insert(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::insert);
  cursor.take_any({"low_priority", "delayed", "high_priority"});
  cursor.take("ignore");
  cursor.take("overwrite");
  cursor.take("into");
  operation.name = cursor.name();
  if (cursor.take("as")) cursor.identifier();
  Assigned assigned(statement);
  const bool is_list = cursor.at_symbol("(") && !cursor.token(1).is("select") &&
                       !cursor.token(1).is("values") && !cursor.token(1).is("with");
  if (is_list) read_targets(cursor, assigned);
  operation.select = cursor.at("select") || cursor.at("with");
  if (cursor.mysql() && cursor.take("set")) {
    read_assignments(cursor, statement);
  } else if (find(cursor, {"on"})) {
    cursor.take("on");
    if (cursor.take({"duplicate", "key", "update"})) {
      read_assignments(cursor, statement);
    } else if (cursor.take("conflict")) {
      if (find(cursor, {"set"})) {
        cursor.take("set");
        read_assignments(cursor, statement);
      }
    }
  }
}

void read_delete(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::remove);
  cursor.take_any({"low_priority", "quick", "ignore"});
  if (find(cursor, {"from"})) cursor.take("from");
  cursor.take("only");
  operation.name = cursor.name();
  operation.has_where = find(cursor, {"where", "join"});
}

void read_merge(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::merge);
  cursor.take("into");
  cursor.take("only");
  operation.name = cursor.name();
  operation.has_where = true;
  while (find(cursor, {"set", "insert"})) {
    if (cursor.take("set")) {
      read_assignments(cursor, statement);
    } else {
      cursor.take("insert");
      Assigned assigned(statement);
      read_targets(cursor, assigned);
    }
  }
}

void read_select(Cursor& cursor, Statement& statement) {
  const std::size_t begin = cursor.index();
  Operation& operation = add_operation(statement, Kind::select);
  if (!find(cursor, {"into"})) return;
  cursor.take("into");
  const bool local = cursor.take_any({"temporary", "temp"});
  cursor.take_any({"unlogged", "table"});
  if (cursor.mysql() || !cursor.at_name()) return;  // INTO OUTFILE, INTO @variable
  operation.kind = Kind::create_table;
  operation.select = true;
  operation.flag = true;
  operation.temporary = local;
  operation.name = cursor.name();
  cursor.go_to(begin);
  Assigned assigned(statement);
  read_outputs(cursor, assigned);
}

void read_truncate(Cursor& cursor, Statement& statement) {
  cursor.take("table");
  std::vector<Name> tables;
  do {
    cursor.take("only");
    tables.push_back(cursor.name());
    cursor.take_symbol("*");
  } while (cursor.take_symbol(","));
  while (!cursor.done() && !cursor.at("cascade"))
    cursor.skip();
  for (Name& table : tables) {
    Operation& operation = add_operation(statement, Kind::truncate);
    operation.cascade = cursor.at("cascade");
    operation.name = std::move(table);
  }
}

// WITH a AS (...), ...: the parts that write, then the statement behind them.
void read_with(Cursor& cursor, Statement& statement) {
  cursor.take("recursive");
  while (!cursor.done()) {
    cursor.identifier();
    if (cursor.at_symbol("(")) cursor.skip();
    if (!cursor.take("as")) break;
    cursor.take("not");
    cursor.take("materialized");
    const std::size_t open = cursor.index();
    cursor.skip();
    const std::size_t close = cursor.index();
    if (close > open + 2) {
      cursor.go_to(open + 1);
      const bool writes = cursor.at("insert") || cursor.at("update") || cursor.at("delete");
      if (writes) {
        Cursor part(cursor.rest().first(close - open - 2), cursor.source(), cursor.dialect());
        read_data(part, statement);
      }
      cursor.go_to(close);
    }
    if (!cursor.take_symbol(",")) break;
  }
  read_data(cursor, statement);
}

}  // namespace

bool read_data(Cursor& cursor, Statement& statement) {
  if (cursor.take("update")) {
    read_update(cursor, statement);
  } else if (cursor.take("insert") || cursor.take("replace")) {
    read_insert(cursor, statement);
  } else if (cursor.take("delete")) {
    read_delete(cursor, statement);
  } else if (cursor.take("merge")) {
    read_merge(cursor, statement);
  } else if (cursor.take("select")) {
    read_select(cursor, statement);
  } else if (cursor.take("truncate")) {
    read_truncate(cursor, statement);
  } else if (cursor.take("with")) {
    read_with(cursor, statement);
  } else if (cursor.at("copy") || cursor.at("load")) {
    const bool writes = std::any_of(cursor.rest().begin(), cursor.rest().end(),
                                    [](const Token& token) { return token.is("from"); }) ||
                        cursor.at("load");
    cursor.skip();
    Operation& operation = add_operation(statement, writes ? Kind::insert : Kind::other);
    if (writes && !cursor.mysql()) operation.name = cursor.name();
  } else if (cursor.at("values") || cursor.at("table") || cursor.at_symbol("(")) {
    add_operation(statement, Kind::select);
  } else {
    return false;
  }
  cursor.skip_all();
  return true;
}

void note_table_columns(const Operation& table, Statement& statement) {
  Assigned assigned(statement);
  for (const Column& column : table.columns)
    assigned.take(column.name, column.span);
}

void note_view_columns(Cursor& cursor, Statement& statement) {
  Assigned assigned(statement);
  if (cursor.at_symbol("(")) {
    read_targets(cursor, assigned);
    return;
  }
  if (!find(cursor, {"select"})) return;
  cursor.take("select");
  read_outputs(cursor, assigned);
}

}  // namespace gate::readers::sql
