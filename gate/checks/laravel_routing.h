// The routes of the judged Laravel application, for the rules about them and for `gate show
// routes`.
#pragma once

#include <optional>

#include "gate/checks/environment.h"
#include "gate/readers/routes/routes.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

// Returns the routes of the application; nothing where the snapshot is not of a Laravel
// application. `environment` may be null: what reads a variable is then unknown.
[[nodiscard]] std::optional<readers::Routing> laravel_routing(const repo::Snapshot& files,
                                                              const Environment* environment);

}  // namespace gate::checks
