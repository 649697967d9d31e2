// FileAccount: what one file has done so far, kept while it is replayed; and the detectors that
// look at a file as a whole, when it has ended.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gate/checks/migration_history.h"
#include "gate/checks/migrations/hazard.h"
#include "gate/checks/migrations/step.h"
#include "gate/readers/migrations/schema.h"

namespace gate::checks {

struct FileAccount {
  FileProgress progress;
  std::map<std::string, readers::migrations::Table> touched;  // as they were before the file
  // By table and column: the last operation that names it.
  std::map<std::pair<std::string, std::string>, const readers::sql::Operation*> last_change;
  std::map<std::string, const readers::sql::Statement*> second_alter;  // by table
  std::string touched_by_schema;  // the first table that the file alters; empty: none
  // Others follow, and no base tells which of them have run: this one most likely has.
  bool is_released = false;
};

// `after`: the schema when the file has run. `is_new`: whether the change that is judged brought
// the thing of an origin.
void find_file_hazards(const MigrationSequence& sequence, const MigrationEntry& entry,
                       const FileAccount& account, const readers::migrations::Schema& after,
                       const std::function<bool(readers::migrations::Origin)>& is_new,
                       std::vector<HazardFinding>& findings);

}  // namespace gate::checks
