// Operations on indexes and constraints.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/django/names.h"
#include "gate/readers/migrations/django/operations.h"

namespace gate::readers::migrations::django {
namespace {

using Kind = sql::OperationKind;

}  // namespace

ModelIndex Runner::read_index(NodeIndex node) {
  ModelIndex index;
  const Call call = module_.call(node);
  index.name = module_.text(call.get("name")).value_or("");
  index.unique = call.name == "UniqueConstraint";
  index.partial = call.get("condition") != 0 && !module_.is_none(call.get("condition"));
  const auto fields = module_.texts(call.get("fields"));
  if (!fields) fail("the fields of an index are put together where the code runs");
  for (std::string field : fields.value_or(std::vector<std::string>())) {
    if (field.starts_with('-')) field.erase(0, 1);
    index.fields.push_back(std::move(field));
  }
  for (const NodeIndex expression : call.places)
    index.expressions.emplace_back(module_.tree().text(expression));
  constexpr std::string_view kEnd = "Index";
  if (call.name != "Index" && call.name.ends_with(kEnd))
    index.method = base::to_lower(call.name.substr(0, call.name.size() - kEnd.size()));
  return index;
}

ModelIndex Runner::together_index(const Model& model,
                                  const std::vector<std::string>& fields) const {
  ModelIndex index;
  index.name =
      index_name(state_.table(model), columns_of(model, fields), "_idx", state_.database());
  index.fields = fields;
  return index;
}

// What a database has no means for Django leaves out without a word: in MySQL indexes over some of
// the rows, in MariaDB such over expressions.
bool Runner::is_supported(const ModelIndex& index) const {
  const Database& database = state_.database();
  if (!database.is_mysql()) return true;
  return !index.partial && (index.expressions.empty() || database.engine == Engine::mysql);
}

sql::Operation Runner::index_operation(const Model& model, const ModelIndex& index) const {
  sql::Operation operation;
  operation.name.name = state_.table(model);
  const std::vector<std::string> columns = columns_of(model, index.fields);
  if (index.unique && !index.partial && index.expressions.empty()) {
    operation.kind = Kind::add_constraint;
    sql::Constraint constraint;
    constraint.kind = sql::ConstraintKind::unique;
    constraint.name = index.name;
    constraint.columns = columns;
    operation.constraints.push_back(std::move(constraint));
    return operation;
  }
  operation.kind = Kind::add_index;
  sql::Index made;
  made.name = index.name;
  made.unique = index.unique;
  made.partial = index.partial;
  made.method = index.method;
  for (const std::string& column : columns)
    made.parts.push_back({column, column});
  for (const std::string& expression : index.expressions)
    made.parts.push_back({{}, expression});
  operation.indexes.push_back(std::move(made));
  return operation;
}

void Runner::add_index(const Call& call, bool concurrently) {
  Model* model = model_of(call, 0, "model_name");
  if (model == nullptr) return;
  ModelIndex index = read_index(call.get(1, "index"));
  if (model->has_table() && is_supported(index)) {
    sql::Operation operation = index_operation(*model, index);
    operation.concurrently = concurrently;
    emit(std::move(operation));
  }
  if (touches_state()) model->indexes.push_back(std::move(index));
}

void Runner::remove_index(const Call& call, bool concurrently) {
  Model* model = model_of(call, 0, "model_name");
  const auto name = module_.text(call.get(1, "name"));
  if (model == nullptr || !name) return;
  const auto index = std::find_if(model->indexes.begin(), model->indexes.end(),
                                  [&](const ModelIndex& item) { return item.name == *name; });
  if (model->has_table() && (index == model->indexes.end() || is_supported(*index))) {
    sql::Operation& operation = emit(Kind::drop_index, state_.table(*model));
    operation.other.name = *name;
    operation.concurrently = concurrently;
  }
  if (touches_state())
    std::erase_if(model->indexes, [&](const ModelIndex& item) { return item.name == *name; });
}

void Runner::rename_index(const Call& call) {
  Model* model = model_of(call, 0, "model_name");
  const auto to = module_.text(call.get(1, "new_name"));
  const auto from = module_.text(call.get(2, "old_name"));
  if (model == nullptr || !to) return;
  if (!from) {  // of index_together, by its fields: an index of that name stays where one was
    ModelIndex index;
    index.name = *to;
    const auto fields = module_.texts(call.get(3, "old_fields"));
    if (!fields) fail("the fields of an index are put together where the code runs");
    index.fields = fields.value_or(std::vector<std::string>());
    if (model->has_table()) {
      sql::Operation& operation = emit(Kind::drop_constraint, state_.table(*model));
      operation.words = columns_of(*model, index.fields);
      operation.if_exists = true;
      sql::Operation added = index_operation(*model, index);
      added.concurrently = true;  // it is renamed, not built
      emit(std::move(added));
    }
    if (touches_state()) {
      std::erase(model->index_together, index.fields);
      model->indexes.push_back(std::move(index));
    }
    return;
  }
  if (model->has_table()) {
    sql::Operation& operation = emit(Kind::rename_index, state_.table(*model));
    operation.column = *from;
    operation.other.name = *to;
  }
  if (!touches_state()) return;
  for (ModelIndex& index : model->indexes) {
    if (index.name == *from) index.name = *to;
  }
}

// CheckConstraint and ExclusionConstraint.
sql::Operation Runner::check_operation(const Model& model, const Call& constraint) const {
  sql::Operation operation;
  operation.kind = Kind::add_constraint;
  operation.name.name = state_.table(model);
  sql::Constraint made;
  made.kind = constraint.name == "ExclusionConstraint" ? sql::ConstraintKind::exclusion
                                                       : sql::ConstraintKind::check;
  made.name = module_.text(constraint.get("name")).value_or("");
  if (made.kind == sql::ConstraintKind::exclusion) {
    made.method = base::to_lower(module_.text(constraint.get("index_type")).value_or("gist"));
    made.partial = constraint.get("condition") != 0;
    for (const NodeIndex pair : module_.elements(constraint.get("expressions"))) {
      const std::vector<NodeIndex> parts = module_.elements(pair);
      const auto field = parts.empty() ? std::nullopt : module_.text(parts.front());
      if (field) made.columns.push_back(columns_of(model, {*field}).front());
      if (!field && !parts.empty()) made.columns.emplace_back(module_.tree().text(parts.front()));
    }
  }
  operation.constraints.push_back(std::move(made));
  return operation;
}

void Runner::add_constraint(const Call& call, bool not_valid) {
  Model* model = model_of(call, 0, "model_name");
  if (model == nullptr) return;
  const NodeIndex node = call.get(1, "constraint");
  const Call constraint = module_.call(node);
  if (constraint.name == "UniqueConstraint") {
    ModelIndex index = read_index(node);
    if (model->has_table() && is_supported(index)) emit(index_operation(*model, index));
    if (touches_state()) model->indexes.push_back(std::move(index));
    return;
  }
  if (model->has_table()) {
    sql::Operation operation = check_operation(*model, constraint);
    operation.constraints.front().not_valid = not_valid;
    emit(std::move(operation));
  }
  if (touches_state())
    model->checks.push_back(module_.text(constraint.get("name")).value_or(std::string()));
}

void Runner::remove_constraint(const Call& call) {
  Model* model = model_of(call, 0, "model_name");
  const auto name = module_.text(call.get(1, "name"));
  if (model == nullptr || !name) return;
  const auto found = std::find_if(model->indexes.begin(), model->indexes.end(),
                                  [&](const ModelIndex& index) { return index.name == *name; });
  if (model->has_table()) {
    const bool is_index =
        found != model->indexes.end() && (found->partial || !found->expressions.empty());
    sql::Operation& operation =
        emit(is_index ? Kind::drop_index : Kind::drop_constraint, state_.table(*model));
    operation.other.name = *name;
    operation.if_exists = true;
  }
  if (!touches_state()) return;
  if (found != model->indexes.end()) model->indexes.erase(found);
  std::erase(model->checks, *name);
}

}  // namespace gate::readers::migrations::django
