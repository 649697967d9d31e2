#include "gate/checks/lockfile/wanted.h"

#include <algorithm>

#include <fmt/format.h>

namespace gate::checks::lockfile {

using readers::lockfiles::Graph;
using readers::lockfiles::Package;
using readers::lockfiles::Requirement;

std::vector<Wanted> wanted_with_places(const Target& target) {
  std::vector<Wanted> wanted;
  for (const std::string_view name : target.entry.format->manifests) {
    const auto manifest = target.inventory.manifest(target.entry.folder + std::string(name));
    if (!manifest || !*manifest) continue;
    for (const Requirement& requirement : (*manifest)->requirements)
      wanted.push_back({requirement, (*manifest)->source});
  }
  if (!wanted.empty()) return wanted;
  for (const readers::lockfiles::Project& project : target.lock.projects) {
    for (const Requirement& requirement : target.lock.requirements(project.requirements))
      wanted.push_back({requirement, target.lock.source()});
  }
  return wanted;
}

std::vector<Requirement> wanted_by_manifest(const Target& target) {
  std::vector<Requirement> requirements;
  for (const Wanted& wanted : wanted_with_places(target))
    requirements.push_back(wanted.requirement);
  return requirements;
}

void add_way(const Target& target, const Graph& graph, std::uint32_t package,
             finding::Finding& finding) {
  std::string text;
  for (const std::uint32_t step : graph.way_to(package)) {
    if (!text.empty()) text += " > ";
    text += spell(target.lock.packages[step]);
  }
  // A package that the project asks for itself needs no way.
  if (text.find(" > ") != std::string::npos) finding.trace.push_back(std::move(text));
}

finding::Subject subject_of(const Target& target, const Package& package) {
  finding::Subject subject;
  subject.ecosystem = names(target.lock.ecosystem).word;
  subject.package = package.name;
  subject.version = package.version;
  return subject;
}

}  // namespace gate::checks::lockfile
