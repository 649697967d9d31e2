// Notes: what a person has to know to read a verdict right, in sentences above it.
#pragma once

#include <string>
#include <vector>

#include "gate/cli/judge.h"

namespace gate::cli {

// Returns which stack was found and which packs run; empty where the policy names its packs.
[[nodiscard]] std::string detection_note(const Session& session);

// Returns that a policy lies in a folder above the judged one and was not read; empty where none
// does.
[[nodiscard]] std::string outer_policy_note(const Session& session);

// Returns what is to be said of the production environment: that there is none, so that rules
// were not asked, or where its files came from. To be called when the outcomes are known.
[[nodiscard]] std::vector<std::string> environment_notes(const Session& session,
                                                         const engine::RunResult& result);

}  // namespace gate::cli
