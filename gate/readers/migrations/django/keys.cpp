// The keys and indexes that come with a field, and go with it.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/django/names.h"
#include "gate/readers/migrations/django/operations.h"

namespace gate::readers::migrations::django {
namespace {

using Kind = sql::OperationKind;

// MySQL cannot index such a column as a whole, and Django leaves it.
bool is_endless(const sql::Type& type) {
  return type.name.ends_with("text") || type.name.ends_with("blob") || type.name == "json";
}

}  // namespace

// PostgreSQL gets an index of its own for LIKE beside each index of a text
// (django/db/backends/postgresql/schema.py: _create_like_index_sql).
bool Runner::has_like_index(const Field& field) const {
  const sql::Type type = state_.column(field).type;
  return state_.database().is_postgres() && !field.many && !type.is_array &&
         (field.index || field.is_unique()) && (type.name == "varchar" || type.name == "text");
}

void Runner::add_like_index(const Model& model, const Field& field) {
  if (!has_like_index(field)) return;
  const std::string column = State::column_of(field);
  ModelIndex index;
  index.name = index_name(state_.table(model), {column}, "_like", state_.database());
  index.fields = {field.name};
  sql::Operation operation = index_operation(model, index);
  operation.indexes.front().parts = {{column, column}};
  operation.indexes.front().pattern = true;
  emit(std::move(operation));
}

void Runner::drop_like_index(const Model& model, const std::string& column) {
  if (!state_.database().is_postgres()) return;
  const std::string table = state_.table(model);
  sql::Operation& operation = emit(Kind::drop_index, table);
  operation.other.name = index_name(table, {column}, "_like", state_.database());
  operation.if_exists = true;
}

// Drops what Django finds over just this column, unique constraints or indexes: all but those of
// the kind that Meta has named.
sql::Operation& Runner::drop_over(const Model& model, const std::string& column, bool unique) {
  sql::Operation& operation = emit(Kind::drop_constraint, state_.table(model));
  operation.words = {column};
  operation.flag = unique;
  operation.if_exists = true;
  for (const ModelIndex& index : model.indexes) {
    if (index.unique != unique) continue;
    sql::Index kept;
    kept.name = index.name;
    operation.indexes.push_back(std::move(kept));
  }
  return operation;
}

sql::Operation Runner::key_operation(const Model& model, const std::vector<std::string>& columns,
                                     sql::ConstraintKind kind) const {
  sql::Operation operation;
  operation.kind = Kind::add_constraint;
  operation.name.name = state_.table(model);
  sql::Constraint constraint;
  constraint.kind = kind;
  constraint.name =
      index_name(operation.name.name, columns,
                 kind == sql::ConstraintKind::primary ? "_pk" : "_uniq", state_.database());
  constraint.columns = columns;
  operation.constraints.push_back(std::move(constraint));
  return operation;
}

sql::Operation Runner::primary_operation(const Model& model,
                                         const std::vector<std::string>& columns) const {
  return key_operation(model, columns, sql::ConstraintKind::primary);
}

sql::Operation Runner::unique_operation(const Model& model,
                                        const std::vector<std::string>& columns) const {
  return key_operation(model, columns, sql::ConstraintKind::unique);
}

sql::Constraint Runner::key_of(const Model& model, const Field& field) const {
  sql::Constraint constraint;
  constraint.kind = sql::ConstraintKind::foreign;
  constraint.columns = {State::column_of(field)};
  sql::Reference reference;
  reference.table.name = state_.target_table(field);
  reference.columns = {state_.target_column(field)};
  constraint.name = index_name(
      state_.table(model), constraint.columns,
      fmt::format("_fk_{}_{}", reference.table.name, reference.columns.front()), state_.database());
  constraint.reference = std::move(reference);
  return constraint;
}

// For PostgreSQL, Django writes the key of a new field into ADD COLUMN. The values of a column
// without a default are all NULL, and no row is looked at; with one, each is.
bool Runner::has_inline_key(const Field& field) const {
  return state_.database().is_postgres() && field.relation && field.constraint &&
         !field.has_default && !field.kept;
}

// The foreign key and the index that come with a field.
void Runner::add_keys(const Model& model, const Field& field, bool is_new) {
  const std::string column = State::column_of(field);
  if (field.relation && field.constraint) {
    sql::Operation operation;
    operation.kind = Kind::add_constraint;
    operation.name.name = state_.table(model);
    operation.constraints.push_back(key_of(model, field));
    emit(std::move(operation));
  }
  if (is_new) add_like_index(model, field);
  if (!field.index || field.unique || field.primary || field.many) return;
  // MySQL makes the index of a foreign key itself, and Django leaves it to that; an endless text
  // gets none with its column, but one where it is asked for later, which MariaDB cuts.
  if (state_.database().is_mysql() &&
      ((field.relation && field.constraint) || (is_new && is_endless(state_.column(field).type))))
    return;
  ModelIndex index;
  index.name = index_name(state_.table(model), {column}, "", state_.database());
  index.fields = {field.name};
  sql::Operation operation = index_operation(model, index);
  operation.indexes.front().parts = {{column, column}};
  emit(std::move(operation));
}

// Before 4.0 Django drops the keys that point to a column whose type changes, and makes only those
// anew that the model knows by name: not those of its join tables, nor of related_name='+'.
void Runner::lose_hidden_keys(const Model& model, const Field& before, const Field& after) {
  constexpr int kMended = 400;
  if (state_.release() == 0 || state_.release() >= kMended ||
      state_.database().engine == Engine::sqlite ||  // which makes the table anew
      before.type.text() == after.type.text() || !before.is_unique() || !after.is_unique())
    return;
  const std::string key = base::to_lower(model.name);
  const auto lose = [&](const std::string& table, const std::string& column) {
    sql::Operation& operation = emit(Kind::drop_foreign_key, table);
    operation.words = {column};
    operation.if_exists = true;
  };
  for (const auto& [name, other] : state_.models()) {
    for (const Field& field : other.fields) {
      const bool from_here = other.app == app_ && base::to_lower(other.name) == key;
      const bool to_here = field.to_app == app_ && field.to_model == key;
      if (field.relation && field.hidden && to_here && other.has_table() &&
          (field.to_field.empty() ? after.primary : field.to_field == after.name))
        lose(state_.table(other), State::column_of(field));
      if (!field.many || !field.through.empty() || !after.primary) continue;
      const std::string side = from_here && to_here ? "from_" : "";
      if (from_here) lose(state_.many_table(other, field), side + key + "_id");
      if (from_here && to_here) lose(state_.many_table(other, field), "to_" + key + "_id");
      if (to_here && !from_here) lose(state_.many_table(other, field), key + "_id");
    }
  }
}

}  // namespace gate::readers::migrations::django
