// poetry.lock, lock-version 1.0 to 2.1 (python-poetry.org/docs/basic-usage; poetry's Locker).
#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>

#include "gate/readers/lockfiles/formats.h"
#include "gate/readers/lockfiles/toml_fields.h"

namespace gate::readers::lockfiles {
namespace {

class Reader {
 public:
  Reader(std::shared_ptr<const base::Source> source, std::shared_ptr<const Document> document)
      : lock_(std::make_shared<Lockfile>(std::move(source))), root_(document->root()) {
    lock_->document = std::move(document);
  }

  std::shared_ptr<const Lockfile> run() {
    lock_->ecosystem = Ecosystem::pypi;
    lock_->format = kPoetry.name;
    lock_->tells_groups = false;
    if (const auto metadata = root_.find("metadata")) {
      lock_->version = text_at(*metadata, "lock-version");
      if (const auto hash = metadata->find("content-hash")) {
        lock_->hash = text_at(*metadata, "content-hash");
        lock_->hash_span = hash->node().span;
      }
      read_hash_table(*metadata);
    }
    for (const Value& entry : children_at(root_, "package"))
      read_package(entry);
    return std::move(lock_);
  }

 private:
  // Up to lock-version 1.1 the hashes of all packages stand at the end, in [metadata.files] or
  // [metadata.hashes].
  void read_hash_table(const Value& metadata) {
    for (const std::string_view table : {"files", "hashes"}) {
      for (const Value& files : children_at(metadata, table)) {
        std::vector<std::string_view> hashes;
        for (const Value& file : files.children()) {
          const std::string_view hash =
              file->kind == NodeKind::string ? file->text : text_at(file, "hash");
          if (!hash.empty()) hashes.push_back(hash);
        }
        hashes_.emplace(files->key, lock_->add_strings(hashes));
      }
    }
  }

  void read_package(const Value& entry) {
    const auto name = entry.find("name");
    if (!name || name->node().kind != NodeKind::string) {
      lock_->problems.push_back({"a package has no name", entry->span});
      return;
    }
    Package package;
    package.name = name->node().text;
    package.key = package.name;
    package.span = name->node().span;
    package.version = text_at(entry, "version");
    if (is_true_at(entry, "optional")) package.set(Package::optional);
    read_group(entry, package);
    read_source(entry, package);
    read_hashes(entry, package);
    read_requirements(entry, package);
    lock_->packages.push_back(package);
  }

  void read_group(const Value& entry, Package& package) {
    const std::vector<std::string_view> groups = texts_at(entry, "groups");
    const bool in_main = std::find(groups.begin(), groups.end(), "main") != groups.end();
    const std::string_view category = text_at(entry, "category");
    // Poetry 1.5 to 1.8 writes neither.
    lock_->tells_groups = lock_->tells_groups || !groups.empty() || !category.empty();
    if ((!groups.empty() && !in_main) || category == "dev") package.set(Package::development);
  }

  static void read_source(const Value& entry, Package& package) {
    const auto source = entry.find("source");
    if (!source) return;
    const std::string_view type = text_at(*source, "type");
    package.location = text_at(*source, "url");
    if (type == "git" || type == "hg") {
      package.source = Source::git;
      package.commit = text_at(*source, "resolved_reference");
      if (package.commit.empty()) package.commit = text_at(*source, "reference");
    } else if (type == "url") {
      package.source = Source::url;
    } else if (type == "directory" || type == "file") {
      package.source = Source::path;
      package.set(Package::local);
    }
  }

  void read_hashes(const Value& entry, Package& package) {
    std::vector<std::string_view> hashes;
    for (const Value& file : children_at(entry, "files")) {
      if (const std::string_view hash = text_at(file, "hash"); !hash.empty())
        hashes.push_back(hash);
    }
    package.hashes = lock_->add_strings(hashes);
    if (const auto known = hashes_.find(package.name); hashes.empty() && known != hashes_.end())
      package.hashes = known->second;
  }

  void read_requirements(const Value& entry, Package& package) {
    std::vector<Requirement> requirements;
    for (const Value& dependency : children_at(entry, "dependencies")) {
      const bool is_optional =
          dependency->kind == NodeKind::map && is_true_at(dependency, "optional");
      const std::string_view range =
          dependency->kind == NodeKind::string ? dependency->text : text_at(dependency, "version");
      requirements.push_back({dependency->key, range,
                              is_optional ? Need::optional : Need::production,
                              dependency->key_span});
    }
    package.requirements = lock_->add_requirements(requirements);
  }

  std::shared_ptr<Lockfile> lock_;
  Value root_;
  std::unordered_map<std::string_view, Slice> hashes_;
};

ReadResult read(std::shared_ptr<const base::Source> source) {
  GATE_TRY(std::shared_ptr<const Document> document, read_toml(source));
  return Reader(std::move(source), std::move(document)).run();
}

constexpr std::array<std::string_view, 1> kLocks{"poetry.lock"};
constexpr std::array<std::string_view, 1> kManifests{"pyproject.toml"};

}  // namespace

const Format kPoetry{"poetry", Ecosystem::pypi, "poetry lock", kLocks, kManifests,
                     read,     sync_poetry};

}  // namespace gate::readers::lockfiles
