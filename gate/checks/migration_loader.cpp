#include "gate/checks/migration_loader.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "gate/base/text.h"
#include "gate/checks/migration_changes.h"
#include "gate/checks/migration_database.h"
#include "gate/checks/migration_django.h"
#include "gate/checks/project_files.h"
#include "gate/readers/formats/php/php.h"
#include "gate/readers/formats/sql/read.h"
#include "gate/readers/migrations/django.h"
#include "gate/readers/migrations/laravel.h"
#include "gate/readers/migrations/replay.h"
#include "gate/readers/migrations/rollback.h"
#include "gate/readers/migrations/sql_file.h"

namespace gate::checks {
namespace {

using readers::migrations::Database;
using readers::migrations::Engine;
using readers::migrations::Journal;
using readers::migrations::MigrationFile;
using readers::migrations::Origin;
using readers::migrations::Runner;
using readers::migrations::Schema;
using readers::migrations::Sequence;

constexpr std::uint64_t kMostBytes = std::uint64_t{64} << 20;  // of one migration or dump

class Loader {
 public:
  Loader(const repo::Snapshot& files, const repo::Snapshot* base, const repo::Snapshot* target,
         const MigrationSettings& settings, MigrationHistory::Ways ways)
      : files_(files), base_(base), settings_(settings), ways_(ways), reader_(files.reader()) {
    if (base_ == nullptr) return;
    base_reader_ = base_->reader();
    merged_.emplace(*base_, target);
  }

  LoadedMigrations load() {
    std::vector<std::string_view> paths;
    for (const repo::File& file : files_.files()) {
      if (file.is_plain()) paths.push_back(file.path);
    }
    const readers::migrations::ReadFile read = [this](std::string_view path) { return text(path); };
    LoadedMigrations loaded;
    for (Sequence& sequence : readers::migrations::find_sequences(paths, read)) {
      MigrationSequence entry;
      entry.sequence = std::move(sequence);
      read_files(entry);
      choose_database(entry, read);
      read_dumps(entry);
      read_migrations(entry);
      if (merged_)
        merged_->compare(entry, [this](const std::string& name) { return is_dumped(name); });
      loaded.sequences.push_back(std::move(entry));
    }
    if (merged_) loaded.vanished = merged_->vanished(files_);
    return loaded;
  }

 private:
  std::optional<std::string> text(std::string_view path) {
    const repo::File* file = files_.find(path);
    if (file == nullptr || file->kind == repo::FileKind::symlink ||
        file->kind == repo::FileKind::submodule)
      return std::nullopt;
    const Result<std::string_view> bytes = repo::read_all(*reader_, *file, buffer_, kMostBytes);
    if (!bytes) return std::nullopt;
    return std::string(*bytes);
  }

  std::shared_ptr<const base::Source> source(const std::string& path, std::string& problem) {
    const repo::File* file = files_.find(path);
    const Result<std::string_view> bytes = repo::read_all(*reader_, *file, buffer_, kMostBytes);
    if (!bytes) {
      problem = bytes.error().message;
      return nullptr;
    }
    return std::make_shared<const base::Source>(path, std::string(*bytes));
  }

  // Returns whether the change brings the file in, or changes it.
  bool is_in_change(const std::string& path, const base::Source* now) {
    if (base_ == nullptr) return true;
    const repo::File* before = base_->find(path);
    if (before == nullptr || now == nullptr) return true;
    const Result<std::string_view> bytes =
        repo::read_all(*base_reader_, *before, buffer_, kMostBytes);
    return !bytes || *bytes != now->text();
  }

  void read_files(MigrationSequence& entry) {
    for (const MigrationFile& file : entry.sequence.files) {
      MigrationEntry migration;
      migration.file = file;
      migration.source = source(file.path, migration.problem);
      if (!file.down_path.empty()) {
        std::string ignored;
        migration.down_source = source(file.down_path, ignored);
      }
      migration.in_change = is_in_change(file.path, migration.source.get());
      migration.is_new = base_ == nullptr || base_->find(file.path) == nullptr;
      if (migration.source && entry.sequence.runner == Runner::plain)
        entry.sequence.runner =
            readers::migrations::runner_of_marks(migration.source->text(), Runner::plain);
      entry.entries.push_back(std::move(migration));
    }
    entry.sequence.files.clear();
  }

  void choose_database(MigrationSequence& entry, const readers::migrations::ReadFile& read) {
    const Sequence& sequence = entry.sequence;
    const auto wanted = readers::migrations::parse_database(settings_.database);
    if (wanted && (!sequence.engine || *sequence.engine == wanted->engine ||
                   (wanted->is_mysql() && Database{*sequence.engine, 0, 0}.is_mysql()))) {
      entry.database = *wanted;
      entry.database_because = "the policy";
    } else if (auto found = find_database(sequence, files_, settings_.environment, read)) {
      entry.database = found->database;
      entry.database_because = std::move(found->because);
    } else {
      entry.database.engine = guess_engine(entry);
    }
    entry.database = readers::migrations::with_assumed_version(entry.database);
    entry.wraps = settings_.transaction.empty() ? entry.traits().wraps && can_wrap(entry.database)
                                                : settings_.transaction == "file";
  }

  // MySQL ends a transaction with every statement that changes the schema.
  static bool can_wrap(const Database& database) { return !database.is_mysql(); }

  static Engine guess_engine(MigrationSequence& entry) {
    if (entry.sequence.runner == Runner::laravel) return Engine::mysql;
    if (!entry.traits().is_sql) return Engine::postgres;
    std::string all;
    constexpr std::size_t kEnough = 1 << 20;
    for (const MigrationEntry& migration : entry.entries) {
      if (migration.source && all.size() < kEnough) all += migration.source->text();
    }
    const std::optional<Engine> engine = engine_of_words(all);
    if (engine) entry.database_because = "the words of its SQL";
    return engine.value_or(Engine::postgres);
  }

  void read_migrations(MigrationSequence& entry) {
    if (entry.sequence.runner == Runner::laravel) {
      read_laravel(entry);
    } else if (entry.sequence.runner == Runner::django) {
      read_django(entry);
    } else if (entry.traits().is_sql) {
      read_sql(entry);
    } else {
      for (MigrationEntry& migration : entry.entries)
        migration.problem =
            fmt::format("migrations of {} are known by name and order only", entry.traits().name);
    }
    for (MigrationEntry& migration : entry.entries) {
      if (migration.problem.empty()) migration.problem = migration.migration.unreadable;
    }
  }

  [[nodiscard]] bool wants_way_back() const { return ways_ == MigrationHistory::Ways::both; }

  void read_sql(MigrationSequence& sequence) const {
    auto schema = std::make_shared<Schema>(first_schema(sequence));
    Origin origin = 0;
    for (MigrationEntry& entry : sequence.entries) {
      const Origin own = origin++;
      if (!entry.source) continue;
      const std::string_view down =
          entry.down_source ? entry.down_source->text() : std::string_view();
      entry.migration = readers::migrations::read_sql_migration(
          entry.source->text(), entry.down_source ? &down : nullptr, sequence.sequence.runner,
          sequence.database.dialect());
      if (!wants_way_back()) {
        readers::migrations::apply(*schema, entry.migration.up, own);
        continue;
      }
      schema->begin_journal();
      readers::migrations::apply(*schema, entry.migration.up, own);
      const Journal up = schema->take_journal();
      entry.migration.rollback =
          readers::migrations::judge_rollback(*schema, up, entry.migration, own);
    }
    sequence.last = std::move(schema);
  }

  void read_laravel(MigrationSequence& sequence) {
    const FolderFiles files(files_, sequence.sequence.root);
    const EnvironmentView environment(settings_.environment);
    readers::migrations::laravel::Project project(files, environment);
    auto schema = std::make_shared<Schema>(first_schema(sequence));
    Origin origin = 0;
    for (MigrationEntry& entry : sequence.entries) {
      const Origin own = origin++;
      if (!entry.source) continue;
      const auto tree = readers::php::parse(entry.source);
      if (is_dumped(entry.file.name)) {
        entry.migration.meaning = readers::migrations::laravel_meaning(*tree);
        continue;
      }
      if (!wants_way_back()) {
        entry.migration = readers::migrations::read_laravel_migration(*tree, *schema, own, project);
        continue;
      }
      schema->begin_journal();
      entry.migration = readers::migrations::read_laravel_migration(*tree, *schema, own, project);
      const Journal up = schema->take_journal();
      readers::migrations::read_laravel_down(*tree, *schema, up, own, project, entry.migration);
    }
    sequence.last = std::move(schema);
  }

  void read_django(MigrationSequence& sequence) {
    MigrationDjango project(files_, sequence.sequence.root, settings_.environment);
    readers::migrations::DjangoReader reader(
        sequence.database, [&](std::string_view name) { return project.setting(name); },
        project.release());
    std::vector<readers::migrations::GraphNode> nodes;
    for (MigrationEntry& entry : sequence.entries) {
      if (entry.source) entry.migration = reader.read(entry.source, entry.file.app);
    }
    // A file without a migration in a folder of that name is something else.
    std::erase_if(sequence.entries, [](const MigrationEntry& entry) {
      return entry.migration.unreadable == readers::migrations::kNoMigration;
    });
    for (const MigrationEntry& entry : sequence.entries) {
      const bool readable = entry.source && entry.migration.unreadable.empty();
      nodes.push_back(
          {entry.file.app, entry.file.name, readable ? &entry.migration.links : nullptr});
    }
    const readers::migrations::MigrationGraph graph =
        readers::migrations::order_migrations(nodes, project.names_other_packages());
    keep_mistakes(graph, sequence);
    std::vector<MigrationEntry> ordered;
    for (const std::size_t index : graph.order) {
      MigrationEntry& entry = sequence.entries[index];
      reader.run(entry.migration, entry.file.path, entry.file.app,
                 readers::migrations::assigned_text(
                     text(entry.file.app_folder + "/apps.py").value_or(""), "default_auto_field"));
      ordered.push_back(std::move(entry));
    }
    for (const std::size_t index : graph.replaced) {
      sequence.entries[index].replaced = true;
      ordered.push_back(std::move(sequence.entries[index]));
    }
    sequence.entries = std::move(ordered);
  }

  static void keep_mistakes(const readers::migrations::MigrationGraph& graph,
                            MigrationSequence& sequence) {
    for (const readers::migrations::GraphProblem& problem : graph.problems) {
      const MigrationEntry& entry = sequence.entries[problem.node];
      GraphMistake mistake;
      mistake.kind = problem.kind;
      mistake.app = entry.file.app;
      mistake.name = entry.file.name;
      mistake.missing = problem.missing;
      const base::Span span = problem.span.empty() ? entry.migration.links.place : problem.span;
      mistake.place = place_in(*entry.source, span);
      for (const std::size_t other : problem.others)
        mistake.others.push_back(sequence.entries[other].file.app + "." +
                                 sequence.entries[other].file.name);
      sequence.graph.push_back(std::move(mistake));
    }
  }

  // Laravel keeps in a dump which migrations it stands for.
  [[nodiscard]] bool is_dumped(const std::string& name) const {
    return dumps_.find("'" + name + "'") != std::string::npos ||
           dumps_.find("\t" + name + "\t") != std::string::npos;
  }

  void read_dumps(MigrationSequence& entry) {
    dumps_.clear();
    for (const std::string& path : entry.sequence.dumps) {
      const auto dump = text(path);
      if (!dump) continue;
      dumps_ += *dump;
      readers::sql::Script script = readers::sql::read_script(*dump, entry.database.dialect());
      std::move(script.statements.begin(), script.statements.end(),
                std::back_inserter(entry.dumped));
    }
  }

  const repo::Snapshot& files_;
  const repo::Snapshot* base_;
  const MigrationSettings& settings_;
  MigrationHistory::Ways ways_;
  std::unique_ptr<repo::FileReader> reader_;
  std::unique_ptr<repo::FileReader> base_reader_;
  std::optional<MergedMigrations> merged_;  // where a change is judged
  std::string buffer_;
  std::string dumps_;  // texts of the sequence's schema dumps
};

}  // namespace

LoadedMigrations load_migrations(const repo::Snapshot& files, const repo::Snapshot* base,
                                 const repo::Snapshot* target, const MigrationSettings& settings,
                                 MigrationHistory::Ways ways) {
  return Loader(files, base, target, settings, ways).load();
}

}  // namespace gate::checks
