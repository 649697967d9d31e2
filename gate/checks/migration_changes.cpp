#include "gate/checks/migration_changes.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/formats/php/php.h"
#include "gate/readers/migrations/django.h"
#include "gate/readers/migrations/laravel.h"
#include "gate/readers/migrations/sql_file.h"

namespace gate::checks {
namespace {

using readers::migrations::Migration;
using readers::migrations::MigrationFile;
using readers::migrations::Runner;
using readers::migrations::Sequence;

constexpr std::uint64_t kMostBytes = std::uint64_t{64} << 20;  // of one migration

// Sequences of one key are one and the same at two moments.
std::string key(const Sequence& sequence) {
  const bool by_project = sequence.runner == Runner::laravel || sequence.runner == Runner::django;
  return fmt::format("{}\n{}\n{}", by_project ? sequence.root : sequence.folder,
                     by_project || !readers::migrations::traits(sequence.runner).is_sql
                         ? static_cast<int>(sequence.runner)
                         : -1,
                     sequence.engine ? static_cast<int>(*sequence.engine) : -1);
}

std::map<std::string, Sequence> sequences(const repo::Snapshot& files) {
  std::vector<std::string_view> paths;
  for (const repo::File& file : files.files()) {
    if (file.is_plain()) paths.push_back(file.path);
  }
  const auto read = [&files](std::string_view path) -> std::optional<std::string> {
    Result<std::string> text = repo::read_text(files, path);
    return text ? std::optional(*std::move(text)) : std::nullopt;
  };
  std::map<std::string, Sequence> found;
  for (Sequence& sequence : readers::migrations::find_sequences(paths, read)) {
    std::string own = key(sequence);
    found.emplace(std::move(own), std::move(sequence));
  }
  return found;
}

// Flyway's checksum is one of lines: their ends, and that of the file, do not count.
std::string lines_of(std::string_view text) {
  std::string lines;
  for (const char c : text) {
    if (c != '\r') lines += c;
  }
  while (lines.ends_with('\n'))
    lines.pop_back();
  return lines;
}

bool same_checksum(Runner runner, std::string_view before, std::string_view after) {
  return runner == Runner::flyway ? lines_of(before) == lines_of(after) : before == after;
}

// The lines of a script that hold more than blanks and a comment.
std::string code_of(std::string_view text) {
  std::string code;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) continue;
    line = line.substr(first, line.find_last_not_of(" \t\r") + 1 - first);
    if (line.starts_with('#') || line.starts_with("//")) continue;
    code.append(line).append("\n");
  }
  return code;
}

// A script that runs whenever it has changed is there to be edited.
bool is_repeatable(const MigrationFile& file) { return file.order.starts_with('~'); }

// Returns the first place where two texts differ, in the new one.
finding::Place first_difference(std::string_view before, const base::Source& after) {
  const std::string_view text = after.text();
  const auto [old_at, new_at] =
      std::mismatch(before.begin(), before.end(), text.begin(), text.end());
  const auto offset = static_cast<std::uint32_t>(new_at - text.begin());
  const base::Position begin = after.lines().position(offset);
  return {after.name(), begin.line, begin.column, 0, 0};
}

// Reads of a migration what it means; its operations need no replay for that.
Migration read_meaning(const MigrationSequence& sequence, const MigrationFile& file,
                       const std::shared_ptr<const base::Source>& source) {
  const Runner runner = sequence.sequence.runner;
  if (runner == Runner::laravel || runner == Runner::doctrine) {
    Migration migration;
    migration.meaning = readers::migrations::laravel_meaning(*readers::php::parse(source));
    if (migration.meaning.empty()) migration.unreadable = "no class in it has a method up()";
    return migration;
  }
  if (runner == Runner::django)
    return readers::migrations::DjangoReader(sequence.database, {}).read(source, file.app);
  return readers::migrations::read_sql_migration(source->text(), nullptr, runner,
                                                 sequence.database.dialect());
}

bool is_comparable(const MigrationSequence& sequence) {
  return sequence.is_read() || sequence.sequence.runner == Runner::doctrine;
}

}  // namespace

MergedMigrations::MergedMigrations(const repo::Snapshot& base, const repo::Snapshot* target)
    : base_(base), reader_(base.reader()), before_(sequences(base)) {
  target_ = target == nullptr || target == &base ? before_ : sequences(*target);
}

std::shared_ptr<const base::Source> MergedMigrations::text(const std::string& path,
                                                           std::string& problem) {
  const Result<std::string_view> bytes =
      repo::read_all(*reader_, *base_.find(path), buffer_, kMostBytes);
  if (bytes) return std::make_shared<const base::Source>(path, std::string(*bytes));
  problem = bytes.error().message;
  return nullptr;
}

void MergedMigrations::compare(MigrationSequence& sequence,
                               const std::function<bool(const std::string&)>& is_dumped) {
  const std::string own = key(sequence.sequence);
  seen_.insert(own);
  std::set<std::string> names;
  for (const MigrationEntry& entry : sequence.entries)
    names.insert(entry.file.name);
  if (const auto found = target_.find(own); found != target_.end()) {
    for (const MigrationFile& file : found->second.files) {
      if (is_repeatable(file)) continue;
      if (!sequence.latest || sequence.latest->order < file.order) sequence.latest = file;
      if (!names.contains(file.name) && base_.find(file.path) == nullptr)
        sequence.taken.insert(file.version);
    }
  }
  const auto found = before_.find(own);
  if (found == before_.end()) return;

  std::map<std::pair<std::string, std::string>, const MigrationEntry*> by_name;
  for (const MigrationEntry& entry : sequence.entries)
    by_name.emplace(std::pair(entry.file.app, entry.file.name), &entry);
  std::vector<const MigrationFile*> gone;
  for (const MigrationFile& file : found->second.files) {
    // A runner that goes by names does not see in which folder a file lies.
    const auto entry = by_name.find({file.app, file.name});
    if (entry == by_name.end()) {
      gone.push_back(&file);
    } else if (entry->second->in_change) {
      compare_file(sequence, file, *entry->second, sequence.merged);
    }
  }
  find_gone(sequence, gone, is_dumped, sequence.merged);
  std::sort(sequence.merged.begin(), sequence.merged.end(),
            [](const MergedChange& a, const MergedChange& b) {
              return std::tie(a.place, a.path) < std::tie(b.place, b.path);
            });
}

void MergedMigrations::compare_file(const MigrationSequence& sequence, const MigrationFile& old,
                                    const MigrationEntry& entry,
                                    std::vector<MergedChange>& changes) {
  if (is_repeatable(old)) return;
  MergedChange change;
  change.name = old.name;
  change.path = old.path;
  change.place = {entry.file.path, 0, 0, 0, 0};
  const auto add = [&](MergedChange::Kind kind, std::vector<std::string> why = {}) {
    change.kind = kind;
    change.why = std::move(why);
    changes.push_back(std::move(change));
  };
  using Kind = MergedChange::Kind;
  std::string problem;
  const auto before = text(old.path, problem);
  if (!before || !entry.source) return add(Kind::undecided, {before ? entry.problem : problem});
  if (before->text() == entry.source->text()) return;
  change.place = first_difference(before->text(), *entry.source);
  if (sequence.traits().hashes) {
    if (!same_checksum(sequence.sequence.runner, before->text(), entry.source->text()))
      add(Kind::edited);
    return;
  }
  if (!is_comparable(sequence)) {
    if (code_of(before->text()) != code_of(entry.source->text()))
      add(Kind::edited,
          {fmt::format("gate does not read what migrations of {} do", sequence.traits().name)});
    return;
  }
  const Migration was = read_meaning(sequence, old, before);
  const Migration is = read_meaning(sequence, entry.file, entry.source);
  for (const Migration* migration : {&was, &is}) {
    if (!migration->unreadable.empty()) return add(Kind::undecided, {migration->unreadable});
  }
  if (was.meaning != is.meaning) return add(Kind::edited);
  std::set<std::string> differ;
  for (const auto* pair : {&was.beside, &is.beside}) {
    const auto& other = pair == &was.beside ? is.beside : was.beside;
    for (const auto& [name, spelling] : *pair) {
      const auto found = other.find(name);
      if (found == other.end() || found->second != spelling) differ.insert(name);
    }
  }
  if (!differ.empty()) add(Kind::edited_beside, {differ.begin(), differ.end()});
}

// Names of migrations for which squashed ones stand, at the base or in the change: "app.name".
std::set<std::string> MergedMigrations::replaced_names(const MigrationSequence& sequence,
                                                       const Sequence& before) {
  std::set<std::string> names;
  const auto note = [&names](const Migration& migration) {
    for (const auto& link : migration.links.replaces)
      names.insert(link.app + "." + link.name);
  };
  for (const MigrationEntry& entry : sequence.entries)
    note(entry.migration);
  for (const MigrationFile& file : before.files) {
    std::string problem;
    const auto source = text(file.path, problem);
    if (source && source->text().find("replaces") != std::string_view::npos)
      note(read_meaning(sequence, file, source));
  }
  return names;
}

void MergedMigrations::find_gone(const MigrationSequence& sequence,
                                 const std::vector<const MigrationFile*>& gone,
                                 const std::function<bool(const std::string&)>& is_dumped,
                                 std::vector<MergedChange>& changes) {
  if (gone.empty()) return;
  std::set<std::string> replaced;
  if (sequence.sequence.runner == Runner::django)
    replaced = replaced_names(sequence, before_.at(key(sequence.sequence)));
  std::set<const MigrationEntry*> taken;
  for (const MigrationFile* file : gone) {
    if (replaced.contains(file->app + "." + file->name) || is_dumped(file->name) ||
        is_repeatable(*file))
      continue;
    std::string problem;
    const auto source = text(file->path, problem);
    std::optional<std::string> meaning;
    if (source && is_comparable(sequence)) meaning = read_meaning(sequence, *file, source).meaning;
    const auto renamed = std::find_if(
        sequence.entries.begin(), sequence.entries.end(), [&](const MigrationEntry& entry) {
          if (!source || !entry.source || taken.contains(&entry) || entry.file.app != file->app ||
              base_.find(entry.file.path) != nullptr)
            return false;
          if (entry.source->text() == source->text()) return true;
          if (!meaning || meaning->empty()) return false;
          return *meaning == (sequence.is_read()
                                  ? entry.migration.meaning
                                  : read_meaning(sequence, entry.file, entry.source).meaning);
        });
    MergedChange change;
    change.name = file->name;
    change.path = file->path;
    change.kind = MergedChange::Kind::deleted;
    change.place = {file->path, 0, 0, 0, 0};
    if (renamed != sequence.entries.end()) {
      taken.insert(&*renamed);
      change.kind = MergedChange::Kind::renamed;
      change.place.path = renamed->file.path;
    }
    changes.push_back(std::move(change));
  }
}

std::vector<MigrationSequence> MergedMigrations::vanished(const repo::Snapshot& files) const {
  std::vector<MigrationSequence> all;
  for (const auto& [own, sequence] : before_) {
    if (seen_.contains(own) || sequence.files.empty()) continue;
    // A whole project that is taken away takes its database along.
    if (!sequence.root.empty() && files.below(sequence.root).empty()) continue;
    MigrationSequence empty;
    empty.sequence = sequence;
    empty.sequence.files.clear();
    for (const MigrationFile& file : sequence.files) {
      MergedChange change;
      change.kind = MergedChange::Kind::deleted;
      change.place = {file.path, 0, 0, 0, 0};
      change.name = file.name;
      change.path = file.path;
      empty.merged.push_back(std::move(change));
    }
    all.push_back(std::move(empty));
  }
  return all;
}

}  // namespace gate::checks
