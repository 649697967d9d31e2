// What a change does to the migrations that are merged: edits, renames, deletions, and which files
// come in before those that have run. For migration_loader.cpp.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gate/checks/migration_history.h"
#include "gate/readers/migrations/folders.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

// The migrations of the commit that a change started from. Not thread-safe.
class MergedMigrations {
 public:
  // `target`: what the change is to be merged into; null: the base itself. Both outlive it.
  MergedMigrations(const repo::Snapshot& base, const repo::Snapshot* target);

  // Fills `merged` and `latest` of a sequence that is read. `is_dumped` tells of a name whether a
  // schema dump stands for the migration.
  void compare(MigrationSequence& sequence,
               const std::function<bool(const std::string&)>& is_dumped);

  // Returns the sequences of the base none of which compare() has seen, and whose project is still
  // there: every migration of them is deleted.
  [[nodiscard]] std::vector<MigrationSequence> vanished(const repo::Snapshot& files) const;

 private:
  using Sequence = readers::migrations::Sequence;
  using MigrationFile = readers::migrations::MigrationFile;

  [[nodiscard]] std::shared_ptr<const base::Source> text(const std::string& path,
                                                         std::string& problem);
  void compare_file(const MigrationSequence& sequence, const MigrationFile& old,
                    const MigrationEntry& entry, std::vector<MergedChange>& changes);
  void find_gone(const MigrationSequence& sequence, const std::vector<const MigrationFile*>& gone,
                 const std::function<bool(const std::string&)>& is_dumped,
                 std::vector<MergedChange>& changes);
  [[nodiscard]] std::set<std::string> replaced_names(const MigrationSequence& sequence,
                                                     const Sequence& before);

  const repo::Snapshot& base_;
  std::unique_ptr<repo::FileReader> reader_;
  std::string buffer_;
  std::map<std::string, Sequence> before_;  // of the base, by key
  std::map<std::string, Sequence> target_;
  std::set<std::string> seen_;  // keys
};

}  // namespace gate::checks
