// Judges a replayed schema by one rule of kind `schema`.
#pragma once

#include <string>
#include <vector>

#include "gate/base/glob.h"
#include "gate/checks/migration_history.h"
#include "gate/checks/tally.h"

namespace gate::checks {

// Columns that one index or key has to have, and for a foreign key where it points to.
struct WantedKey {
  std::vector<std::string> columns;
  std::string table;  // of a foreign key; empty: any
  std::string text;   // as written
};

struct SchemaRule {
  std::vector<std::string> tables;  // names and globs
  base::GlobSet table_globs;        // the same
  bool every_table = false;
  base::GlobSet except;
  std::vector<std::string> columns;
  std::vector<std::string> forbidden_columns;
  std::vector<std::string> not_null;
  std::vector<std::string> nullable;
  std::vector<WantedKey> indexes;
  std::vector<WantedKey> uniques;
  std::vector<WantedKey> foreign_keys;
  bool primary_key = false;
  bool index_foreign_keys = false;
  base::GlobSet indexed_columns;
  base::GlobSet unique_columns;
  MigrationSettings settings;

  // Returns whether something is asked of tables that the rule does not name.
  [[nodiscard]] bool asks_all() const { return every_table || tables.empty(); }
};

// Judges one sequence; what is found and what is not known goes to `tally`.
void judge(const SchemaRule& rule, const MigrationSequence& sequence, const Replayed& replayed,
           Tally& tally);

}  // namespace gate::checks
