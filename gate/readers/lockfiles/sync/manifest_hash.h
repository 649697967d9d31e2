// The hash by which a lock tells of which manifest it was made: what is said where it is absent or
// another.
#pragma once

#include <string_view>

#include "gate/readers/lockfiles/sync/sync.h"

namespace gate::readers::lockfiles {

struct ManifestHash {
  std::string_view lock;      // "poetry.lock"
  std::string_view manifest;  // "pyproject.toml"
  std::string_view key;       // under which it stands in this lock
  std::string_view identity;  // of what is said about it, whatever this lock calls it
};

// Adds that the lock has no hash.
void add_absent_hash(const ManifestHash& names, const Lockfile& lock, Comparison& comparison);

// Adds that the lock has another hash than `wanted`, which the manifest gives.
void add_stale_hash(const ManifestHash& names, const Lockfile& lock, std::string_view wanted,
                    Comparison& comparison);

}  // namespace gate::readers::lockfiles
