// The Django project of a snapshot: its settings in production, and what they would be without some
// variables. Evaluated once for all rules.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "gate/checks/environment.h"
#include "gate/checks/project_files.h"
#include "gate/readers/settings/django/settings.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

using Names = std::set<std::string, std::less<>>;

class DjangoProject {
 public:
  // `environment` may be null: none is declared, and no variable is known. Both outlive this.
  DjangoProject(const repo::Snapshot& files, const Environment* environment);
  ~DjangoProject();
  DjangoProject(const DjangoProject&) = delete;
  DjangoProject& operator=(const DjangoProject&) = delete;

  [[nodiscard]] const repo::Snapshot& files() const { return snapshot_; }
  [[nodiscard]] const Environment* environment() const { return environment_; }
  // Returns the settings in production. Thread-safe, as every member.
  [[nodiscard]] const readers::django::DjangoSettings& effective() const;
  // Returns what they would be if these variables were not set.
  [[nodiscard]] const readers::django::DjangoSettings& without(const Names& variables) const;

 private:
  const repo::Snapshot& snapshot_;
  const Environment* environment_;
  SnapshotFiles files_;
  mutable std::mutex mutex_;
  mutable std::map<Names, std::unique_ptr<readers::django::DjangoSettings>> evaluated_;
};

}  // namespace gate::checks
