// Tables, and the types that are kept beside them.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/naming.h"
#include "gate/readers/migrations/replay.h"
#include "gate/readers/migrations/replay/applier.h"

namespace gate::readers::migrations {
namespace {

using Kind = sql::OperationKind;
using sql::ConstraintKind;

}  // namespace

void Applier::create_table() {
  const std::string key = schema_.key(operation_.name);
  if (const Table* there = schema_.find(key); there != nullptr) {
    if (operation_.if_not_exists || operation_.guarded) return;
    if (there->complete && !operation_.or_replace)
      refuse(fmt::format("table `{}` is already there", key));
  }
  Table fresh;
  fresh.name = key;
  fresh.origin = origin_;
  fresh.complete = !(operation_.select && operation_.columns.empty());
  fresh.temporary = operation_.temporary;
  for (const std::string& word : operation_.words) {
    if (word == "partitioned") fresh.partitioned = true;
    if (word.starts_with("charset=")) fresh.charset = word.substr(word.find('=') + 1);
  }
  Table& table = schema_.put(std::move(fresh));
  if (!operation_.other.empty()) create_like(table);
  for (const sql::Column& column : operation_.columns) {
    // A column that is inherited, too, is one and the same.
    if (operation_.inherits && schema_.column(table, column.name) != nullptr) continue;
    table.columns.push_back(make_column(column, schema_.database(), origin_));
  }
  // Keys first: MySQL makes an index for a foreign key only where no key of the table serves.
  for (const sql::Constraint& constraint : operation_.constraints) {
    if (constraint.kind == ConstraintKind::primary) add_constraint(table, constraint);
  }
  for (const sql::Column& column : operation_.columns) {
    if (!column.reference) add_column_constraints(table, column);
  }
  for (const sql::Constraint& constraint : operation_.constraints) {
    if (constraint.kind != ConstraintKind::primary && constraint.kind != ConstraintKind::foreign)
      add_constraint(table, constraint);
  }
  for (const sql::Index& index : operation_.indexes)
    add_index(table, index);
  for (const sql::Column& column : operation_.columns) {
    if (column.reference) add_column_constraints(table, column);
  }
  for (const sql::Constraint& constraint : operation_.constraints) {
    if (constraint.kind == ConstraintKind::foreign) add_constraint(table, constraint);
  }
}

// LIKE and PARTITION OF: the columns of another table, in MySQL and of a partition its indexes too.
void Applier::create_like(Table& table) {
  const Table* other = schema_.find(operation_.other);
  if (other == nullptr) {
    table.complete = false;
    return;
  }
  if (operation_.partition) table.partition_of = other->name;
  if (operation_.inherits) table.inherits = other->name;
  table.complete = other->complete;
  table.columns = other->columns;
  for (TableColumn& column : table.columns)
    column.origin = origin_;
  if (operation_.inherits) return;
  if (!mysql() && !operation_.partition) leave_out_unless_included(table);
  if (!mysql() && !operation_.partition && !takes("like indexes")) return;
  for (TableIndex index : other->indexes) {
    index.origin = origin_;
    if (!mysql()) {  // each table has indexes of its own, with names of their own
      index.name = index.primary ? choose_primary_name(schema_, table)
                   : index.of_constraint
                       ? choose_unique_name(schema_, table, index.leading_columns())
                       : choose_index_name(schema_, table, index.parts, index.included);
    }
    table.indexes.push_back(std::move(index));
  }
}

bool Applier::takes(std::string_view word) const {
  return std::find(operation_.words.begin(), operation_.words.end(), word) !=
         operation_.words.end();
}

// LIKE of PostgreSQL: columns and NOT NULL always, the rest where INCLUDING names it.
void Applier::leave_out_unless_included(Table& table) const {
  for (TableColumn& column : table.columns) {
    const bool computed = column.generated == sql::Generated::stored ||
                          column.generated == sql::Generated::virtual_column;
    const bool identity = column.generated == sql::Generated::identity;
    if (!takes("like defaults")) column.default_value.reset();
    if (!takes("like defaults") || identity) column.auto_increment = false;
    if (computed ? !takes("like generated") : identity && !takes("like identity"))
      column.generated = sql::Generated::no;
  }
}

void Applier::set_variable() {
  if (!mysql() || operation_.name.name != "foreign_key_checks" || operation_.words.empty()) return;
  const std::string value = base::to_lower(operation_.words.front());
  if (value == "0" || value == "off" || value == "false") schema_.check_keys(false);
  if (value == "1" || value == "on" || value == "true" || value == "default")
    schema_.check_keys(true);
}

void Applier::drop_table() {
  const std::string key = schema_.key(operation_.name);
  const Table* dropped = schema_.find(key);
  if (dropped == nullptr) return;
  for (const std::string& other_key : schema_.referrers(key)) {
    if (other_key == key || !schema_.keys_checked()) continue;
    const auto refers = [&](const ForeignKey& foreign) { return foreign.table == key; };
    const Table* other = schema_.find(other_key);
    if (std::none_of(other->foreign_keys.begin(), other->foreign_keys.end(), refers)) continue;
    if (!operation_.cascade && schema_.database().engine != Engine::sqlite)
      refuse(fmt::format("a foreign key of `{}` refers to `{}`", other_key, key));
    std::erase_if(schema_.edit(other_key)->foreign_keys, refers);
  }
  const std::vector<std::string> taken_along = operation_.cascade     ? schema_.heirs(key)
                                               : dropped->partitioned ? schema_.partitions(key)
                                                                      : std::vector<std::string>();
  schema_.erase(key);
  if (!schema_.database().is_postgres()) return;
  for (const std::string& heir : taken_along) {
    sql::Operation own = operation_;
    own.name = {{}, heir, operation_.name.span};
    Applier(schema_, own, origin_).drop_table();
  }
}

void Applier::rename_table() {
  const std::string from = schema_.key(operation_.name);
  sql::Name target = operation_.other;
  if (operation_.kind == Kind::set_schema) {
    target = {operation_.other.name, operation_.name.name};
  } else if (target.schema.empty()) {
    target.schema = operation_.name.schema;
  }
  const std::string to = schema_.key(target);
  if (const auto view = schema_.views().find(from); view != schema_.views().end()) {
    const bool stored = view->second;
    schema_.edit_views().erase(from);
    schema_.edit_views().insert_or_assign(to, stored);
    return;
  }
  Table moved = table();
  schema_.erase(from);
  if (const Table* there = schema_.find(to); there != nullptr && there->complete)
    refuse(fmt::format("table `{}` is already there", to));
  moved.name = to;
  for (const ForeignKey& foreign : moved.foreign_keys)
    schema_.note_reference(to, foreign.table == from ? to : foreign.table);
  schema_.put(std::move(moved));
  for (std::string key : schema_.referrers(from)) {
    if (key == from) key = to;
    for (ForeignKey& foreign : schema_.make(key).foreign_keys) {
      if (foreign.table == from) foreign.table = to;
    }
    schema_.note_reference(key, to);
  }
  for (ForeignKey& foreign : schema_.make(to).foreign_keys) {
    if (foreign.table == from) foreign.table = to;
  }
}

void Applier::detach_partition() {
  if (operation_.flag || operation_.other.empty()) return;
  table(operation_.other).partition_of.clear();
}

void Applier::rename_type() {
  const std::string from = schema_.key(operation_.name);
  sql::Name to = operation_.other;
  to.schema = operation_.name.schema;
  if (auto found = schema_.enums().find(from); found != schema_.enums().end()) {
    EnumType type = found->second;
    schema_.edit_enums().erase(from);
    schema_.edit_enums().insert_or_assign(schema_.key(to), std::move(type));
  }
  // A type is written with its schema or without.
  const auto is_it = [&](const TableColumn& column) {
    const std::string& name = column.type.name;
    return name == from || (name.starts_with("public.") && name.substr(7) == from);
  };
  std::vector<std::string> holders;
  for (const auto& [key, table] : schema_.tables()) {
    if (std::any_of(table.columns.begin(), table.columns.end(), is_it)) holders.push_back(key);
  }
  for (const std::string& key : holders) {
    for (TableColumn& column : schema_.edit(key)->columns) {
      if (is_it(column)) column.type.name = schema_.key(to);
    }
  }
}

void Applier::change_enum() {
  const std::string key = schema_.key(operation_.name);
  if (operation_.kind == Kind::create_enum) {
    schema_.edit_enums().try_emplace(key, EnumType{operation_.words, origin_});
    return;
  }
  if (operation_.kind == Kind::drop_type) {
    schema_.edit_enums().erase(key);
    return;
  }
  const auto found = schema_.edit_enums().find(key);
  if (found == schema_.enums().end() || operation_.words.empty()) return;
  std::vector<std::string>& values = found->second.values;
  if (operation_.kind == Kind::add_enum_value) {
    values.push_back(operation_.words.front());
  } else if (operation_.words.size() == 2) {
    std::replace(values.begin(), values.end(), operation_.words[0], operation_.words[1]);
  }
}

}  // namespace gate::readers::migrations
