// What `yarn install --frozen-lockfile` (yarn 1) and `yarn install --immutable` (berry) refuse.
#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "gate/base/words.h"
#include "gate/readers/lockfiles/npm_spec.h"
#include "gate/readers/lockfiles/sync/manifests.h"
#include "gate/readers/lockfiles/yarn.h"

namespace gate::readers::lockfiles {
namespace {

constexpr std::string_view kNpm = "npm:";

std::string_view without_npm(std::string_view range) {
  return range.starts_with(kNpm) ? range.substr(kNpm.size()) : range;
}

// "a@npm:^1" and "a@^1" are the same.
std::string descriptor(std::string_view name, std::string_view range) {
  std::string text(name);
  text += '@';
  text += without_npm(range);
  return text;
}

class YarnSync {
 public:
  YarnSync(const Lockfile& lock, const Neighbours& files, Strictness strictness,
           Comparison& comparison)
      : lock_(lock), files_(files), strictness_(strictness), comparison_(comparison) {
    for (const Package& package : lock.packages) {
      for (const std::string_view text : lock.descriptors(package)) {
        const NpmAlias parts = split_npm_descriptor(text);
        answered_.emplace(descriptor(parts.name, parts.range), &package);
      }
    }
  }

  void run() {
    auto root = read_manifest("");
    if (!root) return;
    for (const Override& entry : root->resolutions) {
      const std::string_view name = last_name(entry.path.back());
      resolutions_[name] = {entry.spec, entry.path.size() == 1 && entry.path.back() == name};
    }
    std::vector<std::unique_ptr<const PackageJson>> members;
    std::vector<std::string> folders{""};
    members.push_back(std::move(root));
    for (const std::string& folder :
         workspace_folders(members.front()->workspaces, files_.folders_with("package.json"))) {
      if (auto member = read_manifest(folder + "/")) {
        members.push_back(std::move(member));
        folders.push_back(folder);
      }
    }
    for (const auto& member : members)
      own_names_.push_back(member->name);
    for (std::size_t index = 0; index < members.size(); ++index) {
      if (lock_.version != kYarnClassic) {
        check_workspace(*members[index], folders[index]);
      } else {
        check_asked(*members[index]);
      }
    }
    check_packages();
    if (strictness_ == Strictness::exact && lock_.version == kYarnClassic) check_unused(members);
  }

 private:
  // What `resolutions` of the manifest puts in the place of a name.
  struct Resolution {
    std::string_view range;
    bool everywhere = false;  // whoever asks, and for whatever range
  };

  std::unique_ptr<const PackageJson> read_manifest(const std::string& folder) {
    return load_package_json(files_, folder + "package.json", comparison_);
  }

  // "**/a/@s/b" names @s/b; "b@^1" names b.
  static std::string_view last_name(std::string_view pattern) {
    std::size_t slash = pattern.rfind('/');
    if (slash != std::string_view::npos && slash > 0) {
      const std::size_t before = pattern.rfind('/', slash - 1);
      const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
      if (pattern[begin] == '@') return split_npm_descriptor(pattern.substr(begin)).name;
    }
    const std::string_view last =
        slash == std::string_view::npos ? pattern : pattern.substr(slash + 1);
    return split_npm_descriptor(last).name;
  }

  [[nodiscard]] bool is_own(std::string_view name) const {
    return std::find(own_names_.begin(), own_names_.end(), name) != own_names_.end();
  }

  // Berry asks for what a resolution says instead of the range; addresses it writes in a longer
  // form.
  [[nodiscard]] bool is_unresolved(std::string_view name) const {
    if (lock_.version == kYarnClassic) return false;
    const auto found = resolutions_.find(name);
    if (found == resolutions_.end() || !found->second.everywhere) return false;
    const std::string_view range = without_npm(found->second.range);
    return range.find(':') == std::string_view::npos && !parse_npm_location(range).is_address &&
           !answered_.contains(descriptor(name, range));
  }

  [[nodiscard]] bool is_answered(std::string_view name, std::string_view range) const {
    if (is_unresolved(name)) return false;
    if (answered_.contains(descriptor(name, range))) return true;
    // A resolution stands in for whatever range was asked for.
    if (resolutions_.contains(name)) return true;
    // Without a range yarn 1 writes the bare name.
    return range.empty() && answered_.contains(std::string(name) + "@");
  }

  void check_asked(const PackageJson& package) {
    for (const Requirement& requirement : package.requirements) {
      if (requirement.need == Need::peer || requirement.need == Need::optional_peer) continue;
      if (is_own(requirement.name) || requirement.range.starts_with("link:")) continue;
      if (is_answered(requirement.name, requirement.range)) {
        check_resolution(package, requirement);
        continue;
      }
      comparison_.add(fmt::format("package.json asks for {} `{}`, yarn.lock has {}",
                                  requirement.name, requirement.range, known(requirement.name)),
                      package.source, requirement.span,
                      fmt::format("missing {}", requirement.name));
    }
  }

  void check_resolution(const PackageJson& package, const Requirement& requirement) {
    const auto resolution = resolutions_.find(requirement.name);
    if (resolution == resolutions_.end()) return;
    const std::string_view range = resolution->second.range;
    if (answered_.contains(descriptor(requirement.name, range)) ||
        answered_.contains(descriptor(requirement.name, requirement.range)))
      return;
    report_resolution(package, requirement, range);
  }

  void report_resolution(const PackageJson& package, const Requirement& requirement,
                         std::string_view range) {
    comparison_.add(fmt::format("`resolutions` sets {} to `{}`, yarn.lock has {}", requirement.name,
                                range, known(requirement.name)),
                    package.source, requirement.span, fmt::format("missing {}", requirement.name));
  }

  // What the lock has of a name: "`^1.0.0` (yarn.lock:12)", or "no such package".
  std::string known(std::string_view name) const {
    for (const Package& package : lock_.packages) {
      for (const std::string_view text : lock_.descriptors(package)) {
        const NpmAlias parts = split_npm_descriptor(text);
        if (parts.name != name) continue;
        return fmt::format("`{}` ({})", without_npm(parts.range),
                           place_text(*lock_.source(), package.span));
      }
    }
    return "no such package";
  }

  // Berry keeps a copy of each manifest: the entry of the workspace.
  void check_workspace(const PackageJson& package, const std::string& folder) {
    const auto found = std::find_if(lock_.projects.begin(), lock_.projects.end(),
                                    [&](const Project& project) { return project.path == folder; });
    const std::string where = folder.empty() ? "package.json" : folder + "/package.json";
    if (found == lock_.projects.end()) {
      comparison_.add(fmt::format("yarn.lock has no entry for the workspace of {}", where),
                      package.source, package.name_span, fmt::format("workspace {}", folder));
      return;
    }
    if (!package.name.empty() && found->name != package.name) {
      comparison_.add(
          fmt::format("{} is named `{}`, its entry in yarn.lock `{}` ({})", where, package.name,
                      found->name, place_text(*lock_.source(), found->span)),
          package.source, package.name_span, fmt::format("name {}", folder));
    }
    std::map<std::string_view, const Requirement*> wanted;
    std::map<std::string_view, const Requirement*> wanted_peers;
    for (const Requirement& requirement : package.requirements) {
      const bool is_peer =
          requirement.need == Need::peer || requirement.need == Need::optional_peer;
      auto& into = is_peer ? wanted_peers : wanted;
      // What production asks for wins over the same of development.
      const auto [entry, is_new] = into.try_emplace(requirement.name, &requirement);
      if (!is_new && entry->second->need == Need::development) entry->second = &requirement;
    }
    std::map<std::string_view, const Requirement*> have;
    std::map<std::string_view, const Requirement*> have_peers;
    for (const Requirement& requirement : lock_.requirements(found->requirements)) {
      const bool is_peer =
          requirement.need == Need::peer || requirement.need == Need::optional_peer;
      (is_peer ? have_peers : have)[requirement.name] = &requirement;
    }
    compare(package, wanted, have, folder);
    compare(package, wanted_peers, have_peers, folder);
    for (const auto& [name, requirement] : wanted) {
      if (is_unresolved(name))
        report_resolution(package, *requirement, resolutions_.find(name)->second.range);
    }
  }

  using ByName = std::map<std::string_view, const Requirement*>;

  void compare(const PackageJson& package, const ByName& wanted, const ByName& have,
               const std::string& folder) {
    for (const auto& [name, requirement] : wanted) {
      const auto found = have.find(name);
      if (found != have.end() && same_range(requirement->range, found->second->range)) continue;
      comparison_.add(
          found == have.end()
              ? fmt::format("package.json asks for {} `{}`, yarn.lock does not", name,
                            requirement->range)
              : fmt::format("package.json asks for {} `{}`, yarn.lock was made for `{}` ({})", name,
                            requirement->range, without_npm(found->second->range),
                            place_text(*lock_.source(), found->second->span)),
          package.source, requirement->span, fmt::format("asked {} {}", folder, name));
    }
    for (const auto& [name, requirement] : have) {
      if (wanted.contains(name)) continue;
      comparison_.add(fmt::format("yarn.lock asks for {} `{}`, package.json does not any more",
                                  name, without_npm(requirement->range)),
                      lock_.source(), requirement->span, fmt::format("asked {} {}", folder, name));
    }
  }

  static bool same_range(std::string_view wanted, std::string_view locked) {
    if (without_npm(wanted) == without_npm(locked)) return true;
    // Berry writes addresses and folders in a longer form: what it began with has to be in it.
    const NpmSpec spec = parse_npm_location(wanted);
    return spec.is_address || wanted.starts_with("catalog:") || wanted.starts_with("patch:");
  }

  // What a locked package asks for has to be locked too.
  void check_packages() {
    for (const Package& package : lock_.packages) {
      for (const Requirement& requirement : lock_.requirements(package.requirements)) {
        if (requirement.need == Need::peer || requirement.need == Need::optional_peer) continue;
        if (is_own(requirement.name) || is_answered(requirement.name, requirement.range)) continue;
        if (parse_npm_location(requirement.range).is_address) continue;
        comparison_.add(
            fmt::format("{} {} asks for {} `{}`, yarn.lock has {}", package.name, package.version,
                        requirement.name, without_npm(requirement.range), known(requirement.name)),
            lock_.source(), requirement.span,
            fmt::format("missing {} {}", package.key, requirement.name));
      }
    }
  }

  // Packages that nothing asks for any more: yarn 1 lets them stay.
  void check_unused(const std::vector<std::unique_ptr<const PackageJson>>& members) {
    std::unordered_map<std::string_view, bool> used;
    std::vector<const Package*> open;
    const auto use = [&](std::string_view name, std::string_view range) {
      auto found = answered_.find(descriptor(name, range));
      if (found == answered_.end()) {
        const auto resolution = resolutions_.find(name);
        if (resolution == resolutions_.end()) return;
        found = answered_.find(descriptor(name, resolution->second.range));
        if (found == answered_.end()) return;
      }
      if (!used.try_emplace(found->second->key, true).second) return;
      open.push_back(found->second);
    };
    for (const auto& member : members) {
      for (const Requirement& requirement : member->requirements)
        use(requirement.name, requirement.range);
    }
    while (!open.empty()) {
      const Package* package = open.back();
      open.pop_back();
      for (const Requirement& requirement : lock_.requirements(package->requirements))
        use(requirement.name, requirement.range);
    }
    for (const Package& package : lock_.packages) {
      if (used.contains(package.key)) continue;
      comparison_.add(fmt::format("nothing asks for {} {} any more", package.name, package.version),
                      lock_.source(), package.span, fmt::format("unused {}", package.key));
    }
  }

  const Lockfile& lock_;
  const Neighbours& files_;
  Strictness strictness_;
  Comparison& comparison_;
  std::unordered_map<std::string, const Package*> answered_;
  std::map<std::string_view, Resolution> resolutions_;
  std::vector<std::string_view> own_names_;
};

}  // namespace

void sync_yarn(const Lockfile& lock, const Neighbours& files, Strictness strictness,
               Comparison& comparison) {
  YarnSync(lock, files, strictness, comparison).run();
}

}  // namespace gate::readers::lockfiles
