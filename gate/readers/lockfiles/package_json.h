// package.json, as far as it decides what is installed (npm help package.json).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/result.h"
#include "gate/readers/lockfiles/lockfile.h"

namespace gate::readers::lockfiles {

// An entry of `overrides`, `resolutions` or `pnpm.overrides`.
struct Override {
  std::vector<std::string_view> path;  // keys from the outermost, the last names the package
  std::string_view spec;
  base::Span span;
};

struct PackageJson {
  std::shared_ptr<const base::Source> source;
  std::string_view name;
  std::string_view version;
  base::Span name_span;
  // Of every section, in reading order; an optional one wins over the same in `dependencies`, as
  // for npm.
  std::vector<Requirement> requirements;
  std::vector<std::string_view> bundled;     // bundleDependencies
  std::vector<std::string_view> workspaces;  // globs
  std::vector<Override> overrides;           // npm, bun
  std::vector<Override> resolutions;         // yarn
  std::vector<Override> pnpm_overrides;
  std::string_view publish_directory;
  std::string_view package_manager;  // "pnpm@9.15.9+sha512…"
  std::string_view node;             // engines.node
  bool is_library = false;  // made to be published: it has an entry point and is not private
  std::vector<std::unique_ptr<std::string>> texts;

  // Returns what a section asks for by this name, or null.
  [[nodiscard]] const Requirement* find(std::string_view package, Need need) const;
};

[[nodiscard]] Result<std::unique_ptr<const PackageJson>> read_package_json(
    std::shared_ptr<const base::Source> source);

// Returns the folders among `candidates` ("packages/web") that the globs of `workspaces` name; `!`
// takes back.
[[nodiscard]] std::vector<std::string> workspace_folders(
    const std::vector<std::string_view>& globs, const std::vector<std::string>& candidates);

}  // namespace gate::readers::lockfiles
