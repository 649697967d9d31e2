// The walk through a work tree: what lies on disk, held against the index and the ignore rules.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/result.h"
#include "gate/repo/folder.h"
#include "gate/repo/ignore.h"
#include "gate/repo/index_file.h"

namespace gate::repo {

// The rules a walk goes by.
struct WalkRules {
  std::vector<std::shared_ptr<const IgnoreFile>>
      ignore;                       // for the whole work tree, strongest first
  bool ignore_case = false;         // core.ignoreCase
  bool enter_repositories = false;  // go into repositories below that are not in the index
  // Returns the bytes of a blob: for a .gitignore that a sparse checkout left out. May be empty.
  std::function<Result<std::string>(const ObjectId&)> read_blob;
};

// What a walk tells of. Names and paths live as long as the call; `folder` is the open folder that
// holds `child`.
class WalkVisitor {
 public:
  virtual ~WalkVisitor() = default;

  // Something lies at the path of index entry number `entry` (of several stages, the first). It may
  // be of another type.
  virtual Result<void> tracked(std::size_t entry, const Child& child, int folder) = 0;
  // A file or symbolic link that is neither in the index nor ignored. `path` is relative to the
  // work tree.
  virtual Result<void> untracked(std::string_view path, const Child& child, int folder) = 0;
  // A repository that is neither in the index nor ignored; not gone into. `path` ends in '/'.
  virtual Result<void> repository(std::string_view path) = 0;
};

// Walks the folder at `prefix` ("" or "services/api/") of the work tree whose open top is `top`.
// `entries` are those of the whole index. Every folder is read once, in git's order of paths;
// `.git` never counts, special files only where the index has their path.
Result<void> walk(int top, std::string_view prefix, const std::vector<IndexEntry>& entries,
                  const WalkRules& rules, WalkVisitor& visitor);

// Returns the paths in the index that an ignore rule covers, sorted.
Result<std::vector<std::string>> find_tracked_but_ignored(int top,
                                                          const std::vector<IndexEntry>& entries,
                                                          const WalkRules& rules);

}  // namespace gate::repo
