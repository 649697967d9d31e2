#include "gate/readers/migrations/replay.h"

#include <utility>

#include "gate/readers/migrations/replay/applier.h"

namespace gate::readers::migrations {

using Kind = sql::OperationKind;

std::string Applier::run() {
  // ALTER TABLE IF EXISTS of a table that is not there does nothing.
  if (operation_.table_if_exists && schema_.find(operation_.name) == nullptr) return {};
  switch (operation_.kind) {
    case Kind::create_table:
      create_table();
      break;
    case Kind::drop_table:
      drop_table();
      break;
    case Kind::rename_table:
    case Kind::set_schema:
      rename_table();
      break;
    case Kind::add_column: {
      Table& target = table();
      for (const sql::Column& column : operation_.columns)
        add_column(target, column, operation_.if_not_exists || operation_.guarded);
      for (const sql::Constraint& constraint : operation_.constraints)
        add_constraint(target, constraint);
      break;
    }
    case Kind::drop_column:
      drop_column(table());
      break;
    case Kind::rename_column:
      rename_column(table());
      break;
    case Kind::restate_column:
      restate_column(table());
      break;
    case Kind::change_type:
    case Kind::set_not_null:
    case Kind::drop_not_null:
    case Kind::set_default:
    case Kind::drop_default:
    case Kind::add_identity:
    case Kind::drop_identity:
    case Kind::drop_expression:
      change_column(table());
      break;
    case Kind::add_constraint:
      for (const sql::Constraint& constraint : operation_.constraints)
        add_constraint(table(), constraint);
      break;
    case Kind::drop_constraint:
      drop_constraint(table());
      break;
    case Kind::drop_foreign_key:
      drop_foreign_key(table(), operation_.other.name, operation_.if_exists);
      break;
    case Kind::drop_primary_key:
      drop_primary_key(table());
      break;
    case Kind::rename_constraint:
      rename_constraint(table());
      break;
    case Kind::validate_constraint:
      validate_constraint(table());
      break;
    case Kind::add_index:
      if (schema_.views().contains(schema_.key(operation_.name))) break;  // a materialized one
      for (const sql::Index& index : operation_.indexes)
        add_index(table(), index);
      break;
    case Kind::drop_index:
      drop_index();
      break;
    case Kind::rename_index:
      rename_index();
      break;
    case Kind::attach_partition:
      table(operation_.other).partition_of = schema_.key(operation_.name);
      break;
    case Kind::detach_partition:
      detach_partition();
      break;
    case Kind::rename_type:
      rename_type();
      break;
    case Kind::create_enum:
    case Kind::add_enum_value:
    case Kind::rename_enum_value:
    case Kind::drop_type:
      change_enum();
      break;
    case Kind::create_view:
      schema_.edit_views().insert_or_assign(schema_.key(operation_.name), operation_.flag);
      break;
    case Kind::drop_view:
      schema_.edit_views().erase(schema_.key(operation_.name));
      break;
    case Kind::set_variable:
      set_variable();
      break;
    case Kind::convert_charset:
      if (!operation_.words.empty()) table().charset = operation_.words.front();
      break;
    default:
      break;
  }
  return std::move(refusal_);
}

TableColumn make_column(const sql::Column& column, const Database& database, Origin origin) {
  TableColumn made;
  made.name = column.name;
  made.type = column.type;
  made.default_value = column.default_value;
  made.generated = column.generated;
  made.expression = column.expression;
  made.auto_increment = column.auto_increment || column.type.is_serial;
  made.updates_itself = column.updates_itself;
  made.origin = origin;
  const bool never_null = column.primary || column.type.is_serial || column.auto_increment ||
                          column.generated == sql::Generated::identity;
  // SQLite lets NULL into a primary key that is no INTEGER; nobody means that.
  made.nullable = !never_null && column.nullable.value_or(true);
  if (database.engine != Engine::sqlite && made.default_value && made.default_value->is_null) {
    made.default_value.reset();
  }
  return made;
}

namespace {

// What is done to the columns of a partitioned table, and what is added to it, is done to each of
// its partitions, under names that PostgreSQL chooses.
bool reaches_partitions(Kind kind) {
  switch (kind) {
    case Kind::add_column:
    case Kind::drop_column:
    case Kind::rename_column:
    case Kind::change_type:
    case Kind::set_not_null:
    case Kind::drop_not_null:
    case Kind::add_index:
    case Kind::add_constraint:
      return true;
    default:
      return false;
  }
}

void apply_to_partitions(Schema& schema, const sql::Operation& operation, Origin origin) {
  const Table* parent = schema.find(operation.name);
  if (parent == nullptr || !parent->partitioned || !reaches_partitions(operation.kind)) return;
  sql::Operation own = operation;
  for (sql::Index& index : own.indexes)
    index.name.clear();
  for (sql::Constraint& constraint : own.constraints)
    constraint.name.clear();
  own.guarded = true;
  for (const std::string& partition : schema.partitions(parent->name)) {
    own.name = {{}, partition, operation.name.span};
    apply(schema, own, origin);
  }
}

}  // namespace

std::string apply(Schema& schema, const sql::Operation& operation, Origin origin) {
  if (operation.name.empty() && operation.kind != Kind::drop_index &&
      operation.kind != Kind::rename_index)
    return {};
  std::string refused = Applier(schema, operation, origin).run();
  if (schema.database().is_postgres()) apply_to_partitions(schema, operation, origin);
  return refused;
}

void apply(Schema& schema, const std::vector<sql::Statement>& statements, Origin origin) {
  for (const sql::Statement& statement : statements) {
    for (const sql::Operation& operation : statement.operations)
      apply(schema, operation, origin);
  }
}

}  // namespace gate::readers::migrations
