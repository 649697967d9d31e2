// What is wrong with a file as a whole.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/checks/migrations/file_account.h"
#include "gate/checks/migrations/parts.h"

namespace gate::checks {
namespace {

using Kind = readers::sql::OperationKind;
using readers::migrations::Origin;
using readers::migrations::Remark;
using readers::migrations::RemarkKind;
using readers::migrations::Schema;
using readers::migrations::Table;
using readers::migrations::TableColumn;
using readers::sql::Operation;
using readers::sql::Statement;

class FileJudge {
 public:
  FileJudge(const MigrationSequence& sequence, const MigrationEntry& entry,
            const FileAccount& account, const Schema& schema,
            const std::function<bool(Origin)>& is_new, std::vector<HazardFinding>& findings)
      : sequence_(sequence),
        entry_(entry),
        account_(account),
        schema_(schema),
        is_new_(is_new),
        findings_(findings) {}

  void run() {
    if (account_.progress.begun) {
      add(Hazard::uncommitted_transaction, place_in(*entry_.source, account_.progress.begun_at),
          "begins a transaction that the file does not end: what follows is lost", "write COMMIT",
          {}, "begin");
    }
    report_split_alters();
    report_mixture();
    report_not_null();
    report_remarks();
    find_reverse_hazards(sequence_, entry_, findings_);
  }

 private:
  void add(Hazard hazard, finding::Place place, std::string message, std::string fix,
           std::string table, std::string identity) {
    findings_.push_back({hazard, std::move(place), std::move(message), std::move(fix),
                         std::move(table), std::move(identity)});
  }

  void report_split_alters() {
    for (const auto& [table, statement] : account_.second_alter) {
      const Table* known = schema_.find(table);
      if (known != nullptr && is_new_(known->origin)) continue;
      add(Hazard::split_alter_table, place_in(*entry_.source, statement->span),
          fmt::format(
              "alters `{}` in {} statements: each waits for its lock, and scans or copies the "
              "table, anew",
              table, account_.progress.alter_statements.at(table)),
          "write the actions into one ALTER TABLE, apart by commas", table, table);
    }
  }

  // A change of the schema and one of many rows, which hold each other up.
  void report_mixture() {
    base::Span rows = entry_.migration.code;
    std::string table;
    for (const Statement& statement : entry_.migration.up) {
      for (const Operation& operation : statement.operations) {
        if (operation.kind != Kind::update && operation.kind != Kind::remove) continue;
        const Table* known = schema_.find(operation.name);
        if (operation.guarded || !rows.empty() || (known != nullptr && is_new_(known->origin)))
          continue;
        rows = operation.span;
        table = schema_.key(operation.name);
      }
    }
    if (rows.empty() || account_.touched_by_schema.empty()) return;
    const bool told =
        std::any_of(findings_.begin(), findings_.end(), [&](const HazardFinding& found) {
          return found.hazard == Hazard::backfill && found.place.path == entry_.file.path;
        });
    if (told) return;
    add(Hazard::schema_and_data, place_in(*entry_.source, rows),
        fmt::format("changes rows{} in the migration that changes the schema of `{}`: where it "
                    "stops half-way it can neither go on nor back, and the locks stay until the "
                    "last row is written",
                    table.empty() ? std::string() : fmt::format(" of `{}`", table),
                    account_.touched_by_schema),
        "change the schema in one migration and fill the rows in the next", table,
        account_.touched_by_schema + " " + table);
  }

  // Columns that the file leaves required, and that the release still running does not fill.
  void report_not_null() {
    for (const auto& [key, before] : account_.touched) {
      const Table* after = schema_.find(key);
      if (after == nullptr || is_new_(after->origin)) continue;
      for (const TableColumn& column : after->columns) {
        if (column.nullable || column.has_default()) continue;
        const TableColumn* old = schema_.column(before, column.name);
        if (old != nullptr && !old->nullable && !old->has_default()) continue;
        const auto changed = account_.last_change.find({key, column.name});
        if (changed == account_.last_change.end()) continue;
        const Operation& operation = *changed->second;
        const bool plain_add = operation.kind == Kind::add_column;
        if (plain_add || operation.kind == Kind::rename_column) continue;
        add(Hazard::not_null_without_default, place_in(*entry_.source, operation.span),
            fmt::format(
                "leaves `{}` of `{}` NOT NULL without a default of the database: the release "
                "still running writes rows without it and fails",
                column.name, key),
            sequence_.sequence.runner == readers::migrations::Runner::django
                ? "write null=True or db_default=...; default= is known to the new code only"
                : "keep a default of the database until every release writes the column",
            key, key + "." + column.name);
        // What has run has been survived.
        if (account_.is_released) findings_.back().severity = finding::Severity::note;
      }
    }
  }

  void report_remarks() {
    for (const Remark& remark : entry_.migration.remarks) {
      if (remark.kind == RemarkKind::left_column) {
        report_left_column(remark);
        continue;
      }
      add(hazard_of(remark.kind), place_in(*entry_.source, remark.span), remark.text, remark.fix,
          {}, remark.text);
    }
  }

  // A required column that the models no longer fill.
  void report_left_column(const Remark& remark) {
    const Table* table = schema_.find(std::string_view(remark.table));
    const TableColumn* column = table == nullptr ? nullptr : schema_.column(*table, remark.column);
    if (column == nullptr || column->nullable || column->has_default() || is_new_(table->origin))
      return;
    add(Hazard::not_null_without_default, place_in(*entry_.source, remark.span),
        fmt::format("takes `{}` of `{}` out of the models and leaves it NOT NULL without a default "
                    "of the database: the new release writes rows without it and fails",
                    column->name, table->name),
        "give it null=True or db_default=... by AlterField in a migration before", table->name,
        table->name + "." + column->name);
    if (account_.is_released) findings_.back().severity = finding::Severity::note;
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
      case RemarkKind::left_column:
        return Hazard::not_null_without_default;
    }
    return Hazard::opaque;
  }

  const MigrationSequence& sequence_;
  const MigrationEntry& entry_;
  const FileAccount& account_;
  const Schema& schema_;
  const std::function<bool(Origin)>& is_new_;
  std::vector<HazardFinding>& findings_;
};

}  // namespace

void find_file_hazards(const MigrationSequence& sequence, const MigrationEntry& entry,
                       const FileAccount& account, const Schema& after,
                       const std::function<bool(Origin)>& is_new,
                       std::vector<HazardFinding>& findings) {
  FileJudge(sequence, entry, account, after, is_new, findings).run();
}

}  // namespace gate::checks
