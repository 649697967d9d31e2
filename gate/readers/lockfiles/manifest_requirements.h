// The files from which lockfiles are made, and what they ask for: package.json, composer.json,
// pyproject.toml, Pipfile, Cargo.toml.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/result.h"
#include "gate/readers/formats/document.h"
#include "gate/readers/lockfiles/lockfile.h"
#include "gate/readers/lockfiles/package_json.h"

namespace gate::readers::lockfiles {

// Views in the requirements point into the members beside them.
struct ManifestRequirements {
  std::shared_ptr<const base::Source> source;
  std::vector<Requirement> requirements;
  bool makes_lock = true;  // false: a library, which leaves the lock to who uses it
  std::shared_ptr<const Document> document;  // of TOML and composer.json
  std::unique_ptr<const PackageJson> package_json;
};

struct ManifestKind {
  std::string_view name;  // "package.json"
  Ecosystem ecosystem;
  std::string_view command;  // what makes a lockfile of it
  std::string_view lock;     // the usual one
  Result<std::shared_ptr<const ManifestRequirements>> (*read)(
      std::shared_ptr<const base::Source> source);
};

// Returns the kind of a manifest of this path, or null. By the name alone.
[[nodiscard]] const ManifestKind* find_manifest(std::string_view path);

// Returns how many packages from elsewhere a manifest asks for: folders of the repository and peers
// do not count.
[[nodiscard]] std::size_t count_foreign(const ManifestRequirements& manifest);

}  // namespace gate::readers::lockfiles
