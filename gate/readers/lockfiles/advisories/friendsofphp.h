// Advisories as FriendsOfPHP/security-advisories writes them: one YAML file each
// (github.com/FriendsOfPHP/security-advisories, "Contributing").
#pragma once

#include <string_view>

#include "gate/base/result.h"
#include "gate/readers/lockfiles/advisories/advisory.h"

namespace gate::readers::lockfiles {

// `name` is that of the file, "CVE-2019-10909.yaml": the id where the record gives none.
[[nodiscard]] Result<Advisory> parse_friendsofphp(std::string_view text, std::string_view name);

}  // namespace gate::readers::lockfiles
