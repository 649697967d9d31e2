// The advisories of this user: where they lie, and how a run gets at them.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "gate/base/result.h"
#include "gate/checks/advisory_bytes.h"

namespace gate::cli {

// Returns the file in the cache; an error where this user has no cache folder.
[[nodiscard]] Result<std::filesystem::path> advisory_file();

// Returns what a run's context hands to its checks: the file is opened once, when somebody asks.
[[nodiscard]] std::function<Result<std::shared_ptr<const checks::AdvisoryBytes>>()>
advisory_opener();

}  // namespace gate::cli
