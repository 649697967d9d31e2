// Where the migrations of a repository lie, and in which order they run.
//
// Knows the conventions of the runners; knows paths, and reads no file but through the caller.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/migrations/database.h"

namespace gate::readers::migrations {

enum class Runner : std::uint8_t {
  laravel,
  django,
  rails,
  alembic,
  doctrine,
  phinx,
  node,  // Knex, TypeORM, Sequelize: a script each
  golang_migrate,
  flyway,
  goose,
  dbmate,
  diesel,
  sqlx,
  supabase,
  prisma,
  drizzle,
  plain,  // numbered files of SQL that nothing tells more about
};

// What a runner does with a file that comes before the newest that ran.
enum class Late : std::uint8_t { runs, skipped, refused };

// What a runner does with its files.
struct RunnerTraits {
  std::string_view name;    // for people
  bool hashes = false;      // keeps a checksum of every file that ran, and refuses an edited one
  bool wraps = false;       // runs a file in a transaction, where the database can
  bool goes_back = true;    // can take a migration back
  bool needs_down = false;  // by a file or a section that people write
  bool is_sql = false;
  Late late = Late::runs;
};
[[nodiscard]] const RunnerTraits& traits(Runner runner);

struct MigrationFile {
  std::string path;
  std::string down_path;   // of the file that takes it back; empty where there is none
  std::string version;     // "0042", "2024_01_31_120000", "1.2"; empty where it has none
  std::string name;        // as the runner remembers it
  std::string order;       // files run by the bytes of this
  std::string app;         // of Django: its label
  std::string app_folder;  // of Django: where apps.py lies
};

// Files that run one after the other on one database.
struct Sequence {
  Runner runner = Runner::plain;
  std::string root;    // folder of the project: "services/api/" or ""
  std::string folder;  // that holds the files, for people: "db/migrations"
  std::vector<MigrationFile> files;
  std::vector<std::string> dumps;  // schema dumps of Laravel that stand for earlier migrations
  std::optional<Engine> engine;    // where names of files or folders tell
};

// Returns the text of a file of the repository, or nothing.
using ReadFile = std::function<std::optional<std::string>(std::string_view path)>;

// Returns the text that a line `word = "..."` of a Python file assigns; empty where none does.
[[nodiscard]] std::string assigned_text(std::string_view python, std::string_view word);

// Finds the sequences, ordered by folder. `paths` is sorted. Folders of other people's code
// (vendor, node_modules, virtual environments) are left out.
[[nodiscard]] std::vector<Sequence> find_sequences(std::span<const std::string_view> paths,
                                                   const ReadFile& read);

}  // namespace gate::readers::migrations
