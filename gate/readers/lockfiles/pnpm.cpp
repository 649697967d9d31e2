// pnpm-lock.yaml, lockfileVersion 5.0 to 9.0 (github.com/pnpm/spec/tree/master/lockfile).
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/formats.h"
#include "gate/readers/lockfiles/npm_spec.h"
#include "gate/readers/lockfiles/pnpm_key.h"
#include "gate/readers/lockfiles/yaml_lines.h"

namespace gate::readers::lockfiles {
namespace {

using Form = YamlLines::Form;

class Reader {
 public:
  explicit Reader(std::shared_ptr<const base::Source> source)
      : lock_(std::make_shared<Lockfile>(std::move(source))),
        lines_(lock_->text(), lock_->texts()) {}

  ReadResult run() {
    lock_->ecosystem = Ecosystem::npm;
    lock_->format = kPnpm.name;
    while (lines_.next()) {
      if (lines_.document() != document_) begin_document();
      read_line();
    }
    end_package();
    end_project();
    if (!lines_.problem().empty()) return Error{lines_.problem()};
    if (!lock_->text().empty() && lock_->version.empty() && !lock_->packages.empty())
      lock_->problems.push_back({"`lockfileVersion` is missing", {}});
    return std::shared_ptr<const Lockfile>(std::move(lock_));
  }

 private:
  // pnpm 11 writes two documents: what it needs itself, then what the project needs.
  void begin_document() {
    end_package();
    end_project();
    document_ = lines_.document();
    by_key_.clear();
    lock_->projects.clear();
    lock_->settings.clear();
  }

  void read_line() {
    const std::vector<std::string_view>& path = lines_.path();
    const std::string_view top = path.front();
    if (path.size() == 1) {
      end_package();
      // Without `importers` the sections of the one project stand at the top, between others.
      if (settle_requirement(); !at_top_) end_project();
      if (top == "lockfileVersion") lock_->version = lines_.value();
      read_setting();
      return;
    }
    if (top == "packages") return read_package_line(false);
    if (top == "snapshots") return read_package_line(true);
    if (top == "importers") {
      if (path.size() == 2) begin_project(path[1]);
      if (path.size() > 2) read_project_line(2);
      return;
    }
    if (top == "specifiers" || npm_section(top)) {
      if (!project_) begin_project(".");
      at_top_ = true;
      return read_project_line(0);
    }
    read_setting();
  }

  // overrides, catalogs, settings, patchedDependencies: kept flat, by the path of their keys.
  void read_setting() {
    if (lines_.form() != Form::scalar) return;
    lock_->add_setting(lines_.path(), lines_.value(), lines_.span());
  }

  void begin_project(std::string_view path) {
    end_project();
    project_.emplace();
    project_->path = path == "." ? std::string_view() : path;
    project_->span = lines_.span();
  }

  void end_project() {
    if (!project_) return;
    settle_requirement();
    for (Requirement& requirement : requirements_) {
      // In version 5 the ranges stand apart from the sections.
      const auto range = specifiers_.find(requirement.name);
      if (range != specifiers_.end()) requirement.range = range->second;
    }
    project_->requirements = lock_->add_requirements(requirements_);
    project_->locked = lock_->add_strings(locked_);
    lock_->projects.push_back(*project_);
    project_.reset();
    at_top_ = false;
    requirements_.clear();
    locked_.clear();
    specifiers_.clear();
  }

  // `at`: how many keys of the path stand above those of the project.
  void read_project_line(std::size_t at) {
    const std::vector<std::string_view>& path = lines_.path();
    const std::string_view section = path[at];
    const std::size_t depth = path.size() - at;
    if (depth == 1) settle_requirement();
    if (section == "specifiers" && depth == 2) {
      specifiers_[path[at + 1]] = lines_.value();
      return;
    }
    const std::optional<Need> need = npm_section(section);
    if (!need) return;
    if (depth == 2) {
      settle_requirement();
      open_ = Requirement{path[at + 1], {}, *need, lines_.span()};
      open_locked_ = {};
      if (lines_.form() == Form::scalar) open_locked_ = lines_.value();
      if (lines_.form() == Form::flow) {
        std::vector<FlowMember> members;
        (void)read_flow(lines_.value(), members, lock_->texts());
        for (const FlowMember& member : members)
          set_requirement(member.key, member.value);
      }
    } else if (depth == 3 && open_) {
      set_requirement(path.back(), lines_.value());
    }
  }

  void set_requirement(std::string_view key, std::string_view value) {
    if (key == "specifier") open_->range = value;
    if (key == "version") open_locked_ = value;
  }

  void settle_requirement() {
    if (!open_) return;
    requirements_.push_back(*open_);
    locked_.push_back(open_locked_);
    open_.reset();
  }

  void read_package_line(bool is_snapshot) {
    const std::vector<std::string_view>& path = lines_.path();
    if (path.size() == 2) {
      end_package();
      begin_package(path[1], is_snapshot);
    } else if (path.size() == 3) {
      read_field(path[2]);
    } else if (path.size() == 4) {
      read_subfield(path[2], path[3], lines_.value());
    } else if (path.size() == 5 && path[2] == "peerDependenciesMeta" && path[4] == "optional" &&
               lines_.value() == "true") {
      optional_peers_.push_back(path[3]);
    }
  }

  void begin_package(std::string_view key, bool is_snapshot) {
    package_.emplace();
    in_snapshot_ = is_snapshot;
    package_->key = key;
    package_->span = lines_.span();
    const PnpmKey parts = parse_pnpm_key(key, lock_->version);
    package_->name = parts.name;
    package_->version = parts.version;
    package_->location = parts.location;
    const NpmSpec spec = parse_npm_location(parts.location);
    if (spec.is_address) {
      package_->source = spec.source;
      package_->commit = spec.commit;
    }
    if (parts.is_git) package_->source = Source::git;
    if (!parts.commit.empty()) package_->commit = parts.commit;
  }

  void read_field(std::string_view field) {
    const std::string_view value = lines_.value();
    if (lines_.form() == Form::flow) {
      std::vector<FlowMember> members;
      (void)read_flow(value, members, lock_->texts());
      if (members.empty()) return;
      for (const FlowMember& member : members)
        read_subfield(field, member.key, member.value);
      return;
    }
    if (lines_.form() == Form::block) {
      if (field == "os" || field == "cpu" || field == "libc")
        package_->set(Package::foreign_platform);
      return;
    }
    const bool is_true = value == "true";
    if (field == "name") {
      package_->name = value;
    } else if (field == "version") {
      package_->version = value;
    } else if (field == "deprecated") {
      package_->notice = value;
      package_->set(Package::abandoned);
    } else if (field == "dev" && is_true) {
      package_->set(Package::development);
    } else if (field == "optional" && is_true) {
      package_->set(Package::optional);
    } else if (field == "requiresBuild" && is_true) {
      package_->set(Package::install_script);
    }
  }

  void read_subfield(std::string_view field, std::string_view key, std::string_view value) {
    if (field == "resolution") {
      read_resolution(key, value);
    } else if (field == "os" || field == "cpu" || field == "libc") {
      package_->set(Package::foreign_platform);
    } else if (field == "engines" && key == "node") {
      package_requirements_.push_back({key, value, Need::platform, lines_.span()});
    } else if (const std::optional<Need> need = npm_section(field)) {
      package_requirements_.push_back({key, value, *need, lines_.span()});
    }
  }

  void read_resolution(std::string_view key, std::string_view value) {
    if (key == "integrity") {
      package_hashes_.clear();
      base::for_each_word(value, [&](std::string_view word) { package_hashes_.push_back(word); });
    } else if (key == "tarball") {
      package_->location = value;
      const NpmSpec spec = parse_npm_location(value);
      if (spec.is_address && package_->source != Source::path) package_->source = spec.source;
      if (!spec.commit.empty()) package_->commit = spec.commit;
    } else if (key == "directory") {
      package_->location = value;
      package_->source = Source::path;
    } else if (key == "repo") {
      package_->location = value;
      package_->source = Source::git;
    } else if (key == "commit") {
      package_->commit = value;
      package_->source = Source::git;
    } else if (key == "type") {
      if (value == "git") package_->source = Source::git;
      if (value == "directory") package_->source = Source::path;
    }
  }

  void end_package() {
    if (!package_) return;
    for (Requirement& requirement : package_requirements_) {
      const bool is_optional = std::find(optional_peers_.begin(), optional_peers_.end(),
                                         requirement.name) != optional_peers_.end();
      if (requirement.need == Need::peer && is_optional) requirement.need = Need::optional_peer;
    }
    if (in_snapshot_) {
      add_snapshot();
    } else if (!package_->name.empty()) {
      if (package_->source == Source::path) package_->set(Package::local);
      package_->hashes = lock_->add_strings(package_hashes_);
      package_->requirements = lock_->add_requirements(package_requirements_);
      by_key_.emplace(package_->key, lock_->packages.size());
      lock_->packages.push_back(*package_);
    }
    package_.reset();
    package_hashes_.clear();
    package_requirements_.clear();
    optional_peers_.clear();
  }

  // Since version 9 what a package asks for stands apart, once for each set of peers.
  void add_snapshot() {
    const auto found = by_key_.find(without_peers(package_->key));
    if (found == by_key_.end()) return;
    Package& package = lock_->packages[found->second];
    // Optional as a whole is what is optional with each set of peers.
    const bool is_first = seen_.insert(found->second).second;
    if (is_first && package_->is(Package::optional)) package.set(Package::optional);
    if (!package_->is(Package::optional)) package.clear(Package::optional);
    if (package_requirements_.empty()) return;
    const std::span<const Requirement> before = lock_->requirements(package.requirements);
    std::vector<Requirement> all(before.begin(), before.end());
    all.insert(all.end(), package_requirements_.begin(), package_requirements_.end());
    package.requirements = lock_->add_requirements(all);
  }

  std::shared_ptr<Lockfile> lock_;
  YamlLines lines_;
  std::size_t document_ = 0;
  std::unordered_map<std::string_view, std::size_t> by_key_;
  std::unordered_set<std::size_t> seen_;  // packages with a snapshot

  std::optional<Project> project_;
  bool at_top_ = false;
  std::vector<Requirement> requirements_;
  std::vector<std::string_view> locked_;
  std::unordered_map<std::string_view, std::string_view> specifiers_;
  std::optional<Requirement> open_;
  std::string_view open_locked_;

  std::optional<Package> package_;
  bool in_snapshot_ = false;
  std::vector<std::string_view> package_hashes_;
  std::vector<Requirement> package_requirements_;
  std::vector<std::string_view> optional_peers_;
};

ReadResult read(std::shared_ptr<const base::Source> source) {
  return Reader(std::move(source)).run();
}

constexpr std::array<std::string_view, 1> kLocks{"pnpm-lock.yaml"};
constexpr std::array<std::string_view, 1> kManifests{"package.json"};

}  // namespace

const Format kPnpm{"pnpm", Ecosystem::npm, "pnpm install", kLocks, kManifests, read, sync_pnpm};

}  // namespace gate::readers::lockfiles
