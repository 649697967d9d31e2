// bun.lock, lockfileVersion 0 and 1 (bun.sh/docs/install/lockfile): JSON with trailing commas.
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "gate/base/words.h"
#include "gate/readers/formats/json_scanner.h"
#include "gate/readers/lockfiles/formats.h"
#include "gate/readers/lockfiles/npm_spec.h"

namespace gate::readers::lockfiles {
namespace {

class Reader {
 public:
  explicit Reader(std::shared_ptr<const base::Source> source)
      : lock_(std::make_shared<Lockfile>(std::move(source))),
        json_(lock_->text(), lock_->texts(), {.trailing_commas = true}) {}

  ReadResult run() {
    lock_->ecosystem = Ecosystem::npm;
    lock_->format = kBun.name;
    lock_->tells_groups = false;
    const bool is_map = json_.members([&](const JsonScanner::Key& key) {
      if (key.name == "lockfileVersion") {
        lock_->version = json_.word().value_or("");
      } else if (key.name == "workspaces") {
        json_.members([&](const JsonScanner::Key& folder) { read_project(folder); });
      } else if (key.name == "packages") {
        json_.members([&](const JsonScanner::Key& place) { read_package(place); });
      } else if (key.name == "overrides" || key.name == "catalog" ||
                 key.name == "patchedDependencies") {
        read_settings(key.name);
      }
    });
    if (const std::string& problem = json_.finish(); !problem.empty()) return Error{problem};
    if (!is_map) return Error{"line 1, column 1: a bun.lock is a map"};
    return std::shared_ptr<const Lockfile>(std::move(lock_));
  }

 private:
  struct Asked {
    std::vector<Requirement> requirements;
    std::vector<std::string_view> optional_peers;

    void settle() {
      for (Requirement& requirement : requirements) {
        for (const std::string_view peer : optional_peers) {
          if (requirement.need == Need::peer && requirement.name == peer)
            requirement.need = Need::optional_peer;
        }
      }
    }
  };

  // Takes one of the sections that say what is asked for; false for another key.
  bool read_section(std::string_view section, Asked& asked) {
    if (section == "optionalPeers") {
      json_.items([&] {
        if (const auto name = json_.text()) asked.optional_peers.push_back(*name);
      });
      return true;
    }
    const std::optional<Need> need = npm_section(section);
    if (!need) return false;
    json_.members([&](const JsonScanner::Key& key) {
      if (const auto range = json_.text())
        asked.requirements.push_back({key.name, *range, *need, key.span});
    });
    return true;
  }

  void read_project(const JsonScanner::Key& folder) {
    Project project;
    project.path = folder.name;
    project.span = folder.span;
    Asked asked;
    json_.members([&](const JsonScanner::Key& key) {
      if (key.name == "name") project.name = json_.text().value_or("");
      if (key.name == "version") project.version = json_.text().value_or("");
      (void)read_section(key.name, asked);
    });
    asked.settle();
    project.requirements = lock_->add_requirements(asked.requirements);
    lock_->projects.push_back(project);
  }

  // `["name@version", registry, meta, integrity]`; of a git source ["name@github:o/r#sha", meta,
  // tag], of a workspace ["name@workspace:folder"].
  void read_package(const JsonScanner::Key& place) {
    Package package;
    package.key = place.name;
    package.span = place.span;
    Asked asked;
    std::size_t index = 0;
    std::optional<std::string_view> id;
    std::string_view registry;
    std::string_view last;
    json_.items([&] {
      if (index == 0) {
        id = json_.text();
      } else if (json_.kind() == NodeKind::map) {
        read_meta(package, asked);
      } else {
        const std::string_view text = json_.text().value_or("");
        (index == 1 ? registry : last) = text;
      }
      ++index;
    });
    if (!id || id->find('@', 1) == std::string_view::npos) {
      lock_->problems.push_back({"the entry does not begin with `name@version`", place.span});
      return;
    }
    const NpmAlias parts = split_npm_descriptor(*id);
    package.name = parts.name;
    set_version(package, parts.range, registry);
    if (last.starts_with("sha")) package.hashes = lock_->add_strings({&last, 1});
    asked.settle();
    package.requirements = lock_->add_requirements(asked.requirements);
    if (!parts.range.starts_with("workspace:")) lock_->packages.push_back(package);
  }

  static void set_version(Package& package, std::string_view version, std::string_view registry) {
    const NpmSpec spec = parse_npm_location(version);
    if (!spec.is_address) {
      package.version = version;
      package.location = registry;  // empty: the usual one
      return;
    }
    package.location = version;
    package.source = spec.source == Source::registry ? Source::url : spec.source;
    package.commit = spec.source == Source::git ? spec.commit : std::string_view();
    if (spec.source == Source::path) package.set(Package::local);
  }

  void read_meta(Package& package, Asked& asked) {
    json_.members([&](const JsonScanner::Key& key) {
      if (read_section(key.name, asked)) return;
      if (key.name == "os" || key.name == "cpu" || key.name == "libc")
        package.set(Package::foreign_platform);
    });
  }

  void read_settings(std::string_view section) {
    json_.members([&](const JsonScanner::Key& key) {
      if (const auto value = json_.text())
        lock_->add_setting(std::array{section, key.name}, *value, key.span);
    });
  }

  std::shared_ptr<Lockfile> lock_;
  JsonScanner json_;
};

ReadResult read(std::shared_ptr<const base::Source> source) {
  // What bun.lockb begins with.
  if (source->text().starts_with("#!/usr/bin/env bun\nbun-lockfile-format"))
    return Error{
        "line 1, column 1: bun's binary form is not read; `bun install --save-text-lockfile` "
        "writes "
        "bun.lock"};
  return Reader(std::move(source)).run();
}

constexpr std::array<std::string_view, 2> kLocks{"bun.lock", "bun.lockb"};
constexpr std::array<std::string_view, 1> kManifests{"package.json"};

}  // namespace

const Format kBun{"bun", Ecosystem::npm, "bun install", kLocks, kManifests, read, sync_bun};

}  // namespace gate::readers::lockfiles
