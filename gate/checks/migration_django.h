// What the migrations of a Django project ask of its settings and requirements.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "gate/checks/environment.h"
#include "gate/checks/project_files.h"
#include "gate/readers/settings/django/requirements.h"
#include "gate/readers/settings/django/settings.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

class MigrationDjango {
 public:
  // `root`: of the project, empty or with a slash at its end. `environment` may be null.
  MigrationDjango(const repo::Snapshot& files, const std::string& root,
                  const Environment* environment);

  // Returns what the settings give a name, as a text: those that production takes, else what a file
  // of settings says literally; empty where nothing does.
  [[nodiscard]] std::string setting(std::string_view name);

  // Returns the release of Django that is demanded, 302 for 3.2; 0 where nobody says.
  [[nodiscard]] int release() const;

  // Returns whether the project installs packages that may bring apps with migrations; also where
  // nothing says what it installs.
  [[nodiscard]] bool names_other_packages() const;

 private:
  [[nodiscard]] std::string find(std::string_view name) const;

  FolderFiles files_;
  readers::django::Requirements requirements_;
  readers::django::DjangoSettings settings_;
  std::map<std::string, std::string, std::less<>> asked_;
};

}  // namespace gate::checks
