// The day and the hour, as something that a test can hold still.
#pragma once

#include <chrono>

#include "gate/base/date.h"

namespace gate::system {

using Clock = std::chrono::system_clock;

// Returns the moment this run is about: now, or the one in SOURCE_DATE_EPOCH (seconds,
// reproducible-builds.org).
[[nodiscard]] Clock::time_point now();
[[nodiscard]] base::Date today();

}  // namespace gate::system
