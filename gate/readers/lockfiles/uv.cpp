// uv.lock, version 1, revisions 0 to 3 (docs.astral.sh/uv/concepts/projects/layout; uv-resolver's
// Lock).
#include <array>
#include <utility>

#include "gate/base/words.h"
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
    lock_->format = kUv.name;
    lock_->tells_groups = false;
    if (const auto version = root_.find("version")) lock_->version = version->node().text;
    for (const Value& entry : children_at(root_, "package"))
      read_package(entry);
    return std::move(lock_);
  }

 private:
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
    read_requirements(entry, package);
    // What is editable or virtual is a project of this repository, the root or a member.
    for (const std::string_view kind : {"editable", "virtual"}) {
      const auto folder = at(entry, {"source", kind});
      if (!folder) continue;
      const std::string_view path = folder->node().text;
      lock_->projects.push_back({path == "." ? std::string_view() : path,
                                 package.name,
                                 package.version,
                                 package.requirements,
                                 {},
                                 package.span});
      return;
    }
    read_source(entry, package);
    read_files(entry, package);
    lock_->packages.push_back(package);
  }

  static void read_source(const Value& entry, Package& package) {
    const auto source = entry.find("source");
    if (!source) return;
    if (const std::string_view git = text_at(*source, "git"); !git.empty()) {
      package.source = Source::git;
      package.location = git;
      package.commit = base::split_once(git, "#").behind;
    } else if (const std::string_view url = text_at(*source, "url"); !url.empty()) {
      package.source = Source::url;
      package.location = url;
    } else if (const std::string_view index = text_at(*source, "registry"); !index.empty()) {
      package.location = index;
    } else {
      package.source = Source::path;
      package.location = text_at(*source, "path");
      if (package.location.empty()) package.location = text_at(*source, "directory");
      package.set(Package::local);
    }
  }

  void read_files(const Value& entry, Package& package) {
    std::vector<std::string_view> hashes;
    const auto read_one = [&](const Value& file) {
      if (const std::string_view hash = text_at(file, "hash"); !hash.empty())
        hashes.push_back(hash);
      const std::string_view time = text_at(file, "upload-time");
      if (!time.empty() && (package.released.empty() || time < package.released))
        package.released = time;
    };
    if (const auto archive = entry.find("sdist")) read_one(*archive);
    for (const Value& wheel : children_at(entry, "wheels"))
      read_one(wheel);
    package.hashes = lock_->add_strings(hashes);
  }

  void read_requirements(const Value& entry, Package& package) {
    std::vector<Requirement> requirements;
    const auto read_list = [&](const Value& list, Need need) {
      for (const Value& dependency : list.children()) {
        requirements.push_back(
            {text_at(dependency, "name"), text_at(dependency, "version"), need, dependency->span});
      }
    };
    if (const auto list = entry.find("dependencies")) read_list(*list, Need::production);
    for (const Value& extra : children_at(entry, "optional-dependencies"))
      read_list(extra, Need::optional);
    for (const Value& group : children_at(entry, "dev-dependencies"))
      read_list(group, Need::development);
    package.requirements = lock_->add_requirements(requirements);
  }

  std::shared_ptr<Lockfile> lock_;
  Value root_;
};

ReadResult read(std::shared_ptr<const base::Source> source) {
  GATE_TRY(std::shared_ptr<const Document> document, read_toml(source));
  return Reader(std::move(source), std::move(document)).run();
}

constexpr std::array<std::string_view, 1> kLocks{"uv.lock"};
constexpr std::array<std::string_view, 1> kManifests{"pyproject.toml"};

}  // namespace

const Format kUv{"uv", Ecosystem::pypi, "uv lock", kLocks, kManifests, read, sync_uv};

}  // namespace gate::readers::lockfiles
