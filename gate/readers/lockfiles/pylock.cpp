// pylock.toml (PEP 751; packaging.python.org/specifications/pylock-toml).
#include <array>
#include <string>
#include <utility>

#include "gate/readers/lockfiles/formats.h"
#include "gate/readers/lockfiles/toml_fields.h"

namespace gate::readers::lockfiles {
namespace {

// `hashes = {sha256 = "…"}` as "sha256:…".
void add_hashes(const Value& file, std::vector<std::string_view>& hashes, Lockfile& lock) {
  for (const Value& hash : children_at(file, "hashes")) {
    if (hash->kind != NodeKind::string) continue;
    hashes.push_back(lock.keep(std::string(hash->key) + ":" + std::string(hash->text)));
  }
}

void read_source(const Value& entry, Package& package) {
  if (const auto vcs = entry.find("vcs")) {
    package.source = Source::git;
    package.location = text_at(*vcs, "url");
    package.commit = text_at(*vcs, "commit-id");
  } else if (const auto directory = entry.find("directory")) {
    package.source = Source::path;
    package.location = text_at(*directory, "path");
    package.set(Package::local);
  } else if (const auto archive = entry.find("archive")) {
    package.location = text_at(*archive, "url");
    package.source = package.location.empty() ? Source::path : Source::url;
    if (package.location.empty()) package.location = text_at(*archive, "path");
  } else {
    package.location = text_at(entry, "index");
  }
}

void read_package(const Value& entry, Lockfile& lock) {
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
  std::vector<std::string_view> hashes;
  const auto read_file = [&](const Value& file) {
    add_hashes(file, hashes, lock);
    const auto time = file.find("upload-time");
    if (time && (package.released.empty() || time->node().text < package.released))
      package.released = time->node().text;
  };
  for (const std::string_view key : {"archive", "sdist"}) {
    if (const auto file = entry.find(key)) read_file(*file);
  }
  for (const Value& wheel : children_at(entry, "wheels"))
    read_file(wheel);
  package.hashes = lock.add_strings(hashes);
  std::vector<Requirement> requirements;
  for (const Value& dependency : children_at(entry, "dependencies")) {
    requirements.push_back({text_at(dependency, "name"), text_at(dependency, "version"),
                            Need::production, dependency->span});
  }
  package.requirements = lock.add_requirements(requirements);
  lock.packages.push_back(package);
}

ReadResult read(std::shared_ptr<const base::Source> source) {
  GATE_TRY(std::shared_ptr<const Document> document, read_toml(source));
  auto lock = std::make_shared<Lockfile>(std::move(source));
  lock->ecosystem = Ecosystem::pypi;
  lock->format = kPylock.name;
  const Value root = document->root();
  lock->version = text_at(root, "lock-version");
  lock->document = std::move(document);
  for (const Value& entry : children_at(root, "packages"))
    read_package(entry, *lock);
  return std::shared_ptr<const Lockfile>(std::move(lock));
}

// pylock.toml, or pylock.NAME.toml for one of several.
bool is_lock(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.starts_with("pylock.") && name.ends_with(".toml");
}

constexpr std::array<std::string_view, 1> kLocks{"pylock.toml"};
constexpr std::array<std::string_view, 1> kManifests{"pyproject.toml"};

}  // namespace

const Format kPylock{"pylock", Ecosystem::pypi, "pip lock -o pylock.toml", kLocks, kManifests, read,
                     nullptr,  is_lock};

}  // namespace gate::readers::lockfiles
