// GitState: what the `git` kind may ask of a repository. A real one answers through libgit2, a
// rule's example from data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gate/base/glob.h"
#include "gate/base/result.h"

namespace gate::repo {

struct Signature {
  std::string name;
  std::string email;
  std::int64_t seconds = 0;  // since the epoch, UTC
};

struct Commit {
  std::string id;  // full hex
  std::string message;
  Signature author;
  Signature committer;
  std::vector<std::string> parents;
  bool has_signature = false;  // a gpgsig header exists; says nothing of its validity
};

struct Head {
  std::optional<std::string> branch;  // short name; none when HEAD is detached
  std::string commit;                 // full hex; empty on a branch without commits
};

// A path that differs between HEAD and the work tree: `staged` where the index holds something else
// than HEAD, the others where the work tree holds something else than the index; where both do, the
// work tree's side. An untracked repository is one path that ends in '/'.
struct Uncommitted {
  enum class State : std::uint8_t { staged, modified, untracked, deleted, conflicted };
  std::string path;
  State state = State::modified;
};

// Thread-safe: every question may be asked from any thread.
class GitState {
 public:
  virtual ~GitState() = default;

  virtual Result<Head> head() const = 0;
  virtual Result<Commit> commit(const std::string& id) const = 0;
  // Returns what is not committed, sorted by path; ignored files never count, submodules by their
  // commit only.
  virtual Result<std::vector<Uncommitted>> uncommitted() const = 0;
  // Returns the names of the tags that point at this commit, annotated or not, sorted.
  virtual Result<std::vector<std::string>> tags_at(const std::string& commit) const = 0;
  // Returns the names of the local and remote-tracking branches that point at this commit, sorted
  // ("main", "origin/main").
  virtual Result<std::vector<std::string>> branches_at(const std::string& commit) const = 0;
  // Returns whether `ancestor` (any revision git understands) is reachable from `commit`.
  virtual Result<bool> is_ancestor(const std::string& ancestor,
                                   const std::string& commit) const = 0;
  // Returns whether the history is cut short (`git clone --depth`), so that ancestry cannot be
  // decided.
  virtual bool is_shallow() const = 0;
  // Returns the tracked paths that an ignore rule covers, sorted.
  virtual Result<std::vector<std::string>> tracked_but_ignored() const = 0;
  // Returns when (committer time, seconds since the epoch) a file that `paths` matches was last
  // changed by a commit that HEAD reaches, merges compared with their first parent; nothing where
  // no commit did.
  virtual Result<std::optional<std::int64_t>> last_changed(const base::GlobSet& paths) const = 0;
};

}  // namespace gate::repo
