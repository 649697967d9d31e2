// Inventory: the lockfiles of a snapshot and what stands beside them, read once for all rules.
//
// Knows which files are lockfiles and how to get at their neighbours; judges nothing.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/result.h"
#include "gate/base/text.h"
#include "gate/checks/memo.h"
#include "gate/readers/lockfiles/formats.h"
#include "gate/readers/lockfiles/manifest_requirements.h"
#include "gate/repo/snapshot.h"

namespace gate::checks {

// One lockfile of the snapshot.
struct LockfileEntry {
  std::string path;
  std::string folder;  // "services/api/", or "" at the top
  const readers::lockfiles::Format* format = nullptr;
  std::shared_ptr<const base::Source> source;                // null: its bytes cannot be had
  std::shared_ptr<const readers::lockfiles::Lockfile> lock;  // null: it cannot be read
  std::string problem;                                       // why not, in words for people
  std::uint32_t line = 0;                                    // where, as far as that is known
  bool is_constraint = false;  // taken in by `-c` only: it limits versions and installs nothing

  // Which packages nothing but development needs, worked out when somebody first asks.
  struct Groups {
    std::once_flag asked;
    std::vector<bool> development;  // by package; empty: it is not known
  };
  std::shared_ptr<Groups> groups = std::make_shared<Groups>();
};

// Thread-safe; reads on first use.
class Inventory {
 public:
  // `files` must outlive it.
  explicit Inventory(const repo::Snapshot& files) : files_(files) {}

  // Returns the inventory of a run's files, which the memo keeps; `files` must outlive the memo.
  [[nodiscard]] static const Inventory& of(const repo::Snapshot& files, const Memo& memo);

  // Returns every lockfile outside folders of installed packages, in the order of paths. Of
  // two in one folder of which a package manager reads only one (npm-shrinkwrap.json and
  // package-lock.json) that one.
  [[nodiscard]] std::span<const LockfileEntry> lockfiles() const;

  // Returns a file of the snapshot as text, read once; null where there is none at this path. A
  // symbolic link is not followed: an error.
  [[nodiscard]] Result<std::shared_ptr<const base::Source>> text(std::string_view path) const;

  // Returns what a manifest asks for, read once; null where there is none at this path, or its name
  // is that of none.
  [[nodiscard]] Result<std::shared_ptr<const readers::lockfiles::ManifestRequirements>> manifest(
      std::string_view path) const;

  // Returns what the manifests of a lockfile ask for: those beside it and, of package.json, those
  // of the folders below, which may be members of a workspace.
  [[nodiscard]] std::vector<readers::lockfiles::Requirement> wanted(
      const LockfileEntry& entry) const;

  // Returns whether nothing but development needs a package of the entry's lock: as the lock says,
  // or where its format does not, as the manifests do. False where that cannot be told.
  [[nodiscard]] bool is_development(const LockfileEntry& entry,
                                    const readers::lockfiles::Package& package) const;

  [[nodiscard]] const repo::Snapshot& files() const { return files_; }

  // Returns whether a path lies in a folder of packages that somebody installed.
  [[nodiscard]] static bool is_installed(std::string_view path);

 private:
  [[nodiscard]] bool is_passed_over(std::string_view path) const;
  void read() const;
  void add(std::string path, const readers::lockfiles::Format& format, bool is_constraint) const;
  void add_included() const;

  const repo::Snapshot& files_;
  mutable std::once_flag asked_;
  mutable std::vector<LockfileEntry> entries_;
  mutable std::mutex texts_mutex_;
  mutable std::map<std::string, std::shared_ptr<const base::Source>, std::less<>> texts_;
  mutable std::mutex manifests_mutex_;
  mutable std::map<std::string, std::shared_ptr<const readers::lockfiles::ManifestRequirements>,
                   std::less<>>
      manifests_;
};

// Returns the folder of a path with its slash: "a/b/" of "a/b/c", "" of "c".
[[nodiscard]] std::string folder_of(std::string_view path);

// Returns a path written in a file of `folder` ("../base.txt") as one of the snapshot; empty where
// it leads out of it, or is absolute.
[[nodiscard]] std::string resolve_path(std::string_view folder, std::string_view written);

}  // namespace gate::checks
