// The state of git as it looks from one folder of a repository: a service of a monorepo.
#pragma once

#include <memory>
#include <string>

#include "gate/repo/git_state.h"

namespace gate::repo {

// Returns a view of `whole` in which paths are relative to `prefix` ("services/api/") and what lies
// elsewhere does not count. `whole` must outlive it.
[[nodiscard]] std::unique_ptr<GitState> folder_state(const GitState& whole, std::string prefix);

}  // namespace gate::repo
