// yarn.lock of yarn 2 and later (yarnpkg.com/configuration/manifest, "resolution").
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/npm_spec.h"
#include "gate/readers/lockfiles/yaml_lines.h"
#include "gate/readers/lockfiles/yarn.h"

namespace gate::readers::lockfiles {
namespace {

constexpr std::string_view kWorkspace = "workspace:";

class Reader {
 public:
  explicit Reader(std::shared_ptr<const base::Source> source)
      : lock_(std::make_shared<Lockfile>(std::move(source))),
        lines_(lock_->text(), lock_->texts()) {}

  ReadResult run() {
    lock_->ecosystem = Ecosystem::npm;
    lock_->format = kYarn.name;
    lock_->tells_groups = false;
    while (lines_.next())
      read_line();
    end_package();
    if (!lines_.problem().empty()) return Error{lines_.problem()};
    return std::shared_ptr<const Lockfile>(std::move(lock_));
  }

 private:
  void read_line() {
    const std::vector<std::string_view>& path = lines_.path();
    if (path.front() == "__metadata") {
      if (path.size() == 1) end_package();
      if (path.size() == 2 && path[1] == "version") lock_->version = lines_.value();
      return;
    }
    if (path.size() == 1) return begin_package(path.front());
    if (!package_) return;
    if (path.size() == 2) read_field(path[1], lines_.value());
    if (path.size() == 3) read_subfield(path[1], path[2], lines_.value());
    if (path.size() == 4 && path[3] == "optional" && lines_.value() == "true") {
      if (path[1] == "dependenciesMeta") optional_.push_back(path[2]);
      if (path[1] == "peerDependenciesMeta") optional_peers_.push_back(path[2]);
    }
  }

  void begin_package(std::string_view key) {
    end_package();
    package_.emplace();
    package_->key = key;
    package_->span = lines_.span();
    base::for_each_part(key, ',',
                        [&](std::string_view part) { descriptors_.push_back(base::trim(part)); });
  }

  void read_field(std::string_view field, std::string_view value) {
    if (field == "version") package_->version = value;
    if (field == "resolution") resolution_ = value;
    if (field == "checksum") hashes_.push_back(value);
    if (field == "conditions") package_->set(Package::foreign_platform);
  }

  void read_subfield(std::string_view field, std::string_view key, std::string_view value) {
    if (field == "dependencies")
      requirements_.push_back({key, value, Need::production, lines_.span()});
    if (field == "peerDependencies")
      requirements_.push_back({key, value, Need::peer, lines_.span()});
  }

  void end_package() {
    if (!package_) return;
    for (Requirement& requirement : requirements_) {
      const auto named = [&](const std::vector<std::string_view>& names) {
        return std::find(names.begin(), names.end(), requirement.name) != names.end();
      };
      if (requirement.need == Need::peer && named(optional_peers_))
        requirement.need = Need::optional_peer;
      if (requirement.need == Need::production && named(optional_))
        requirement.need = Need::optional;
    }
    const NpmAlias parts = split_npm_descriptor(resolution_.empty() ? package_->key : resolution_);
    package_->name = parts.name;
    package_->hashes = lock_->add_strings(hashes_);
    package_->descriptors = lock_->add_strings(descriptors_);
    package_->requirements = lock_->add_requirements(requirements_);
    if (parts.range.starts_with(kWorkspace)) {
      add_project(parts.range.substr(kWorkspace.size()));
    } else {
      set_source(parts.range);
      lock_->packages.push_back(*package_);
    }
    package_.reset();
    resolution_ = {};
    hashes_.clear();
    descriptors_.clear();
    requirements_.clear();
    optional_.clear();
    optional_peers_.clear();
  }

  void add_project(std::string_view folder) {
    lock_->projects.push_back({folder == "." ? std::string_view() : folder,
                               package_->name,
                               package_->version,
                               package_->requirements,
                               {},
                               package_->span});
  }

  // "npm:1.2.3", "https://…/r.git#commit=…", "file:…#…", "patch:a@npm%3A1.2.3#…".
  void set_source(std::string_view reference) {
    const NpmSpec spec = parse_npm_location(reference);
    if (!spec.is_address) return;
    package_->location = reference;
    package_->source = spec.source;
    if (spec.source == Source::git) package_->commit = spec.commit;
    if (spec.source == Source::path) package_->set(Package::local);
  }

  std::shared_ptr<Lockfile> lock_;
  YamlLines lines_;

  std::optional<Package> package_;
  std::string_view resolution_;
  std::vector<std::string_view> hashes_;
  std::vector<std::string_view> descriptors_;
  std::vector<Requirement> requirements_;
  std::vector<std::string_view> optional_;
  std::vector<std::string_view> optional_peers_;
};

}  // namespace

ReadResult read_yarn_berry(std::shared_ptr<const base::Source> source) {
  return Reader(std::move(source)).run();
}

}  // namespace gate::readers::lockfiles
