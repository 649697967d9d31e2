// The way back of a migration: missing, empty, or not undoing the way up.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/checks/migrations/parts.h"

namespace gate::checks {
namespace {

using readers::migrations::Reverse;
using readers::sql::Operation;
using readers::sql::Statement;

// Rows are nothing that a rollback of the schema could leave behind.
bool changes_schema(const Operation& operation) {
  using Kind = readers::sql::OperationKind;
  switch (operation.kind) {
    case Kind::insert:
    case Kind::update:
    case Kind::remove:
    case Kind::merge:
    case Kind::select:
    case Kind::truncate:
    case Kind::set_variable:
    case Kind::lock_table:
    case Kind::begin:
    case Kind::commit:
    case Kind::rollback:
    case Kind::validate_constraint:
    case Kind::refresh_view:
    case Kind::reindex:
    case Kind::vacuum_full:
    case Kind::cluster:
    case Kind::other:
      return false;
    default:
      return true;
  }
}

std::string how_back(readers::migrations::Runner runner) {
  using readers::migrations::Runner;
  switch (runner) {
    case Runner::laravel:
      return "write down(), or throw an exception in it where there is no way back";
    case Runner::golang_migrate:
      return "write the .down.sql file; where there is no way back, let it fail: DO $$ BEGIN "
             "RAISE EXCEPTION 'no way back'; END $$";
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

void find_missing(const MigrationSequence& sequence, const MigrationEntry& entry,
                  std::vector<HazardFinding>& findings) {
  const bool changes = std::any_of(entry.migration.up.begin(), entry.migration.up.end(),
                                   [](const Statement& statement) {
                                     return std::any_of(statement.operations.begin(),
                                                        statement.operations.end(), changes_schema);
                                   });
  if (!changes) return;
  HazardFinding found;
  found.fix = how_back(sequence.sequence.runner);
  found.identity = entry.file.name;
  found.place.path = entry.file.path;
  if (entry.migration.reverse == Reverse::absent) {
    found.hazard = Hazard::irreversible;
    found.message =
        "changes the schema and has no way back: a rollback of the release leaves the new schema";
  } else if (entry.migration.reverse == Reverse::empty) {
    found.hazard = Hazard::down_empty;
    found.message =
        "the way back does nothing: a rollback is reported as done and leaves the new schema";
    if (entry.down_source) {
      found.place.path = entry.file.down_path;
    } else {
      found.place = place_in(*entry.source, entry.migration.reverse_place);
    }
  } else {
    return;
  }
  findings.push_back(std::move(found));
}

void find_false(const MigrationEntry& entry, std::vector<HazardFinding>& findings) {
  using Outcome = readers::migrations::RollbackVerdict::Kind;
  const readers::migrations::RollbackVerdict& rollback = entry.migration.rollback;
  if (rollback.kind == Outcome::restores) return;
  const base::Source& source = entry.down_source ? *entry.down_source : *entry.source;
  const bool fails = rollback.kind == Outcome::fails;
  HazardFinding found;
  found.hazard = Hazard::down_differs;
  found.place = place_in(
      source, fails && !rollback.place.empty() ? rollback.place : entry.migration.reverse_place);
  if (entry.down_source && rollback.place.empty()) found.place = {source.name(), 0, 0, 0, 0};
  found.message =
      (fails ? "the way back fails: " : "the way back leaves another schema: ") + rollback.text;
  found.fix = "undo everything that the way up does, in the opposite order";
  found.identity = rollback.text;
  findings.push_back(std::move(found));
}

}  // namespace

void find_reverse_hazards(const MigrationSequence& sequence, const MigrationEntry& entry,
                          std::vector<HazardFinding>& findings) {
  find_missing(sequence, entry, findings);
  find_false(entry, findings);
}

}  // namespace gate::checks
