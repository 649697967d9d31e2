#include "gate/checks/migrations/advice.h"

#include <fmt/format.h>

namespace gate::checks {

using readers::migrations::Runner;

std::string advise_leave_transaction(Runner runner) {
  switch (runner) {
    case Runner::laravel:
      return "set `public $withinTransaction = false;` in the migration";
    case Runner::django:
      return "set `atomic = False` in the Migration class";
    case Runner::rails:
      return "write `disable_ddl_transaction!` in the migration";
    case Runner::alembic:
      return "run it in `with op.get_context().autocommit_block():`";
    case Runner::goose:
      return "write `-- +goose NO TRANSACTION` at the top of the file";
    case Runner::dbmate:
      return "write `-- migrate:up transaction:false`";
    case Runner::sqlx:
      return "write `-- no-transaction` as the first line";
    case Runner::diesel:
      return "write `run_in_transaction = false` in the migration's metadata.toml";
    case Runner::flyway:
      return "write `executeInTransaction=false` in the script's .conf file";
    default:
      return "put it into a file of its own that the runner does not wrap in a transaction";
  }
}

std::string advise_concurrent_index(const Step& step, bool drop) {
  switch (step.runner()) {
    case Runner::laravel:
      return fmt::format(
          "set `public $withinTransaction = false;` and run DB::statement('{} INDEX "
          "CONCURRENTLY ...') instead",
          drop ? "DROP" : "CREATE");
    case Runner::django:
      return fmt::format(
          "use {}IndexConcurrently of django.contrib.postgres.operations and set "
          "`atomic = False` in the Migration class",
          drop ? "Remove" : "Add");
    case Runner::rails:
      return "write `algorithm: :concurrently` and `disable_ddl_transaction!`";
    default:
      break;
  }
  std::string text = fmt::format("write {} INDEX CONCURRENTLY", drop ? "DROP" : "CREATE");
  if (step.in_transaction) text += ", and " + advise_leave_transaction(step.runner());
  return text;
}

std::string advise_not_valid(const Step& step, std::string_view what) {
  switch (step.runner()) {
    case Runner::laravel:
      return fmt::format(
          "add the {} by DB::statement('ALTER TABLE ... NOT VALID') and validate it "
          "in a later migration with VALIDATE CONSTRAINT",
          what);
    case Runner::django:
      if (what == "check")
        return "add the check with AddConstraintNotValid, and validate it with ValidateConstraint "
               "in a later migration";
      return fmt::format(
          "add the {} with RunSQL('ALTER TABLE ... NOT VALID') and validate it in a later "
          "migration with RunSQL('ALTER TABLE ... VALIDATE CONSTRAINT ...')",
          what);
    default:
      return fmt::format(
          "add the {} with NOT VALID, and run ALTER TABLE ... VALIDATE CONSTRAINT in "
          "a later migration",
          what);
  }
}

namespace {

// A column that every INSERT has to name: NOT NULL without a default of the database.
bool is_dropped_column_required(const Step& step) {
  const readers::migrations::Table* table = step.table();
  if (step.operation.column.empty() || table == nullptr) return false;
  const auto* column = step.before.column(*table, step.operation.column);
  return column != nullptr && !column->nullable && !column->has_default();
}

}  // namespace

std::string advise_two_releases(const Step& step, std::string_view what) {
  switch (step.runner()) {
    case Runner::django:
      return fmt::format(
          "{}take the {} out of the models in one release with "
          "SeparateDatabaseAndState(state_operations=[...]), and out of the database "
          "in the next",
          is_dropped_column_required(step) ? "give it null=True or db_default=... first, for rows "
                                             "are written without it from then on; "
                                           : "",
          what);
    case Runner::rails:
      return fmt::format(
          "write `self.ignored_columns` for the {} in one release, and drop it in "
          "the next",
          what);
    default:
      return fmt::format("ship a release that does not use the {} first, and drop it in the next",
                         what);
  }
}

std::string advise_required_column(const Step& step) {
  switch (step.runner()) {
    case Runner::laravel:
      return "write ->nullable() or ->default(...), and make it required in a later release";
    case Runner::django:
      return "use null=True or db_default=..., and make it required in a later release";
    default:
      return "add it with a DEFAULT or without NOT NULL, and make it required in a later release";
  }
}

std::string advise_not_null(const Step& step) {
  const std::string first =
      "fill the rows, add CHECK (column IS NOT NULL) NOT VALID, validate it in another migration";
  if (step.runner() == Runner::django)
    return first + " (RunSQL), then AlterField: the check spares the scan";
  if (step.runner() == Runner::laravel)
    return first + " (DB::statement), then ->nullable(false)->change(): the check spares the scan";
  return first + ", then SET NOT NULL: the check spares the scan";
}

}  // namespace gate::checks
