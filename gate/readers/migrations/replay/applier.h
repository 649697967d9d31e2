// Applier: one operation, applied to a schema as the database would. Only for replay.cpp and the
// sources of this folder, which hold its members by subject.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/readers/formats/sql/statement.h"
#include "gate/readers/migrations/schema.h"

namespace gate::readers::migrations {

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
  [[nodiscard]] bool names_column(const std::string& expression, const std::string& name) const;
  void drop_computed(Table& table, const std::string& name);
  void rename_column(Table& table);
  void restate_column(Table& table);
  TableColumn* changed_column(Table& table);
  void change_column(Table& table);
  void add_constraint(Table& table, const sql::Constraint& constraint);
  void add_key(Table& table, const sql::Constraint& constraint);
  void refuse_reference(const Table& table, const ForeignKey& foreign);
  void add_foreign_key(Table& table, const sql::Constraint& constraint);
  void add_index_of_key(Table& table, const std::vector<std::string>& columns,
                        const std::string& name);
  void add_check(Table& table, std::string name, std::string expression, bool validated,
                 const std::string& column, bool exclusion);
  void add_exclusion(Table& table, const sql::Constraint& constraint);
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
  void leave_out_unless_included(Table& table) const;
  [[nodiscard]] bool takes(std::string_view word) const;  // among the words of the operation
  void detach_partition();
  void set_variable();
  [[nodiscard]] std::string needed_reference(const Table& table, const TableIndex& removed) const;
  void refuse_change(const Table& table, const TableColumn& old, const TableColumn& fresh);
  void rename_type();
  void change_enum();

  Schema& schema_;
  const sql::Operation& operation_;
  Origin origin_;
  std::string refusal_;
};

}  // namespace gate::readers::migrations
