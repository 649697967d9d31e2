#include "gate/checks/effective_settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/checks/project_files.h"
#include "gate/readers/settings/laravel/laravel.h"

namespace gate::checks {
namespace {

std::string describe(const Environment* environment) {
  if (environment == nullptr) return "no environment is declared";
  std::string text = fmt::format("environment {}: {}", environment->name,
                                 environment->sources.empty()
                                     ? "nothing was read"
                                     : fmt::format("{}", fmt::join(environment->sources, ", ")));
  if (!environment->dialect.empty()) text += fmt::format(", read as {}", environment->dialect);
  if (!environment->dialect_because.empty())
    text += fmt::format(" ({})", environment->dialect_because);
  return text;
}

}  // namespace

EffectiveSettings effective_settings(const repo::Snapshot& files, const Environment* environment) {
  EffectiveSettings effective;
  effective.summary = describe(environment);
  const SnapshotFiles project(files);
  if (readers::is_laravel(project)) {
    effective.settings = readers::laravel_settings(project, EnvironmentView(environment));
    effective.dotted = true;
    effective.summary = fmt::format("config() of Laravel; {}", effective.summary);
    return effective;
  }
  if (environment == nullptr) {
    effective.troubles.push_back(EnvironmentView(nullptr).incomplete());
    return effective;
  }
  for (const std::string* reason : {&environment->missing, &environment->refused}) {
    if (!reason->empty()) effective.troubles.push_back(*reason);
  }
  if (environment->refused.empty()) effective.settings = environment_settings(*environment);
  return effective;
}

}  // namespace gate::checks
