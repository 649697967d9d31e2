// The TOML files that a policy is written in: the main one and what it includes.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gate/policy/policy.h"

namespace gate::policy {

struct PolicyFile {
  std::string path;
  std::shared_ptr<const readers::Document> document;
  TableReader root;                 // every part of the loader reads its keys through it
  std::optional<TableReader> gate;  // [gate]
  bool is_main = false;
};

struct PolicyFiles {
  std::vector<PolicyFile> files;
  std::vector<std::shared_ptr<const base::Source>> sources;  // also of those that are no TOML
};

// Returns the files in the order in which they were named, the main one first; none where there is
// no main file. Reads of [gate] only `version` and `include`.
[[nodiscard]] PolicyFiles read_policy_files(const LoadOptions& options,
                                            base::Diagnostics& diagnostics);

}  // namespace gate::policy
