// History: questions that need a walk along commits.
#pragma once

#include <cstdint>
#include <optional>
#include <set>

#include "gate/base/glob.h"
#include "gate/base/result.h"
#include "gate/repo/objects.h"

namespace gate::repo {

// Where a shallow clone is cut: commits whose parents are not there.
using ShallowCommits = std::set<ObjectId>;

// Reads the file `.git/shallow`.
Result<ShallowCommits> parse_shallow(std::string_view text);

// As GitState::last_changed, from `head` (zero: no commits). An error where a cut history leaves it
// open.
Result<std::optional<std::int64_t>> find_last_change(const Objects& objects, const ObjectId& head,
                                                     const ShallowCommits& shallow,
                                                     const base::GlobSet& paths);

// Returns whether `ancestor` is `commit` or reachable from it, as far as history goes.
Result<bool> reaches(const Objects& objects, const ObjectId& commit, const ObjectId& ancestor,
                     const ShallowCommits& shallow);

}  // namespace gate::repo
