// What a migration takes away: data, and names that the release still running uses.
#include <algorithm>

#include <fmt/format.h>

#include "gate/checks/migrations/advice.h"
#include "gate/checks/migrations/step.h"

namespace gate::checks {
namespace {

using Kind = readers::sql::OperationKind;
using readers::migrations::Table;
using readers::migrations::TableColumn;

bool is_new_column(const Step& step) {
  const Table* table = step.table();
  if (table == nullptr) return false;
  const TableColumn* column = step.before.column(*table, step.operation.column);
  return column != nullptr && step.is_new(column->origin);
}

void find_drops(const Step& step) {
  const auto& operation = step.operation;
  if (operation.kind == Kind::drop_table) {
    if (operation.temporary || step.is_new_table()) return;
    step.sink.add(step, Hazard::drop_table, step.table_name(),
                  "drops table {}: its rows are gone, and the release still running fails on it",
                  advise_two_releases(step, "table"));
  } else if (operation.kind == Kind::drop_column) {
    if (step.is_new_table() || is_new_column(step)) return;
    step.sink.add(step, Hazard::drop_column, operation.column,
                  fmt::format("drops {{}} of `{}`: the values are gone, and the release still "
                              "running fails wherever it names the column",
                              step.table_name()),
                  advise_two_releases(step, "column"));
  } else if (operation.kind == Kind::detach_partition && operation.flag) {
    step.sink.add(step, Hazard::drop_partition, step.table_name(),
                  operation.words.empty() ? "drops a partition of {}: its rows are gone"
                                          : "empties a partition of {}: its rows are gone",
                  "exchange the partition for an empty table first, and keep that one");
  } else if (operation.kind == Kind::drop_schema) {
    step.sink.add(step, Hazard::drop_schema, operation.name.name,
                  operation.cascade ? "drops schema {} with every table in it" : "drops schema {}",
                  "drop the tables one by one, each when nothing uses it");
  } else if (operation.kind == Kind::drop_database) {
    step.sink.add(step, Hazard::drop_database, operation.name.name,
                  "drops database {} with everything in it",
                  "a migration never drops a database; do it by hand, after a backup");
  }
}

// The join tables of a model and the columns in them go along with the model, which is reported.
bool goes_along(const Step& step) {
  const bool of_model =
      step.statement.verb == "RenameModel" || step.statement.verb == "AlterModelTable";
  return of_model && &step.operation != &step.statement.operations.front();
}

// Whether the file goes on to create a view of the name that the table had: queries of the old
// release find what they know.
bool leaves_view(const Step& step) {
  const auto creates = [&](const readers::sql::Operation& operation) {
    return operation.kind == Kind::create_view && !operation.flag &&
           step.before.key(operation.name) == step.table_name();
  };
  const auto& statements = step.entry.migration.up;
  return std::any_of(
      statements.begin(), statements.end(), [&](const readers::sql::Statement& statement) {
        return statement.span.begin > step.statement.span.begin &&
               std::any_of(statement.operations.begin(), statement.operations.end(), creates);
      });
}

void find_renames(const Step& step) {
  if (goes_along(step)) return;
  const auto& operation = step.operation;
  if (operation.kind == Kind::rename_table) {
    if (step.is_new_table() || step.before.views().contains(step.table_name()) || leaves_view(step))
      return;
    step.sink.add(
        step, Hazard::rename_table, step.table_name(),
        fmt::format("renames table {{}} to `{}`: every query of the release still running "
                    "fails from that moment on",
                    operation.other.name),
        "create the new table, write to both, move the rows, read from the new one, drop "
        "the old one; or leave a view of the old name");
    return;
  }
  if (operation.kind == Kind::set_schema) {
    if (step.is_new_table() || step.table() == nullptr) return;
    step.sink.add(step, Hazard::rename_table, step.table_name(),
                  fmt::format("moves table {{}} to the schema `{}`: queries of the release still "
                              "running find it only where search_path names that schema",
                              operation.other.name),
                  "leave a view in the old schema, or let search_path name the new one first");
    return;
  }
  const bool renames = operation.kind == Kind::rename_column ||
                       (operation.kind == Kind::restate_column && !operation.columns.empty() &&
                        !step.before.same(operation.column, operation.columns.front().name));
  if (!renames || step.is_new_table() || is_new_column(step)) return;
  const std::string& to =
      operation.kind == Kind::rename_column ? operation.other.name : operation.columns.front().name;
  step.sink.add(
      step, Hazard::rename_column, operation.column,
      fmt::format("renames {{}} of `{}` to `{}`: every query of the release still running "
                  "that names it fails from that moment on",
                  step.table_name(), to),
      "add the new column, write to both, copy the values, read from the new one, drop "
      "the old one in a later release");
}

void find_emptied(const Step& step) {
  const auto& operation = step.operation;
  if (operation.kind == Kind::truncate) {
    if (operation.cascade) {
      step.sink.add(step, Hazard::truncate_cascade, operation.name.name,
                    "truncates {} and every table that refers to it",
                    "name the tables that are to be emptied, without CASCADE");
    }
    if (step.is_new_table()) return;
    step.sink.add(step, Hazard::truncate, step.table_name(),
                  "truncates {}: all of its rows are gone, under a lock that stops every query",
                  "delete the rows that have to go, in batches, outside of migrations");
    return;
  }
  if (operation.has_where || operation.guarded || step.is_new_table() || operation.name.empty())
    return;
  const bool of_python = step.statement.verb == "RunPython";
  if (operation.kind == Kind::remove) {
    step.sink.add(step, Hazard::delete_all, step.table_name(),
                  of_python ? "RunPython deletes every row of {}: the queryset has no filter()"
                            : "deletes every row of {}: there is no WHERE",
                  "say which rows have to go, and delete them in batches");
  } else if (operation.kind == Kind::update) {
    step.sink.add(step, Hazard::update_all, step.table_name(),
                  of_python ? "RunPython rewrites every row of {} in one statement, the queryset "
                              "having no filter(): each stays locked until the end"
                            : "rewrites every row of {} in one statement: each stays locked until "
                              "the end",
                  "update in batches of some thousand rows, in a command of its own");
  }
}

}  // namespace

void find_losses(const Step& step) {
  find_drops(step);
  find_renames(step);
  find_emptied(step);
  if (step.operation.kind == Kind::drop_not_null && step.postgres() && !step.is_new_table()) {
    step.sink.add(step, Hazard::drop_not_null, step.operation.column,
                  fmt::format("lets NULL into {{}} of `{}`: code that reads it may not expect that",
                              step.table_name()));
  }
}

}  // namespace gate::checks
