// A rule as the TOML it was written in.
#pragma once

#include <string>

#include "gate/policy/policy.h"

namespace gate::cli {

// Returns `[[rule]]` and its keys, examples left out; ready to be copied into a gate.toml.
[[nodiscard]] std::string rule_text(const policy::Rule& rule);

}  // namespace gate::cli
