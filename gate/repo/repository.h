// Repository: libgit2 behind our own types. Opens what is there, resolves revisions, makes
// snapshots.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gate/base/result.h"
#include "gate/repo/git_state.h"
#include "gate/repo/snapshot.h"

namespace gate::repo {

// Thread-safe; snapshots may outlive it.
class Repository : public GitState {
 public:
  // Opens the repository that holds `folder` (a work tree, a folder inside one, a linked work tree,
  // a bare repository). No repository there: a value of null, no error. A repository that libgit2
  // cannot read (SHA-256 objects, a broken HEAD) is an error that says so. HEAD and configuration
  // are those of this moment.
  //
  // Only `folder` decides: GIT_DIR, GIT_INDEX_FILE, GIT_WORK_TREE and the like, which hooks
  // inherit, are not looked at. No hook, filter or file system monitor is ever started, and
  // symbolic links are not followed below the work tree; that is why the owner of the repository
  // does not matter (git's safe.directory guards against such programs).
  static Result<std::unique_ptr<Repository>> open(const std::filesystem::path& folder);

  ~Repository() override = default;

  [[nodiscard]] virtual bool is_bare() const = 0;
  // Returns the folder of the work tree, absolute; empty for a bare repository.
  [[nodiscard]] virtual const std::filesystem::path& work_tree() const = 0;
  // Returns the git folder of this work tree, absolute.
  [[nodiscard]] virtual const std::filesystem::path& git_folder() const = 0;

  // Returns the full hex id of the commit that `revision` names (tags are peeled).
  virtual Result<std::string> resolve(std::string_view revision) const = 0;

  // Returns the full hex id of the best common ancestor of two commits (git merge-base); nothing
  // where they have none. An error where a history that is cut short leaves it open.
  virtual Result<std::optional<std::string>> merge_base(const std::string& one,
                                                        const std::string& other) const = 0;

  // `prefix`: judge only this folder of the repository ("services/api/" or ""); paths are then
  // relative to it.
  //
  // The snapshot of a work tree is walked for its files here, or (`lazily`) when it is first asked
  // for them; then Snapshot::is_complete() tells whether that went well.
  virtual Result<std::unique_ptr<Snapshot>> work_tree_snapshot(std::string_view prefix,
                                                               bool lazily) const = 0;
  Result<std::unique_ptr<Snapshot>> work_tree_snapshot(std::string_view prefix) const {
    return work_tree_snapshot(prefix, false);
  }
  virtual Result<std::unique_ptr<Snapshot>> index_snapshot(std::string_view prefix) const = 0;
  virtual Result<std::unique_ptr<Snapshot>> commit_snapshot(const std::string& id,
                                                            std::string_view prefix) const = 0;
};

// Returns a snapshot of a folder that is in no repository: every file below it but what .gitignore
// files exclude, and never a `.git` folder. at() is "worktree".
Result<std::unique_ptr<Snapshot>> folder_snapshot(const std::filesystem::path& folder);

}  // namespace gate::repo
