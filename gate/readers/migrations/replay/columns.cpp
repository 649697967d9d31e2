// Columns of a table.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/formats/sql/token.h"
#include "gate/readers/migrations/replay.h"
#include "gate/readers/migrations/replay/applier.h"
#include "gate/readers/migrations/type_change.h"

namespace gate::readers::migrations {
namespace {

using Kind = sql::OperationKind;

}  // namespace

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

void Applier::drop_column(Table& table) {
  const std::string& name = operation_.column;
  if (schema_.column(table, name) == nullptr) {
    if (table.complete && !operation_.if_exists)
      refuse(fmt::format("`{}` has no column `{}`", table.name, name));
    return;
  }
  const auto uses = [&](const ForeignKey& foreign) {
    return schema_.contains(foreign.columns, name);
  };
  if (mysql() && std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), uses))
    refuse(fmt::format("a foreign key of `{}` needs column `{}`", table.name, name));
  std::erase_if(table.foreign_keys, uses);
  for (const std::string& key : schema_.referrers(table.name)) {
    const auto refers = [&](const ForeignKey& foreign) {
      return foreign.table == table.name && schema_.contains(foreign.references, name);
    };
    const Table* other = schema_.find(key);
    if (std::none_of(other->foreign_keys.begin(), other->foreign_keys.end(), refers)) continue;
    if (!operation_.cascade)
      refuse(fmt::format("a foreign key of `{}` refers to column `{}`", key, name));
    std::erase_if(schema_.edit(key)->foreign_keys, refers);
  }
  const bool postgres = schema_.database().is_postgres();
  const auto is_part = [&](const sql::IndexPart& part) {
    return schema_.same(part.column, name) ||
           (postgres && part.column.empty() && names_column(part.expression, name));
  };
  if (mysql()) {
    // MariaDB takes a column out of an index, but not out of what makes rows unique.
    for (const TableIndex& index : table.indexes) {
      if (schema_.database().engine == Engine::mariadb && index.unique && index.parts.size() > 1 &&
          std::any_of(index.parts.begin(), index.parts.end(), is_part))
        refuse(fmt::format("the unique index `{}` of `{}` needs column `{}`", index.name,
                           table.name, name));
    }
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
  drop_computed(table, name);
}

// Returns whether an expression names a column.
bool Applier::names_column(const std::string& expression, const std::string& name) const {
  if (expression.empty()) return false;
  const sql::Dialect dialect = schema_.database().dialect();
  const sql::Tokens tokens = sql::tokenize(expression, dialect);
  return std::any_of(tokens.tokens.begin(), tokens.tokens.end(), [&](const sql::Token& token) {
    const bool is_name = token.kind == sql::TokenKind::word || token.kind == sql::TokenKind::quoted;
    return is_name && schema_.same(sql::identifier(token, dialect), name);
  });
}

// Columns that are computed from one that is dropped: PostgreSQL takes them along with CASCADE.
void Applier::drop_computed(Table& table, const std::string& name) {
  const auto computed = [&](const TableColumn& column) {
    return names_column(column.expression, name);
  };
  if (std::none_of(table.columns.begin(), table.columns.end(), computed)) return;
  if (!operation_.cascade)
    refuse(fmt::format("a column of `{}` is computed from `{}`", table.name, name));
  if (operation_.cascade) std::erase_if(table.columns, computed);
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

// What MySQL does not let happen to a column of a foreign key.
void Applier::refuse_change(const Table& table, const TableColumn& old, const TableColumn& fresh) {
  if (!mysql()) return;
  const bool other_type = !old.type.empty() && !fresh.type.empty() &&
                          !is_same_type(old.type, fresh.type, schema_.database());
  for (const ForeignKey& foreign : table.foreign_keys) {
    if (!schema_.contains(foreign.columns, old.name)) continue;
    if (!fresh.nullable && old.nullable && foreign.on_delete == "set null")
      refuse(fmt::format("the foreign key `{}` sets `{}` to NULL", foreign.name, old.name));
    if (other_type)
      refuse(fmt::format("the foreign key `{}` needs the type of `{}`", foreign.name, old.name));
  }
  if (!other_type) return;
  for (const std::string& key : schema_.referrers(table.name)) {
    for (const ForeignKey& foreign : schema_.find(key)->foreign_keys) {
      if (foreign.table == table.name && schema_.contains(foreign.references, old.name))
        refuse(fmt::format("the foreign key `{}` needs the type of `{}`", foreign.name, old.name));
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
    return index.primary && schema_.contains(index.leading_columns(), written.name);
  };
  if (std::any_of(table.indexes.begin(), table.indexes.end(), keyed)) fresh.nullable = false;
  refuse_change(table, *column, fresh);
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

}  // namespace gate::readers::migrations
