// Loads the index of a work tree from disk.
#pragma once

#include <cstdint>
#include <filesystem>

#include "gate/base/result.h"
#include "gate/repo/index_file.h"
#include "gate/repo/objects.h"

namespace gate::repo {

// The index as it lay on disk, and when it was written.
struct LoadedIndex {
  IndexFile file;
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;
};

// Reads the index at `path`; one that does not exist has no entries. The folders of a sparse index
// are replaced by their files, whose names come from `store`. A split index is an error.
Result<LoadedIndex> load_index(const std::filesystem::path& path, const ObjectStore& store);

}  // namespace gate::repo
