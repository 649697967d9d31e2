// Ranges of Maven: "[1.0,2.0)", "(,1.0],[1.2,)". The order itself is compare_maven (order.h).
#pragma once

#include <optional>
#include <string_view>

namespace gate::readers::lockfiles {

// Returns whether a version lies in one of the intervals; nothing where the text is no list of
// intervals.
[[nodiscard]] std::optional<bool> in_maven_intervals(std::string_view version,
                                                     std::string_view range);

}  // namespace gate::readers::lockfiles
