#include "gate/checks/laravel_routing.h"

#include "gate/checks/project_files.h"
#include "gate/readers/settings/laravel/laravel.h"

namespace gate::checks {

std::optional<readers::Routing> laravel_routing(const repo::Snapshot& files,
                                                const Environment* environment) {
  const SnapshotFiles project(files);
  if (!readers::is_laravel(project)) return std::nullopt;
  return readers::laravel_routes(project, EnvironmentView(environment));
}

}  // namespace gate::checks
