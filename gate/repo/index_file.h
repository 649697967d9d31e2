// IndexFile: the bytes of `.git/index`, read.
//
// A pure parser: opens nothing, trusts nothing, copies no path of versions 2 and 3. Format:
// gitformat-index(5). Reads versions 2, 3 and 4; says where an index is split or sparse, whose rest
// lies elsewhere. Only SHA-1.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/result.h"
#include "gate/repo/object_id.h"

namespace gate::repo {

// What lstat said of a file when git last looked at it; cut to 32 bits.
struct StatData {
  std::uint32_t ctime_seconds = 0;
  std::uint32_t ctime_nanoseconds = 0;
  std::uint32_t mtime_seconds = 0;
  std::uint32_t mtime_nanoseconds = 0;
  std::uint32_t device = 0;
  std::uint32_t inode = 0;
  std::uint32_t user = 0;
  std::uint32_t group = 0;
  std::uint32_t size = 0;
};

struct IndexEntry {
  std::string_view path;  // followed by a NUL, so that path.data() is a C string
  ObjectId id;
  std::uint32_t mode = 0;  // git's: type and 0644 or 0755
  std::uint8_t stage = 0;  // 1 to 3: a side of a conflict
  bool assume_valid = false;
  bool skip_worktree = false;
  bool intent_to_add = false;
  StatData stat;

  [[nodiscard]] bool is_submodule() const { return (mode & kModeType) == kModeSubmodule; }
  [[nodiscard]] bool is_symlink() const { return (mode & kModeType) == kModeSymlink; }
  // A folder of a sparse index, which stands for all of its files.
  [[nodiscard]] bool is_folder() const { return (mode & kModeType) == kModeTree; }
};

// One node of the cache tree: a folder whose tree object git knew when it wrote the index.
struct CachedTree {
  std::string_view name;  // of the folder in its parent; empty for the root
  std::int32_t entry_count =
      -1;  // index entries below it; negative: changed since, `id` says nothing
  ObjectId id;
  std::vector<CachedTree> children;
};

class IndexFile {
 public:
  // Reads an index. An index of no bytes is an index without entries, as in a repository where
  // nothing was ever added.
  static Result<IndexFile> parse(std::string bytes);

  // Returns the entries, sorted by path and stage.
  [[nodiscard]] const std::vector<IndexEntry>& entries() const { return entries_; }

  // Returns whether most entries lie in another file (`core.splitIndex`).
  [[nodiscard]] bool is_split() const { return is_split_; }
  // Returns whether entries may be folders (`index.sparse`).
  [[nodiscard]] bool is_sparse() const { return is_sparse_; }

  // Replaces each folder of a sparse index by the files that `list` returns for it (its path ends
  // in '/').
  using List =
      std::function<Result<std::vector<TrackedFile>>(std::string_view path, const ObjectId& tree)>;
  Result<void> expand(const List& list);

  // Returns the root of the cache tree; one that knows nothing where the index has none.
  [[nodiscard]] CachedTree cached_tree() const;

 private:
  Result<void> read(std::string_view bytes);
  Result<std::size_t> read_entry(std::string_view bytes, std::size_t at, std::uint32_t version);
  Result<void> read_extensions(std::string_view rest);

  std::unique_ptr<const std::string> bytes_;  // what the views point into
  std::vector<std::unique_ptr<const std::string>>
      paths_;  // those that are not in `bytes_` as they are
  std::vector<IndexEntry> entries_;
  std::string_view cache_tree_;
  bool is_split_ = false;
  bool is_sparse_ = false;
};

}  // namespace gate::repo
