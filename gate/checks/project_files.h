// The files of a snapshot as an evaluator of the project's code asks for them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/settings/project_files.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

class SnapshotFiles final : public readers::ProjectFiles {
 public:
  // `files` outlives this.
  explicit SnapshotFiles(const repo::Snapshot& files) : files_(files) {}

  // A file beyond 4 MB, and one that cannot be read, are none.
  [[nodiscard]] std::optional<std::string> read(std::string_view path) const override;
  [[nodiscard]] bool has(std::string_view path) const override;
  [[nodiscard]] std::vector<std::string> below(std::string_view folder) const override;
  [[nodiscard]] std::vector<std::string> named(std::string_view name) const override;

 private:
  const repo::Snapshot& files_;
};

}  // namespace gate::checks
