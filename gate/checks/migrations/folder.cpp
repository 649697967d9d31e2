// What is wrong with the files of a sequence as a whole: Django's graph, what a change does to
// merged migrations, the order in which files run.
#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/migrations/parts.h"

namespace gate::checks {
namespace {

using readers::migrations::Late;
using readers::migrations::Runner;

void find_graph_mistakes(const MigrationSequence& sequence, std::vector<HazardFinding>& findings) {
  using Problem = readers::migrations::GraphProblem::Kind;
  for (const GraphMistake& mistake : sequence.graph) {
    const std::string others = fmt::format("{}", fmt::join(mistake.others, ", "));
    const std::string name = mistake.app + "." + mistake.name;
    if (mistake.kind == Problem::leaves) {
      findings.push_back(
          {Hazard::graph_leaves,
           mistake.place,
           fmt::format("the app {} has several last migrations, {} and {}: migrate refuses to run",
                       mistake.app, others, name),
           "python manage.py makemigrations --merge",
           {},
           name});
    } else if (mistake.kind == Problem::missing_parent) {
      findings.push_back(
          {Hazard::graph_parent,
           mistake.place,
           fmt::format("{} depends on {}.{}, which is not there: no command of Django starts", name,
                       mistake.missing.app, mistake.missing.name),
           "bring the file back, or name the migration that took its place",
           {},
           name + " " + mistake.missing.app + "." + mistake.missing.name});
    } else {
      findings.push_back(
          {Hazard::graph_cycle,
           mistake.place,
           fmt::format("{} and {} depend on each other: no command of Django starts", name, others),
           "take one of the dependencies out",
           {},
           name});
    }
  }
}

// How a new migration is made, in the words of the runner.
std::string make_new(Runner runner) {
  switch (runner) {
    case Runner::laravel:
      return "php artisan make:migration";
    case Runner::django:
      return "python manage.py makemigrations";
    case Runner::rails:
      return "bin/rails generate migration";
    case Runner::prisma:
      return "npx prisma migrate dev";
    default:
      return "a file with the next number";
  }
}

std::string bring_back(const MergedChange& change, const MigrationSequence& sequence) {
  return fmt::format(
      "bring `{}` back as it was merged, and write what is to change into a new "
      "migration ({})",
      change.path, make_new(sequence.sequence.runner));
}

void find_merged_changes(const MigrationSequence& sequence, std::vector<HazardFinding>& findings) {
  using Kind = MergedChange::Kind;
  for (const MergedChange& change : sequence.merged) {
    HazardFinding found;
    found.place = change.place;
    found.identity = change.path;
    found.fix = bring_back(change, sequence);
    switch (change.kind) {
      case Kind::edited:
        found.hazard = Hazard::edited;
        if (!change.why.empty()) {
          found.severity = finding::Severity::warning;
          found.message = fmt::format(
              "is merged, and another text: {}, so that it may do "
              "something else cannot be ruled out",
              fmt::join(change.why, ", "));
          break;
        }
        found.message =
            sequence.traits().hashes
                ? fmt::format(
                      "is merged, and no longer as it was: {} keeps a checksum of every "
                      "file that ran and refuses this one, whatever has changed in it",
                      sequence.traits().name)
                : "is merged, and does something else than it did: databases where it ran stay as "
                  "they are, new ones come out different";
        break;
      case Kind::edited_beside:
        found.hazard = Hazard::edited_beside;
        found.message =
            fmt::format("is merged, and {} {} changed: databases where it ran do not see it",
                        fmt::join(change.why, ", "), change.why.size() == 1 ? "has" : "have");
        break;
      case Kind::renamed:
        found.hazard = Hazard::renamed;
        found.message = fmt::format(
            "was `{}` when it was merged: databases where it ran take it "
            "for a new migration and run it again",
            change.path);
        found.fix =
            fmt::format("give it its name back: git mv {} {}", change.place.path, change.path);
        break;
      case Kind::deleted:
        found.hazard = Hazard::deleted;
        found.message =
            "is merged, and deleted here: databases where it ran keep what it did, new "
            "ones never get it";
        break;
      case Kind::undecided:
        continue;
    }
    findings.push_back(std::move(found));
  }
}

std::string lateness(const MigrationSequence& sequence, std::string_view latest) {
  const std::string_view runner = sequence.traits().name;
  switch (sequence.traits().late) {
    case Late::skipped:
      return fmt::format(
          "comes before `{}`, which is merged: {} goes on from the newest that ran, "
          "and leaves this one out without a word",
          latest, runner);
    case Late::refused:
      return fmt::format("comes before `{}`, which is merged: {} refuses to run where that one ran",
                         latest, runner);
    case Late::runs:
      break;
  }
  return fmt::format(
      "comes before `{}`, which is merged: it runs after it where that one ran, and "
      "before it in a new database",
      latest);
}

void find_late(const MigrationSequence& sequence, std::vector<HazardFinding>& findings) {
  // Django and Alembic go by what a migration depends on.
  const Runner runner = sequence.sequence.runner;
  if (!sequence.latest || runner == Runner::django || runner == Runner::alembic) return;
  for (const MigrationEntry& entry : sequence.entries) {
    const bool is_renamed = std::any_of(
        sequence.merged.begin(), sequence.merged.end(), [&](const MergedChange& change) {
          return change.kind == MergedChange::Kind::renamed && change.place.path == entry.file.path;
        });
    if (!entry.is_new || is_renamed || entry.file.order >= sequence.latest->order) continue;
    HazardFinding found;
    found.hazard = Hazard::late;
    found.place.path = entry.file.path;
    found.message = lateness(sequence, sequence.latest->name);
    found.fix = fmt::format("give it a {} above `{}`",
                            sequence.latest->version.size() >= 13 ? "stamp" : "number",
                            sequence.latest->version);
    found.identity = entry.file.name;
    if (sequence.traits().late == Late::runs) found.severity = finding::Severity::warning;
    findings.push_back(std::move(found));
  }
}

void find_equal_versions(const MigrationSequence& sequence, bool change_known,
                         std::vector<HazardFinding>& findings) {
  // Names, not numbers, are what these remember; two of one stamp are two migrations.
  const Runner runner = sequence.sequence.runner;
  if (runner == Runner::laravel || runner == Runner::django || runner == Runner::alembic ||
      runner == Runner::node || runner == Runner::prisma || runner == Runner::drizzle)
    return;
  std::map<std::string, const MigrationEntry*> owners;
  for (const MigrationEntry& entry : sequence.entries) {
    if (entry.file.version.empty()) continue;
    const auto [owner, first] = owners.emplace(entry.file.version, &entry);
    const bool taken = entry.is_new && sequence.taken.contains(entry.file.version);
    if (first && !taken) continue;
    const MigrationEntry& other = *owner->second;
    if (change_known && !entry.is_new && !other.is_new) continue;
    // Of two files that of the change is named.
    const MigrationEntry& named = entry.is_new || first ? entry : other;
    HazardFinding found;
    found.hazard = Hazard::equal_version;
    found.place.path = named.file.path;
    found.message =
        fmt::format("has the number {} as well as {}: {} runs one of the two, or refuses both",
                    named.file.version,
                    first ? std::string("a migration that was merged since this branch began")
                          : fmt::format("`{}`", (&named == &entry ? other : entry).file.path),
                    sequence.traits().name);
    found.fix = "give it the next number that is free";
    found.identity = named.file.name;
    findings.push_back(std::move(found));
  }
}

}  // namespace

void find_folder_hazards(const MigrationSequence& sequence, bool change_known,
                         std::vector<HazardFinding>& findings) {
  find_graph_mistakes(sequence, findings);
  find_merged_changes(sequence, findings);
  find_late(sequence, findings);
  find_equal_versions(sequence, change_known, findings);
}

}  // namespace gate::checks
