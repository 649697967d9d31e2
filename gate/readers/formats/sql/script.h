// A script cut into statements.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "gate/readers/formats/sql/token.h"

namespace gate::readers::sql {

// Returns the statements of a script, each without the `;` at its end, none of them empty. A body
// that holds `;` (BEGIN ATOMIC, a procedure or trigger of MySQL, the actions of a rule) stays
// whole. The spans point into `tokens`.
[[nodiscard]] std::vector<std::span<const Token>> split(const Tokens& tokens, Dialect dialect);

}  // namespace gate::readers::sql
