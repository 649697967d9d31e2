#include "gate/readers/lockfiles/manifest_requirements.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gate/base/ascii.h"
#include "gate/readers/formats/json.h"
#include "gate/readers/lockfiles/composer_names.h"
#include "gate/readers/lockfiles/npm_spec.h"
#include "gate/readers/lockfiles/requirement_line.h"
#include "gate/readers/lockfiles/toml_fields.h"

namespace gate::readers::lockfiles {
namespace {

using Read = Result<std::shared_ptr<const ManifestRequirements>>;

Read read_npm(std::shared_ptr<const base::Source> source) {
  auto manifest = std::make_shared<ManifestRequirements>();
  GATE_TRY(manifest->package_json, read_package_json(source));
  manifest->source = std::move(source);
  manifest->requirements = manifest->package_json->requirements;
  manifest->makes_lock = !manifest->package_json->is_library;
  return std::shared_ptr<const ManifestRequirements>(std::move(manifest));
}

Read read_composer(std::shared_ptr<const base::Source> source) {
  auto manifest = std::make_shared<ManifestRequirements>();
  GATE_TRY(manifest->document, parse_json(source));
  manifest->source = std::move(source);
  const Value root = manifest->document->root();
  for (const auto& [section, need] :
       {std::pair("require", Need::production), std::pair("require-dev", Need::development)}) {
    for (const Value& entry : children_at(root, section)) {
      if (entry->kind == NodeKind::string)
        manifest->requirements.push_back({entry->key, entry->text, need, entry->key_span});
    }
  }
  const std::string_view type = text_at(root, "type");
  manifest->makes_lock = type.empty() || type == "project";
  return std::shared_ptr<const ManifestRequirements>(std::move(manifest));
}

// A table of names: `name = "^1"`, `name = {version = "^1"}`.
void add_table(const std::optional<Value>& table, Need need, ManifestRequirements& manifest) {
  if (!table) return;
  for (const Value& entry : table->children()) {
    if (need == Need::production && entry->key == "python") continue;
    const std::string_view range =
        entry->kind == NodeKind::string ? entry->text : text_at(entry, "version");
    manifest.requirements.push_back({entry->key, range, need, entry->key_span});
  }
}

// A list of PEP 508: ["name>=1"].
void add_list(const std::optional<Value>& list, Need need, ManifestRequirements& manifest) {
  if (!list) return;
  for (const Value& entry : list->children()) {
    if (entry->kind != NodeKind::string) continue;
    const std::string_view text = base::trim(entry->text);
    if (text.empty()) continue;
    const RequirementLine line = parse_requirement_line(text);
    if (!line.name.empty())
      manifest.requirements.push_back({line.name, line.range, need, entry->span});
  }
}

Read read_pyproject(std::shared_ptr<const base::Source> source) {
  auto manifest = std::make_shared<ManifestRequirements>();
  GATE_TRY(manifest->document, read_toml(source));
  manifest->source = std::move(source);
  const Value root = manifest->document->root();
  add_list(at(root, {"project", "dependencies"}), Need::production, *manifest);
  for (const Value& extra :
       at(root, {"project", "optional-dependencies"}).value_or(root).children()) {
    if (extra->kind == NodeKind::list) add_list(extra, Need::optional, *manifest);
  }
  for (const Value& group : children_at(root, "dependency-groups"))
    add_list(group, Need::development, *manifest);
  add_table(at(root, {"tool", "poetry", "dependencies"}), Need::production, *manifest);
  add_table(at(root, {"tool", "poetry", "dev-dependencies"}), Need::development, *manifest);
  if (const auto groups = at(root, {"tool", "poetry", "group"})) {
    for (const Value& group : groups->children())
      add_table(group.find("dependencies"), Need::development, *manifest);
  }
  add_list(at(root, {"tool", "uv", "dev-dependencies"}), Need::development, *manifest);
  // Only who manages a project by one of these writes a lock; a library does not.
  manifest->makes_lock =
      at(root, {"tool", "poetry"}) || at(root, {"tool", "uv"}) || at(root, {"tool", "pdm"});
  return std::shared_ptr<const ManifestRequirements>(std::move(manifest));
}

Read read_pipfile(std::shared_ptr<const base::Source> source) {
  auto manifest = std::make_shared<ManifestRequirements>();
  GATE_TRY(manifest->document, read_toml(source));
  manifest->source = std::move(source);
  add_table(manifest->document->root().find("packages"), Need::production, *manifest);
  add_table(manifest->document->root().find("dev-packages"), Need::development, *manifest);
  return std::shared_ptr<const ManifestRequirements>(std::move(manifest));
}

Read read_cargo(std::shared_ptr<const base::Source> source) {
  auto manifest = std::make_shared<ManifestRequirements>();
  GATE_TRY(manifest->document, read_toml(source));
  manifest->source = std::move(source);
  const Value root = manifest->document->root();
  add_table(root.find("dependencies"), Need::production, *manifest);
  add_table(root.find("build-dependencies"), Need::production, *manifest);
  add_table(root.find("dev-dependencies"), Need::development, *manifest);
  manifest->makes_lock = root.find("bin").has_value() || root.find("workspace").has_value();
  return std::shared_ptr<const ManifestRequirements>(std::move(manifest));
}

constexpr std::array kKinds = std::to_array<ManifestKind>({
    {"package.json", Ecosystem::npm, "npm install --package-lock-only", "package-lock.json",
     read_npm},
    {"composer.json", Ecosystem::packagist, "composer update --no-install", "composer.lock",
     read_composer},
    {"pyproject.toml", Ecosystem::pypi, "poetry lock` or `uv lock", "the lock", read_pyproject},
    {"Pipfile", Ecosystem::pypi, "pipenv lock", "Pipfile.lock", read_pipfile},
    {"Cargo.toml", Ecosystem::crates, "cargo generate-lockfile", "Cargo.lock", read_cargo},
});

}  // namespace

const ManifestKind* find_manifest(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const ManifestKind& kind) { return kind.name == name; });
  return found == kKinds.end() ? nullptr : &*found;
}

std::size_t count_foreign(const ManifestRequirements& manifest) {
  const bool npm = manifest.package_json != nullptr;
  return static_cast<std::size_t>(std::count_if(
      manifest.requirements.begin(), manifest.requirements.end(), [&](const Requirement& one) {
        if (one.need == Need::peer || one.need == Need::optional_peer) return false;
        if (npm) return parse_npm_location(one.range).source != Source::path;
        return !is_composer_platform(base::to_lower(one.name));
      }));
}

}  // namespace gate::readers::lockfiles
