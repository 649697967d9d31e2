// Place: what is judged — which folder, at which moment — found from the command line.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gate/base/result.h"
#include "gate/repo/repository.h"
#include "gate/repo/snapshot.h"

namespace gate::cli {

struct Place {
  std::filesystem::path
      folder;  // the judged folder on disk, absolute; of a bare repository its git folder
  std::unique_ptr<repo::Repository> repository;  // null: in no repository
  std::unique_ptr<repo::Snapshot> files;
  std::string prefix;              // of the folder in the repository: "services/api/" or ""
  std::vector<std::string> notes;  // for people: what was chosen without being asked for

  // Returns the folder in which commands run; empty where the judged files are not on disk.
  [[nodiscard]] std::filesystem::path command_folder() const;
};

// Finds the place. `path`: the folder as typed; none: the folder above the current one that holds
// gate.toml, or the top of the repository. `at`: "worktree", "index" or a revision; none: the work
// tree, of a bare repository HEAD. A path that is no folder, and a revision that names no commit,
// are mistakes in the command line and come back as std::nullopt with `mistake` filled. `lazily`:
// the files of a work tree are looked for when they are first asked for; see
// repo::Snapshot::is_complete.
Result<std::optional<Place>> find_place(const std::optional<std::string>& path,
                                        const std::optional<std::string>& at, bool lazily,
                                        std::string& mistake);

}  // namespace gate::cli
