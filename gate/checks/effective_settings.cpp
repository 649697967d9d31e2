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

// Why the environment is not the truth.
std::vector<std::string> troubles_of(const Environment* environment) {
  if (environment == nullptr) return {EnvironmentView(nullptr).incomplete()};
  std::vector<std::string> troubles;
  for (const std::string* reason : {&environment->missing, &environment->refused}) {
    if (!reason->empty()) troubles.push_back(*reason);
  }
  return troubles;
}

}  // namespace

EffectiveSettings effective_settings(const repo::Snapshot& files, const Environment* environment) {
  return effective_settings(DjangoProject(files, environment));
}

EffectiveSettings effective_settings(const DjangoProject& project) {
  const Environment* environment = project.environment();
  EffectiveSettings effective;
  effective.summary = describe(environment);
  const SnapshotFiles files(project.files());
  if (readers::is_laravel(files)) {
    effective.settings = readers::laravel_settings(files, EnvironmentView(environment));
    effective.dotted = true;
    effective.of_program = true;
    effective.summary = fmt::format("config() of Laravel; {}", effective.summary);
    return effective;
  }
  effective.troubles = troubles_of(environment);
  const readers::django::DjangoSettings& django = project.effective();
  if (django.is_django()) {
    effective.settings = django.settings();
    effective.of_program = true;
    effective.summary = fmt::format("{} of Django ({}); {}", django.module(), django.decided_by(),
                                    effective.summary);
    if (!django.trouble().empty()) effective.troubles.push_back(django.trouble());
    return effective;
  }
  if (environment != nullptr && environment->refused.empty()) {
    effective.settings = environment_settings(*environment);
  }
  return effective;
}

}  // namespace gate::checks
