// The files of a snapshot as an evaluator of the project's code asks for them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

// The files below one folder of a snapshot, by their paths from there: a project in a repository of
// several.
class FolderFiles final : public readers::ProjectFiles {
 public:
  // `root` is empty or ends with a slash; `files` outlives this.
  FolderFiles(const repo::Snapshot& files, std::string root)
      : files_(files), root_(std::move(root)) {}

  [[nodiscard]] std::optional<std::string> read(std::string_view path) const override {
    return files_.read(root_ + std::string(path));
  }
  [[nodiscard]] bool has(std::string_view path) const override {
    return files_.has(root_ + std::string(path));
  }
  [[nodiscard]] std::vector<std::string> below(std::string_view folder) const override;
  [[nodiscard]] std::vector<std::string> named(std::string_view name) const override;

 private:
  [[nodiscard]] std::vector<std::string> without_root(std::vector<std::string> paths) const;

  SnapshotFiles files_;
  std::string root_;
};

}  // namespace gate::checks
