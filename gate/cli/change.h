// Change: the commit from which the judged files part, for a run in which only what is new counts.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gate/base/result.h"
#include "gate/finding/package_change.h"
#include "gate/repo/snapshot.h"

namespace gate::cli {

struct Place;

struct Change {
  std::string from;                       // the revision, as it was named or found
  std::string base;                       // full id of the merge base
  std::unique_ptr<repo::Snapshot> files;  // as they were there; none where the folder is new
  // What the change is to be merged into, where that has moved on since; null: the base.
  std::unique_ptr<repo::Snapshot> target;
};

// Finds where the judged files part from `since`; none: from where the CI says that a request goes
// to, or from the main branch of `origin`, or `main` or `master`. A revision that names no commit,
// and a place without history, are mistakes in the command line and come back as std::nullopt with
// `mistake` filled.
Result<std::optional<Change>> find_change(const std::optional<std::string>& since,
                                          const Place& place, std::string& mistake);

// Returns since when a finding counts, as a note.
[[nodiscard]] std::string since_note(const Change& change);

// Returns "since 1a2b3c4d5e6f: 2 packages come in, 1 goes, 3 change their version", and what cannot
// be compared; empty where no lockfile differs.
[[nodiscard]] std::string package_note(const finding::PackageChanges& changes);

}  // namespace gate::cli
