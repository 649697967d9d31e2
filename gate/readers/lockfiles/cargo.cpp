// Cargo.lock, versions 1 to 4 (doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock; cargo's
// resolver::encode).
#include <array>
#include <string>
#include <unordered_map>
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
    lock_->ecosystem = Ecosystem::crates;
    lock_->format = kCargo.name;
    const auto version = root_.find("version");
    lock_->version = version ? version->node().text : std::string_view("1");
    // Version 1 keeps the checksums at the end: "checksum name version (source)" = "…".
    for (const Value& entry : children_at(root_, "metadata"))
      checksums_.emplace(entry->key, entry->text);
    if (const auto own = root_.find("root")) read_package(*own);
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
    package.location = text_at(entry, "source");
    read_requirements(entry, package);
    if (package.location.empty()) {
      // Without a source it is a folder of this repository; which one the lock does not say.
      lock_->projects.push_back(
          {{}, package.name, package.version, package.requirements, {}, package.span});
      return;
    }
    if (package.location.starts_with("git+")) {
      package.source = Source::git;
      package.commit = base::split_once(package.location, "#").behind;
    }
    std::string_view checksum = text_at(entry, "checksum");
    const auto known =
        checksums_.find("checksum " + std::string(package.name) + " " +
                        std::string(package.version) + " (" + std::string(package.location) + ")");
    if (checksum.empty() && known != checksums_.end()) checksum = known->second;
    if (!checksum.empty()) {
      const std::string_view hash = lock_->keep("sha256:" + std::string(checksum));
      package.hashes = lock_->add_strings({&hash, 1});
    }
    lock_->packages.push_back(package);
  }

  // "name", "name version" or "name version (source)": as much as it takes to be clear.
  void read_requirements(const Value& entry, Package& package) {
    std::vector<Requirement> requirements;
    for (const Value& dependency : children_at(entry, "dependencies")) {
      if (dependency->kind != NodeKind::string) continue;
      const base::Halves halves = base::split_once(dependency->text, " ");
      requirements.push_back({halves.before, base::split_once(halves.behind, " ").before,
                              Need::production, dependency->span});
    }
    package.requirements = lock_->add_requirements(requirements);
  }

  std::shared_ptr<Lockfile> lock_;
  Value root_;
  std::unordered_map<std::string, std::string_view> checksums_;
};

ReadResult read(std::shared_ptr<const base::Source> source) {
  GATE_TRY(std::shared_ptr<const Document> document, read_toml(source));
  return Reader(std::move(source), std::move(document)).run();
}

constexpr std::array<std::string_view, 1> kLocks{"Cargo.lock"};
constexpr std::array<std::string_view, 1> kManifests{"Cargo.toml"};

}  // namespace

const Format kCargo{"cargo", Ecosystem::crates, "cargo update --workspace", kLocks, kManifests,
                    read,    sync_cargo};

}  // namespace gate::readers::lockfiles
