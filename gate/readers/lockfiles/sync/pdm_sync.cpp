// Whether pdm.lock is what pyproject.toml asks for: the hash in its metadata, as `pdm lock --check`
// compares it (pdm.project.Project.get_content_hash, since 2.4
// pdm.project.project_file.PyProject.content_hash).
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "gate/base/hash.h"
#include "gate/readers/lockfiles/canonical/python_json.h"
#include "gate/readers/lockfiles/sync/lacking.h"
#include "gate/readers/lockfiles/sync/manifest_hash.h"
#include "gate/readers/lockfiles/sync/manifests.h"
#include "gate/readers/lockfiles/toml_fields.h"
#include "gate/readers/lockfiles/versions/order.h"

namespace gate::readers::lockfiles {
namespace {

constexpr PythonJsonStyle kStyle{};
constexpr std::string_view kMap = "{}";
constexpr std::string_view kList = "[]";

// Until this version of the format the hash is known to be made as it is here: locks of later ones
// that agree are known to agree, and nothing is known of the others.
constexpr std::string_view kUnknownSince = "4.5";

std::string json_or(const std::optional<Value>& value, std::string_view otherwise) {
  return value ? python_json(*value, kStyle) : std::string(otherwise);
}

// [dependency-groups] and [tool.pdm.dev-dependencies] as one, by name.
std::string all_groups(const Value& root) {
  PythonMap map;
  for (const auto& table :
       {root.find("dependency-groups"), at(root, {"tool", "pdm", "dev-dependencies"})}) {
    if (!table) continue;
    for (const Value& group : table->children())
      map.emplace(canonical_name(Ecosystem::pypi, group->key), python_json(group, kStyle));
  }
  return python_json(map, kStyle);
}

// Returns the hashes that PDM's versions would write, without doubles.
std::vector<std::string> hashes(const Value& root) {
  const auto overrides = at(root, {"tool", "pdm", "overrides"});
  const auto resolution = at(root, {"tool", "pdm", "resolution"});
  const auto own = at(root, {"tool", "pdm", "dev-dependencies"});
  // The name under which overrides are hashed, and where they stand.
  const std::array<std::pair<std::string_view, std::string>, 3> ends{{
      {"overrides", json_or(resolution ? resolution->find("overrides") : std::nullopt,
                            json_or(overrides, kMap))},
      {"overrides", json_or(overrides, kMap)},
      {"resolution", json_or(resolution, kMap)},
  }};
  std::vector<std::string> found;
  for (const std::string& groups : {json_or(own, kMap), all_groups(root)}) {
    for (const auto& [key, value] : ends) {
      PythonMap map{
          {"sources", json_or(at(root, {"tool", "pdm", "source"}), kList)},
          {"dependencies", json_or(at(root, {"project", "dependencies"}), kList)},
          {"dev-dependencies", groups},
          {"optional-dependencies", json_or(at(root, {"project", "optional-dependencies"}), kMap)},
          {"requires-python", json_or(at(root, {"project", "requires-python"}), "\"\"")}};
      map.emplace(key, value);
      std::string hash = "sha256:" + base::Sha256().add(python_json(map, kStyle)).hex();
      if (std::find(found.begin(), found.end(), hash) == found.end())
        found.push_back(std::move(hash));
    }
  }
  return found;
}

constexpr ManifestHash kNames{"pdm.lock", "pyproject.toml", "content_hash", "content_hash"};

}  // namespace

void sync_pdm(const Lockfile& lock, const Neighbours& files, Strictness /*strictness*/,
              Comparison& comparison) {
  const auto document = load_toml(files, "pyproject.toml", comparison);
  if (!document) return;
  if (lock.hash.empty()) {
    add_absent_hash(kNames, lock, comparison);
    return;
  }
  const std::vector<std::string> wanted = hashes(document->root());
  if (std::find(wanted.begin(), wanted.end(), lock.hash) != wanted.end()) return;
  if (lock.hash.starts_with("sha256:") && compare_semver(lock.version, kUnknownSince) < 0) {
    add_stale_hash(kNames, lock, wanted.front(), comparison);
    add_lacking(lock, files, "pyproject.toml", comparison);
  } else {
    comparison.untold.push_back(fmt::format(
        "how PDM makes the `content_hash` of a lock of version {} is not known; `pdm lock --check` "
        "tells whether it is that of pyproject.toml",
        lock.version));
  }
}

}  // namespace gate::readers::lockfiles
