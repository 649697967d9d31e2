// Keys, checks and what else has the name of a constraint.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/migrations/naming.h"
#include "gate/readers/migrations/replay/applier.h"

namespace gate::readers::migrations {
namespace {

using Kind = sql::OperationKind;
using sql::ConstraintKind;

}  // namespace

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
      add_check(table, constraint.name, constraint.expression, !constraint.not_valid, {}, false);
      break;
    case ConstraintKind::exclusion:
      add_exclusion(table, constraint);
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
  index.name = name.empty() ? choose_index_name(schema_, table, index.parts, index.included) : name;
  table.indexes.push_back(std::move(index));
}

// MySQL takes a key only between integers of one size and sign, and only to what has an index.
void Applier::refuse_reference(const Table& table, const ForeignKey& foreign) {
  const Table* target = foreign.table == table.name ? &table : schema_.find(foreign.table);
  if (target == nullptr || !target->complete || foreign.references.empty() ||
      !schema_.keys_checked())
    return;
  if (schema_.index_over(*target, foreign.references, false) == nullptr)
    refuse(fmt::format("`{}` has no index over what the foreign key `{}` refers to", target->name,
                       foreign.name));
  for (std::size_t at = 0; at < std::min(foreign.columns.size(), foreign.references.size()); ++at) {
    const TableColumn* from = schema_.column(table, foreign.columns[at]);
    const TableColumn* to = schema_.column(*target, foreign.references[at]);
    if (from == nullptr || to == nullptr || from->type.empty() || to->type.empty()) continue;
    const bool integers = from->type.name.ends_with("int") || to->type.name.ends_with("int");
    if (integers &&
        (from->type.name != to->type.name || from->type.is_unsigned != to->type.is_unsigned))
      refuse(fmt::format("the foreign key `{}` joins {} and {}", foreign.name, from->type.text(),
                         to->type.text()));
  }
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
  if (mysql()) refuse_reference(table, foreign);
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

// An exclusion is a rule over an index of its name.
void Applier::add_exclusion(Table& table, const sql::Constraint& constraint) {
  TableIndex index;
  index.name = constraint.name.empty() ? choose_exclusion_name(schema_, table, constraint.columns)
                                       : constraint.name;
  for (const std::string& part : constraint.columns) {
    const bool is_column = schema_.column(table, part) != nullptr || !table.complete;
    index.parts.push_back({is_column ? part : std::string(), part});
  }
  index.partial = constraint.partial;
  index.of_constraint = true;
  index.method = constraint.method.empty() ? "btree" : constraint.method;
  index.origin = origin_;
  add_check(table, index.name, constraint.expression, true, {}, true);
  if (!index.parts.empty()) put_index(table, std::move(index));
}

// A framework that hashes its names says which columns a constraint or index is over.
void Applier::drop_by_columns(Table& table, const std::vector<std::string>& columns) {
  if (operation_.kind != Kind::drop_foreign_key) {
    // In PostgreSQL an index that is unique is no constraint, and is taken for a plain one.
    const auto fits = [&](const TableIndex& index) {
      const bool as_unique =
          mysql() ? index.unique : index.unique && (index.of_constraint || operation_.flag);
      const bool kept =
          std::any_of(operation_.indexes.begin(), operation_.indexes.end(),
                      [&](const sql::Index& item) { return schema_.same(item.name, index.name); });
      return as_unique == operation_.flag && !kept && !index.primary && !index.fulltext &&
             (index.method.empty() || index.method == "btree") &&
             index.leading_columns().size() == index.parts.size() &&
             schema_.same(index.leading_columns(), columns);
    };
    std::erase_if(table.indexes, fits);
    // Django makes an index for a key of MySQL that the dropped one has served.
    const bool composed = operation_.flag || columns.size() > 1;
    for (std::size_t at = 0; mysql() && composed && at < table.foreign_keys.size(); ++at)
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
  const TableIndex* index = schema_.index(table, name);
  const std::optional<TableIndex> removed = index == nullptr ? std::nullopt : std::optional(*index);
  const std::size_t dropped = std::erase_if(table.foreign_keys, named) +
                              std::erase_if(table.checks, named) +
                              std::erase_if(table.indexes, named);
  if (dropped == 0 && table.complete && !operation_.if_exists)
    refuse(fmt::format("`{}` has no constraint `{}`", table.name, name));
  const std::string needed = removed ? needed_reference(table, *removed) : std::string();
  if (!needed.empty()) refuse(fmt::format("the foreign key `{}` needs `{}`", needed, name));
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
  const auto found = std::find_if(table.indexes.begin(), table.indexes.end(),
                                  [](const TableIndex& index) { return index.primary; });
  if (found == table.indexes.end()) {
    if (table.complete) refuse(fmt::format("`{}` has no primary key", table.name));
    return;
  }
  const TableIndex removed = *found;
  table.indexes.erase(found);
  const std::string needed = needed_reference(table, removed);
  if (!needed.empty())
    refuse(fmt::format("the foreign key `{}` needs the primary key of `{}`", needed, table.name));
  for (const TableColumn& column : table.columns) {
    if (mysql() && column.auto_increment &&
        schema_.index_over(table, {column.name}, false) == nullptr)
      refuse(fmt::format("`{}` of `{}` counts by itself and needs a key", column.name, table.name));
  }
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

}  // namespace gate::readers::migrations
