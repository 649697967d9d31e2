// The migrations of a snapshot, read once for all rules: sequences, files, what each does.
//
// Knows which reader takes which file; judges nothing.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"
#include "gate/checks/environment.h"
#include "gate/finding/finding.h"
#include "gate/policy/table_reader.h"
#include "gate/readers/migrations/folders.h"
#include "gate/readers/migrations/graph.h"
#include "gate/readers/migrations/migration.h"
#include "gate/readers/migrations/schema.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

// What a policy says of the database; empty texts: what the repository tells.
struct MigrationSettings {
  std::string database;                      // "postgres-15"
  std::string transaction;                   // "file" or "none"
  const Environment* environment = nullptr;  // where migrations run; null: none is declared

  // Returns a text that is different for different settings.
  [[nodiscard]] std::string key() const {
    return database + '\n' + transaction + '\n' +
           (environment == nullptr ? std::string() : "in " + environment->name);
  }
  // Returns the settings for this environment, which outlives them.
  [[nodiscard]] MigrationSettings in(const Environment* where) const {
    MigrationSettings settings = *this;
    settings.environment = where;
    return settings;
  }
};

// Reads `database` and `transaction` of a rule, or the vars of these names; mistakes are reported.
[[nodiscard]] MigrationSettings read_migration_settings(policy::TableReader& table);

// One migration and its text.
struct MigrationEntry {
  readers::migrations::MigrationFile file;
  std::shared_ptr<const base::Source> source;       // null: its bytes cannot be had
  std::shared_ptr<const base::Source> down_source;  // of its down file; null where there is none
  readers::migrations::Migration migration;
  std::string problem;    // not empty: why it cannot be read
  bool in_change = true;  // what is judged brings it in, or changes it
  bool is_new = true;     // what is judged brings it in; true also where no change is judged
  bool replaced = false;  // a squashed migration stands for it: it does not run
};

// What is wrong with the graph of a Django project.
struct GraphMistake {
  readers::migrations::GraphProblem::Kind kind = readers::migrations::GraphProblem::Kind::leaves;
  finding::Place place;
  std::string app;
  std::string name;
  std::vector<std::string> others;  // names of the other leaves, or of the rest of the cycle
  readers::migrations::Link missing;
};

// What a change does to a migration that its base has.
struct MergedChange {
  enum class Kind : std::uint8_t {
    edited,         // it does something else, or its checksum is another one
    edited_beside,  // what stands beside its operations is another
    renamed,
    deleted,
    undecided,  // it is another text, and what that does cannot be read
  };
  Kind kind = Kind::edited;
  finding::Place place;
  std::string name;  // of the merged migration
  std::string path;  // of the merged migration, at the base
  // edited_beside: what is another; undecided: the reason; edited: why it may do the same.
  std::vector<std::string> why;
};

struct MigrationSequence {
  readers::migrations::Sequence sequence;
  readers::migrations::Database database;
  std::string database_because;         // where that is known from: "compose.yaml"
  bool wraps = false;                   // the runner runs each file in a transaction
  std::vector<MigrationEntry> entries;  // in the order they run
  // What was there before the first of them: a schema dump, replayed.
  std::vector<readers::sql::Statement> dumped;
  // What it adds up to, where reading it had to find that out; null elsewhere.
  std::shared_ptr<const readers::migrations::Schema> last;
  std::vector<GraphMistake> graph;  // of Django
  // Where a change is judged: what it does to merged migrations, ordered by place, and the merged
  // migration that runs last (none: the sequence is new).
  std::vector<MergedChange> merged;
  std::optional<readers::migrations::MigrationFile> latest;
  std::set<std::string> taken;  // versions of files that the target has and the change does not

  // Returns whether gate reads what the files of this runner do, not only their names.
  [[nodiscard]] bool is_read() const;
  [[nodiscard]] const readers::migrations::RunnerTraits& traits() const {
    return readers::migrations::traits(sequence.runner);
  }
};

// Something that replaying left unknown.
struct Unread {
  finding::Place place;
  std::string why;
};

class MigrationHistory {
 public:
  // What is read of a migration: its way there only, or its way back too.
  enum class Ways : std::uint8_t { there, both };

  // Reads every migration of `files`. `base`: what the judged change started from, null where no
  // change is judged but all there is; `target`: what it is to be merged into, null for the base.
  [[nodiscard]] static MigrationHistory read(const repo::Snapshot& files,
                                             const repo::Snapshot* base,
                                             const repo::Snapshot* target,
                                             const MigrationSettings& settings,
                                             Ways ways = Ways::both);

  [[nodiscard]] const std::vector<MigrationSequence>& sequences() const { return sequences_; }
  // Returns sequences of the base that are gone with all of their files; they hold nothing but
  // `merged`.
  [[nodiscard]] const std::vector<MigrationSequence>& vanished() const { return vanished_; }
  // Returns whether all there is is judged: every file is then a change of its own.
  [[nodiscard]] bool judges_all() const { return judges_all_; }

 private:
  std::vector<MigrationSequence> sequences_;
  std::vector<MigrationSequence> vanished_;
  bool judges_all_ = true;
};

// What a sequence adds up to.
struct Replayed {
  std::shared_ptr<const readers::migrations::Schema> schema;  // never null
  std::map<std::string, finding::Place> created;  // table, as the schema keeps it -> where
  std::vector<Unread> unread;                     // in the order they run
};
[[nodiscard]] Replayed replay(const MigrationSequence& sequence);

// Returns a schema as it is before the first migration of the sequence.
[[nodiscard]] readers::migrations::Schema first_schema(const MigrationSequence& sequence);

// Returns the place of a span in a file of a migration.
[[nodiscard]] finding::Place place_in(const base::Source& source, base::Span span);

}  // namespace gate::checks
