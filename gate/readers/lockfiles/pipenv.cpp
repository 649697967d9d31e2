// Pipfile.lock, pipfile-spec 6 (github.com/pypa/pipfile).
#include <array>
#include <unordered_map>
#include <utility>

#include "gate/readers/formats/json_scanner.h"
#include "gate/readers/lockfiles/formats.h"

namespace gate::readers::lockfiles {
namespace {

class Reader {
 public:
  explicit Reader(std::shared_ptr<const base::Source> source)
      : lock_(std::make_shared<Lockfile>(std::move(source))),
        json_(lock_->text(), lock_->texts()) {}

  ReadResult run() {
    lock_->ecosystem = Ecosystem::pypi;
    lock_->format = kPipenv.name;
    const bool is_map = json_.members([&](const JsonScanner::Key& key) {
      if (key.name == "_meta") {
        json_.members([&](const JsonScanner::Key& meta) { read_meta(meta); });
      } else if (key.name == "default") {
        read_packages(0);
      } else {
        read_packages(Package::development);
      }
    });
    if (const std::string& problem = json_.finish(); !problem.empty()) return Error{problem};
    if (!is_map) return Error{"line 1, column 1: a Pipfile.lock is a map"};
    return std::shared_ptr<const Lockfile>(std::move(lock_));
  }

 private:
  void read_meta(const JsonScanner::Key& meta) {
    if (meta.name == "pipfile-spec") lock_->version = json_.word().value_or("");
    if (meta.name != "hash") return;
    json_.members([&](const JsonScanner::Key& hash) {
      if (hash.name != "sha256") return;
      lock_->hash = json_.text().value_or("");
      lock_->hash_span = hash.span;
    });
  }

  // Every other category than `default` is for development, `develop` among them.
  void read_packages(std::uint16_t flags) {
    json_.members([&](const JsonScanner::Key& key) {
      Package package;
      package.name = key.name;
      package.key = key.name;
      package.span = key.span;
      package.flags = flags;
      if (!json_.members([&](const JsonScanner::Key& field) { read_field(package, field); })) {
        lock_->problems.push_back({"the entry is no map", key.span});
        return;
      }
      if (package.version.empty() && package.source == Source::registry)
        package.set(Package::unpinned);
      lock_->packages.push_back(package);
    });
  }

  void read_field(Package& package, const JsonScanner::Key& field) {
    if (field.name == "version") {
      package.version = json_.text().value_or("");
      // "==1.2.3"
      package.version.remove_prefix(
          std::min(package.version.find_first_not_of('='), package.version.size()));
    } else if (field.name == "hashes") {
      std::vector<std::string_view> hashes;
      json_.items([&] {
        if (const auto hash = json_.text()) hashes.push_back(*hash);
      });
      package.hashes = lock_->add_strings(hashes);
    } else if (field.name == "git") {
      package.source = Source::git;
      package.location = json_.text().value_or("");
    } else if (field.name == "ref") {
      package.commit = json_.text().value_or("");
    } else if (field.name == "file" || field.name == "url") {
      package.source = Source::url;
      package.location = json_.text().value_or("");
    } else if (field.name == "path") {
      package.source = Source::path;
      package.location = json_.text().value_or("");
      package.set(Package::local);
    }
  }

  std::shared_ptr<Lockfile> lock_;
  JsonScanner json_;
};

ReadResult read(std::shared_ptr<const base::Source> source) {
  return Reader(std::move(source)).run();
}

constexpr std::array<std::string_view, 1> kLocks{"Pipfile.lock"};
constexpr std::array<std::string_view, 1> kManifests{"Pipfile"};

}  // namespace

const Format kPipenv{"pipenv", Ecosystem::pypi, "pipenv lock", kLocks, kManifests,
                     read,     sync_pipenv};

}  // namespace gate::readers::lockfiles
