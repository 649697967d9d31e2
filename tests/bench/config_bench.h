// The cost of reading and judging configuration.
#pragma once

#include "tests/bench/comparison.h"
#include "tests/bench/place.h"

namespace gate::bench {

// The settings of two Django projects against Django's own deploy checks, and 1,500 YAML files
// against the bare event loop of libyaml.
[[nodiscard]] Judgement config(const Place& place);

}  // namespace gate::bench
