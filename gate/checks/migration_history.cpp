#include "gate/checks/migration_history.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "gate/checks/migration_loader.h"
#include "gate/readers/migrations/replay.h"

namespace gate::checks {

using readers::migrations::Origin;
using readers::migrations::Runner;
using readers::migrations::Schema;

bool MigrationSequence::is_read() const {
  return traits().is_sql || sequence.runner == Runner::laravel || sequence.runner == Runner::django;
}

MigrationSettings read_migration_settings(policy::TableReader& table) {
  MigrationSettings settings;
  const auto setting = [&](std::string_view key) {
    std::optional<std::string> text = table.optional_text(key);
    return text ? *text : table.variable(key).value_or(std::string());
  };
  settings.database = setting("database");
  if (!settings.database.empty() && !readers::migrations::parse_database(settings.database)) {
    table.complain("database",
                   fmt::format("`{}` is no database that gate knows", settings.database),
                   "write `postgres-15`, `mysql-8`, `mariadb-10.11` or `sqlite`");
  }
  settings.transaction = setting("transaction");
  if (!settings.transaction.empty() && settings.transaction != "file" &&
      settings.transaction != "none") {
    table.complain("transaction",
                   fmt::format("`{}` is neither `file` nor `none`", settings.transaction),
                   "write `file` where the runner wraps each file in a transaction, else `none`");
  }
  return settings;
}

MigrationHistory MigrationHistory::read(const repo::Snapshot& files, const repo::Snapshot* base,
                                        const repo::Snapshot* target,
                                        const MigrationSettings& settings, Ways ways) {
  MigrationHistory history;
  LoadedMigrations loaded = load_migrations(files, base, target, settings, ways);
  history.sequences_ = std::move(loaded.sequences);
  history.vanished_ = std::move(loaded.vanished);
  history.judges_all_ = base == nullptr;
  return history;
}

finding::Place place_in(const base::Source& source, base::Span span) {
  return finding::place_of(source.name(), source.lines(), span);
}

Schema first_schema(const MigrationSequence& sequence) {
  Schema schema(sequence.database);
  readers::migrations::apply(schema, sequence.dumped, readers::migrations::kBefore);
  return schema;
}

namespace {

std::shared_ptr<const Schema> last_schema(const MigrationSequence& sequence) {
  if (sequence.last) return sequence.last;
  auto schema = std::make_shared<Schema>(first_schema(sequence));
  for (Origin origin = 0; origin < sequence.entries.size(); ++origin) {
    const MigrationEntry& entry = sequence.entries[origin];
    if (!entry.replaced) readers::migrations::apply(*schema, entry.migration.up, origin);
  }
  return schema;
}

void note_created(const MigrationEntry& entry, const readers::sql::Operation& operation,
                  Replayed& replayed) {
  using Kind = readers::sql::OperationKind;
  if (operation.kind == Kind::create_table) {
    replayed.created.insert_or_assign(replayed.schema->key(operation.name),
                                      place_in(*entry.source, operation.span));
  } else if (operation.kind == Kind::rename_table) {
    auto moved = replayed.created.extract(replayed.schema->key(operation.name));
    if (moved.empty()) return;
    moved.key() = replayed.schema->key(operation.other);
    replayed.created.insert(std::move(moved));
  }
}

}  // namespace

Replayed replay(const MigrationSequence& sequence) {
  Replayed replayed{last_schema(sequence), {}, {}};
  for (const MigrationEntry& entry : sequence.entries) {
    if (entry.replaced) continue;
    if (!entry.problem.empty())
      replayed.unread.push_back({{entry.file.path, 0, 0, 0, 0}, entry.problem});
    for (const readers::sql::Statement& statement : entry.migration.up) {
      if (!statement.opaque.empty())
        replayed.unread.push_back({place_in(*entry.source, statement.span), statement.opaque});
      for (const readers::sql::Operation& operation : statement.operations)
        note_created(entry, operation, replayed);
    }
  }
  return replayed;
}

}  // namespace gate::checks
