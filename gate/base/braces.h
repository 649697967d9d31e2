// The brackets and braces of glob patterns: where they end, and what braces stand for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/result.h"

namespace gate::base {

// Returns the end of the class that opens with the `[` at `at`, just after its `]`, or npos.
[[nodiscard]] std::size_t bracket_end(std::string_view glob, std::size_t at);

// Returns the glob without braces, once for each choice, in the order in which they stand; or what
// is wrong with them (unclosed, more than 1,024 choices).
[[nodiscard]] Result<std::vector<std::string>> expand_braces(std::string_view glob);

}  // namespace gate::base
