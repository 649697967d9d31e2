// The effective settings of the judged program: its environment, and what its code makes of it.
#pragma once

#include <string>
#include <vector>

#include "gate/checks/django_project.h"
#include "gate/checks/environment.h"
#include "gate/readers/settings/setting.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

struct EffectiveSettings {
  readers::Settings settings;
  bool dotted = false;                // a program asks for them by paths: `app.debug`
  bool of_program = false;            // of Laravel or Django, not the bare variables
  std::string summary;                // for people: what was read, and how
  std::vector<std::string> troubles;  // why nothing, or only a part, is known
};

// Returns the settings of the program among `files`: of a Laravel project by the paths of config(),
// of a Django project by name, of any other the variables. `environment` may be null: none is
// declared.
[[nodiscard]] EffectiveSettings effective_settings(const repo::Snapshot& files,
                                                   const Environment* environment);
// Returns the same of a project that may be evaluated already.
[[nodiscard]] EffectiveSettings effective_settings(const DjangoProject& project);

}  // namespace gate::checks
