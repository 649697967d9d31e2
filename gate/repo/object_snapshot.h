// Snapshots whose bytes come from the object database: a commit, the index.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gate/base/result.h"
#include "gate/repo/objects.h"
#include "gate/repo/snapshot.h"

namespace gate::repo {

// Returns a snapshot of `files`, sorted by path, whose paths lose their first `prefix_length`
// bytes. `at` as Snapshot::at. A file whose id is zero has no decided content (a conflict): it is
// listed, and reading it is an error.
[[nodiscard]] std::unique_ptr<Snapshot> make_object_snapshot(std::string at,
                                                             std::vector<TrackedFile> files,
                                                             std::size_t prefix_length,
                                                             ObjectStore store);

}  // namespace gate::repo
