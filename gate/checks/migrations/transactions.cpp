// Transactions and time limits: what may run in one, how long a lock is held, who waits for it.
#include <algorithm>

#include <fmt/format.h>

#include "gate/checks/migrations/advice.h"
#include "gate/checks/migrations/step.h"

namespace gate::checks {
namespace {

using Kind = readers::sql::OperationKind;

void find_nesting(const Step& step) {
  const Kind kind = step.operation.kind;
  const auto add = [&](std::string text, std::string fix) {
    step.sink.add(step, Hazard::transaction_nesting, "", std::move(text), std::move(fix));
  };
  if (kind == Kind::begin) {
    if (step.file.begun) {
      add("BEGIN inside of a transaction: it does nothing, and the COMMIT that follows ends the "
          "outer one",
          "take BEGIN and COMMIT out");
    } else if (step.in_transaction) {
      add("BEGIN inside of the transaction that the runner has opened",
          "take BEGIN and COMMIT out");
    } else if (step.wrapped) {
      add("begins a transaction of its own in a file that the runner runs in one",
          "take BEGIN and COMMIT out, or tell the runner to open no transaction");
    }
  } else if (kind == Kind::commit || kind == Kind::rollback) {
    if (step.wrapped && !step.file.runner_ended) {
      add("ends the transaction of the runner, which then records the migration in one of its own",
          "take it out");
    } else if (step.wrapped) {
      add("ends a transaction in a file that the runner runs in one",
          "take BEGIN and COMMIT out, or tell the runner to open no transaction");
    } else if (!step.file.begun) {
      add("ends a transaction, and there is none", "take it out");
    }
  }
}

void find_refused(const Step& step) {
  if (!step.in_transaction) return;
  const auto& operation = step.operation;
  if (operation.kind == Kind::add_index && operation.concurrently) {
    const std::string name =
        operation.indexes.front().name.empty() ? step.table_name() : operation.indexes.front().name;
    step.sink.add(step, Hazard::concurrently_in_transaction, name,
                  "creates index {} CONCURRENTLY in a transaction: PostgreSQL refuses that",
                  advise_leave_transaction(step.runner()));
    return;
  }
  const bool refused =
      ((operation.kind == Kind::drop_index || operation.kind == Kind::detach_partition) &&
       operation.concurrently) ||
      (operation.kind == Kind::reindex && (operation.concurrently || operation.column == "system" ||
                                           operation.column == "database")) ||
      operation.kind == Kind::vacuum_full || operation.column == "vacuum" ||
      operation.kind == Kind::drop_database ||
      (operation.kind == Kind::add_enum_value && !step.database().at_least(12));
  if (!refused) return;
  step.sink.add(step, Hazard::not_in_transaction, step.statement.verb,
                "{} in a transaction: PostgreSQL refuses that",
                advise_leave_transaction(step.runner()));
}

// What needs time, behind something that has locked a table and does not let it go.
void find_prolonged(const Step& step) {
  const std::string& locked = step.file.exclusive_lock;
  if (!step.in_transaction || locked.empty() || step.is_new_table()) return;
  const auto& operation = step.operation;
  if (operation.kind == Kind::add_index && !operation.concurrently) {
    step.sink.add(
        step, Hazard::index_in_exclusive_transaction, step.table_name(),
        fmt::format("builds an index on {{}} while the transaction still holds the lock on "
                    "`{}`: nobody can read or write that table until the index is done",
                    locked),
        "put the index into a migration of its own");
    return;
  }
  if (operation.kind == Kind::update || operation.kind == Kind::remove) {
    step.sink.add(step, Hazard::backfill, step.table_name(),
                  fmt::format("writes rows of {{}} while the transaction still holds the lock on "
                              "`{}`: nobody can read or write that table until they are written",
                              locked),
                  "fill the rows in a migration or a command of its own, in batches");
    return;
  }
  const bool rewrites =
      (operation.kind == Kind::change_type || operation.kind == Kind::set_logged) &&
      locked != step.table_name();
  if (!rewrites) return;
  step.sink.add(
      step, Hazard::rewrite_in_exclusive_transaction, step.table_name(),
      fmt::format("writes {{}} anew while the transaction still holds the lock on `{}`", locked),
      "put it into a migration of its own");
}

// Whether a table that is made refers to one that others use: a foreign key locks both.
bool refers_to_used_table(const Step& step) {
  const auto used = [&](const std::optional<readers::sql::Reference>& reference) {
    return reference && step.before.key(reference->table) != step.table_name() &&
           !step.is_new_table(reference->table);
  };
  const auto& operation = step.operation;
  return std::any_of(operation.columns.begin(), operation.columns.end(),
                     [&](const auto& column) { return used(column.reference); }) ||
         std::any_of(operation.constraints.begin(), operation.constraints.end(),
                     [&](const auto& constraint) { return used(constraint.reference); });
}

// Statements that wait for a lock, and let everybody wait behind them.
bool waits_for_lock(const Step& step) {
  const auto& operation = step.operation;
  switch (operation.kind) {
    case Kind::create_table:
      return operation.select || refers_to_used_table(step);
    case Kind::other_ddl:
      return !step.statement.verb.starts_with("GRANT") &&
             !step.statement.verb.starts_with("REVOKE");
    case Kind::begin:
    case Kind::commit:
    case Kind::rollback:
    case Kind::set_variable:
    case Kind::insert:
    case Kind::update:
    case Kind::remove:
    case Kind::merge:
    case Kind::select:
      return false;
    case Kind::other:
      return operation.column == "vacuum" || operation.column == "repack";
    default:
      return true;
  }
}

void find_unlimited(const Step& step) {
  if (!step.traits_are_sql() || step.operation.guarded || !waits_for_lock(step)) return;
  if (step.is_new_table()) return;  // nobody holds a lock on it
  if (&step.operation != &step.statement.operations.front()) return;
  if (!step.file.lock_timeout) {
    step.sink.add(
        step, Hazard::no_lock_timeout, step.statement.span, step.statement.verb,
        "{} without a lock_timeout: while it waits for a long query, every query behind it "
        "waits too",
        "write SET lock_timeout = '5s'; first");
  }
  if (!step.file.statement_timeout) {
    step.sink.add(step, Hazard::no_statement_timeout, step.statement.span, step.statement.verb,
                  "{} without a statement_timeout: nothing ends it where it takes too long",
                  "write SET statement_timeout = '60s'; first");
  }
}

void find_unguarded(const Step& step) {
  const auto& operation = step.operation;
  const bool alter = step.statement.verb == "ALTER TABLE";
  const bool concurrent = operation.kind == Kind::add_index && operation.concurrently;
  const bool whole = step.in_transaction || (step.wrapped && !step.file.runner_ended);
  if ((whole && !concurrent) || operation.guarded) return;
  bool guarded = true;
  if (alter) {
    guarded = (operation.kind == Kind::add_column && operation.if_not_exists) ||
              ((operation.kind == Kind::drop_column || operation.kind == Kind::drop_constraint) &&
               operation.if_exists);
    if (operation.kind == Kind::add_constraint && !operation.constraints.empty()) {
      guarded = step.file.dropped_constraints.contains(
          {step.table_name(), operation.constraints.front().name});
    } else if (operation.kind == Kind::validate_constraint) {
      guarded = step.file.renewed_constraints.contains({step.table_name(), operation.other.name});
    }
  } else if (operation.kind == Kind::create_table) {
    guarded = operation.if_not_exists || operation.select;
  } else if (operation.kind == Kind::add_index) {
    guarded = operation.if_not_exists || operation.indexes.front().name.empty();
  } else if (operation.kind == Kind::drop_index || operation.kind == Kind::drop_table ||
             operation.kind == Kind::drop_type) {
    guarded = operation.if_exists;
  }
  if (guarded) return;
  step.sink.add(step, Hazard::not_robust, step.statement.verb,
                "{} outside of a transaction without IF EXISTS or IF NOT EXISTS: where a later "
                "statement fails, the migration cannot be run again",
                "write IF EXISTS or IF NOT EXISTS, or run the file in a transaction");
}

// A value that was added to an enum cannot be used before the transaction ends.
void find_enum_use(const Step& step) {
  if (!step.in_transaction || step.file.new_enum_values.empty()) return;
  const bool writes = step.operation.kind == Kind::insert || step.operation.kind == Kind::update ||
                      step.operation.kind == Kind::set_default;
  if (!writes || !step.entry.source) return;
  const std::string_view text = step.entry.source->text().substr(
      step.statement.span.begin, step.statement.span.end - step.statement.span.begin);
  for (const std::string& value : step.file.new_enum_values) {
    if (text.find(fmt::format("'{}'", value)) == std::string_view::npos) continue;
    step.sink.add(step, Hazard::enum_value_in_transaction, value,
                  "uses the enum value {} in the transaction that adds it: PostgreSQL refuses that",
                  "add the value in a migration of its own");
  }
}

}  // namespace

void find_transaction_hazards(const Step& step) {
  if (step.traits_are_sql()) find_nesting(step);
  if (!step.postgres()) return;
  find_refused(step);
  find_prolonged(step);
  find_unlimited(step);
  if (step.traits_are_sql()) find_unguarded(step);
  find_enum_use(step);
}

}  // namespace gate::checks
