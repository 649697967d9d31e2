#include "gate/checks/migrations/analysis.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/migrations/file_account.h"
#include "gate/checks/migrations/parts.h"
#include "gate/checks/migrations/step.h"
#include "gate/readers/migrations/replay.h"

namespace gate::checks {
namespace {

using Kind = readers::sql::OperationKind;
using readers::migrations::ForeignKey;
using readers::migrations::kBefore;
using readers::migrations::Origin;
using readers::migrations::Schema;
using readers::migrations::Table;
using readers::migrations::TableColumn;
using readers::migrations::TableIndex;
using readers::sql::Operation;
using readers::sql::Statement;

// Operations that take the lock which stops even readers.
bool locks_exclusively(const Operation& operation) {
  switch (operation.kind) {
    case Kind::add_column:
    case Kind::drop_column:
    case Kind::rename_column:
    case Kind::rename_table:
    case Kind::change_type:
    case Kind::restate_column:
    case Kind::set_not_null:
    case Kind::drop_not_null:
    case Kind::set_default:
    case Kind::drop_default:
    case Kind::add_constraint:
    case Kind::drop_constraint:
    case Kind::drop_table:
    case Kind::truncate:
    case Kind::set_logged:
    case Kind::set_schema:
    case Kind::row_security:
      return true;
    default:
      return false;
  }
}

class Analyser {
 public:
  Analyser(const MigrationHistory& history, const MigrationSequence& sequence)
      : history_(history), sequence_(sequence), schema_(first_schema(sequence)) {
    for (Origin origin = 0; origin < sequence.entries.size(); ++origin) {
      note_created(sequence.entries[origin], origin);
      if (!sequence.entries[origin].replaced)
        last_of_app_.insert_or_assign(sequence.entries[origin].file.app, origin);
    }
    is_new_ = [this](Origin origin) {
      if (origin == kBefore) return false;
      // What an edited migration creates is there: it has run.
      return origin == now_ || (!history_.judges_all() && sequence_.entries[origin].is_new);
    };
  }

  SequenceAnalysis run(const repo::Snapshot* base, const repo::Snapshot& files) {
    analysis_.sequence = &sequence_;
    for (now_ = 0; now_ < sequence_.entries.size(); ++now_) {
      const MigrationEntry& entry = sequence_.entries[now_];
      if (entry.replaced) continue;
      if (entry.in_change && !entry.problem.empty())
        analysis_.unreadable.push_back(fmt::format("{}: {}", entry.file.path, entry.problem));
      if (entry.source) run(entry);
    }
    find_folder_hazards(sequence_, !history_.judges_all(), analysis_.findings);
    find_schema_hazards(sequence_, schema_, !history_.judges_all(), places_, analysis_.findings);
    if (base != nullptr) find_uses(losses_, *base, files, analysis_.findings);
    for (const MergedChange& change : sequence_.merged) {
      if (change.kind == MergedChange::Kind::undecided)
        analysis_.undecided.push_back(
            fmt::format("{} is merged and has been edited; whether it does something else cannot "
                        "be told: {}",
                        change.place.path, fmt::join(change.why, ", ")));
    }
    return std::move(analysis_);
  }

 private:
  void run(const MigrationEntry& entry) {
    account_ = {};
    // Where the runner opens no transaction itself, it is the one that PostgreSQL runs the
    // statements of one query in, and a lone statement has none.
    const bool alone = !sequence_.traits().wraps && entry.migration.up.size() == 1;
    const bool wrapped = entry.migration.in_transaction.value_or(sequence_.wraps);
    const auto in_transaction = [&] {
      return account_.progress.begun || (wrapped && !alone && !account_.progress.runner_ended);
    };
    for (const Statement& statement : entry.migration.up) {
      if (entry.in_change && !statement.opaque.empty()) report_opaque(entry, statement);
      count_alter(statement);
      for (const Operation& operation : statement.operations) {
        const Step step{sequence_,
                        entry,
                        now_,
                        statement,
                        operation,
                        schema_,
                        account_.progress,
                        wrapped,
                        in_transaction(),
                        sink_,
                        is_new_};
        if (entry.in_change) {
          find_all(step);
          note_loss(step);
          find_early_keys(step);
        }
        if (entry.in_change) note(step);
        readers::migrations::apply(schema_, operation, now_);
        if (entry.in_change) remember_places(step);
      }
    }
    if (!entry.in_change) return;
    std::vector<HazardFinding> found = sink_.take();
    std::move(found.begin(), found.end(), std::back_inserter(analysis_.findings));
    account_.is_released = history_.judges_all() && last_of_app_.at(entry.file.app) != now_;
    find_file_hazards(sequence_, entry, account_, schema_, is_new_, analysis_.findings);
  }

  static void find_all(const Step& step) {
    find_losses(step);
    find_column_hazards(step);
    find_constraint_hazards(step);
    find_index_hazards(step);
    find_transaction_hazards(step);
    find_mysql_hazards(step);
    find_style_hazards(step);
  }

  // Where each table is created first.
  void note_created(const MigrationEntry& entry, Origin origin) {
    for (const Statement& statement : entry.migration.up) {
      for (const Operation& operation : statement.operations) {
        if (operation.kind == Kind::create_table)
          created_.try_emplace(schema_.key(operation.name), origin);
        if (operation.kind == Kind::rename_table)
          created_.try_emplace(schema_.key(operation.other), origin);
      }
    }
  }

  void note_loss(const Step& step) {
    const Operation& operation = step.operation;
    Loss loss;
    switch (operation.kind) {
      case Kind::drop_table:
        break;
      case Kind::rename_table:
        loss.renamed = true;
        break;
      case Kind::drop_column:
        loss.column = operation.column;
        break;
      case Kind::restate_column:
        if (operation.columns.empty() ||
            schema_.same(operation.column, operation.columns.front().name))
          return;
        [[fallthrough]];
      case Kind::rename_column:
        loss.column = operation.column;
        loss.renamed = true;
        break;
      default:
        return;
    }
    const Table* table = step.table();
    const TableColumn* column =
        table == nullptr || loss.column.empty() ? nullptr : schema_.column(*table, loss.column);
    if (operation.temporary || step.is_new_table() ||
        (column != nullptr && is_new_(column->origin)))
      return;
    loss.place = place_in(*step.entry.source, operation.span);
    loss.table = step.table_name();
    const std::string prefix = step.entry.file.app + "_";
    if (prefix.size() > 1 && loss.table.starts_with(prefix))
      loss.model = loss.table.substr(prefix.size());
    losses_.push_back(std::move(loss));
  }

  // Keys to tables that only a later file creates.
  void find_early_keys(const Step& step) {
    const Operation& operation = step.operation;
    if (operation.kind == Kind::set_variable && operation.name.name == "foreign_key_checks")
      account_.progress.keys_unchecked = true;
    if (account_.progress.keys_unchecked ||
        sequence_.database.engine == readers::migrations::Engine::sqlite)
      return;
    const auto judge = [&](const std::optional<readers::sql::Reference>& reference) {
      if (!reference || schema_.find(reference->table) != nullptr) return;
      const std::string to = schema_.key(reference->table);
      const auto created = created_.find(to);
      if (created == created_.end() || created->second <= now_) return;
      const MigrationEntry& later = sequence_.entries[created->second];
      const std::string& app = later.file.app;
      add(Hazard::key_before_table, place_in(*step.entry.source, operation.span),
          fmt::format("refers to table `{}`, which `{}`{} creates, and that runs later: in a new "
                      "database the key fails",
                      to, later.file.name, app.empty() ? "" : fmt::format(" of app `{}`", app)),
          app.empty() ? fmt::format("let it run after `{}`", later.file.name)
                      : fmt::format("add ('{}', '{}') to `dependencies`", app, later.file.name),
          step.table_name(), step.table_name() + " " + to);
    };
    for (const auto& constraint : operation.constraints)
      judge(constraint.reference);
    for (const auto& column : operation.columns)
      judge(column.reference);
  }

  void count_alter(const Statement& statement) {
    if (statement.verb != "ALTER TABLE" || statement.operations.empty()) return;
    const std::string key = schema_.key(statement.operations.front().name);
    const int count = ++account_.progress.alter_statements[key];
    if (count == 2) account_.second_alter[key] = &statement;
  }

  // Keeps account of what later operations are judged by; before the operation is applied.
  void note(const Step& step) {
    const Operation& operation = step.operation;
    const std::string table = step.table_name();
    const Table* known = schema_.find(table);
    if (known != nullptr && !account_.touched.contains(table))
      account_.touched.emplace(table, *known);
    if (known == nullptr && !operation.name.empty() && operation.kind != Kind::create_table)
      account_.touched.emplace(table, Table{});
    if (!operation.column.empty())
      account_.last_change.insert_or_assign({table, operation.column}, &operation);
    for (const auto& column : operation.columns)
      account_.last_change.insert_or_assign({table, column.name}, &operation);
    switch (operation.kind) {
      case Kind::begin:
        account_.progress.begun = true;
        account_.progress.begun_at = operation.span;
        break;
      case Kind::commit:
      case Kind::rollback:
        account_.progress.end_transaction();
        account_.progress.runner_ended = true;
        break;
      case Kind::set_variable:
        if (operation.name.name == "lock_timeout") account_.progress.lock_timeout = true;
        if (operation.name.name == "statement_timeout") account_.progress.statement_timeout = true;
        break;
      case Kind::add_constraint:
        for (const auto& constraint : operation.constraints) {
          if (constraint.not_valid) account_.progress.not_valid.emplace(table, constraint.name);
          if (account_.progress.dropped_constraints.erase({table, constraint.name}) != 0)
            account_.progress.renewed_constraints.emplace(table, constraint.name);
        }
        break;
      case Kind::validate_constraint:
        account_.progress.validated.emplace(table, operation.other.name);
        break;
      case Kind::drop_constraint:
        if (operation.if_exists)
          account_.progress.dropped_constraints.emplace(table, operation.other.name);
        break;
      case Kind::add_enum_value:
        if (!operation.words.empty())
          account_.progress.new_enum_values.insert(operation.words.front());
        break;
      default:
        break;
    }
    if (account_.touched_by_schema.empty() && locks_exclusively(operation) && !step.is_new_table())
      account_.touched_by_schema = table;
    if (step.in_transaction && account_.progress.exclusive_lock.empty() &&
        locks_exclusively(operation) && !step.is_new_table())
      account_.progress.exclusive_lock = table;
  }

  // After the operation: where keys and tables of the change are written.
  void remember_places(const Step& step) {
    const Table* table = step.table();
    if (table == nullptr) return;
    const auto remember = [&](const std::string& name) {
      places_.try_emplace({table->name, name}, place_in(*step.entry.source, step.operation.span));
    };
    if (table->origin == now_) remember({});
    for (const ForeignKey& foreign : table->foreign_keys) {
      if (foreign.origin == now_) remember(foreign.name);
    }
    for (const TableIndex& index : table->indexes) {
      if (index.origin == now_) remember(index.name);
    }
  }

  void add(Hazard hazard, finding::Place place, std::string message, std::string fix,
           std::string table, std::string identity) {
    analysis_.findings.push_back({hazard, std::move(place), std::move(message), std::move(fix),
                                  std::move(table), std::move(identity)});
  }

  void report_opaque(const MigrationEntry& entry, const Statement& statement) {
    add(Hazard::opaque, place_in(*entry.source, statement.span),
        fmt::format("this statement cannot be read: {}", statement.opaque),
        "look at it by hand; `gate:allow` with a reason takes note of that", {},
        std::string(entry.source->text().substr(
            statement.span.begin,
            std::min<std::size_t>(statement.span.end - statement.span.begin, 200))));
  }

  const MigrationHistory& history_;
  const MigrationSequence& sequence_;
  Schema schema_;
  Origin now_ = 0;
  std::function<bool(Origin)> is_new_;
  FileAccount account_;
  HazardSink sink_;
  SequenceAnalysis analysis_;
  NamedPlaces places_;
  std::map<std::string, Origin> last_of_app_;  // of Django; of others there is one app, ""
  std::map<std::string, Origin> created_;      // table -> the first file that creates it
  std::vector<Loss> losses_;
};

}  // namespace

MigrationAnalysis analyse(const MigrationHistory& history, const repo::Snapshot* base,
                          const repo::Snapshot& files) {
  MigrationAnalysis analysis;
  for (const MigrationSequence& sequence : history.sequences())
    analysis.sequences.push_back(Analyser(history, sequence).run(base, files));
  for (const MigrationSequence& sequence : history.vanished()) {
    SequenceAnalysis vanished;
    vanished.sequence = &sequence;
    find_folder_hazards(sequence, true, vanished.findings);
    analysis.vanished.push_back(std::move(vanished));
  }
  return analysis;
}

}  // namespace gate::checks
