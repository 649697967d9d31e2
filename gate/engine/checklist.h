// Binds the items of Markdown checklists to the rules that decide them.
#pragma once

#include "gate/base/diagnostic.h"
#include "gate/policy/policy.h"
#include "gate/repo/snapshot.h"

namespace gate::engine {

// Reads the checklists that the policy names and enters each item's id at the rules which its
// comment names. A document that is not there, a comment that cannot be read and a rule that the
// policy does not have are mistakes.
void bind_checklists(policy::Policy& policy, const repo::Snapshot& files,
                     base::Diagnostics& diagnostics);

}  // namespace gate::engine
