// What packages ask of the machine: PHP and its extensions, Node.js.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/checks/lockfile/target.h"
#include "gate/readers/lockfiles/composer_names.h"
#include "gate/readers/lockfiles/versions/range.h"

namespace gate::checks::lockfile {
namespace {

using readers::lockfiles::Ecosystem;
using readers::lockfiles::Need;
using readers::lockfiles::Package;
using readers::lockfiles::Requirement;

constexpr std::string_view kExtension = "ext-";

void judge_one(const Target& target, const Package& package, const Requirement& requirement) {
  const std::string name = base::to_lower(requirement.name);
  const std::map<std::string, std::string>& platform = target.rule.platform;
  const auto have = platform.find(name);
  if (have == platform.end()) {
    // Where extensions are listed, the list is whole.
    const bool lists_extensions =
        std::any_of(platform.begin(), platform.end(),
                    [](const auto& entry) { return entry.first.starts_with(kExtension); });
    if (!name.starts_with(kExtension) || !lists_extensions) return;
    target.report(package, fmt::format("{} needs the extension {}", spell(package), name),
                  "platform " + name);
    return;
  }
  if (have->second.empty() || have->second == "*") return;
  const auto fits =
      readers::lockfiles::in_range(target.lock.ecosystem, have->second, requirement.range);
  if (!fits || *fits) return;
  target.report(package,
                fmt::format("{} needs {} `{}`, production has {}", spell(package), name,
                            requirement.range, have->second),
                "platform " + name);
}

bool is_platform(const Target& target, const Requirement& requirement) {
  if (target.lock.ecosystem == Ecosystem::packagist)
    return readers::lockfiles::is_composer_platform(base::to_lower(requirement.name));
  return requirement.need == Need::platform;
}

// Extensions that a package of the lock stands in for: symfony/polyfill-mbstring for ext-mbstring.
std::set<std::string> provided_extensions(const Target& target) {
  std::set<std::string> provided;
  for (const readers::lockfiles::Provision& provision : target.lock.provisions) {
    std::string name = base::to_lower(provision.name);
    if (!provision.is_alias && name.starts_with(kExtension)) provided.insert(std::move(name));
  }
  return provided;
}

// PHP has them compiled in, or every build of it has.
bool is_always_there(std::string_view name) {
  constexpr std::array<std::string_view, 9> kCore{"ext-core", "ext-date",       "ext-hash",
                                                  "ext-json", "ext-pcre",       "ext-random",
                                                  "ext-spl",  "ext-reflection", "ext-standard"};
  return std::find(kCore.begin(), kCore.end(), name) != kCore.end();
}

void judge_extensions(const Target& target) {
  if (target.lock.ecosystem != Ecosystem::packagist) return;
  const auto manifest = target.inventory.manifest(target.entry.folder + "composer.json");
  if (!manifest || !*manifest) {
    target.tally.skipped(fmt::format("{}: no composer.json beside it", target.entry.path));
    return;
  }
  target.tally.judged();
  std::set<std::string> known = provided_extensions(target);
  for (const Requirement& requirement : (*manifest)->requirements)
    known.insert(base::to_lower(requirement.name));
  std::map<std::string, const Package*> missing;
  for (const Package& package : target.lock.packages) {
    if (package.is(Package::development)) continue;
    for (const Requirement& requirement : target.lock.requirements(package.requirements)) {
      std::string name = base::to_lower(requirement.name);
      if (!name.starts_with(kExtension) || known.contains(name) || is_always_there(name)) continue;
      missing.try_emplace(std::move(name), &package);
    }
  }
  for (const auto& [name, package] : missing) {
    target.report(
        *package,
        fmt::format("{} needs {}, which composer.json does not require", spell(*package), name),
        "undeclared " + name, fmt::format("composer require {}", name));
  }
}

}  // namespace

void judge_platform(const Target& target) {
  if (target.rule.declared_extensions) judge_extensions(target);
  if (target.rule.fitting_images) judge_images(target);
  if (target.rule.platform.empty()) return;
  for (const Package& package : target.lock.packages) {
    if (!target.is_asked(package)) continue;
    for (const Requirement& requirement : target.lock.requirements(package.requirements)) {
      if (!is_platform(target, requirement)) continue;
      target.tally.judged();
      judge_one(target, package, requirement);
    }
  }
}

}  // namespace gate::checks::lockfile
