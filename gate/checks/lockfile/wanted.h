// What the manifest beside a lockfile asks for itself, and the ways from there to a package.
#pragma once

#include <memory>
#include <vector>

#include "gate/checks/lockfile/target.h"
#include "gate/readers/lockfiles/graph.h"

namespace gate::checks::lockfile {

struct Wanted {
  readers::lockfiles::Requirement requirement;
  std::shared_ptr<const base::Source> source;
};

// Returns what package.json, composer.json or pyproject.toml ask for, with places; what the lock
// says where there is no manifest. Views point into the sources and the lock.
[[nodiscard]] std::vector<Wanted> wanted_with_places(const Target& target);
[[nodiscard]] std::vector<readers::lockfiles::Requirement> wanted_by_manifest(const Target& target);

// Adds to the trace how the project came to a package: "express 4.17.1 > qs 6.7.0".
void add_way(const Target& target, const readers::lockfiles::Graph& graph, std::uint32_t package,
             finding::Finding& finding);

[[nodiscard]] finding::Subject subject_of(const Target& target,
                                          const readers::lockfiles::Package& package);

}  // namespace gate::checks::lockfile
