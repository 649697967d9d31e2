// Whether there is a lockfile where there should be one, and only one.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/words.h"
#include "gate/checks/lockfile/target.h"
#include "gate/readers/lockfiles/manifest_requirements.h"

namespace gate::checks::lockfile {
namespace {

using readers::lockfiles::Ecosystem;
using readers::lockfiles::ManifestKind;

// Returns whether a lock of the ecosystem lies in the folder or above it: a workspace has one for
// all its members.
bool has_lock(const Inventory& inventory, std::string folder, Ecosystem ecosystem) {
  while (true) {
    for (const LockfileEntry& entry : inventory.lockfiles()) {
      if (entry.folder == folder && entry.format->ecosystem == ecosystem && !entry.is_constraint)
        return true;
    }
    if (folder.empty()) return false;
    folder.pop_back();
    folder.resize(folder.rfind('/') + 1);  // npos + 1 is 0
  }
}

void judge_present(const LockfileRule& rule, const Inventory& inventory, Tally& tally) {
  for (const repo::File& file : inventory.files().files()) {
    const ManifestKind* kind = readers::lockfiles::find_manifest(file.path);
    if (kind == nullptr || Inventory::is_installed(file.path)) continue;
    if (!rule.paths.matches(file.path)) continue;
    if (!rule.ecosystems.empty() && std::find(rule.ecosystems.begin(), rule.ecosystems.end(),
                                              kind->ecosystem) == rule.ecosystems.end())
      continue;
    const auto manifest = inventory.manifest(file.path);
    if (!manifest) {
      tally.unknown(fmt::format("{}: {}", file.path, manifest.error().message));
      continue;
    }
    tally.judged();
    const std::size_t count =
        *manifest && (*manifest)->makes_lock ? readers::lockfiles::count_foreign(**manifest) : 0;
    if (count == 0 || has_lock(inventory, folder_of(file.path), kind->ecosystem)) continue;
    finding::Finding finding =
        finding_at(*(*manifest)->source, {},
                   fmt::format("{} asks for {} package{}, and no lockfile says which versions",
                               file.path, count, count == 1 ? "" : "s"),
                   "lockfile missing");
    finding.fix = fmt::format("run `{}` and commit {}", kind->command, kind->lock);
    tally.found(std::move(finding));
  }
}

void judge_single(const LockfileRule& rule, const Inventory& inventory, Tally& tally) {
  std::map<std::pair<std::string, Ecosystem>, std::vector<const LockfileEntry*>> folders;
  for (const LockfileEntry& entry : inventory.lockfiles()) {
    // Files of requirements are made from locks, and stand beside them in numbers; go.mod is a
    // manifest too.
    if (!is_chosen(rule, entry) || entry.format == &readers::lockfiles::kRequirements) continue;
    folders[{entry.folder, entry.format->ecosystem}].push_back(&entry);
  }
  for (const auto& [key, entries] : folders) {
    tally.judged();
    std::set<std::string_view> formats;
    std::vector<std::string_view> names;
    for (const LockfileEntry* entry : entries) {
      formats.insert(entry->format->name);
      names.push_back(std::string_view(entry->path).substr(entry->folder.size()));
    }
    if (formats.size() < 2) continue;
    for (std::size_t index = 1; index < entries.size(); ++index) {
      finding::Finding finding;
      finding.message = fmt::format("{} lie side by side, each of another package manager",
                                    fmt::join(names, ", "));
      finding.place.path = entries[index]->path;
      finding.identity = "rival lockfiles";
      tally.found(std::move(finding));
    }
  }
}

void judge_not_empty(const LockfileRule& rule, const Inventory& inventory, Tally& tally) {
  for (const LockfileEntry& entry : inventory.lockfiles()) {
    if (!is_chosen(rule, entry) || !entry.lock || entry.format->manifests.empty()) continue;
    if (!entry.lock->packages.empty()) {
      tally.judged();
      continue;
    }
    for (const std::string_view name : entry.format->manifests) {
      const auto manifest = inventory.manifest(entry.folder + std::string(name));
      if (!manifest || !*manifest) continue;
      tally.judged();
      const std::size_t count = readers::lockfiles::count_foreign(**manifest);
      if (count == 0) continue;
      // A workspace locks only its members' packages; those that are local need none.
      if (!entry.lock->projects.empty() && !entry.lock->links.empty()) continue;
      tally.found(finding_at(
          *entry.source, {},
          fmt::format("{} holds no package, although {} asks for {}", entry.path, name, count),
          "empty lockfile"));
    }
  }
}

void judge_readable(const LockfileRule& rule, const Inventory& inventory, Tally& tally) {
  for (const LockfileEntry& entry : inventory.lockfiles()) {
    if (!is_chosen(rule, entry)) continue;
    if (!entry.lock && !entry.source) {
      tally.unknown(fmt::format("read {}: {}", entry.path, entry.problem));
      continue;
    }
    tally.judged();
    if (!entry.lock) {
      finding::Finding finding;
      finding.message = fmt::format("{} cannot be read: {}", entry.path, entry.problem);
      finding.place.path = entry.path;
      finding.place.line = entry.line;
      finding.identity = "unreadable";
      tally.found(std::move(finding));
      continue;
    }
    for (const readers::lockfiles::Problem& problem : entry.lock->problems)
      tally.found(finding_at(*entry.source, problem.span, problem.message, problem.message));
  }
}

}  // namespace

void judge_presence(const LockfileRule& rule, const Inventory& inventory, Tally& tally) {
  if (rule.readable) judge_readable(rule, inventory, tally);
  if (rule.present) judge_present(rule, inventory, tally);
  if (rule.single) judge_single(rule, inventory, tally);
  if (rule.not_empty) judge_not_empty(rule, inventory, tally);
}

}  // namespace gate::checks::lockfile
