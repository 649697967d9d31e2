// CVSS base scores, versions 2.0, 3.0, 3.1 and 4.0 (first.org/cvss, the specification documents;
// the table of 4.0 is that of its calculator).
#pragma once

#include <optional>
#include <string_view>

namespace gate::readers::lockfiles {

// Returns the base score of a vector, 0 to 10 in tenths (75 is 7.5); for 4.0 with the threat and
// environmental metrics that it holds. Nothing where it is no vector.
[[nodiscard]] std::optional<int> cvss_score(std::string_view vector);

}  // namespace gate::readers::lockfiles
