// The snapshot of what lies on disk.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "gate/base/result.h"
#include "gate/repo/index_file.h"
#include "gate/repo/objects.h"
#include "gate/repo/snapshot.h"
#include "gate/repo/walk.h"

namespace gate::repo {

// Returns the files of the work tree at `top` below `prefix`. A tracked file counts as executable
// where the index says so (mode() asks the disk). What a sparse checkout left out is read from
// `store`; other tracked files that are not on disk, and special files, are not listed.
//
// The walk through the folders waits until somebody asks for what the index and a look at one place
// of the disk do not tell.
Result<std::unique_ptr<Snapshot>> make_work_tree_snapshot(const std::filesystem::path& top,
                                                          std::string prefix, IndexFile index,
                                                          WalkRules rules, ObjectStore store);

}  // namespace gate::repo
