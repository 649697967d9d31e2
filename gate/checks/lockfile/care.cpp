// Packages that nobody cares for any more, or that run code of their own while they are installed.
#include <algorithm>

#include <fmt/format.h>

#include "gate/checks/lockfile/target.h"

namespace gate::checks::lockfile {
namespace {

using readers::lockfiles::Package;

void judge_maintained(const Target& target, const Package& package) {
  if (!package.is(Package::abandoned)) return;
  const bool composer = target.lock.format == readers::lockfiles::kComposer.name;
  std::string fix;
  std::string message = fmt::format("{} is abandoned", spell(package));
  if (composer && !package.notice.empty()) {
    fix = fmt::format("use {} instead", package.notice);
  } else if (!package.notice.empty()) {
    message = fmt::format("{} is deprecated: {}", spell(package), package.notice);
  }
  target.report(package, std::move(message), "abandoned", std::move(fix));
}

void judge_script(const Target& target, const Package& package) {
  if (!package.is(Package::install_script)) return;
  const std::vector<NamePattern>& allowed = *target.rule.install_scripts;
  const CanonicalName name(target.lock.ecosystem, package.name);
  const auto found = std::find_if(allowed.begin(), allowed.end(), [&](const NamePattern& pattern) {
    return pattern.matches(name);
  });
  if (found != allowed.end()) {
    target.uses.met(*found);
    return;
  }
  target.report(package,
                fmt::format("{} runs code of its own while it is installed", spell(package)),
                "install script");
}

}  // namespace

void judge_care(const Target& target) {
  for (const Package& package : target.lock.packages) {
    if (!target.is_asked(package)) continue;
    if (target.rule.maintained || target.rule.install_scripts) target.tally.judged();
    if (target.rule.maintained) judge_maintained(target, package);
    if (target.rule.install_scripts) judge_script(target, package);
  }
  if (target.rule.min_age) judge_age(target);
}

}  // namespace gate::checks::lockfile
