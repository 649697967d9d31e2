// Which packages the manifests at the top of a repository ask for, by name; what conditions need
// and no more.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gate/repo/snapshot.h"

namespace gate::policy {

struct Manifest {
  std::string path;
  std::set<std::string, std::less<>> packages;  // as package_name() spells them
  // The whole text of one that cannot be read as its format: a package counts as required where its
  // name stands in it, so that a broken manifest does not switch rules off.
  std::string unreadable;
  bool unknown = false;  // its bytes could not be had: it counts as requiring everything
};

// Returns composer.json, package.json, requirements*.txt, pyproject.toml and Pipfile, those that
// are there.
[[nodiscard]] std::vector<Manifest> read_manifests(const repo::Snapshot& files);

// Returns a name in the one form in which names are compared: lower case, `-` for runs of `-`, `_`
// and `.` (PEP 503), scopes and vendors kept.
[[nodiscard]] std::string package_name(std::string_view name);

[[nodiscard]] bool declares(const Manifest& manifest, std::string_view package);

}  // namespace gate::policy
