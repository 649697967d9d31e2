// What rules about the production environment answer where that is not there.
#pragma once

#include <optional>

#include "gate/checks/check.h"

namespace gate::checks {

// Returns the answer of a rule that needs the production environment where none is declared or its
// files are not here: until the deploy it is not asked, from then on it could not run. Nothing
// where the environment is here.
[[nodiscard]] std::optional<Answer> answer_without_environment(const Context& context);

}  // namespace gate::checks
