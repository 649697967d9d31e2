// What is wrong with the schema that migrations add up to.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/migrations/parts.h"

namespace gate::checks {
namespace {

using readers::migrations::ForeignKey;
using readers::migrations::kBefore;
using readers::migrations::Origin;
using readers::migrations::Schema;
using readers::migrations::Table;
using readers::migrations::TableIndex;

class OutcomeJudge {
 public:
  OutcomeJudge(const MigrationSequence& sequence, const Schema& schema, bool change_known,
               const NamedPlaces& places, std::vector<HazardFinding>& findings)
      : sequence_(sequence),
        schema_(schema),
        change_known_(change_known),
        places_(places),
        findings_(findings) {}

  void run() {
    for (const auto& [key, table] : schema_.tables())
      judge_keys(key, table);
    for (const auto& [key, table] : schema_.tables())
      judge_indexes(key, table);
  }

 private:
  [[nodiscard]] bool is_in_change(Origin origin) const {
    return origin != kBefore && sequence_.entries[origin].in_change;
  }

  // On a table that the change brings nothing is slow or stuck yet: there it is a remark.
  [[nodiscard]] finding::Severity severity_on(const Table& table) const {
    return change_known_ && is_in_change(table.origin) ? finding::Severity::note
                                                       : finding::Severity::error;
  }

  [[nodiscard]] finding::Place place_of(const std::string& table, const std::string& name) const {
    const auto found = places_.find({table, name});
    return found == places_.end() ? finding::Place{} : found->second;
  }

  void judge_keys(const std::string& key, const Table& table) {
    for (const ForeignKey& foreign : table.foreign_keys) {
      if (!is_in_change(foreign.origin) || sequence_.database.is_mysql() ||
          schema_.index_over(table, foreign.columns, true) != nullptr || !table.complete)
        continue;
      findings_.push_back(
          {Hazard::fk_without_index, place_of(key, foreign.name),
           fmt::format("foreign key ({}) of `{}` has no index: every delete in `{}` reads the "
                       "whole table",
                       fmt::join(foreign.columns, ", "), key, foreign.table),
           "create an index whose first columns are those of the key", key,
           key + "." + foreign.name, severity_on(table)});
    }
    if (!is_in_change(table.origin) || !table.complete) return;
    const bool keyed = std::any_of(table.indexes.begin(), table.indexes.end(),
                                   [](const TableIndex& index) { return index.primary; });
    if (keyed || table.temporary || !table.partition_of.empty() || table.columns.empty()) return;
    findings_.push_back(
        {Hazard::no_primary_key, place_of(key, {}),
         fmt::format("table `{}` has no primary key: rows cannot be told apart, and logical "
                     "replication refuses to update them",
                     key),
         "give it a primary key", key, key, severity_on(table)});
  }

  void judge_indexes(const std::string& key, const Table& table) {
    for (const TableIndex& index : table.indexes) {
      if (!is_in_change(index.origin) || index.unique || index.partial || index.fulltext ||
          index.for_key || index.pattern)
        continue;
      const std::vector<std::string> columns = index.leading_columns();
      if (columns.size() != index.parts.size() || columns.empty()) continue;
      for (const TableIndex& other : table.indexes) {
        if (&other == &index || other.partial || other.pattern || other.method != index.method)
          continue;
        std::vector<std::string> leading = other.leading_columns();
        if (leading.size() < columns.size()) continue;
        const bool same_length = leading.size() == columns.size();
        leading.resize(columns.size());
        // Of two that are equal the later one is too many.
        if (!schema_.same(leading, columns) ||
            (same_length && !other.unique && other.name > index.name))
          continue;
        findings_.push_back(
            {Hazard::redundant_index, place_of(key, index.name),
             fmt::format("index `{}` of `{}` finds nothing that `{}` does not find: it costs every "
                         "write",
                         index.name, key, other.name),
             "drop it", key, key + "." + index.name, severity_on(table)});
        break;
      }
    }
  }

  const MigrationSequence& sequence_;
  const Schema& schema_;
  bool change_known_;
  const NamedPlaces& places_;
  std::vector<HazardFinding>& findings_;
};

}  // namespace

void find_schema_hazards(const MigrationSequence& sequence, const Schema& schema, bool change_known,
                         const NamedPlaces& places, std::vector<HazardFinding>& findings) {
  OutcomeJudge(sequence, schema, change_known, places, findings).run();
}

}  // namespace gate::checks
