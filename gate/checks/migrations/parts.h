// The detectors that look at a file, a folder or the schema that comes out; step.h has those that
// look at one operation.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gate/checks/migration_history.h"
#include "gate/checks/migrations/hazard.h"
#include "gate/readers/migrations/schema.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

// Where a table (an empty second name), a key or an index of one is written: table, name.
using NamedPlaces = std::map<std::pair<std::string, std::string>, finding::Place>;

// Something that a change takes away from under the code that is running.
struct Loss {
  finding::Place place;
  std::string table;   // as the database names it
  std::string column;  // empty: the whole table
  std::string model;   // of Django: "Order"; empty where the framework does not tell
  bool renamed = false;
};

// What is missing in the way back of a migration, or wrong with it: reverse.cpp.
void find_reverse_hazards(const MigrationSequence& sequence, const MigrationEntry& entry,
                          std::vector<HazardFinding>& findings);
// What is wrong with the files of a sequence as a whole: folder.cpp.
// `change_known`: a change is judged, and not all there is.
void find_folder_hazards(const MigrationSequence& sequence, bool change_known,
                         std::vector<HazardFinding>& findings);
// What is wrong with the schema that comes out, as far as the change brought it: outcome.cpp.
void find_schema_hazards(const MigrationSequence& sequence,
                         const readers::migrations::Schema& schema, bool change_known,
                         const NamedPlaces& places, std::vector<HazardFinding>& findings);
// Names that are taken away and that the code at `base` uses: uses.cpp. `files`: what is judged.
void find_uses(const std::vector<Loss>& losses, const repo::Snapshot& base,
               const repo::Snapshot& files, std::vector<HazardFinding>& findings);

}  // namespace gate::checks
