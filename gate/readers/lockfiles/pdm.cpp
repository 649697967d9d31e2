// pdm.lock, lock_version 2 to 4.5 (pdm-project.org/en/latest/reference/configuration).
#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>

#include "gate/readers/lockfiles/formats.h"
#include "gate/readers/lockfiles/toml_fields.h"

namespace gate::readers::lockfiles {
namespace {

void read_source(const Value& entry, Package& package) {
  if (const std::string_view git = text_at(entry, "git"); !git.empty()) {
    package.source = Source::git;
    package.location = git;
    package.commit = text_at(entry, "revision");
    if (package.commit.empty()) package.commit = text_at(entry, "ref");
  } else if (const std::string_view path = text_at(entry, "path"); !path.empty()) {
    package.source = Source::path;
    package.location = path;
    package.set(Package::local);
  } else if (const std::string_view url = text_at(entry, "url"); !url.empty()) {
    package.source = Source::url;
    package.location = url;
  }
}

using HashTable = std::unordered_map<std::string, Slice>;

// Before lock_version 4.3 the hashes stand apart: [metadata.files] "name version" = [{hash}].
HashTable read_hash_table(const Value& root, Lockfile& lock) {
  HashTable table;
  const auto files = at(root, {"metadata", "files"});
  if (!files) return table;
  for (const Value& entry : files->children()) {
    std::vector<std::string_view> hashes;
    for (const Value& file : entry.children()) {
      if (const std::string_view hash = text_at(file, "hash"); !hash.empty())
        hashes.push_back(hash);
    }
    table.emplace(entry->key, lock.add_strings(hashes));
  }
  return table;
}

void read_package(const Value& entry, const HashTable& table, Lockfile& lock) {
  const auto name = entry.find("name");
  if (!name || name->node().kind != NodeKind::string) {
    lock.problems.push_back({"a package has no name", entry->span});
    return;
  }
  Package package;
  package.name = name->node().text;
  package.key = package.name;
  package.span = name->node().span;
  package.version = text_at(entry, "version");
  read_source(entry, package);
  // Before 4.4 a lock does not say which groups need a package.
  const std::vector<std::string_view> groups = texts_at(entry, "groups");
  lock.tells_groups = lock.tells_groups || !groups.empty();
  if (!groups.empty() && std::find(groups.begin(), groups.end(), "default") == groups.end())
    package.set(Package::development);
  std::vector<std::string_view> hashes;
  for (const Value& file : children_at(entry, "files")) {
    if (const std::string_view hash = text_at(file, "hash"); !hash.empty()) hashes.push_back(hash);
  }
  package.hashes = lock.add_strings(hashes);
  const auto known = table.find(std::string(package.name) + " " + std::string(package.version));
  if (hashes.empty() && known != table.end()) package.hashes = known->second;
  std::vector<Requirement> requirements;
  if (const auto dependencies = entry.find("dependencies")) {
    for (const Value& dependency : dependencies->children()) {
      if (dependency->kind == NodeKind::string)
        requirements.push_back({dependency->text, {}, Need::production, dependency->span});
    }
  }
  package.requirements = lock.add_requirements(requirements);
  lock.packages.push_back(package);
}

ReadResult read(std::shared_ptr<const base::Source> source) {
  GATE_TRY(std::shared_ptr<const Document> document, read_toml(source));
  auto lock = std::make_shared<Lockfile>(std::move(source));
  lock->ecosystem = Ecosystem::pypi;
  lock->format = kPdm.name;
  lock->tells_groups = false;
  const Value root = document->root();
  if (const auto metadata = root.find("metadata")) {
    lock->version = text_at(*metadata, "lock_version");
    lock->hash = text_at(*metadata, "content_hash");
    if (const auto hash = metadata->find("content_hash")) lock->hash_span = hash->node().span;
  }
  const HashTable table = read_hash_table(root, *lock);
  for (const Value& entry : children_at(root, "package"))
    read_package(entry, table, *lock);
  lock->document = std::move(document);
  return std::shared_ptr<const Lockfile>(std::move(lock));
}

constexpr std::array<std::string_view, 1> kLocks{"pdm.lock"};
constexpr std::array<std::string_view, 1> kManifests{"pyproject.toml"};

}  // namespace

const Format kPdm{"pdm", Ecosystem::pypi, "pdm lock", kLocks, kManifests, read, sync_pdm};

}  // namespace gate::readers::lockfiles
