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

// Returns the environment files that are not part of what is judged: another commit than the one
// that lies in the work tree is judged with files that lie there.
[[nodiscard]] std::vector<std::string> files_from_disk(const Session& session);

// Returns which rules were not asked although they could be, and why: there is no production
// environment, no program may be started, no file fits a rule of the user's own. To be called when
// the outcomes are known.
[[nodiscard]] std::vector<std::string> gaps(const Session& session,
                                            const engine::RunResult& result);

}  // namespace gate::cli
