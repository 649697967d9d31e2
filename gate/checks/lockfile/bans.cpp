// Packages that must not be there, that must be there once, that must be asked for by range, and
// requirements that leave everything open.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/lockfile/target.h"
#include "gate/checks/lockfile/wanted.h"
#include "gate/readers/lockfiles/graph.h"
#include "gate/readers/lockfiles/versions/range.h"

namespace gate::checks::lockfile {
namespace {

using readers::lockfiles::Graph;
using readers::lockfiles::Need;
using readers::lockfiles::Package;
using readers::lockfiles::Requirement;

bool covers(const Ban& ban, const Target& target, const Package& package,
            const CanonicalName& name) {
  if (!ban.name.matches(name)) return false;
  if (ban.versions.empty()) return true;
  // What cannot be compared is not let through.
  return readers::lockfiles::in_range(target.lock.ecosystem, package.version, ban.versions)
      .value_or(true);
}

// Returns whether only the wrappers ask for a package.
bool is_wrapped(const Ban& ban, const Target& target, const Graph& graph, std::uint32_t index) {
  if (ban.wrappers.empty()) return false;
  const auto is_wrapper = [&](std::uint32_t asker) {
    const CanonicalName name(target.lock.ecosystem, target.lock.packages[asker].name);
    const auto found =
        std::find_if(ban.wrappers.begin(), ban.wrappers.end(),
                     [&](const NamePattern& wrapper) { return wrapper.matches(name); });
    if (found == ban.wrappers.end()) return false;
    target.uses.met(*found);
    return true;
  };
  const bool direct = std::any_of(graph.roots().begin(), graph.roots().end(),
                                  [&](const auto& root) { return root.package == index; });
  const std::vector<std::uint32_t> askers = graph.asked_by(index);
  // All are asked, so that each wrapper that is one counts as met.
  const auto wrapped = std::count_if(askers.begin(), askers.end(), is_wrapper);
  return !direct && wrapped != 0 && wrapped == std::ssize(askers);
}

std::string names_of(const std::vector<NamePattern>& patterns) {
  std::vector<std::string_view> names;
  names.reserve(patterns.size());
  for (const NamePattern& pattern : patterns)
    names.push_back(pattern.text());
  return fmt::format("{}", fmt::join(names, ", "));
}

void judge_deny(const Target& target) {
  std::optional<Graph> graph;
  for (std::uint32_t index = 0; index < target.lock.packages.size(); ++index) {
    const Package& package = target.lock.packages[index];
    if (!target.is_asked(package)) continue;
    const CanonicalName name(target.lock.ecosystem, package.name);
    for (const Ban& ban : target.rule.deny) {
      if (!covers(ban, target, package, name)) continue;
      if (!graph) graph.emplace(target.lock, wanted_by_manifest(target));
      if (is_wrapped(ban, target, *graph, index)) continue;
      std::string message = fmt::format("{} must not be used", spell(package));
      if (!ban.versions.empty()) message += fmt::format(" in `{}`", ban.versions);
      if (!ban.reason.empty()) message += ": " + ban.reason;
      if (!ban.wrappers.empty()) message += "; only " + names_of(ban.wrappers) + " may ask for it";
      finding::Finding finding =
          finding_at(*target.lock.source(), package.span, std::move(message),
                     fmt::format("{} {} ban {}", package.name, package.version, ban.name.text()));
      if (!ban.use.empty()) finding.fix = fmt::format("use {} instead", ban.use);
      add_way(target, *graph, index, finding);
      finding.subject = subject_of(target, package);
      target.report(std::move(finding));
      break;
    }
  }
}

bool is_limited(const Target& target, const Package& package) {
  if (target.rule.max_versions_of.empty()) return true;
  const CanonicalName name(target.lock.ecosystem, package.name);
  bool limited = false;
  for (const NamePattern& pattern : target.rule.max_versions_of) {
    if (!pattern.matches(name)) continue;
    target.uses.met(pattern);
    limited = true;
  }
  return limited;
}

void judge_versions(const Target& target) {
  std::map<std::string, std::set<std::string_view>> versions;
  for (const Package& package : target.lock.packages) {
    if (!target.is_asked(package) || !is_limited(target, package)) continue;
    std::set<std::string_view>& known =
        versions[readers::lockfiles::canonical_name(target.lock.ecosystem, package.name)];
    const bool is_new = known.insert(package.version).second;
    if (!is_new || known.size() != static_cast<std::size_t>(*target.rule.max_versions) + 1)
      continue;
    target.report(
        package,
        fmt::format("{} is there in several versions: {}", package.name, fmt::join(known, ", ")),
        "versions");
  }
}

bool is_open(std::string_view range) {
  constexpr std::array<std::string_view, 9> kOpen{"*",   "",        "x",        "X",  "latest",
                                                  ">=0", ">=0.0.0", ">= 0.0.0", "any"};
  constexpr std::string_view kNpm = "npm:";
  if (range.starts_with(kNpm)) range.remove_prefix(kNpm.size());
  return std::find(kOpen.begin(), kOpen.end(), range) != kOpen.end();
}

void judge_wildcards(const Target& target) {
  for (const Wanted& wanted : wanted_with_places(target)) {
    const Requirement& requirement = wanted.requirement;
    if (requirement.need == Need::peer || requirement.need == Need::optional_peer) continue;
    if (!is_open(requirement.range)) continue;
    target.report_at(wanted.source.get(), requirement.span,
                     fmt::format("{} may be any version: `{}`", requirement.name,
                                 requirement.range.empty() ? "*" : requirement.range),
                     fmt::format("wildcard {}", requirement.name));
  }
}

}  // namespace

void judge_bans(const Target& target) {
  target.tally.judged();
  if (!target.rule.deny.empty()) judge_deny(target);
  if (target.rule.max_versions) judge_versions(target);
  if (target.rule.no_wildcards) judge_wildcards(target);
  if (target.rule.pinned) {
    for (const Package& package : target.lock.packages) {
      if (!package.is(Package::unpinned) || package.is(Package::local)) continue;
      const auto range = target.lock.requirements(package.requirements);
      target.report(
          package,
          package.location.empty()
              ? fmt::format("{} is not tied to one version: `{}`", package.name,
                            range.empty() ? "" : range.front().range)
              : fmt::format("{} is whatever lies at `{}` that day", package.name, package.location),
          "unpinned");
    }
  }
}

}  // namespace gate::checks::lockfile
