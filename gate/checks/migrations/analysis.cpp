#include "gate/checks/migrations/analysis.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/migrations/advice.h"
#include "gate/checks/migrations/step.h"
#include "gate/readers/migrations/replay.h"

namespace gate::checks {
namespace {

using Kind = readers::sql::OperationKind;
using readers::migrations::ForeignKey;
using readers::migrations::kBefore;
using readers::migrations::Origin;
using readers::migrations::Remark;
using readers::migrations::RemarkKind;
using readers::migrations::Reverse;
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
  explicit Analyser(const MigrationHistory& history, const MigrationSequence& sequence)
      : history_(history), sequence_(sequence), schema_(first_schema(sequence)) {
    is_new_ = [this](Origin origin) {
      if (origin == kBefore) return false;
      return history_.judges_all() ? origin == now_ : sequence_.entries[origin].in_change;
    };
  }

  SequenceAnalysis run() {
    analysis_.sequence = &sequence_;
    for (now_ = 0; now_ < sequence_.entries.size(); ++now_) {
      const MigrationEntry& entry = sequence_.entries[now_];
      if (entry.replaced) continue;
      if (entry.in_change && !entry.problem.empty())
        analysis_.unreadable.push_back(fmt::format("{}: {}", entry.file.path, entry.problem));
      if (entry.source) run(entry);
    }
    report_graph();
    judge_schema();
    return std::move(analysis_);
  }

 private:
  void run(const MigrationEntry& entry) {
    progress_ = {};
    touched_.clear();
    last_change_.clear();
    second_alter_.clear();
    const bool wrapped = entry.migration.in_transaction.value_or(sequence_.wraps);
    for (const Statement& statement : entry.migration.up) {
      if (entry.in_change && !statement.opaque.empty()) report_opaque(entry, statement);
      count_alter(statement);
      for (const Operation& operation : statement.operations) {
        const Step step{sequence_, entry,   now_,      statement,
                        operation, schema_, progress_, wrapped || progress_.begun,
                        sink_,     is_new_};
        if (entry.in_change) find_all(step);
        if (entry.in_change) note(step);
        readers::migrations::apply(schema_, operation, now_);
        if (entry.in_change) remember_places(step);
      }
    }
    if (!entry.in_change) return;
    finish_file(entry);
    std::vector<HazardFinding> found = sink_.take();
    std::move(found.begin(), found.end(), std::back_inserter(analysis_.findings));
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

  void count_alter(const Statement& statement) {
    if (statement.verb != "ALTER TABLE" || statement.operations.empty()) return;
    const std::string key = schema_.key(statement.operations.front().name);
    const int count = ++progress_.alter_statements[key];
    if (count == 2) second_alter_[key] = &statement;
  }

  // Keeps account of what later operations are judged by; before the operation is applied.
  void note(const Step& step) {
    const Operation& operation = step.operation;
    const std::string table = step.table_name();
    const Table* known = schema_.find(table);
    if (known != nullptr && !touched_.contains(table)) touched_.emplace(table, *known);
    if (known == nullptr && !operation.name.empty() && operation.kind != Kind::create_table)
      touched_.emplace(table, Table{});
    if (!operation.column.empty())
      last_change_.insert_or_assign({table, operation.column}, &operation);
    for (const auto& column : operation.columns)
      last_change_.insert_or_assign({table, column.name}, &operation);
    switch (operation.kind) {
      case Kind::begin:
        progress_.begun = true;
        progress_.begun_at = operation.span;
        break;
      case Kind::commit:
      case Kind::rollback:
        progress_.end_transaction();
        break;
      case Kind::set_variable:
        if (operation.name.name == "lock_timeout") progress_.lock_timeout = true;
        if (operation.name.name == "statement_timeout") progress_.statement_timeout = true;
        break;
      case Kind::add_constraint:
        for (const auto& constraint : operation.constraints) {
          if (constraint.not_valid) progress_.not_valid.emplace(table, constraint.name);
        }
        break;
      case Kind::validate_constraint:
        progress_.validated.insert(table);
        break;
      case Kind::drop_constraint:
        if (operation.if_exists) progress_.dropped_constraints.emplace(table, operation.other.name);
        break;
      case Kind::add_enum_value:
        if (!operation.words.empty()) progress_.new_enum_values.insert(operation.words.front());
        break;
      default:
        break;
    }
    if (step.in_transaction && progress_.exclusive_lock.empty() && locks_exclusively(operation) &&
        !step.is_new_table())
      progress_.exclusive_lock = table;
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

  void finish_file(const MigrationEntry& entry) {
    if (progress_.begun) {
      add(Hazard::uncommitted_transaction, place_in(*entry.source, progress_.begun_at),
          "begins a transaction that the file does not end: what follows is lost", "write COMMIT",
          {}, "begin");
    }
    report_split_alters(entry);
    report_not_null(entry);
    report_remarks(entry);
    report_reverse(entry);
    report_rollback(entry);
  }

  void report_rollback(const MigrationEntry& entry) {
    using Outcome = readers::migrations::RollbackVerdict::Kind;
    const readers::migrations::RollbackVerdict& rollback = entry.migration.rollback;
    if (rollback.kind == Outcome::restores) return;
    const base::Source& source = entry.down_source ? *entry.down_source : *entry.source;
    finding::Place place = place_in(source, entry.migration.reverse_place);
    if (rollback.kind == Outcome::fails && !rollback.place.empty())
      place = place_in(source, rollback.place);
    if (entry.down_source && rollback.place.empty()) place = {source.name(), 0, 0, 0, 0};
    const bool fails = rollback.kind == Outcome::fails;
    add(Hazard::down_differs, std::move(place),
        fails ? fmt::format("the way back fails: {}", rollback.text)
              : fmt::format("the way back leaves another schema: {}", rollback.text),
        "undo everything that the way up does, in the opposite order", {}, rollback.text);
  }

  void report_split_alters(const MigrationEntry& entry) {
    for (const auto& [table, statement] : second_alter_) {
      const Table* known = schema_.find(table);
      if (known != nullptr && is_new_(known->origin)) continue;
      add(Hazard::split_alter_table, place_in(*entry.source, statement->span),
          fmt::format(
              "alters `{}` in {} statements: each waits for its lock, and scans or copies the "
              "table, anew",
              table, progress_.alter_statements[table]),
          "write the actions into one ALTER TABLE, apart by commas", table, table);
    }
  }

  // Columns that the file leaves required, and that the release still running does not fill.
  void report_not_null(const MigrationEntry& entry) {
    for (const auto& [key, before] : touched_) {
      const Table* after = schema_.find(key);
      if (after == nullptr || is_new_(after->origin)) continue;
      for (const TableColumn& column : after->columns) {
        if (column.nullable || column.has_default()) continue;
        const TableColumn* old = schema_.column(before, column.name);
        if (old != nullptr && !old->nullable && !old->has_default()) continue;
        const auto changed = last_change_.find({key, column.name});
        if (changed == last_change_.end()) continue;
        const Operation& operation = *changed->second;
        const bool plain_add = operation.kind == Kind::add_column;
        if (plain_add || operation.kind == Kind::rename_column) continue;
        add(Hazard::not_null_without_default, place_in(*entry.source, operation.span),
            fmt::format(
                "leaves `{}` of `{}` NOT NULL without a default of the database: the release "
                "still running writes rows without it and fails",
                column.name, key),
            sequence_.sequence.runner == readers::migrations::Runner::django
                ? "write null=True or db_default=...; default= is known to the new code only"
                : "keep a default of the database until every release writes the column",
            key, key + "." + column.name);
      }
    }
  }

  void report_remarks(const MigrationEntry& entry) {
    for (const Remark& remark : entry.migration.remarks)
      add(hazard_of(remark.kind), place_in(*entry.source, remark.span), remark.text, {}, {},
          remark.text);
  }

  static Hazard hazard_of(RemarkKind kind) {
    switch (kind) {
      case RemarkKind::one_way_code:
        return Hazard::irreversible_python;
      case RemarkKind::one_way_sql:
        return Hazard::irreversible_sql;
      case RemarkKind::model_import:
        return Hazard::model_import;
      case RemarkKind::model_name:
        return Hazard::model_name;
      case RemarkKind::argument_names:
        return Hazard::argument_names;
      case RemarkKind::environment:
        return Hazard::environment_read;
      case RemarkKind::seeder:
        return Hazard::seeder;
    }
    return Hazard::opaque;
  }

  void report_reverse(const MigrationEntry& entry) {
    const bool changes = std::any_of(
        entry.migration.up.begin(), entry.migration.up.end(), [](const Statement& statement) {
          return std::any_of(statement.operations.begin(), statement.operations.end(),
                             [](const Operation& operation) {
                               return operation.kind != Kind::select &&
                                      operation.kind != Kind::set_variable &&
                                      operation.kind != Kind::begin &&
                                      operation.kind != Kind::commit &&
                                      operation.kind != Kind::other;
                             });
        });
    if (!changes) return;
    if (entry.migration.reverse == Reverse::absent) {
      add(Hazard::irreversible, {entry.file.path, 0, 0, 0, 0},
          "changes the schema and has no way back: a rollback of the release leaves the new schema",
          how_back(), {}, entry.file.name);
    } else if (entry.migration.reverse == Reverse::empty) {
      const std::string& path = entry.down_source ? entry.file.down_path : entry.file.path;
      add(Hazard::down_empty,
          entry.down_source ? finding::Place{path, 0, 0, 0, 0}
                            : place_in(*entry.source, entry.migration.reverse_place),
          "the way back does nothing: a rollback is reported as done and leaves the new schema",
          how_back(), {}, entry.file.name);
    }
  }

  [[nodiscard]] std::string how_back() const {
    using readers::migrations::Runner;
    switch (sequence_.sequence.runner) {
      case Runner::laravel:
        return "write down(), or throw an exception in it where there is no way back";
      case Runner::golang_migrate:
        return "write the .down.sql file; where there is no way back, let it fail: DO $$ BEGIN "
               "RAISE "
               "EXCEPTION 'no way back'; END $$";
      case Runner::goose:
        return "write a section `-- +goose Down`";
      case Runner::dbmate:
        return "write a section `-- migrate:down`";
      case Runner::diesel:
        return "write down.sql";
      default:
        return "write what takes the migration back";
    }
  }

  void report_graph() {
    using Problem = readers::migrations::GraphProblem::Kind;
    for (const GraphMistake& mistake : sequence_.graph) {
      const std::string others = fmt::format("{}", fmt::join(mistake.others, ", "));
      const std::string name = mistake.app + "." + mistake.name;
      if (mistake.kind == Problem::leaves) {
        add(Hazard::graph_leaves, mistake.place,
            fmt::format("the app {} has several last migrations, {} and {}: migrate refuses to run",
                        mistake.app, others, name),
            "python manage.py makemigrations --merge", {}, name);
      } else if (mistake.kind == Problem::missing_parent) {
        add(Hazard::graph_parent, mistake.place,
            fmt::format("{} depends on {}.{}, which is not there: no command of Django starts",
                        name, mistake.missing.app, mistake.missing.name),
            "bring the file back, or name the migration that took its place", {},
            name + " " + mistake.missing.app + "." + mistake.missing.name);
      } else {
        add(Hazard::graph_cycle, mistake.place,
            fmt::format("{} and {} depend on each other: no command of Django starts", name,
                        others),
            "take one of the dependencies out", {}, name);
      }
    }
  }

  // What is wrong with the schema that comes out, as far as the change brought it.
  void judge_schema() {
    const auto in_change = [this](Origin origin) {
      return origin != kBefore && sequence_.entries[origin].in_change;
    };
    const auto place_of = [this](const std::string& table, const std::string& name) {
      const auto found = places_.find({table, name});
      return found == places_.end() ? finding::Place{} : found->second;
    };
    for (const auto& [key, table] : schema_.tables()) {
      for (const ForeignKey& foreign : table.foreign_keys) {
        if (!in_change(foreign.origin) || sequence_.database.is_mysql() ||
            schema_.index_over(table, foreign.columns, true) != nullptr || !table.complete)
          continue;
        add(Hazard::fk_without_index, place_of(key, foreign.name),
            fmt::format(
                "foreign key ({}) of `{}` has no index: every delete in `{}` reads the whole "
                "table",
                fmt::join(foreign.columns, ", "), key, foreign.table),
            "create an index whose first columns are those of the key", key,
            key + "." + foreign.name);
      }
      if (!in_change(table.origin) || !table.complete) continue;
      const bool keyed = std::any_of(table.indexes.begin(), table.indexes.end(),
                                     [](const TableIndex& index) { return index.primary; });
      if (!keyed && !table.temporary && table.partition_of.empty() && !table.columns.empty()) {
        add(Hazard::no_primary_key, place_of(key, {}),
            fmt::format("table `{}` has no primary key: rows cannot be told apart, and logical "
                        "replication refuses to update them",
                        key),
            "give it a primary key", key, key);
      }
    }
    for (const auto& [key, table] : schema_.tables())
      judge_indexes(key, table, in_change, place_of);
  }

  template <class InChange, class PlaceOf>
  void judge_indexes(const std::string& key, const Table& table, InChange in_change,
                     PlaceOf place_of) {
    for (const TableIndex& index : table.indexes) {
      if (!in_change(index.origin) || index.unique || index.partial || index.fulltext ||
          index.for_key)
        continue;
      const std::vector<std::string> columns = index.leading_columns();
      if (columns.size() != index.parts.size() || columns.empty()) continue;
      for (const TableIndex& other : table.indexes) {
        if (&other == &index || other.partial || other.method != index.method) continue;
        std::vector<std::string> leading = other.leading_columns();
        if (leading.size() < columns.size()) continue;
        const bool same_length = leading.size() == columns.size();
        leading.resize(columns.size());
        // Of two that are equal the later one is too many.
        if (!schema_.same(leading, columns) ||
            (same_length && !other.unique && other.name > index.name))
          continue;
        add(Hazard::redundant_index, place_of(key, index.name),
            fmt::format("index `{}` of `{}` finds nothing that `{}` does not find: it costs every "
                        "write",
                        index.name, key, other.name),
            "drop it", key, key + "." + index.name);
        break;
      }
    }
  }

  const MigrationHistory& history_;
  const MigrationSequence& sequence_;
  Schema schema_;
  Origin now_ = 0;
  std::function<bool(Origin)> is_new_;
  FileProgress progress_;
  HazardSink sink_;
  SequenceAnalysis analysis_;
  std::map<std::string, Table> touched_;  // as they were before the file
  std::map<std::pair<std::string, std::string>, const Operation*> last_change_;
  std::map<std::string, const Statement*> second_alter_;
  std::map<std::pair<std::string, std::string>, finding::Place> places_;  // table, name
};

}  // namespace

MigrationAnalysis analyse(const MigrationHistory& history) {
  MigrationAnalysis analysis;
  for (const MigrationSequence& sequence : history.sequences())
    analysis.sequences.push_back(Analyser(history, sequence).run());
  return analysis;
}

}  // namespace gate::checks
