#include "gate/readers/lockfiles/package_json.h"

#include <algorithm>
#include <utility>

#include "gate/base/glob.h"
#include "gate/readers/formats/json_scanner.h"
#include "gate/readers/lockfiles/npm_spec.h"

namespace gate::readers::lockfiles {
namespace {

class Reader {
 public:
  explicit Reader(std::shared_ptr<const base::Source> source)
      : package_(std::make_unique<PackageJson>()),
        json_((package_->source = std::move(source))->text(), package_->texts) {}

  Result<std::unique_ptr<const PackageJson>> run() {
    const bool is_map = json_.members([&](const JsonScanner::Key& key) { read_field(key); });
    if (const std::string& problem = json_.finish(); !problem.empty()) return Error{problem};
    if (!is_map) return Error{"line 1, column 1: a package.json is a map"};
    settle();
    return std::unique_ptr<const PackageJson>(std::move(package_));
  }

 private:
  void read_field(const JsonScanner::Key& key) {
    PackageJson& package = *package_;
    if (const std::optional<Need> need = npm_section(key.name)) {
      json_.members([&](const JsonScanner::Key& name) {
        if (const auto range = json_.text())
          package.requirements.push_back({name.name, *range, *need, name.span});
      });
    } else if (key.name == "name") {
      package.name_span = key.span;
      package.name = json_.text().value_or("");
    } else if (key.name == "version") {
      package.version = json_.text().value_or("");
    } else if (key.name == "peerDependenciesMeta") {
      json_.members([&](const JsonScanner::Key& peer) {
        json_.members([&](const JsonScanner::Key& field) {
          if (field.name == "optional" && json_.boolean().value_or(false))
            optional_peers_.push_back(peer.name);
        });
      });
    } else if (key.name == "workspaces") {
      read_workspaces();
    } else if (key.name == "bundleDependencies" || key.name == "bundledDependencies") {
      read_texts(package.bundled);
    } else if (key.name == "overrides") {
      read_overrides(package.overrides);
    } else if (key.name == "resolutions") {
      read_overrides(package.resolutions);
    } else if (key.name == "private") {
      is_private_ = json_.boolean().value_or(false);
    } else if (key.name == "main" || key.name == "exports" || key.name == "files" ||
               key.name == "module" || key.name == "types") {
      package.is_library = true;
    } else if (key.name == "packageManager") {
      package.package_manager = json_.text().value_or("");
    } else if (key.name == "pnpm") {
      json_.members([&](const JsonScanner::Key& field) {
        if (field.name == "overrides") read_overrides(package.pnpm_overrides);
      });
    } else if (key.name == "publishConfig") {
      json_.members([&](const JsonScanner::Key& field) {
        if (field.name == "directory") package.publish_directory = json_.text().value_or("");
      });
    } else if (key.name == "engines") {
      json_.members([&](const JsonScanner::Key& field) {
        if (field.name == "node") package.node = json_.text().value_or("");
      });
    }
  }

  void read_texts(std::vector<std::string_view>& into) {
    json_.items([&] {
      if (const auto text = json_.text()) into.push_back(*text);
    });
  }

  // A list, or {packages: list}.
  void read_workspaces() {
    if (json_.kind() == NodeKind::list) return read_texts(package_->workspaces);
    json_.members([&](const JsonScanner::Key& key) {
      if (key.name == "packages") read_texts(package_->workspaces);
    });
  }

  void read_overrides(std::vector<Override>& into) {
    json_.members([&](const JsonScanner::Key& key) {
      path_.push_back(key.name);
      if (json_.kind() == NodeKind::map) {
        read_overrides(into);
      } else if (const auto spec = json_.text()) {
        into.push_back({path_, *spec, key.span});
      }
      path_.pop_back();
    });
  }

  void settle() {
    if (is_private_) package_->is_library = false;
    std::vector<Requirement>& all = package_->requirements;
    std::erase_if(all, [&](const Requirement& requirement) {
      return requirement.need == Need::production &&
             package_->find(requirement.name, Need::optional) != nullptr;
    });
    for (Requirement& requirement : all) {
      const bool is_optional = std::find(optional_peers_.begin(), optional_peers_.end(),
                                         requirement.name) != optional_peers_.end();
      if (requirement.need == Need::peer && is_optional) requirement.need = Need::optional_peer;
    }
  }

  std::unique_ptr<PackageJson> package_;
  JsonScanner json_;
  std::vector<std::string_view> optional_peers_;
  std::vector<std::string_view> path_;
  bool is_private_ = false;
};

}  // namespace

const Requirement* PackageJson::find(std::string_view package, Need need) const {
  const auto found =
      std::find_if(requirements.begin(), requirements.end(), [&](const Requirement& requirement) {
        return requirement.need == need && requirement.name == package;
      });
  return found == requirements.end() ? nullptr : &*found;
}

Result<std::unique_ptr<const PackageJson>> read_package_json(
    std::shared_ptr<const base::Source> source) {
  return Reader(std::move(source)).run();
}

std::vector<std::string> workspace_folders(const std::vector<std::string_view>& globs,
                                           const std::vector<std::string>& candidates) {
  base::GlobSet set;
  for (const std::string_view text : globs) {
    const bool take_back = text.starts_with('!');
    std::string_view path = text.substr(take_back ? 1 : 0);
    if (path.starts_with("./")) path.remove_prefix(2);
    while (path.ends_with('/'))
      path.remove_suffix(1);
    // From the top, whether or not there is a slash in it.
    (void)set.add(std::string(take_back ? "!/" : "/") + std::string(path));
  }
  std::vector<std::string> folders;
  if (set.empty()) return folders;
  std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(folders),
               [&](const std::string& folder) { return set.matches(folder); });
  return folders;
}

}  // namespace gate::readers::lockfiles
