// Indexes, partitions, views and what else PostgreSQL builds under a lock unless told otherwise.
#include <fmt/format.h>

#include "gate/checks/migrations/advice.h"
#include "gate/checks/migrations/step.h"

namespace gate::checks {
namespace {

using Kind = readers::sql::OperationKind;
using readers::migrations::Table;
using readers::migrations::TableIndex;

std::string advise_index(const Step& step, const readers::sql::Index& index) {
  const std::string fix = advise_concurrent_index(step, false);
  const bool of_field = step.runner() == readers::migrations::Runner::django && !index.pattern &&
                        (step.statement.verb == "AddField" || step.statement.verb == "AlterField");
  return of_field ? "write db_index=False in the field; where the index is needed, " + fix : fix;
}

void find_created(const Step& step) {
  const auto& operation = step.operation;
  const bool view = step.before.views().contains(step.table_name());
  if (operation.concurrently || step.is_new_table() || operation.indexes.empty() || view) return;
  const auto& index = operation.indexes.front();
  const std::string name = index.name.empty() ? step.table_name() : index.name;
  if (step.postgres()) {
    // What holds of the index or the constraint beside which it is made is said there.
    const auto severity = index.pattern ? finding::Severity::note : finding::Severity::error;
    step.sink.add(
        step, Hazard::create_index_blocking, severity, name,
        index.name.empty()
            ? std::string("creates an index on {}: nobody can write to the table until it "
                          "is built")
            : fmt::format("creates index {{}} on `{}`: nobody can write to the table until "
                          "it is built",
                          step.table_name()),
        advise_index(step, index));
  }
  if (index.unique) {
    step.sink.add(
        step, Hazard::create_unique_index, name,
        fmt::format("creates unique index {{}} on `{}`: it fails on values that are there "
                    "twice, and the release still running may write some",
                    step.table_name()),
        "look for values that are there twice first");
  }
}

void find_dropped(const Step& step) {
  const auto& operation = step.operation;
  if (operation.concurrently || !step.postgres()) return;
  const Table* table =
      operation.name.empty() ? step.before.table_of_index(operation.other.name) : step.table();
  if (table != nullptr) {
    const TableIndex* index = step.before.index(*table, operation.other.name);
    if (step.is_new(table->origin) || (index != nullptr && step.is_new(index->origin))) return;
  }
  step.sink.add(
      step, Hazard::drop_index_blocking, operation.other.name,
      "drops index {}: it waits for every query of the table, and nobody can read or write "
      "meanwhile",
      advise_concurrent_index(step, true));
}

// Django drops what indexes of a column there are by looking them up, no name being known to it.
void find_index_of_column_dropped(const Step& step) {
  const Table* table = step.table();
  if (!step.postgres() || table == nullptr || step.is_new(table->origin)) return;
  const std::string& column = step.operation.words.front();
  for (const TableIndex& index : table->indexes) {
    const bool of_column = !index.unique && !step.is_new(index.origin) &&
                           index.leading_columns() == std::vector<std::string>{column};
    if (!of_column) continue;
    step.sink.add(step, Hazard::drop_index_blocking, column,
                  fmt::format("drops the index of {{}} of `{}`: it waits for every query of the "
                              "table, and nobody can read or write meanwhile",
                              step.table_name()),
                  advise_concurrent_index(step, true));
    return;
  }
}

void find_rebuilt(const Step& step) {
  const auto& operation = step.operation;
  switch (operation.kind) {
    case Kind::reindex:
      // System catalogues cannot be rebuilt any other way.
      if (operation.concurrently || operation.column == "system") return;
      step.sink.add(step, Hazard::reindex_blocking, operation.name.name,
                    fmt::format("rebuilds {} {{}}: nobody can write to the table, nor read through "
                                "the index, until it is done",
                                operation.column),
                    "write REINDEX ... CONCURRENTLY, outside of a transaction");
      break;
    case Kind::refresh_view:
      if (operation.concurrently || operation.with_no_data) return;
      step.sink.add(step, Hazard::refresh_view_blocking, operation.name.name,
                    "refreshes materialized view {}: nobody can read it until it is done",
                    "give it a unique index and write REFRESH MATERIALIZED VIEW CONCURRENTLY");
      break;
    case Kind::vacuum_full:
    case Kind::cluster: {
      const std::string what = operation.kind == Kind::cluster ? "CLUSTER" : "VACUUM FULL";
      const std::string name = operation.name.empty() ? "every table" : operation.name.name;
      step.sink.add(
          step, Hazard::vacuum_full, name,
          fmt::format("{} of {{}}: it is written anew while nobody can read or write it", what),
          "use pg_repack or pg_squeeze, which work while the table is used");
      if (step.database().at_least(19)) {
        step.sink.add(step, Hazard::prefer_repack, name,
                      fmt::format("{} of {{}} where REPACK CONCURRENTLY would not lock it", what),
                      "write REPACK (CONCURRENTLY)");
      }
      break;
    }
    case Kind::detach_partition:
      if (operation.concurrently || operation.flag) return;
      step.sink.add(
          step, Hazard::detach_partition_blocking, operation.other.name,
          fmt::format("detaches partition {{}} of `{}`: nobody can read or write the whole "
                      "table meanwhile",
                      step.table_name()),
          "write DETACH PARTITION ... CONCURRENTLY, outside of a transaction");
      break;
    default:
      break;
  }
}

}  // namespace

void find_index_hazards(const Step& step) {
  if (step.operation.kind == Kind::add_index) {
    find_created(step);
  } else if (step.operation.kind == Kind::drop_constraint && !step.operation.words.empty() &&
             !step.operation.flag) {
    find_index_of_column_dropped(step);
  } else if (step.operation.kind == Kind::drop_index) {
    find_dropped(step);
  } else if (step.postgres()) {
    find_rebuilt(step);
  }
}

}  // namespace gate::checks
