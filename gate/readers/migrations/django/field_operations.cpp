// Operations on fields.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/django/fields.h"
#include "gate/readers/migrations/django/names.h"
#include "gate/readers/migrations/django/operations.h"

namespace gate::readers::migrations::django {
namespace {

using Kind = sql::OperationKind;

}  // namespace

void Runner::add_field(const Call& call) {
  Model* model = model_of(call, 0, "model_name");
  const auto name = module_.text(call.get(1, "name"));
  const NodeIndex node = call.get(2, "field");
  if (model == nullptr || !name) {
    if (model != nullptr) fail("the name of the field is not known here");
    return;
  }
  Field field = read_field(module_, node, *name, app_, model->name, state_);
  tell_unknown(field);
  if (model->has_table()) {
    if (field.many) {
      add_many_table(*model, field);
    } else {
      sql::Operation add;
      add.kind = Kind::add_column;
      add.name.name = state_.table(*model);
      add.column = State::column_of(field);
      add.columns.push_back(state_.column(field));
      if (has_inline_key(field)) add.constraints.push_back(key_of(*model, field));
      // default= is given to the rows that are there, and taken away again.
      const bool passing = field.has_default && !field.kept && field.kind != "GeneratedField";
      if (passing)
        add.columns.front().default_value =
            sql::Default{"default of the model", sql::Volatility::constant, false};
      emit(std::move(add));
      if (passing) emit(Kind::drop_default, state_.table(*model)).column = State::column_of(field);
      Field keys = field;
      keys.constraint = field.constraint && !has_inline_key(field);
      add_keys(*model, keys);
    }
  }
  if (touches_state()) model->fields.push_back(std::move(field));
}

void Runner::remove_field(const Call& call) {
  Model* model = model_of(call, 0, "model_name");
  const auto name = module_.text(call.get(1, "name"));
  if (model == nullptr || !name) return;
  const Field* field = model->field(*name);
  if (field == nullptr) {
    fail(fmt::format("no migration that was read adds {}.{}", model->name, *name));
    return;
  }
  if (model->has_table()) {
    if (field->many) {
      if (field->through.empty()) emit(Kind::drop_table, state_.many_table(*model, *field));
    } else {
      if (field->relation && state_.database().is_mysql()) {
        sql::Operation& operation = emit(Kind::drop_constraint, state_.table(*model));
        operation.words = {State::column_of(*field)};
        operation.if_exists = true;
      }
      sql::Operation& operation = emit(Kind::drop_column, state_.table(*model));
      operation.column = State::column_of(*field);
      operation.cascade = true;
    }
  }
  if (!touches_state()) return;
  const std::string column = field->many || !model->has_table() ? "" : State::column_of(*field);
  if (state_only_ && !column.empty())
    left_.push_back({app_, model->name, column, module_.span(call.node)});
  std::erase_if(model->fields, [&](const Field& item) { return item.name == *name; });
}

void Runner::change_column(const Model& model, const Field& before, const Field& after) {
  const std::string table = state_.table(model);
  const std::string from = State::column_of(before);
  const std::string to = State::column_of(after);
  const sql::Column old_column = state_.column(before);
  const sql::Column new_column = state_.column(after);
  if (from != to) {
    sql::Operation& operation = emit(Kind::rename_column, table);
    operation.column = from;
    operation.other.name = to;
  }
  // The index that MySQL has for a key stays with the key.
  const bool of_key = state_.database().is_mysql() && before.relation && before.constraint &&
                      after.relation && after.constraint;
  const bool was_unique = before.unique && !before.primary;
  if (has_like_index(before) && old_column.type.name != new_column.type.name)
    drop_like_index(model, from);
  if (was_unique && !after.unique) drop_over(model, to, true);
  // Django drops every index of the column but those of Meta.indexes, the one for LIKE among them.
  if (before.index && !before.unique && (!after.index || after.unique) && !of_key)
    drop_over(model, to, false);
  const bool retyped = old_column.type.text() != new_column.type.text();
  const bool renulled = before.null != after.null && !after.primary;
  if (state_.database().is_mysql() && (retyped || renulled)) {
    sql::Operation& operation = emit(Kind::restate_column, table);
    operation.column = to;
    operation.columns.push_back(new_column);
    operation.columns.front().unique = false;
    operation.columns.front().primary = false;
  } else {
    if (retyped) {
      sql::Operation& operation = emit(Kind::change_type, table);
      operation.column = to;
      operation.columns.push_back(new_column);
    }
    if (renulled) {
      emit(after.null ? Kind::drop_not_null : Kind::set_not_null, table).column = to;
    }
  }
  if (after.kept && !before.kept) {
    sql::Operation& operation = emit(Kind::set_default, table);
    operation.column = to;
    operation.columns.push_back(new_column);
  }
  if (!before.unique && after.unique && !after.primary) emit(unique_operation(model, {to}));
  if (was_unique && !after.unique && !after.index && !after.primary) drop_like_index(model, from);
  const bool indexed_before = before.index || before.unique || before.primary;
  if ((!indexed_before && after.index) || (!was_unique && !before.primary && after.is_unique()))
    add_like_index(model, after);
  if (after.primary && !before.primary) emit(primary_operation(model, {to}));
  const bool new_relation =
      after.relation && (!before.relation || before.to_model != after.to_model ||
                         before.to_app != after.to_app || before.constraint != after.constraint);
  if (before.relation && before.constraint &&
      (new_relation || !after.relation || !after.constraint)) {
    sql::Operation& operation = emit(Kind::drop_foreign_key, table);
    operation.words = {to};
    operation.if_exists = true;
  }
  Field keys = after;
  keys.constraint = new_relation && after.constraint;
  if (before.index && !before.unique) keys.index = false;
  if (new_relation || keys.index) add_keys(model, keys, false);
}

void Runner::alter_field(const Call& call) {
  Model* model = model_of(call, 0, "model_name");
  const auto name = module_.text(call.get(1, "name"));
  if (model == nullptr || !name) return;
  Field* field = model->field(*name);
  const Field after = read_field(module_, call.get(2, "field"), *name, app_, model->name, state_);
  tell_unknown(after);
  if (field == nullptr) {
    fail(fmt::format("no migration that was read adds {}.{}", model->name, *name));
    return;
  }
  const Field before = *field;
  if (model->has_table() && before.many == after.many && !after.many) {
    change_column(*model, before, after);
    lose_hidden_keys(*model, before, after);
    // The keys that point to this one change with it.
    if (after.primary && before.type.text() != after.type.text()) {
      for (const auto& [key, other] : state_.models()) {
        for (const Field& relation : other.fields) {
          if (!relation.relation || relation.to_app != app_ ||
              relation.to_model != base::to_lower(model->name) || !other.has_table())
            continue;
          sql::Operation& operation = emit(Kind::change_type, state_.table(other));
          operation.column = State::column_of(relation);
          operation.columns.push_back(state_.column(relation));
          operation.columns.front().type = after.type;
        }
      }
    }
  }
  if (touches_state()) *field = after;
}

void Runner::rename_field(const Call& call) {
  Model* model = model_of(call, 0, "model_name");
  const auto from = module_.text(call.get(1, "old_name"));
  const auto to = module_.text(call.get(2, "new_name"));
  if (model == nullptr || !from || !to) return;
  Field* field = model->field(*from);
  if (field == nullptr) {
    fail(fmt::format("no migration that was read adds {}.{}", model->name, *from));
    return;
  }
  Field after = *field;
  after.name = *to;
  if (model->has_table()) {
    if (field->many) {
      const std::string old_table = state_.many_table(*model, *field);
      const std::string new_table = state_.many_table(*model, after);
      if (field->through.empty() && old_table != new_table)
        emit(Kind::rename_table, old_table).other.name = new_table;
    } else if (State::column_of(*field) != State::column_of(after)) {
      sql::Operation& operation = emit(Kind::rename_column, state_.table(*model));
      operation.column = State::column_of(*field);
      operation.other.name = State::column_of(after);
    }
  }
  if (!touches_state()) return;
  *field = std::move(after);
  const auto rename = [&](std::vector<std::string>& names) {
    std::replace(names.begin(), names.end(), *from, *to);
  };
  for (auto& fields : model->unique_together)
    rename(fields);
  for (auto& fields : model->index_together)
    rename(fields);
  for (ModelIndex& index : model->indexes)
    rename(index.fields);
  for (auto& [key, other] : state_.models()) {
    for (Field& relation : other.fields) {
      if (relation.to_app == app_ && relation.to_model == base::to_lower(model->name) &&
          relation.to_field == *from)
        relation.to_field = *to;
    }
  }
}

}  // namespace gate::readers::migrations::django
