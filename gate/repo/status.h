// Status: what differs between HEAD, the index and the work tree; as exact as `git status`, without
// starting programs.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gate/base/result.h"
#include "gate/repo/git_state.h"
#include "gate/repo/index_file.h"
#include "gate/repo/objects.h"
#include "gate/repo/walk.h"

namespace gate::repo {

struct StatusQuestion {
  int top = -1;  // the open work tree
  const IndexFile* index = nullptr;
  std::int64_t index_seconds =
      0;  // when the index was written: a file as young as it may have changed unseen
  std::int64_t index_nanoseconds = 0;
  ObjectId head_tree;  // zero on a branch without commits
  const Objects* objects = nullptr;
  const WalkRules* rules = nullptr;

  bool trusts_mode = true;          // core.fileMode
  bool has_symlinks = true;         // core.symlinks
  bool is_sparse_checkout = false;  // core.sparseCheckout
  bool may_convert = false;  // an attribute or core.autocrlf may ask for line ends to be converted

  // Returns whether the file at `path` would be stored under `id`, conversions applied.
  std::function<Result<bool>(const std::string& path, const ObjectId& id)> converted_equal;
  // Returns the commit that is checked out in the submodule at `path`; nothing where none is.
  std::function<Result<std::optional<ObjectId>>(const std::string& path)> submodule_head;
};

// Returns what is not committed, sorted by path.
Result<std::vector<Uncommitted>> find_uncommitted(const StatusQuestion& question);

// Returns the id under which git stores these bytes as a file.
[[nodiscard]] ObjectId blob_id(std::string_view bytes);

}  // namespace gate::repo
