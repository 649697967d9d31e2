#include "gate/readers/lockfiles/sync/manifest_hash.h"

#include <string>

#include <fmt/format.h>

namespace gate::readers::lockfiles {

void add_absent_hash(const ManifestHash& names, const Lockfile& lock, Comparison& comparison) {
  comparison.add(fmt::format("{} has no `{}`", names.lock, names.key), lock.source(),
                 lock.hash_span, std::string(names.identity));
}

void add_stale_hash(const ManifestHash& names, const Lockfile& lock, std::string_view wanted,
                    Comparison& comparison) {
  comparison.add(
      fmt::format("{1} has changed since {0} was written: its `{2}` is `{3}`, {1} gives `{4}`",
                  names.lock, names.manifest, names.key, lock.hash, wanted),
      lock.source(), lock.hash_span, std::string(names.identity));
}

}  // namespace gate::readers::lockfiles
