// What a manifest of Python asks for and its lock lacks: names what changed, where a hash only
// tells that something did.
#pragma once

#include "gate/readers/lockfiles/sync/sync.h"

namespace gate::readers::lockfiles {

// Adds each requirement of the manifest at `path` that no package of the lock answers, or only one
// out of its range. Ranges that are not understood are passed over: the caller knows already that
// the two differ.
void add_lacking(const Lockfile& lock, const Neighbours& files, std::string_view path,
                 Comparison& comparison);

}  // namespace gate::readers::lockfiles
