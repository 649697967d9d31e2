// The cost of running commands.
#pragma once

#include "tests/bench/comparison.h"
#include "tests/bench/place.h"

namespace gate::bench {

// Twenty commands that do nothing, in repositories of 200 and of 2,000 files: against the same
// programs started by a bare loop, against themselves in the small repository, and against other
// runners, where they are below FOLDER/peers.
[[nodiscard]] Judgement runner(const Place& place);

}  // namespace gate::bench
