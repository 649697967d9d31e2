// What the operations of one migration do to the models and to the database.
#pragma once

#include <string>
#include <vector>

#include "gate/readers/migrations/django/module.h"
#include "gate/readers/migrations/django/state.h"
#include "gate/readers/migrations/migration.h"

namespace gate::readers::migrations::django {

class Runner {
 public:
  // `auto_field`: the class of a key that Django adds by itself.
  Runner(Module& module, State& state, std::string app, std::string auto_field)
      : module_(module), state_(state), app_(std::move(app)), auto_field_(std::move(auto_field)) {}

  // Runs the operations of the migration.
  void run();

  [[nodiscard]] std::vector<sql::Statement> take_statements() { return std::move(statements_); }
  [[nodiscard]] std::vector<Remark> take_remarks() { return std::move(remarks_); }

 private:
  void run_operations(NodeIndex list);
  void tell_operations_unread(NodeIndex node);
  void run_operation(const Call& call);
  bool run_model_operation(const Call& call);
  bool run_field_operation(const Call& call);
  bool run_index_operation(const Call& call);
  bool run_special_operation(const Call& call);

  void tell_left_columns();

  // Says what of a field is not known here.
  void tell_unknown(const Field& field);
  // Says that a part of what should be a list is put together where the code runs.
  void tell_unread(NodeIndex list, std::string_view what);
  [[nodiscard]] std::vector<std::vector<std::string>> read_together(NodeIndex node);

  // models.cpp
  void create_model(const Call& call);
  void read_options(NodeIndex options, Model& model);
  [[nodiscard]] Field order_field() const;
  void alter_order(const Call& call);
  void delete_model(const Call& call);
  void rename_model(const Call& call);
  void alter_table(const Call& call);
  void alter_together(const Call& call, bool unique);
  void add_many_table(const Model& model, const Field& field);
  void drop_many_tables(const Model& model);
  void rename_many_tables(const Model& before, const Model& after, const std::string& old_name);

  // field_operations.cpp
  void add_field(const Call& call);
  void remove_field(const Call& call);
  void alter_field(const Call& call);
  void rename_field(const Call& call);
  void change_column(const Model& model, const Field& before, const Field& after);

  // keys.cpp
  [[nodiscard]] bool has_like_index(const Field& field) const;
  void add_like_index(const Model& model, const Field& field);
  void lose_hidden_keys(const Model& model, const Field& before, const Field& after);
  [[nodiscard]] sql::Constraint key_of(const Model& model, const Field& field) const;
  [[nodiscard]] bool has_inline_key(const Field& field) const;
  // `is_new`: with its column; else asked for of one that is there.
  void add_keys(const Model& model, const Field& field, bool is_new = true);
  void drop_like_index(const Model& model, const std::string& column);
  sql::Operation& drop_over(const Model& model, const std::string& column, bool unique);
  [[nodiscard]] sql::Operation key_operation(const Model& model,
                                             const std::vector<std::string>& columns,
                                             sql::ConstraintKind kind) const;
  [[nodiscard]] sql::Operation unique_operation(const Model& model,
                                                const std::vector<std::string>& columns) const;
  [[nodiscard]] sql::Operation primary_operation(const Model& model,
                                                 const std::vector<std::string>& columns) const;

  // index_operations.cpp
  void add_index(const Call& call, bool concurrently);
  void remove_index(const Call& call, bool concurrently);
  void rename_index(const Call& call);
  void add_constraint(const Call& call, bool not_valid);
  [[nodiscard]] sql::Operation check_operation(const Model& model, const Call& constraint) const;
  void remove_constraint(const Call& call);
  [[nodiscard]] ModelIndex read_index(NodeIndex node);
  [[nodiscard]] ModelIndex together_index(const Model& model,
                                          const std::vector<std::string>& fields) const;
  [[nodiscard]] bool is_supported(const ModelIndex& index) const;
  [[nodiscard]] sql::Operation index_operation(const Model& model, const ModelIndex& index) const;

  // code.cpp
  void run_sql(const Call& call);
  void run_python(const Call& call);
  // A function that RunPython calls: its parameters, the models that it uses, what it does to rows.
  void change_rows(NodeIndex function);
  void check_parameters(NodeIndex function);
  void check_models(NodeIndex function, bool forward);
  void check_model_name(NodeIndex assign);

  // Returns the model of an operation, or null; an operation on a model that no migration creates
  // is opaque.
  Model* model_of(const Call& call, std::size_t place, std::string_view name);
  sql::Operation& emit(sql::OperationKind kind, const std::string& table);
  void emit(sql::Operation operation);
  void fail(std::string why);
  [[nodiscard]] std::vector<std::string> columns_of(const Model& model,
                                                    const std::vector<std::string>& fields) const;
  [[nodiscard]] bool touches_database() const { return !state_only_; }
  [[nodiscard]] bool touches_state() const { return !database_only_; }

  // Of a field that only the state loses.
  struct LeftColumn {
    std::string app;
    std::string model;
    std::string column;
    base::Span span{};
  };

  Module& module_;
  State& state_;
  std::string app_;
  std::string auto_field_;
  bool state_only_ = false;     // inside SeparateDatabaseAndState(state_operations=...)
  bool database_only_ = false;  // inside database_operations
  sql::Statement statement_;    // of the operation at hand
  std::vector<sql::Statement> statements_;
  std::vector<Remark> remarks_;
  std::vector<LeftColumn> left_;
};

}  // namespace gate::readers::migrations::django
