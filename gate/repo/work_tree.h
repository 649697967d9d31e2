// The snapshot of what lies on disk.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "gate/base/result.h"
#include "gate/repo/index_file.h"
#include "gate/repo/snapshot.h"
#include "gate/repo/walk.h"

namespace gate::repo {

// Returns the files of the work tree at `top` below `prefix`. A tracked file counts as executable
// where the index says so (mode() asks the disk); tracked files that are not on disk, and special
// files, are left out.
Result<std::unique_ptr<Snapshot>> make_work_tree_snapshot(const std::filesystem::path& top,
                                                          std::string prefix, IndexFile index,
                                                          const WalkRules& rules);

}  // namespace gate::repo
