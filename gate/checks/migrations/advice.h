// The safe way, in the words of the framework that runs the migration.
#pragma once

#include <string>

#include "gate/checks/migrations/step.h"

namespace gate::checks {

// How to create or drop an index without blocking writes.
[[nodiscard]] std::string advise_concurrent_index(const Step& step, bool drop);
// How to leave the transaction that the runner opens.
[[nodiscard]] std::string advise_leave_transaction(readers::migrations::Runner runner);
// How to add a constraint without a scan under a lock.
[[nodiscard]] std::string advise_not_valid(const Step& step, std::string_view what);
// How to take something away that the code still uses.
[[nodiscard]] std::string advise_two_releases(const Step& step, std::string_view what);
// How to give a column a value for code that does not know it.
[[nodiscard]] std::string advise_required_column(const Step& step);
// How to make a column NOT NULL.
[[nodiscard]] std::string advise_not_null(const Step& step);

}  // namespace gate::checks
