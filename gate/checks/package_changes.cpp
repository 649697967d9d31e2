#include "gate/checks/package_changes.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace gate::checks {
namespace {

using finding::PackageChange;
using readers::lockfiles::Lockfile;
using readers::lockfiles::Package;

// What one lock has under one name.
struct Held {
  std::string name;  // as the lock spells it
  std::set<std::string> versions;
  bool production = false;
};

using HeldByName = std::map<std::string, Held>;

std::string_view version_of(const Package& package) {
  if (package.is(Package::unpinned)) return "*";
  if (!package.version.empty()) return package.version;
  return package.commit.empty() ? package.location : package.commit;
}

HeldByName packages_of(const Inventory& inventory, const LockfileEntry* entry) {
  HeldByName held;
  if (entry == nullptr) return held;
  const Lockfile& lock = *entry->lock;
  for (const Package& package : lock.packages) {
    // A member of the workspace is no package that somebody brings in.
    if (package.is(Package::local) || package.name.empty()) continue;
    Held& one = held[readers::lockfiles::canonical_name(lock.ecosystem, package.name)];
    if (one.name.empty()) one.name = package.name;
    one.versions.emplace(version_of(package));
    one.production = one.production || !inventory.is_development(*entry, package);
  }
  return held;
}

// The same lockfile at both moments; null where it is not there, or cannot be read.
struct Pair {
  const LockfileEntry* before = nullptr;
  const LockfileEntry* after = nullptr;
};

// What both moments hold.
struct Moments {
  const Inventory& before;
  const Inventory& after;
};

std::vector<std::string> list(const std::set<std::string>& versions) {
  return {versions.begin(), versions.end()};
}

void compare(const Moments& moments, const std::string& path, const Pair& pair,
             std::vector<PackageChange>& changes) {
  const LockfileEntry* known = pair.after != nullptr ? pair.after : pair.before;
  if (known == nullptr) return;
  const HeldByName before = packages_of(moments.before, pair.before);
  const HeldByName after = packages_of(moments.after, pair.after);
  const std::string ecosystem(names(known->lock->ecosystem).word);
  for (const auto& [name, old] : before) {
    const auto now = after.find(name);
    if (now == after.end()) {
      changes.push_back({path, ecosystem, old.name, list(old.versions), {}, !old.production});
    } else if (now->second.versions != old.versions) {
      changes.push_back({path, ecosystem, now->second.name, list(old.versions),
                         list(now->second.versions), !now->second.production});
    }
  }
  for (const auto& [name, now] : after) {
    if (before.contains(name)) continue;
    changes.push_back({path, ecosystem, now.name, {}, list(now.versions), !now.production});
  }
}

}  // namespace

finding::PackageChanges compare_packages(const Inventory& before, const Inventory& after) {
  std::map<std::string, Pair> pairs;
  for (const LockfileEntry& entry : before.lockfiles())
    pairs[entry.path].before = &entry;
  for (const LockfileEntry& entry : after.lockfiles())
    pairs[entry.path].after = &entry;
  finding::PackageChanges changes;
  for (const auto& [path, pair] : pairs) {
    const LockfileEntry* unreadable = nullptr;
    for (const LockfileEntry* entry : {pair.before, pair.after}) {
      if (entry != nullptr && !entry->lock) unreadable = entry;
    }
    if (unreadable != nullptr) {
      changes.unknown.push_back(fmt::format("{}{}: {}", path,
                                            unreadable == pair.before ? " before the change" : "",
                                            unreadable->problem));
      continue;
    }
    compare({before, after}, path, pair, changes.packages);
  }
  std::stable_sort(changes.packages.begin(), changes.packages.end(),
                   [](const PackageChange& a, const PackageChange& b) {
                     return std::tie(a.lockfile, a.name) < std::tie(b.lockfile, b.name);
                   });
  return changes;
}

}  // namespace gate::checks
