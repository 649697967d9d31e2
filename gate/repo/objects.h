// Objects: reads commits, trees and blobs by id, raw.
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

// Where the objects of a repository lie, and what to do where one does not. A value: each thread
// opens its own Objects.
struct ObjectStore {
  std::string folder;  // ".git/objects"
  std::string remedy;  // "fetch it with `git fetch`"
};

// One object's bytes, as long as it lives.
class ObjectBytes {
 public:
  explicit ObjectBytes(std::shared_ptr<void> owner, std::string_view bytes)
      : owner_(std::move(owner)), bytes_(bytes) {}
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  std::shared_ptr<void> owner_;
  std::string_view bytes_;
};

struct TreeEntry {
  std::string_view name;
  std::uint32_t mode = 0;
  ObjectId id;

  [[nodiscard]] bool is_folder() const { return (mode & kModeType) == kModeTree; }
  friend bool operator==(const TreeEntry&, const TreeEntry&) = default;
};

// What history needs of a commit.
struct CommitLinks {
  ObjectId tree;
  std::vector<ObjectId> parents;
  std::int64_t committed = 0;  // seconds since the epoch
};

// Not thread-safe.
class Objects {
 public:
  enum class Type : std::uint8_t { commit, tree, blob };

  static Result<std::unique_ptr<Objects>> open(const ObjectStore& store);
  ~Objects();
  Objects(const Objects&) = delete;
  Objects& operator=(const Objects&) = delete;

  // Reads an object whose hash is checked. One that is missing is an error that says how to get it.
  Result<ObjectBytes> read(const ObjectId& id, Type type) const;

  // Returns how many bytes a blob has, from its header.
  [[nodiscard]] Result<std::uint64_t> blob_size(const ObjectId& id) const;

  [[nodiscard]] bool has(const ObjectId& id) const;

  // Reads a tree, whose names point into `bytes`.
  struct Tree {
    ObjectBytes bytes;
    std::vector<TreeEntry> entries;
  };
  Result<Tree> tree(const ObjectId& id) const;

  Result<CommitLinks> commit(const ObjectId& id) const;

  // Returns the id of the folder at `path` ("" or "services/api/") in the tree `root`; an error
  // where it has none.
  Result<ObjectId> folder(const ObjectId& root, std::string_view path) const;

  // Appends every file below a tree, in git's order; `prefix` is put in front of the paths.
  Result<void> list(const ObjectId& tree, const std::string& prefix,
                    std::vector<TrackedFile>& into) const;

 private:
  struct Handle;
  explicit Objects(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

// Reads the entries of a raw tree object.
Result<std::vector<TreeEntry>> parse_tree(std::string_view bytes);

// Reads the head of a raw commit object.
Result<CommitLinks> parse_commit(std::string_view bytes);

// Tells of every file that differs between two trees (either may be zero: empty), in no special
// order. Equal folders are not read. `before` or `after` is null where the file is only on the
// other side; stops early when `tell` returns false.
struct TreeChange {
  std::string_view path;
  const TreeEntry* before;
  const TreeEntry* after;
};
Result<bool> compare_trees(const Objects& objects, const ObjectId& before, const ObjectId& after,
                           const std::function<bool(const TreeChange&)>& tell);

}  // namespace gate::repo
