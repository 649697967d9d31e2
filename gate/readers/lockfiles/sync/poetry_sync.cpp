// Whether poetry.lock is what pyproject.toml asks for: the hash in its metadata, which every
// version of Poetry has taken over something else
// (poetry.packages.locker.Locker._get_content_hash).
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gate/base/hash.h"
#include "gate/readers/lockfiles/canonical/python_json.h"
#include "gate/readers/lockfiles/sync/lacking.h"
#include "gate/readers/lockfiles/sync/manifest_hash.h"
#include "gate/readers/lockfiles/sync/manifests.h"
#include "gate/readers/lockfiles/toml_fields.h"

namespace gate::readers::lockfiles {
namespace {

constexpr PythonJsonStyle kStyle{};

// The parts of a pyproject.toml that the hashes are made of.
class Content {
 public:
  explicit Content(const Value& root)
      : root_(root), poetry_(at(root, {"tool", "poetry"})), project_(root.find("project")) {}

  // Returns the hashes that Poetry's versions would write, the latest first.
  [[nodiscard]] std::vector<std::string> hashes() const {
    std::vector<std::string> all;
    for (const std::string& json :
         {since_2_3(), since_2_0(), since_1_2(), alphas_of_1_2(), since_0_11(), of_0_10()}) {
      std::string hash = base::Sha256().add(json).hex();
      if (std::find(all.begin(), all.end(), hash) == all.end()) all.push_back(std::move(hash));
    }
    return all;
  }

 private:
  static constexpr std::array<std::string_view, 4> kLegacy{"dependencies", "source", "extras",
                                                           "dev-dependencies"};

  // Adds a key of [tool.poetry]; where it is missing `null`, or nothing.
  void add(PythonMap& map, std::string_view key, bool null_where_missing) const {
    const auto value = poetry_ ? poetry_->find(key) : std::nullopt;
    if (value) {
      map.emplace(key, python_json(*value, kStyle));
    } else if (null_where_missing) {
      map.emplace(key, "null");
    }
  }

  [[nodiscard]] PythonMap legacy(bool null_where_missing) const {
    PythonMap map;
    for (const std::string_view key : kLegacy)
      add(map, key, null_where_missing);
    return map;
  }

  [[nodiscard]] PythonMap with_group(bool null_where_missing) const {
    PythonMap map = legacy(null_where_missing);
    add(map, "group", false);
    return map;
  }

  [[nodiscard]] PythonMap project() const {
    PythonMap map;
    for (const std::string_view key :
         {"requires-python", "dependencies", "optional-dependencies"}) {
      const auto value = project_ ? project_->find(key) : std::nullopt;
      if (value) map.emplace(key, python_json(*value, kStyle));
    }
    return map;
  }

  [[nodiscard]] std::string of_0_10() const {
    PythonMap map;
    for (const std::string_view key : {"dependencies", "dev-dependencies", "source"})
      add(map, key, true);
    return python_json(map, kStyle);
  }
  [[nodiscard]] std::string since_0_11() const { return python_json(legacy(true), kStyle); }
  [[nodiscard]] std::string alphas_of_1_2() const {
    PythonMap map;
    for (const std::string_view key : {"dependencies", "group", "source", "extras"})
      add(map, key, true);
    return python_json(map, kStyle);
  }
  [[nodiscard]] std::string since_1_2() const { return python_json(with_group(true), kStyle); }

  [[nodiscard]] std::string since_2_0() const {
    const PythonMap own = project();
    std::string tool = python_json(with_group(own.empty()), kStyle);
    if (own.empty()) return tool;
    const PythonMap whole{{"project", python_json(own, kStyle)},
                          {"tool", python_json(PythonMap{{"poetry", tool}}, kStyle)}};
    return python_json(whole, kStyle);
  }

  [[nodiscard]] std::string since_2_3() const {
    const auto groups = root_.find("dependency-groups");
    if (!groups || groups->node().size == 0) return since_2_0();
    PythonMap whole{
        {"dependency-groups", python_json(*groups, kStyle)},
        {"tool",
         python_json(PythonMap{{"poetry", python_json(with_group(false), kStyle)}}, kStyle)}};
    const PythonMap own = project();
    if (!own.empty()) whole.emplace("project", python_json(own, kStyle));
    return python_json(whole, kStyle);
  }

  Value root_;
  std::optional<Value> poetry_;
  std::optional<Value> project_;
};

constexpr ManifestHash kNames{"poetry.lock", "pyproject.toml", "content-hash", "content-hash"};

}  // namespace

void sync_poetry(const Lockfile& lock, const Neighbours& files, Strictness /*strictness*/,
                 Comparison& comparison) {
  const auto document = load_toml(files, "pyproject.toml", comparison);
  if (!document) return;
  if (lock.hash.empty()) {
    add_absent_hash(kNames, lock, comparison);
    return;
  }
  const std::vector<std::string> wanted = Content(document->root()).hashes();
  if (std::find(wanted.begin(), wanted.end(), lock.hash) != wanted.end()) return;
  add_stale_hash(kNames, lock, wanted.front(), comparison);
  add_lacking(lock, files, "pyproject.toml", comparison);
}

}  // namespace gate::readers::lockfiles
