// Annotations of GitHub Actions for what keeps gate from judging at all.
#pragma once

#include <string>

#include "gate/base/diagnostic.h"

namespace gate::report {

// Returns an `::error` command for each mistake in the policy, nine at most: the runner drops what
// comes after ten. A mistake on the command line has no place in a file.
[[nodiscard]] std::string annotate(const base::Diagnostics& diagnostics);

}  // namespace gate::report
