#include "gate/readers/migrations/django/operations.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::readers::migrations::django {

sql::Operation& Runner::emit(sql::OperationKind kind, const std::string& table) {
  sql::Operation operation;
  operation.kind = kind;
  operation.name.name = table;
  emit(std::move(operation));
  return statement_.operations.back();
}

void Runner::emit(sql::Operation operation) {
  operation.span = statement_.span;
  for (sql::Column& column : operation.columns)
    column.span = statement_.span;
  statement_.operations.push_back(std::move(operation));
}

void Runner::fail(std::string why) {
  if (statement_.opaque.empty()) statement_.opaque = std::move(why);
}

void Runner::tell_unknown(const Field& field) {
  if (!field.unknown.empty()) fail(fmt::format("{} is decided where the code runs", field.unknown));
}

void Runner::tell_unread(NodeIndex list, std::string_view what) {
  if (module_.unread(list) != 0) fail(fmt::format("{} are put together where the code runs", what));
}

Model* Runner::model_of(const Call& call, std::size_t place, std::string_view name) {
  const std::optional<std::string> model = module_.text(call.get(place, name));
  if (!model) {
    fail("the name of the model is not known here");
    return nullptr;
  }
  Model* found = state_.find(app_, *model);
  if (found == nullptr)
    fail(fmt::format("no migration that was read creates the model {}", *model));
  return found;
}

std::vector<std::string> Runner::columns_of(const Model& model,
                                            const std::vector<std::string>& fields) const {
  std::vector<std::string> columns;
  for (const std::string& name : fields) {
    const Field* field = model.field(name);
    columns.push_back(field == nullptr ? name : State::column_of(*field));
  }
  return columns;
}

void Runner::run() {
  const NodeIndex list = module_.attribute("operations");
  if (list != 0) run_operations(list);
  if (const NodeIndex later = module_.later_change("operations"); later != 0)
    tell_operations_unread(later);
  tell_left_columns();
}

// Columns that no field of the model has any more, and that no operation drops.
void Runner::tell_left_columns() {
  for (const LeftColumn& left : left_) {
    const Model* model = state_.find(left.app, left.model);
    if (model == nullptr) continue;
    const bool used = std::any_of(
        model->fields.begin(), model->fields.end(),
        [&](const Field& field) { return !field.many && State::column_of(field) == left.column; });
    if (used) continue;
    remarks_.push_back(
        {RemarkKind::left_column, left.span, {}, {}, state_.table(*model), left.column});
  }
}

// A part of the operations of which nothing is known.
void Runner::tell_operations_unread(NodeIndex node) {
  statement_ = {};
  statement_.span = module_.span(node);
  statement_.verb = "Python";
  fail("the operations are put together where the code runs");
  emit(sql::OperationKind::other, {});
  statements_.push_back(std::move(statement_));
}

void Runner::run_operations(NodeIndex list) {
  module_.each(list, [&](NodeIndex node, bool readable) {
    if (!readable) {
      if (touches_database()) tell_operations_unread(node);
      return;
    }
    statement_ = {};
    statement_.span = module_.span(node);
    if (!module_.is_call(node)) {
      // `*operations_of_another_file`, a name that the file imports.
      statement_.verb = "Python";
      fail("an operation that is not written here");
    } else {
      const Call call = module_.call(node);
      statement_.verb = call.name;
      run_operation(call);
    }
    if (!touches_database()) {
      statement_.operations.clear();
      statement_.opaque.clear();
    }
    if (statement_.operations.empty() && statement_.opaque.empty()) return;
    if (statement_.operations.empty()) emit(sql::OperationKind::other, {});
    statements_.push_back(std::move(statement_));
  });
}

void Runner::run_operation(const Call& call) {
  if (run_model_operation(call) || run_field_operation(call) || run_index_operation(call) ||
      run_special_operation(call))
    return;
  // Operations that change what Django knows, or nothing that a rule asks about.
  constexpr std::array<std::string_view, 16> kOthers{
      "AlterModelOptions", "AlterModelManagers", "AlterModelTableComment", "CreateExtension",
      "BtreeGinExtension", "BtreeGistExtension", "CITextExtension",        "CryptoExtension",
      "HStoreExtension",   "TrigramExtension",   "UnaccentExtension",      "BloomExtension",
      "CreateCollation",   "RemoveCollation",    "AlterConstraint",        "RegisterTable"};
  if (std::find(kOthers.begin(), kOthers.end(), call.name) != kOthers.end()) return;
  fail(fmt::format("the operation {} is none of Django's", call.name.empty() ? "here" : call.name));
}

bool Runner::run_model_operation(const Call& call) {
  if (call.name == "CreateModel") {
    create_model(call);
  } else if (call.name == "DeleteModel") {
    delete_model(call);
  } else if (call.name == "RenameModel") {
    rename_model(call);
  } else if (call.name == "AlterModelTable") {
    alter_table(call);
  } else if (call.name == "AlterOrderWithRespectTo") {
    alter_order(call);
  } else if (call.name == "AlterUniqueTogether") {
    alter_together(call, true);
  } else if (call.name == "AlterIndexTogether") {
    alter_together(call, false);
  } else {
    return false;
  }
  return true;
}

bool Runner::run_field_operation(const Call& call) {
  if (call.name == "AddField") {
    add_field(call);
  } else if (call.name == "RemoveField") {
    remove_field(call);
  } else if (call.name == "AlterField") {
    alter_field(call);
  } else if (call.name == "RenameField") {
    rename_field(call);
  } else {
    return false;
  }
  return true;
}

bool Runner::run_index_operation(const Call& call) {
  if (call.name == "AddIndex" || call.name == "AddIndexConcurrently") {
    add_index(call, call.name == "AddIndexConcurrently");
  } else if (call.name == "RemoveIndex" || call.name == "RemoveIndexConcurrently") {
    remove_index(call, call.name == "RemoveIndexConcurrently");
  } else if (call.name == "RenameIndex") {
    rename_index(call);
  } else if (call.name == "AddConstraint" || call.name == "AddConstraintNotValid") {
    add_constraint(call, call.name == "AddConstraintNotValid");
  } else if (call.name == "RemoveConstraint") {
    remove_constraint(call);
  } else if (call.name == "ValidateConstraint") {
    if (const Model* model = model_of(call, 0, "model_name"))
      emit(sql::OperationKind::validate_constraint, state_.table(*model)).other.name =
          module_.text(call.get(1, "name")).value_or("");
  } else {
    return false;
  }
  return true;
}

bool Runner::run_special_operation(const Call& call) {
  if (call.name == "RunSQL") {
    run_sql(call);
  } else if (call.name == "RunPython") {
    run_python(call);
  } else if (call.name == "SeparateDatabaseAndState") {
    const sql::Statement own = std::move(statement_);
    const bool was_state = std::exchange(state_only_, state_only_);
    const bool was_database = std::exchange(database_only_, true);
    run_operations(call.get(0, "database_operations"));
    database_only_ = was_database;
    state_only_ = true;
    run_operations(call.get(1, "state_operations"));
    state_only_ = was_state;
    statement_ = {};
    statement_.span = own.span;
  } else {
    return false;
  }
  return true;
}

}  // namespace gate::readers::migrations::django
