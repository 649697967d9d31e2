// Constraints and domains: what is checked under which lock.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/migrations/advice.h"
#include "gate/checks/migrations/step.h"

namespace gate::checks {
namespace {

using Kind = readers::sql::OperationKind;
using readers::migrations::Table;
using readers::migrations::TableColumn;
using readers::migrations::TableIndex;
using readers::sql::Column;
using readers::sql::Constraint;
using readers::sql::ConstraintKind;
using readers::sql::Volatility;

std::string subject_of(const Constraint& constraint) {
  if (!constraint.name.empty()) return constraint.name;
  return fmt::format("{}", fmt::join(constraint.columns, ", "));
}

bool is_new_foreign_target(const Step& step, const Constraint& constraint) {
  return constraint.reference && step.is_new_table(constraint.reference->table);
}

void find_unique(const Step& step, const Constraint& constraint) {
  if (!constraint.using_index.empty()) return;
  step.sink.add(
      step, Hazard::add_unique, fmt::format("{}", fmt::join(constraint.columns, ", ")),
      step.mysql()
          ? fmt::format("makes {{}} of `{}` unique: it fails on values that are there twice",
                        step.table_name())
          : fmt::format("makes {{}} of `{}` unique: the index is built while nobody can "
                        "read or write the table, and it fails on values that are there "
                        "twice",
                        step.table_name()),
      step.mysql() ? "look for values that are there twice first"
                   : "build the index first (CREATE UNIQUE INDEX CONCURRENTLY), then ADD "
                     "CONSTRAINT ... UNIQUE USING INDEX");
}

void find_primary(const Step& step, const Constraint& constraint) {
  if (!constraint.using_index.empty()) {
    const Table* table = step.table();
    const TableIndex* index =
        table == nullptr ? nullptr : step.before.index(*table, constraint.using_index);
    if (index == nullptr || !step.postgres()) return;
    for (const std::string& name : index->leading_columns()) {
      const TableColumn* column = step.before.column(*table, name);
      if (column == nullptr || !column->nullable) continue;
      step.sink.add(
          step, Hazard::primary_key_on_nullable, name,
          fmt::format("makes nullable {{}} the primary key of `{}`: the whole table is read "
                      "for NULLs while nobody can read or write it",
                      step.table_name()),
          advise_not_null(step));
    }
    return;
  }
  step.sink.add(step, Hazard::add_primary_key, step.table_name(),
                "adds a primary key to {}: its index is built while nobody can write to the table",
                step.mysql()
                    ? "rebuild the table with a tool that works online"
                    : "build a unique index CONCURRENTLY, then ADD PRIMARY KEY USING INDEX");
}

void find_added_constraint(const Step& step, const Constraint& constraint) {
  if (step.is_new_table()) return;
  switch (constraint.kind) {
    case ConstraintKind::foreign:
      if (!step.postgres() || constraint.not_valid) break;
      step.sink.add(
          step, Hazard::add_fk_validated, subject_of(constraint),
          fmt::format("adds foreign key {{}} to `{}`: every row is checked while nobody can "
                      "write to it{}",
                      step.table_name(),
                      constraint.reference && !is_new_foreign_target(step, constraint)
                          ? fmt::format(" or to `{}`", step.before.key(constraint.reference->table))
                          : ""),
          advise_not_valid(step, "foreign key"));
      break;
    case ConstraintKind::check:
      if (!step.postgres() || constraint.not_valid || constraint.not_enforced) break;
      step.sink.add(
          step, Hazard::add_check_validated, subject_of(constraint),
          fmt::format("adds check {{}} to `{}`: every row is checked while nobody can read "
                      "or write it",
                      step.table_name()),
          advise_not_valid(step, "check"));
      break;
    case ConstraintKind::unique:
      find_unique(step, constraint);
      break;
    case ConstraintKind::primary:
      find_primary(step, constraint);
      break;
    case ConstraintKind::exclusion:
      step.sink.add(step, Hazard::add_exclusion, subject_of(constraint),
                    fmt::format("adds exclusion constraint {{}} to `{}`: its index is built while "
                                "nobody can read or write the table, and it cannot be NOT VALID",
                                step.table_name()),
                    "add it in a maintenance window, or to a new table that takes over");
      break;
    case ConstraintKind::not_null:
      if (!step.postgres() || constraint.not_valid) break;
      step.sink.add(step, Hazard::add_check_validated, subject_of(constraint),
                    fmt::format("adds NOT NULL {{}} to `{}`: every row is checked while nobody can "
                                "read or write it",
                                step.table_name()),
                    advise_not_valid(step, "NOT NULL"));
      break;
  }
}

void find_key_at_column(const Step& step, const std::string& column,
                        const std::optional<readers::sql::Reference>& reference) {
  if (!reference || !step.postgres()) return;
  step.sink.add(step, Hazard::add_column_with_fk, column,
                fmt::format("adds {{}} to `{}` with a foreign key: nobody can write to `{}` until "
                            "the transaction ends",
                            step.table_name(), step.before.key(reference->table)),
                fmt::format("add the {}, then {}",
                            step.runner() == readers::migrations::Runner::django
                                ? "field with db_constraint=False"
                                : "column without the key",
                            advise_not_valid(step, "foreign key")));
}

void find_unique_column(const Step& step, const Column& column) {
  const bool same_everywhere = column.default_value && !column.default_value->is_null &&
                               column.default_value->volatility != Volatility::changing;
  const bool django = step.runner() == readers::migrations::Runner::django;
  std::string text = fmt::format(
      "adds unique {{}} to `{}`: its index is built while nobody can read or write the table",
      step.table_name());
  if (same_everywhere)
    text += fmt::format("; {}, and on a table of two rows or more it fails",
                        django ? "Django gives every row the same default, calling it once where "
                                 "it is a function"
                               : "every row gets the same default");
  std::string fix =
      step.mysql() ? ""
                   : "add the column alone, build the unique index CONCURRENTLY, then attach it "
                     "with ADD CONSTRAINT ... UNIQUE USING INDEX";
  if (same_everywhere && django)
    fix =
        "add the field with null=True and without unique and default, give each row a value of "
        "its own by RunPython, then make it unique in a later migration";
  step.sink.add(step, Hazard::add_unique_column, column.name, std::move(text), std::move(fix));
}

// Constraints that are written at a new column of a table that is there.
void find_column_constraints(const Step& step, const Column& column) {
  // The values of a column without a default are all NULL, and no row is looked at.
  const bool has_values = column.default_value && !column.default_value->is_null;
  if (column.reference && has_values && step.postgres()) {
    step.sink.add(step, Hazard::add_fk_validated, column.name,
                  fmt::format("adds {{}} to `{}` with a default and a foreign key: every row is "
                              "checked while nobody can read or write it",
                              step.table_name()),
                  "add the column without the key, then " + advise_not_valid(step, "foreign key"));
  } else {
    find_key_at_column(step, column.name, column.reference);
  }
  // A check of a computed column is tried while the column is.
  if (column.check && step.postgres() && column.generated == readers::sql::Generated::no) {
    step.sink.add(
        step, Hazard::add_column_with_check, column.name,
        fmt::format("adds {{}} to `{}` with a check: it is tried on every row while nobody can "
                    "read or write the table",
                    step.table_name()),
        "add the column without the check, then " + advise_not_valid(step, "check"));
  }
  if (column.unique) find_unique_column(step, column);
  const bool filled = column.default_value || column.type.is_serial || column.auto_increment ||
                      column.generated != readers::sql::Generated::no;
  if (column.primary && filled) {
    step.sink.add(
        step, Hazard::add_primary_key_column, column.name,
        fmt::format("adds {{}} as the primary key of `{}`: its index is built while nobody "
                    "can read or write the table",
                    step.table_name()),
        "add the column alone, build a unique index CONCURRENTLY, then ADD PRIMARY KEY "
        "USING INDEX");
  }
}

void find_validated(const Step& step) {
  const std::pair<std::string, std::string> wanted(step.table_name(), step.operation.other.name);
  if (!step.in_transaction || !step.file.not_valid.contains(wanted)) return;
  step.sink.add(
      step, Hazard::validate_in_same_transaction, step.operation.other.name,
      fmt::format("validates {{}} of `{}` in the transaction that adds it: the strong lock "
                  "of the first is held through the scan of the second",
                  step.table_name()),
      "validate it in a later migration");
}

void find_domain_hazards(const Step& step) {
  const auto& operation = step.operation;
  constexpr std::string_view kScan = "every column of that type is read under a lock";
  if (operation.kind == Kind::add_domain_not_null || operation.kind == Kind::set_domain_not_null) {
    step.sink.add(step,
                  operation.kind == Kind::add_domain_not_null ? Hazard::add_domain_not_null
                                                              : Hazard::set_domain_not_null,
                  operation.name.name, fmt::format("adds NOT NULL to domain {{}}: {}", kScan),
                  "put NOT NULL on the columns, each by way of a validated check");
  } else if (operation.kind == Kind::add_domain_constraint && !operation.flag) {
    step.sink.add(step, Hazard::add_domain_constraint, operation.name.name,
                  fmt::format("adds a constraint to domain {{}}: {}", kScan),
                  "put the check on the columns, with NOT VALID, and validate it later");
  } else if (operation.kind == Kind::create_domain && operation.flag) {
    step.sink.add(
        step, Hazard::create_domain_constraint, operation.name.name,
        "creates domain {} with a constraint: changing it later reads every column of that "
        "type under a lock",
        "put the constraint on the columns");
  }
}

// PostgreSQL drops it by its name, like any constraint.
bool names_primary_key(const Step& step) {
  const Table* table = step.table();
  if (table == nullptr) return false;
  const auto* index = step.before.index(*table, step.operation.other.name);
  return index != nullptr && index->primary;
}

}  // namespace

void find_constraint_hazards(const Step& step) {
  const auto& operation = step.operation;
  switch (operation.kind) {
    case Kind::add_constraint:
      for (const Constraint& constraint : operation.constraints)
        find_added_constraint(step, constraint);
      break;
    case Kind::add_column:
      if (step.is_new_table()) break;
      for (const Column& column : operation.columns)
        find_column_constraints(step, column);
      for (const Constraint& constraint : operation.constraints)
        find_key_at_column(step, fmt::format("{}", fmt::join(constraint.columns, ", ")),
                           constraint.reference);
      break;
    case Kind::validate_constraint:
      find_validated(step);
      break;
    case Kind::drop_constraint:
      if (!names_primary_key(step)) break;
      [[fallthrough]];
    case Kind::drop_primary_key:
      if (step.is_new_table()) break;
      step.sink.add(
          step, Hazard::drop_primary_key, step.table_name(),
          "drops the primary key of {}: rows are no longer told apart, and replication and "
          "every key that points to it depend on it",
          "add the new key first, and drop the old one when nothing uses it");
      break;
    default:
      find_domain_hazards(step);
      break;
  }
}

}  // namespace gate::checks
