// Hashes: there, well formed, strong. What has none by its nature (folders, commits, Composer) is
// asked for the commit instead.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/checks/lockfile/target.h"
#include "gate/readers/lockfiles/hash_text.h"

namespace gate::checks::lockfile {
namespace {

using readers::lockfiles::HashText;
using readers::lockfiles::Package;
using readers::lockfiles::Source;

// Formats whose packages have a hash each, as the manager writes them.
bool has_hashes(const readers::lockfiles::Lockfile& lock) {
  using namespace readers::lockfiles;
  if (lock.format == kComposer.name || lock.format == kGo.name || lock.format == kGradle.name)
    return false;
  const auto any = [&] {
    return std::any_of(lock.packages.begin(), lock.packages.end(),
                       [](const Package& package) { return package.hashes.count > 0; });
  };
  // Where hashes are a choice, one hash means that all packages need one.
  if (lock.format == kRequirements.name || lock.format == kBundler.name) return any();
  return true;
}

bool needs_hash(const readers::lockfiles::Lockfile& lock, const Package& package) {
  if (package.source != Source::registry && package.source != Source::url) return false;
  if (package.is(Package::bundled) || package.is(Package::local)) return false;
  // Berry hashes what it has downloaded, and packages of other systems it has not.
  return !(lock.format == readers::lockfiles::kYarn.name && package.is(Package::foreign_platform) &&
           lock.version != "1");
}

bool wants(const std::vector<std::string>& tests, std::string_view test) {
  return std::find(tests.begin(), tests.end(), test) != tests.end();
}

void judge_commit(const Target& target, const Package& package) {
  const bool whole = readers::lockfiles::is_commit_id(package.commit);
  const bool from_composer = target.lock.format == readers::lockfiles::kComposer.name;
  if (package.source != Source::git && !from_composer) return;
  if (whole || package.source == Source::path) return;
  if (from_composer && package.commit.empty() && package.location.empty()) return;
  target.report(package,
                package.commit.empty()
                    ? fmt::format("{} names no commit", spell(package))
                    : fmt::format("{} is tied to `{}`, which can move; a commit cannot",
                                  spell(package), package.commit),
                "commit");
}

}  // namespace

void judge_integrity(const Target& target) {
  const std::vector<std::string>& tests = target.rule.hashes;
  const bool by_hash = has_hashes(target.lock);
  const bool present = wants(tests, "present");
  const bool well_formed = wants(tests, "well-formed");
  const bool strong_wanted = wants(tests, "strong");
  std::size_t asked = 0;
  for (const Package& package : target.lock.packages) {
    if (!target.is_asked(package) || package.is(Package::unpinned)) continue;
    ++asked;
    if (present) judge_commit(target, package);
    if (!by_hash) continue;
    const auto hashes = target.lock.hashes(package);
    if (hashes.empty()) {
      if (present && needs_hash(target.lock, package))
        target.report(package, fmt::format("{} has no hash", spell(package)), "hash missing");
      continue;
    }
    if (!well_formed && !strong_wanted) continue;
    bool strong = false;
    for (const std::string_view text : hashes) {
      const HashText hash = readers::lockfiles::parse_hash(text);
      strong = strong || hash.is_strong;
      if (well_formed && !hash.problem.empty())
        target.report(package, fmt::format("{}: `{}` {}", spell(package), text, hash.problem),
                      "hash malformed");
    }
    if (strong_wanted && !strong) {
      target.report(package,
                    fmt::format("{} has only `{}`, which can be forged", spell(package),
                                readers::lockfiles::parse_hash(hashes.front()).algorithm),
                    "hash weak");
    }
  }
  if (asked > 0) target.tally.judged();
}

}  // namespace gate::checks::lockfile
