// Where policy files are read from: those of the judged folder from its snapshot, one named on the
// command line from the disk.
#pragma once

#include <optional>
#include <string>

#include "gate/cli/place.h"
#include "gate/policy/policy.h"

namespace gate::cli {

// Returns load options that read from `place`, which must outlive them.
[[nodiscard]] policy::LoadOptions policy_files(const Place& place,
                                               const std::optional<std::string>& policy_file);

}  // namespace gate::cli
