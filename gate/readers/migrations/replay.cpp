#include "gate/readers/migrations/replay.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/migrations/naming.h"

namespace gate::readers::migrations {
namespace {

using Kind = sql::OperationKind;
using sql::ConstraintKind;

bool contains(const Schema& schema, const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& item) { return schema.same(item, name); });
}

class Applier {
 public:
  Applier(Schema& schema, const sql::Operation& operation, Origin origin)
      : schema_(schema), operation_(operation), origin_(origin) {}

  std::string run();

 private:
  [[nodiscard]] bool mysql() const { return schema_.database().is_mysql(); }

  // Returns the table of the operation; one that no migration creates comes into being, incomplete.
  Table& table() { return table(operation_.name); }
  Table& table(const sql::Name& name) { return schema_.make(schema_.key(name)); }

  void refuse(std::string why) {
    if (refusal_.empty()) refusal_ = std::move(why);
  }

  void create_table();
  void create_like(Table& table);
  void drop_table();
  void rename_table();
  void add_column(Table& table, const sql::Column& column, bool guarded);
  void add_column_constraints(Table& table, const sql::Column& column);
  void place_column(Table& table, TableColumn column, const sql::Column& written);
  void drop_column(Table& table);
  void rename_column(Table& table);
  void restate_column(Table& table);
  TableColumn* changed_column(Table& table);
  void change_column(Table& table);
  void add_constraint(Table& table, const sql::Constraint& constraint);
  void add_key(Table& table, const sql::Constraint& constraint);
  void add_foreign_key(Table& table, const sql::Constraint& constraint);
  void add_index_of_key(Table& table, const std::vector<std::string>& columns,
                        const std::string& name);
  void add_check(Table& table, std::string name, std::string expression, bool validated,
                 const std::string& column, bool exclusion);
  void drop_by_columns(Table& table, const std::vector<std::string>& columns);
  void drop_constraint(Table& table);
  void drop_foreign_key(Table& table, const std::string& name, bool guarded);
  void drop_primary_key(Table& table);
  void rename_constraint(Table& table);
  void validate_constraint(Table& table);
  void add_index(Table& table, const sql::Index& index);
  void put_index(Table& table, TableIndex index);
  void drop_index();
  void drop_index(Table& table, const std::string& name);
  void rename_index();
  void detach_partition();
  void change_enum();

  Schema& schema_;
  const sql::Operation& operation_;
  Origin origin_;
  std::string refusal_;
};

std::string Applier::run() {
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
    case Kind::convert_charset:
      if (!operation_.words.empty()) table().charset = operation_.words.front();
      break;
    default:
      break;
  }
  return std::move(refusal_);
}

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
  for (const sql::Column& column : operation_.columns)
    table.columns.push_back(make_column(column, schema_.database(), origin_));
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
  table.complete = other->complete;
  table.columns = other->columns;
  for (TableColumn& column : table.columns)
    column.origin = origin_;
  if (!mysql() && !operation_.partition) {
    for (TableColumn& column : table.columns)
      column.auto_increment = false;
    return;
  }
  table.indexes = other->indexes;
  for (TableIndex& index : table.indexes) {
    index.origin = origin_;
    if (!mysql()) {  // each partition has indexes of its own, with names of their own
      index.name = index.primary  ? choose_primary_name(schema_, table)
                   : index.unique ? choose_unique_name(schema_, table, index.leading_columns())
                                  : choose_index_name(schema_, table, index.parts, index.unique);
    }
  }
}

void Applier::drop_table() {
  const std::string key = schema_.key(operation_.name);
  const Table* dropped = schema_.find(key);
  if (dropped == nullptr) return;
  for (const std::string& other_key : schema_.referrers(key)) {
    if (other_key == key) continue;
    const auto refers = [&](const ForeignKey& foreign) { return foreign.table == key; };
    const Table* other = schema_.find(other_key);
    if (std::none_of(other->foreign_keys.begin(), other->foreign_keys.end(), refers)) continue;
    if (!operation_.cascade && schema_.database().engine != Engine::sqlite)
      refuse(fmt::format("a foreign key of `{}` refers to `{}`", other_key, key));
    std::erase_if(schema_.edit(other_key)->foreign_keys, refers);
  }
  schema_.erase(key);
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

void Applier::place_column(Table& table, TableColumn column, const sql::Column& written) {
  if (written.first) {
    table.columns.insert(table.columns.begin(), std::move(column));
    return;
  }
  const auto before =
      std::find_if(table.columns.begin(), table.columns.end(),
                   [&](const TableColumn& item) { return schema_.same(item.name, written.after); });
  table.columns.insert(
      written.after.empty() || before == table.columns.end() ? table.columns.end() : before + 1,
      std::move(column));
}

void Applier::add_column(Table& table, const sql::Column& column, bool guarded) {
  if (schema_.column(table, column.name) != nullptr) {
    if (!guarded) refuse(fmt::format("`{}` has a column `{}` already", table.name, column.name));
    return;
  }
  place_column(table, make_column(column, schema_.database(), origin_), column);
  add_column_constraints(table, column);
}

// The constraints that are written at a column.
void Applier::add_column_constraints(Table& table, const sql::Column& column) {
  sql::Constraint constraint;
  constraint.name = column.constraint;
  constraint.columns = {column.name};
  if (column.primary) {
    constraint.kind = ConstraintKind::primary;
    add_constraint(table, constraint);
  }
  if (column.unique || (mysql() && column.type.is_serial)) {
    constraint.kind = ConstraintKind::unique;
    add_constraint(table, constraint);
  }
  // MySQL before 9.0 reads REFERENCES at a column and forgets it; MariaDB takes it from 10.5 on.
  const Database& database = schema_.database();
  const bool ignores = (database.engine == Engine::mysql && !database.at_least(9)) ||
                       (database.engine == Engine::mariadb && !database.at_least(10, 5));
  if (column.reference && !ignores) {
    constraint.kind = ConstraintKind::foreign;
    constraint.reference = column.reference;
    add_constraint(table, constraint);
  }
  if (column.check) add_check(table, column.constraint, {}, true, column.name, false);
}

void Applier::drop_column(Table& table) {
  const std::string& name = operation_.column;
  if (schema_.column(table, name) == nullptr) {
    if (table.complete && !operation_.if_exists)
      refuse(fmt::format("`{}` has no column `{}`", table.name, name));
    return;
  }
  const auto uses = [&](const ForeignKey& foreign) {
    return contains(schema_, foreign.columns, name);
  };
  if (mysql() && std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), uses))
    refuse(fmt::format("a foreign key of `{}` needs column `{}`", table.name, name));
  std::erase_if(table.foreign_keys, uses);
  for (const std::string& key : schema_.referrers(table.name)) {
    const auto refers = [&](const ForeignKey& foreign) {
      return foreign.table == table.name && contains(schema_, foreign.references, name);
    };
    const Table* other = schema_.find(key);
    if (std::none_of(other->foreign_keys.begin(), other->foreign_keys.end(), refers)) continue;
    if (!operation_.cascade)
      refuse(fmt::format("a foreign key of `{}` refers to column `{}`", key, name));
    std::erase_if(schema_.edit(key)->foreign_keys, refers);
  }
  const auto is_part = [&](const sql::IndexPart& part) { return schema_.same(part.column, name); };
  if (mysql()) {
    for (TableIndex& index : table.indexes)
      std::erase_if(index.parts, is_part);
    std::erase_if(table.indexes, [](const TableIndex& index) { return index.parts.empty(); });
  } else {
    const auto indexed = [&](const TableIndex& index) {
      return std::any_of(index.parts.begin(), index.parts.end(), is_part);
    };
    if (schema_.database().engine == Engine::sqlite &&
        std::any_of(table.indexes.begin(), table.indexes.end(), indexed))
      refuse(fmt::format("an index of `{}` needs column `{}`", table.name, name));
    std::erase_if(table.indexes, indexed);
  }
  std::erase_if(table.columns,
                [&](const TableColumn& column) { return schema_.same(column.name, name); });
}

void Applier::rename_column(Table& table) {
  const std::string& from = operation_.column;
  const std::string& to = operation_.other.name;
  TableColumn* column = schema_.column(table, from);
  if (column == nullptr) {
    if (table.complete) refuse(fmt::format("`{}` has no column `{}`", table.name, from));
    return;
  }
  if (const TableColumn* there = schema_.column(table, to); there != nullptr && there != column)
    refuse(fmt::format("`{}` has a column `{}` already", table.name, to));
  column->name = to;
  const auto rename = [&](std::vector<std::string>& names) {
    for (std::string& name : names) {
      if (schema_.same(name, from)) name = to;
    }
  };
  for (TableIndex& index : table.indexes) {
    for (sql::IndexPart& part : index.parts) {
      if (schema_.same(part.column, from)) part.column = to;
    }
  }
  for (ForeignKey& foreign : table.foreign_keys)
    rename(foreign.columns);
  for (const std::string& key : schema_.referrers(table.name)) {
    for (ForeignKey& foreign : schema_.edit(key)->foreign_keys) {
      if (foreign.table == table.name) rename(foreign.references);
    }
  }
}

void Applier::restate_column(Table& table) {
  if (operation_.columns.empty()) return;
  const sql::Column& written = operation_.columns.front();
  if (!schema_.same(operation_.column, written.name)) {
    sql::Operation rename = operation_;
    rename.other.name = written.name;
    Applier(schema_, rename, origin_).rename_column(table);
  }
  TableColumn* column = schema_.column(table, written.name);
  if (column == nullptr) {
    if (table.complete && !operation_.if_exists)
      refuse(fmt::format("`{}` has no column `{}`", table.name, operation_.column));
    if (table.complete) return;
    table.columns.push_back(make_column(written, schema_.database(), kBefore));
    return;
  }
  TableColumn fresh = make_column(written, schema_.database(), column->origin);
  const auto keyed = [&](const TableIndex& index) {
    return index.primary && contains(schema_, index.leading_columns(), written.name);
  };
  if (std::any_of(table.indexes.begin(), table.indexes.end(), keyed)) fresh.nullable = false;
  *column = fresh;
  if (written.first || !written.after.empty()) {
    std::erase_if(table.columns,
                  [&](const TableColumn& item) { return schema_.same(item.name, written.name); });
    place_column(table, std::move(fresh), written);
  }
  sql::Column constraints = written;
  constraints.reference.reset();
  const TableIndex* there = schema_.index_over(table, {written.name}, false);
  if (there != nullptr && there->unique) constraints.unique = false;
  if (constraints.unique || constraints.primary || constraints.check)
    add_column_constraints(table, constraints);
}

TableColumn* Applier::changed_column(Table& table) {
  TableColumn* column = schema_.column(table, operation_.column);
  if (column != nullptr || operation_.if_exists) return column;
  if (table.complete) {
    refuse(fmt::format("`{}` has no column `{}`", table.name, operation_.column));
    return nullptr;
  }
  // A column of a table that no migration creates: there, but of a type that is not known.
  table.columns.emplace_back();
  table.columns.back().name = operation_.column;
  return &table.columns.back();
}

void Applier::change_column(Table& table) {
  TableColumn* column = changed_column(table);
  if (column == nullptr) return;
  switch (operation_.kind) {
    case Kind::change_type:
      column->type = operation_.columns.front().type;
      break;
    case Kind::set_not_null:
      column->nullable = false;
      break;
    case Kind::drop_not_null:
      column->nullable = true;
      break;
    case Kind::set_default:
      column->default_value = operation_.columns.front().default_value;
      break;
    case Kind::drop_default:
      column->default_value.reset();
      break;
    case Kind::add_identity:
      column->generated = sql::Generated::identity;
      column->nullable = false;
      break;
    default:
      column->generated = sql::Generated::no;
      break;
  }
}

void Applier::add_constraint(Table& table, const sql::Constraint& constraint) {
  switch (constraint.kind) {
    case ConstraintKind::primary:
    case ConstraintKind::unique:
      add_key(table, constraint);
      break;
    case ConstraintKind::foreign:
      add_foreign_key(table, constraint);
      break;
    case ConstraintKind::check:
    case ConstraintKind::exclusion:
      add_check(table, constraint.name, constraint.expression, !constraint.not_valid, {},
                constraint.kind == ConstraintKind::exclusion);
      break;
    case ConstraintKind::not_null:
      for (const std::string& name : constraint.columns) {
        if (TableColumn* column = schema_.column(table, name); column != nullptr)
          column->nullable = false;
      }
      break;
  }
}

void Applier::add_key(Table& table, const sql::Constraint& constraint) {
  const bool primary = constraint.kind == ConstraintKind::primary;
  TableIndex index;
  if (!constraint.using_index.empty()) {
    if (const TableIndex* there = schema_.index(table, constraint.using_index); there != nullptr) {
      index = *there;
      std::erase_if(table.indexes, [&](const TableIndex& item) {
        return schema_.same(item.name, constraint.using_index);
      });
      if (!constraint.name.empty()) index.name = constraint.name;
    }
  }
  for (const std::string& column : constraint.columns)
    index.parts.push_back({column, column});
  index.unique = true;
  index.primary = primary;
  index.of_constraint = true;
  index.origin = origin_;
  if (primary) {
    for (const sql::IndexPart& part : index.parts) {
      if (TableColumn* column = schema_.column(table, part.column); column != nullptr)
        column->nullable = false;
    }
  }
  if (index.name.empty() && !(primary && mysql())) index.name = constraint.name;
  if (index.name.empty()) {
    index.name = primary ? choose_primary_name(schema_, table)
                         : choose_unique_name(schema_, table, constraint.columns);
  }
  put_index(table, std::move(index));
}

// MySQL makes an index for a foreign key that has none; it is named like the key, where that is
// named.
void Applier::add_index_of_key(Table& table, const std::vector<std::string>& columns,
                               const std::string& name) {
  if (schema_.index_over(table, columns, false) != nullptr) return;
  TableIndex index;
  for (const std::string& column : columns)
    index.parts.push_back({column, column});
  index.for_key = true;
  index.origin = origin_;
  index.name = name.empty() ? choose_index_name(schema_, table, index.parts, false) : name;
  table.indexes.push_back(std::move(index));
}

void Applier::add_foreign_key(Table& table, const sql::Constraint& constraint) {
  if (!constraint.reference) return;
  ForeignKey foreign;
  foreign.columns = constraint.columns;
  foreign.table = schema_.key(constraint.reference->table);
  foreign.references = constraint.reference->columns;
  foreign.on_delete = constraint.reference->on_delete;
  foreign.validated = !constraint.not_valid;
  foreign.origin = origin_;
  foreign.name = constraint.name.empty() ? choose_foreign_name(schema_, table, constraint.columns)
                                         : constraint.name;
  const auto named = [&](const ForeignKey& item) { return schema_.same(item.name, foreign.name); };
  if (std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), named)) {
    if (!operation_.guarded && !operation_.if_not_exists)
      refuse(fmt::format("`{}` has a constraint `{}` already", table.name, foreign.name));
    return;
  }
  if (mysql()) add_index_of_key(table, foreign.columns, constraint.name);
  schema_.note_reference(table.name, foreign.table);
  table.foreign_keys.push_back(std::move(foreign));
}

void Applier::add_check(Table& table, std::string name, std::string expression, bool validated,
                        const std::string& column, bool exclusion) {
  CheckConstraint check;
  check.name = name.empty() ? choose_check_name(schema_, table, column) : std::move(name);
  check.expression = std::move(expression);
  check.validated = validated;
  check.exclusion = exclusion;
  check.origin = origin_;
  const auto named = [&](const CheckConstraint& item) {
    return schema_.same(item.name, check.name);
  };
  std::erase_if(table.checks, named);
  table.checks.push_back(std::move(check));
}

// A framework that hashes its names says which columns a constraint or index is over.
void Applier::drop_by_columns(Table& table, const std::vector<std::string>& columns) {
  if (operation_.kind != Kind::drop_foreign_key) {
    const auto found =
        std::find_if(table.indexes.begin(), table.indexes.end(), [&](const TableIndex& index) {
          return index.unique == operation_.flag && !index.primary &&
                 index.leading_columns().size() == index.parts.size() &&
                 schema_.same(index.leading_columns(), columns);
        });
    if (found != table.indexes.end()) table.indexes.erase(found);
    // Django makes an index for a key of MySQL that the dropped one has served.
    for (std::size_t at = 0; mysql() && operation_.flag && at < table.foreign_keys.size(); ++at)
      add_index_of_key(table, table.foreign_keys[at].columns, {});
  }
  if (operation_.flag) return;
  const auto over = [&](const ForeignKey& foreign) {
    return schema_.same(foreign.columns, columns);
  };
  if (operation_.kind == Kind::drop_foreign_key || mysql()) std::erase_if(table.foreign_keys, over);
}

void Applier::drop_constraint(Table& table) {
  if (!operation_.words.empty()) {
    drop_by_columns(table, operation_.words);
    return;
  }
  const std::string& name = operation_.other.name;
  const auto named = [&](const auto& item) { return schema_.same(item.name, name); };
  const std::size_t dropped = std::erase_if(table.foreign_keys, named) +
                              std::erase_if(table.checks, named) +
                              std::erase_if(table.indexes, named);
  if (dropped == 0 && table.complete && !operation_.if_exists)
    refuse(fmt::format("`{}` has no constraint `{}`", table.name, name));
}

void Applier::drop_foreign_key(Table& table, const std::string& name, bool guarded) {
  if (!operation_.words.empty()) {
    drop_by_columns(table, operation_.words);
    return;
  }
  const std::size_t dropped = std::erase_if(
      table.foreign_keys, [&](const ForeignKey& item) { return schema_.same(item.name, name); });
  if (dropped == 0 && table.complete && !guarded)
    refuse(fmt::format("`{}` has no foreign key `{}`", table.name, name));
}

void Applier::drop_primary_key(Table& table) {
  const std::size_t dropped =
      std::erase_if(table.indexes, [](const TableIndex& index) { return index.primary; });
  if (dropped == 0 && table.complete) refuse(fmt::format("`{}` has no primary key", table.name));
}

void Applier::rename_constraint(Table& table) {
  const auto rename = [&](auto& items) {
    for (auto& item : items) {
      if (schema_.same(item.name, operation_.column)) item.name = operation_.other.name;
    }
  };
  rename(table.indexes);
  rename(table.foreign_keys);
  rename(table.checks);
}

void Applier::validate_constraint(Table& table) {
  for (ForeignKey& foreign : table.foreign_keys) {
    if (schema_.same(foreign.name, operation_.other.name)) foreign.validated = true;
  }
  for (CheckConstraint& check : table.checks) {
    if (schema_.same(check.name, operation_.other.name)) check.validated = true;
  }
}

void Applier::add_index(Table& table, const sql::Index& index) {
  TableIndex made;
  made.name = index.name;
  made.parts = index.parts;
  made.unique = index.unique;
  made.partial = index.partial;
  made.fulltext = index.fulltext;
  made.pattern = index.pattern;
  made.method = index.method;
  made.origin = origin_;
  if (schema_.views().contains(schema_.key(operation_.name))) return;  // of a materialized view
  if (made.name.empty()) made.name = choose_index_name(schema_, table, made.parts, made.unique);
  put_index(table, std::move(made));
}

void Applier::put_index(Table& table, TableIndex index) {
  if (const TableIndex* there = schema_.index(table, index.name); there != nullptr) {
    if (!there->for_key) {
      if (!operation_.if_not_exists && !operation_.guarded)
        refuse(fmt::format("there is an index `{}` already", index.name));
      return;
    }
  }
  // MySQL lets the index go that it made for a key, once another one serves.
  if (mysql()) {
    const std::vector<std::string> leading = index.leading_columns();
    std::erase_if(table.indexes, [&](const TableIndex& item) {
      if (!item.for_key || index.fulltext || leading.size() < item.parts.size()) return false;
      const std::vector<std::string> own = item.leading_columns();
      return schema_.same(
          own, {leading.begin(), leading.begin() + static_cast<std::ptrdiff_t>(own.size())});
    });
  }
  table.indexes.push_back(std::move(index));
}

void Applier::drop_index() {
  const std::string& name = operation_.other.name;
  if (!operation_.name.empty()) {
    drop_index(table(), name);
    return;
  }
  const Table* holder = schema_.table_of_index(name);
  if (holder != nullptr) drop_index(*schema_.edit(holder->name), name);
}

void Applier::drop_index(Table& table, const std::string& name) {
  const TableIndex* found = schema_.index(table, name);
  if (found == nullptr) {
    if (table.complete && !operation_.if_exists)
      refuse(fmt::format("`{}` has no index `{}`", table.name, name));
    return;
  }
  if (found->of_constraint && schema_.database().is_postgres() && !operation_.cascade)
    refuse(fmt::format("a constraint of `{}` needs the index `{}`", table.name, name));
  const TableIndex removed = *found;
  std::erase_if(table.indexes,
                [&](const TableIndex& item) { return schema_.same(item.name, name); });
  if (!mysql()) return;
  for (const ForeignKey& foreign : table.foreign_keys) {
    std::vector<std::string> led = removed.leading_columns();
    led.resize(std::min(led.size(), foreign.columns.size()));
    if (!schema_.same(led, foreign.columns) ||
        schema_.index_over(table, foreign.columns, false) != nullptr)
      continue;
    refuse(fmt::format("the foreign key `{}` needs the index `{}`", foreign.name, name));
    table.indexes.push_back(removed);
    return;
  }
}

void Applier::rename_index() {
  const auto rename = [&](Table& table) {
    for (TableIndex& index : table.indexes) {
      if (schema_.same(index.name, operation_.column)) index.name = operation_.other.name;
    }
  };
  if (!operation_.name.empty()) {
    Table& holder = table();
    if (holder.complete && schema_.index(holder, operation_.column) == nullptr)
      refuse(fmt::format("`{}` has no index `{}`", holder.name, operation_.column));
    rename(holder);
    return;
  }
  const Table* holder = schema_.table_of_index(operation_.column);
  if (holder != nullptr) rename(*schema_.edit(holder->name));
}

void Applier::detach_partition() {
  if (operation_.flag || operation_.other.empty()) return;
  table(operation_.other).partition_of.clear();
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

}  // namespace

TableColumn make_column(const sql::Column& column, const Database& database, Origin origin) {
  TableColumn made;
  made.name = column.name;
  made.type = column.type;
  made.default_value = column.default_value;
  made.generated = column.generated;
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

std::string apply(Schema& schema, const sql::Operation& operation, Origin origin) {
  if (operation.name.empty() && operation.kind != Kind::drop_index &&
      operation.kind != Kind::rename_index)
    return {};
  return Applier(schema, operation, origin).run();
}

}  // namespace gate::readers::migrations
