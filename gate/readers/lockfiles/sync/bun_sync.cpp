// Whether bun.lock is what package.json asks for: its `workspaces` are exact copies of the sections
// of each manifest (`bun install --frozen-lockfile`).
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "gate/readers/lockfiles/sync/manifests.h"

namespace gate::readers::lockfiles {
namespace {

const Requirement* find(std::span<const Requirement> requirements, const Requirement& wanted) {
  const auto found =
      std::find_if(requirements.begin(), requirements.end(), [&](const Requirement& have) {
        return have.name == wanted.name && have.need == wanted.need;
      });
  return found == requirements.end() ? nullptr : &*found;
}

void compare(const Lockfile& lock, const Project& project, const PackageJson& package,
             Comparison& comparison) {
  const std::span<const Requirement> locked = lock.requirements(project.requirements);
  for (const Requirement& wanted : package.requirements) {
    const Requirement* have = find(locked, wanted);
    if (have != nullptr && have->range == wanted.range) continue;
    comparison.add(
        have == nullptr
            ? fmt::format("package.json asks for {} `{}`, bun.lock does not", wanted.name,
                          wanted.range)
            : fmt::format("package.json asks for {} `{}`, bun.lock was made for `{}` ({})",
                          wanted.name, wanted.range, have->range,
                          place_text(*lock.source(), have->span)),
        package.source, wanted.span, fmt::format("asked {} {}", project.path, wanted.name));
  }
  for (const Requirement& have : locked) {
    if (find(package.requirements, have) != nullptr) continue;
    comparison.add(fmt::format("bun.lock asks for {} `{}`, package.json does not any more",
                               have.name, have.range),
                   lock.source(), have.span, fmt::format("asked {} {}", project.path, have.name));
  }
}

}  // namespace

void sync_bun(const Lockfile& lock, const Neighbours& files, Strictness /*strictness*/,
              Comparison& comparison) {
  const auto root = load_package_json(files, "package.json", comparison);
  if (!root) return;
  for (const Project& project : lock.projects) {
    if (project.path.empty()) {
      compare(lock, project, *root, comparison);
      continue;
    }
    const auto member =
        load_package_json(files, std::string(project.path) + "/package.json", comparison);
    if (member) compare(lock, project, *member, comparison);
  }
  for (const std::string& folder :
       workspace_folders(root->workspaces, files.folders_with("package.json"))) {
    const bool known = std::any_of(lock.projects.begin(), lock.projects.end(),
                                   [&](const Project& project) { return project.path == folder; });
    if (!known) {
      comparison.add(fmt::format("the workspace `{}` is not in bun.lock", folder), root->source,
                     root->name_span, fmt::format("workspace {}", folder));
    }
  }
}

}  // namespace gate::readers::lockfiles
