// Reads the production environment from where the policy says it lies.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <utility>

#include "gate/checks/environment.h"
#include "gate/policy/policy.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

// Returns the environment that `source` adds up to. A file is looked for among `files`, then on
// disk in `folder` (the judged folder; empty: there is none), then as an absolute path; a symbolic
// link counts on disk only. Files come in order, the variables of `process` whose names the source
// asks for last; the later replaces the earlier. What cannot be had is said in the result, never
// left out silently.
[[nodiscard]] Environment load_environment(
    const policy::EnvironmentSource& source, const repo::Snapshot& files,
    const std::filesystem::path& folder,
    std::span<const std::pair<std::string, std::string>> process);

}  // namespace gate::checks
