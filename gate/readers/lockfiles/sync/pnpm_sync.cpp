// What `pnpm install --frozen-lockfile` refuses (pnpm 9: lockfile/verification,
// satisfiesPackageManifest; lockfile/settings-checker).
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/npm_spec.h"
#include "gate/readers/lockfiles/pnpm_key.h"
#include "gate/readers/lockfiles/sync/manifests.h"
#include "gate/readers/lockfiles/versions/npm_range.h"
#include "gate/readers/lockfiles/yaml_lines.h"

namespace gate::readers::lockfiles {
namespace {

using Specs = std::map<std::string_view, std::string_view>;  // name to range

bool is_link(std::string_view spec) { return spec.starts_with("link:"); }

// pnpm-workspace.yaml, as far as it decides what is locked.
struct Workspace {
  Specs overrides;
  std::map<std::string, std::string_view> catalogs;  // "default/name" to range
  bool exists = false;
  std::vector<std::unique_ptr<std::string>> texts;
  std::shared_ptr<const base::Source> source;
};

class PnpmSync {
 public:
  PnpmSync(const Lockfile& lock, const Neighbours& files, Comparison& comparison)
      : lock_(lock), files_(files), comparison_(comparison) {}

  void run() {
    if (!read_workspace()) return;
    auto root = read_manifest("");
    if (!root) return;
    collect_overrides(*root);
    check_overrides(*root);
    check_catalogs();
    // A lock of a project that asks for nothing has no importer.
    if (lock_.projects.empty()) check_project(*root, nullptr, "");
    for (const Project& project : lock_.projects) {
      if (project.path.empty()) {
        check_project(*root, &project, "");
        continue;
      }
      if (project.path.starts_with("..")) continue;
      const auto member = read_manifest(std::string(project.path) + "/");
      if (member) check_project(*member, &project, project.path);
    }
  }

 private:
  std::unique_ptr<const PackageJson> read_manifest(const std::string& folder) {
    return load_package_json(files_, folder + "package.json", comparison_);
  }

  bool read_workspace() {
    const auto source = files_.read("pnpm-workspace.yaml");
    if (!source) {
      comparison_.unknown.push_back("read pnpm-workspace.yaml: " + source.error().message);
      return false;
    }
    if (!*source) return true;
    workspace_.exists = true;
    workspace_.source = *source;
    YamlLines lines((*source)->text(), workspace_.texts);
    while (lines.next()) {
      const std::vector<std::string_view>& path = lines.path();
      if (lines.form() != YamlLines::Form::scalar) continue;
      if (path.size() == 2 && path[0] == "overrides") workspace_.overrides[path[1]] = lines.value();
      if (path.size() == 2 && path[0] == "catalog")
        workspace_.catalogs["default/" + std::string(path[1])] = lines.value();
      if (path.size() == 3 && path[0] == "catalogs")
        workspace_.catalogs[std::string(path[1]) + "/" + std::string(path[2])] = lines.value();
    }
    if (lines.problem().empty()) return true;
    comparison_.unknown.push_back("pnpm-workspace.yaml: " + lines.problem());
    return false;
  }

  [[nodiscard]] std::optional<std::string_view> setting(
      std::initializer_list<std::string_view> keys) const {
    for (const Setting& entry : lock_.settings) {
      const auto have = lock_.keys(entry);
      if (std::equal(have.begin(), have.end(), keys.begin(), keys.end())) return entry.value;
    }
    return std::nullopt;
  }

  void collect_overrides(const PackageJson& root) {
    for (const Override& entry : root.pnpm_overrides) {
      if (entry.path.size() == 1) wanted_overrides_[entry.path[0]] = entry.spec;
    }
    // yarn's name for the same.
    for (const Override& entry : root.resolutions) {
      if (entry.path.size() == 1) wanted_overrides_[entry.path[0]] = entry.spec;
    }
    for (const auto& [name, spec] : workspace_.overrides)
      wanted_overrides_[name] = spec;
    for (auto& [name, spec] : wanted_overrides_) {
      if (!spec.starts_with('$')) continue;
      for (const Need need : {Need::production, Need::development, Need::optional}) {
        if (const Requirement* own = root.find(spec.substr(1), need)) {
          spec = own->range;
          break;
        }
      }
    }
  }

  void check_overrides(const PackageJson& root) {
    Specs locked;
    for (const Setting& entry : lock_.settings) {
      const auto keys = lock_.keys(entry);
      if (keys.size() == 2 && keys[0] == "overrides") locked[keys[1]] = entry.value;
    }
    for (const auto& [name, spec] : wanted_overrides_) {
      const auto found = locked.find(name);
      if (found != locked.end() && (found->second == spec || spec.starts_with("catalog:")))
        continue;
      comparison_.add(
          found == locked.end()
              ? fmt::format("`overrides` sets {} to `{}`, pnpm-lock.yaml does not know it", name,
                            spec)
              : fmt::format("`overrides` sets {} to `{}`, pnpm-lock.yaml to `{}`", name, spec,
                            found->second),
          root.source, {}, fmt::format("override {}", name));
    }
    for (const auto& [name, spec] : locked) {
      if (wanted_overrides_.contains(name)) continue;
      comparison_.add(fmt::format("pnpm-lock.yaml has the override {} `{}`, which is not set any "
                                  "more",
                                  name, spec),
                      lock_.source(), {}, fmt::format("override {}", name));
    }
  }

  // What `catalog:` meant when the lock was written.
  void check_catalogs() {
    for (const Setting& entry : lock_.settings) {
      const auto keys = lock_.keys(entry);
      if (keys.size() != 4 || keys[0] != "catalogs" || keys[3] != "specifier") continue;
      const auto found =
          workspace_.catalogs.find(std::string(keys[1]) + "/" + std::string(keys[2]));
      if (found != workspace_.catalogs.end() && found->second == entry.value) continue;
      comparison_.add(
          fmt::format("the catalog `{}` sets {} to `{}`, pnpm-lock.yaml was made with "
                      "`{}`",
                      keys[1], keys[2],
                      found == workspace_.catalogs.end() ? "nothing" : found->second, entry.value),
          lock_.source(), entry.span, fmt::format("catalog {} {}", keys[1], keys[2]));
    }
  }

  // What a manifest asks for once overrides were applied.
  struct Wanted {
    std::string_view range;
    const Requirement* requirement;
  };
  using Section = std::map<std::string_view, Wanted>;

  [[nodiscard]] Section section(const PackageJson& package, Need need) const {
    Section section;
    for (const Requirement& requirement : package.requirements) {
      if (requirement.need != need) continue;
      std::string_view range = requirement.range;
      const auto override_found = wanted_overrides_.find(requirement.name);
      if (override_found != wanted_overrides_.end()) range = override_found->second;
      if (range == "-") continue;  // an override that removes
      section[requirement.name] = {range, &requirement};
    }
    return section;
  }

  void check_project(const PackageJson& package, const Project* project, std::string_view folder) {
    Section production = section(package, Need::production);
    Section development = section(package, Need::development);
    Section optional = section(package, Need::optional);
    if (setting({"settings", "autoInstallPeers"}) == "true") {
      for (const auto& [name, wanted] : section(package, Need::peer)) {
        if (!production.contains(name) && !development.contains(name) && !optional.contains(name))
          production[name] = wanted;
      }
    }
    for (const auto& [name, wanted] : optional) {
      production.erase(name);
      development.erase(name);
    }
    for (const auto& [name, wanted] : production)
      development.erase(name);
    check_section(package, production, project, Need::production, folder);
    check_section(package, development, project, Need::development, folder);
    check_section(package, optional, project, Need::optional, folder);
  }

  static std::string_view section_name(Need need) {
    switch (need) {
      case Need::development:
        return "devDependencies";
      case Need::optional:
        return "optionalDependencies";
      default:
        return "dependencies";
    }
  }

  void check_section(const PackageJson& package, const Section& wanted, const Project* project,
                     Need need, std::string_view folder) {
    std::map<std::string_view, std::size_t> locked;
    std::span<const Requirement> requirements;
    if (project != nullptr) {
      requirements = lock_.requirements(project->requirements);
      for (std::size_t index = 0; index < requirements.size(); ++index) {
        if (requirements[index].need == need) locked[requirements[index].name] = index;
      }
    }
    const bool leaves_links = setting({"settings", "excludeLinksFromLockfile"}) == "true";
    for (const auto& [name, entry] : wanted) {
      if (leaves_links && is_link(entry.range)) continue;
      const auto found = locked.find(name);
      if (found == locked.end()) {
        comparison_.add(fmt::format("package.json asks for {} `{}` in {}, pnpm-lock.yaml does not",
                                    name, entry.range, section_name(need)),
                        package.source, entry.requirement->span,
                        fmt::format("missing {} {}", folder, name));
        continue;
      }
      const Requirement& have = requirements[found->second];
      if (have.range != entry.range) {
        comparison_.add(
            fmt::format("package.json asks for {} `{}`, pnpm-lock.yaml was made for `{}` ({})",
                        name, entry.range, have.range, place_text(*lock_.source(), have.span)),
            package.source, entry.requirement->span, fmt::format("specifier {} {}", folder, name));
        continue;
      }
      check_version(package, *entry.requirement, have, lock_.locked(*project)[found->second],
                    folder);
    }
    for (const auto& [name, index] : locked) {
      if (wanted.contains(name) || is_link(requirements[index].range)) continue;
      if (requirements[index].range.starts_with("runtime:")) continue;  // devEngines.runtime
      comparison_.add(fmt::format("pnpm-lock.yaml has {} `{}` in {}, package.json does not ask for "
                                  "it there",
                                  name, requirements[index].range, section_name(need)),
                      lock_.source(), requirements[index].span,
                      fmt::format("removed {} {}", folder, name));
    }
  }

  // The version that is locked for a range must lie in it.
  void check_version(const PackageJson& package, const Requirement& wanted, const Requirement& have,
                     std::string_view locked, std::string_view folder) {
    const std::string_view bare = without_peers(locked).substr(0, locked.find('_'));
    const auto version = NpmVersion::parse(bare);
    const auto range = NpmRange::parse(have.range);
    if (!version || !range || range->matches(*version)) return;
    comparison_.add(fmt::format("package.json asks for {} `{}`, locked is {} ({})", wanted.name,
                                have.range, bare, place_text(*lock_.source(), have.span)),
                    package.source, wanted.span, fmt::format("invalid {} {}", folder, wanted.name));
  }

  const Lockfile& lock_;
  const Neighbours& files_;
  Comparison& comparison_;
  Workspace workspace_;
  Specs wanted_overrides_;
};

}  // namespace

void sync_pnpm(const Lockfile& lock, const Neighbours& files, Strictness /*strictness*/,
               Comparison& comparison) {
  PnpmSync(lock, files, comparison).run();
}

}  // namespace gate::readers::lockfiles
