// CREATE, ALTER and DROP of everything but tables.
#include <algorithm>
#include <array>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/formats/sql/column.h"
#include "gate/readers/formats/sql/read_parts.h"
#include "gate/readers/formats/sql/type.h"

namespace gate::readers::sql {
namespace {

using Kind = OperationKind;

// Takes one of the words for things that nobody asks about.
bool take_other_thing(Cursor& cursor) {
  constexpr std::array<std::string_view, 36> kThings{
      "function",    "procedure",    "routine",    "aggregate",  "extension", "policy",
      "rule",        "role",         "user",       "group",      "sequence",  "operator",
      "cast",        "collation",    "conversion", "server",     "foreign",   "language",
      "publication", "subscription", "statistics", "tablespace", "text",      "transform",
      "event",       "access",       "default",    "large",      "system",    "instance",
      "logfile",     "package",      "trusted",    "constraint", "virtual",   "algorithm"};
  return std::any_of(kThings.begin(), kThings.end(),
                     [&](std::string_view word) { return cursor.at(word); });
}

// DEFINER = a@b, ALGORITHM = MERGE, SQL SECURITY DEFINER: what stands before a view or routine of
// MySQL.
void pass_definer(Cursor& cursor) {
  for (;;) {
    if (cursor.at("definer") || (cursor.at("algorithm") && cursor.token(1).is_symbol("="))) {
      cursor.skip();
      cursor.take_symbol("=");
      cursor.skip();
      if (cursor.at_symbol("(")) cursor.skip();
      while (cursor.token().kind == TokenKind::parameter || cursor.at_symbol("@")) {
        const bool quoted = cursor.token().text == "@";  // `root`@`localhost`
        cursor.skip();
        if (quoted) cursor.skip();
      }
      continue;
    }
    if (!cursor.take({"sql", "security", "definer"}) &&
        !cursor.take({"sql", "security", "invoker"}))
      return;
  }
}

void read_create_type(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::other_ddl);
  operation.name = cursor.name();
  if (cursor.take({"as", "enum"})) {
    operation.kind = Kind::create_enum;
    operation.words = cursor.argument_list();
  }
  cursor.skip_all();
}

void read_create_domain(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::create_domain);
  operation.name = cursor.name();
  cursor.take("as");
  Column column;
  column.name = operation.name.name;
  column.type = read_type(cursor);
  while (!cursor.done()) {
    const bool constrains =
        cursor.at("check") || cursor.at({"not", "null"}) || cursor.at("constraint");
    operation.flag = operation.flag || constrains;
    cursor.skip();
  }
  operation.columns.push_back(std::move(column));
}

void read_create_view(Cursor& cursor, Statement& statement, bool or_replace) {
  const bool stored = cursor.take("materialized");
  cursor.take("view");
  Operation& operation = add_operation(statement, Kind::create_view);
  operation.or_replace = or_replace;
  operation.flag = stored;
  operation.if_not_exists = cursor.take({"if", "not", "exists"});
  operation.name = cursor.name();
  note_view_columns(cursor, statement);
  cursor.skip_all();
}

void read_create_trigger(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::create_trigger);
  operation.other = cursor.name();
  while (!cursor.done() && !cursor.at("on"))
    cursor.skip();
  cursor.take("on");
  operation.name = cursor.name();
  cursor.skip_all();
}

void read_alter_type(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::other_ddl);
  operation.name = cursor.name();
  if (cursor.take({"add", "value"})) {
    operation.kind = Kind::add_enum_value;
    operation.if_not_exists = cursor.take({"if", "not", "exists"});
    operation.words.push_back(string_value(cursor.token(), cursor.dialect()));
    cursor.skip();
    operation.flag = cursor.at("before") || cursor.at("after");
  } else if (cursor.take({"rename", "value"})) {
    operation.kind = Kind::rename_enum_value;
    operation.words.push_back(string_value(cursor.token(), cursor.dialect()));
    cursor.skip();
    cursor.take("to");
    operation.words.push_back(string_value(cursor.token(), cursor.dialect()));
  } else if (cursor.take({"rename", "to"})) {
    operation.kind = Kind::rename_type;
    operation.other = cursor.name();
  }
  cursor.skip_all();
}

void read_alter_domain(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::other_ddl);
  operation.name = cursor.name();
  if (cursor.take("add")) {
    if (cursor.take("constraint")) operation.other = cursor.name();
    operation.kind =
        cursor.at({"not", "null"}) ? Kind::add_domain_not_null : Kind::add_domain_constraint;
    operation.flag = std::any_of(cursor.rest().begin(), cursor.rest().end(),
                                 [](const Token& token) { return token.is("valid"); });
  } else if (cursor.at({"set", "not", "null"})) {
    operation.kind = Kind::set_domain_not_null;
  }
  cursor.skip_all();
}

void read_alter_index(Cursor& cursor, Statement& statement) {
  Operation& operation = add_operation(statement, Kind::other_ddl);
  operation.if_exists = cursor.take({"if", "exists"});
  operation.column = cursor.name().name;
  if (cursor.take({"rename", "to"})) {
    operation.kind = Kind::rename_index;
    operation.other = cursor.name();
  }
  cursor.skip_all();
}

// ALTER VIEW and ALTER SEQUENCE take actions of tables too, and nothing that a rule asks about.
void read_other(Cursor& cursor, Statement& statement) {
  add_operation(statement, Kind::other_ddl);
  cursor.skip_all();
}

void read_dropped(Cursor& cursor, Statement& statement, Kind kind) {
  const bool concurrently = cursor.take("concurrently");
  const bool if_exists = cursor.take({"if", "exists"});
  std::vector<Name> names;
  do {
    names.push_back(cursor.name());
    if (cursor.at_symbol("(")) cursor.skip();
  } while (cursor.take_symbol(","));
  Name table;
  if (kind == Kind::drop_index && cursor.take("on")) table = cursor.name();
  const bool cascade = cursor.take("cascade");
  cursor.skip_all();
  for (Name& name : names) {
    Operation& operation = add_operation(statement, kind);
    operation.concurrently = concurrently;
    operation.if_exists = if_exists;
    operation.cascade = cascade;
    if (kind == Kind::drop_index) {
      operation.other = std::move(name);
      operation.name = table;
    } else {
      operation.name = std::move(name);
    }
  }
}

}  // namespace

bool read_create(Cursor& cursor, Statement& statement) {
  const bool or_replace = cursor.take({"or", "replace"}) || cursor.take({"or", "alter"});
  pass_definer(cursor);
  cursor.take_any({"global", "local"});
  Operation operation;
  operation.or_replace = or_replace;
  operation.temporary = cursor.take_any({"temporary", "temp"});
  operation.flag = cursor.take("unlogged");
  cursor.take({"force"});
  cursor.take("recursive");
  if (cursor.take("table")) {
    read_create_table(cursor, std::move(operation), statement);
    return true;
  }
  Index index;
  index.unique = cursor.take("unique");
  index.fulltext = cursor.take_any({"fulltext", "spatial"});
  cursor.take_any({"online", "offline"});
  if (cursor.take("index")) {
    operation.indexes.push_back(std::move(index));
    read_create_index(cursor, std::move(operation), statement);
  } else if (cursor.at("view") || cursor.at({"materialized", "view"})) {
    read_create_view(cursor, statement, or_replace);
  } else if (cursor.take("type")) {
    read_create_type(cursor, statement);
  } else if (cursor.take("domain")) {
    read_create_domain(cursor, statement);
  } else if (cursor.take("schema") || cursor.take("database")) {
    Operation& created = add_operation(statement, Kind::create_schema);
    created.if_not_exists = cursor.take({"if", "not", "exists"});
    created.name = cursor.name();
    cursor.skip_all();
  } else if (cursor.take("trigger") || cursor.take({"constraint", "trigger"})) {
    read_create_trigger(cursor, statement);
  } else if (take_other_thing(cursor)) {
    read_other(cursor, statement);
  } else {
    return false;
  }
  return true;
}

bool read_alter(Cursor& cursor, Statement& statement) {
  cursor.take_any({"online", "ignore"});
  if (cursor.take("table") || cursor.take({"foreign", "table"})) {
    read_alter_table(cursor, statement);
  } else if (cursor.take("index")) {
    read_alter_index(cursor, statement);
  } else if (cursor.take("type")) {
    read_alter_type(cursor, statement);
  } else if (cursor.take("domain")) {
    read_alter_domain(cursor, statement);
  } else if (cursor.at("view") || cursor.at("materialized") || cursor.at("schema") ||
             cursor.at("database") || cursor.at("trigger") || cursor.at("definer") ||
             cursor.at("sql") || take_other_thing(cursor)) {
    read_other(cursor, statement);
  } else {
    return false;
  }
  return true;
}

bool read_drop(Cursor& cursor, Statement& statement) {
  struct Thing {
    std::string_view word;
    Kind kind;
  };
  constexpr std::array<Thing, 9> kThings{{{"table", Kind::drop_table},
                                          {"index", Kind::drop_index},
                                          {"view", Kind::drop_view},
                                          {"type", Kind::drop_type},
                                          {"domain", Kind::drop_type},
                                          {"database", Kind::drop_database},
                                          {"schema", Kind::drop_schema},
                                          {"trigger", Kind::other_ddl},
                                          {"prepare", Kind::other}}};
  const bool temporary = cursor.take("temporary");
  cursor.take("online");
  cursor.take("materialized");
  for (const Thing& thing : kThings) {
    if (!cursor.take(thing.word)) continue;
    const std::size_t first = statement.operations.size();
    // A schema of MySQL is a database.
    const Kind kind =
        cursor.mysql() && thing.kind == Kind::drop_schema ? Kind::drop_database : thing.kind;
    read_dropped(cursor, statement, kind);
    for (std::size_t index = first; index < statement.operations.size(); ++index)
      statement.operations[index].temporary = temporary;
    return true;
  }
  if (!take_other_thing(cursor)) return false;
  read_other(cursor, statement);
  return true;
}

}  // namespace gate::readers::sql
