// Advisories in the OSV format (ossf.github.io/osv-schema 1.x): one JSON map a record.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "gate/base/result.h"
#include "gate/readers/lockfiles/advisories/advisory.h"

namespace gate::readers::lockfiles {

// Returns the advisory of one record, or what is wrong with it. One that concerns no ecosystem
// known here has no `affected`.
[[nodiscard]] Result<Advisory> parse_osv(std::string_view text);

}  // namespace gate::readers::lockfiles
