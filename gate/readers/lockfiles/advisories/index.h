// AdvisoryIndex: many advisories in one run of bytes, found by package without reading the rest.
//
// The bytes are a file of gate's own (a cache, made anew from its sources by any version); they are
// never trusted: a damaged one is an error, not a wrong answer that crashes. Little endian:
//   "gateadv3", u64 size of all, u64 imported (seconds since 1970), u32 advisories, u32 packages,
//   u32 ecosystems (a bit each, by the number of the enumerator),
//   then for each package u64 hash of ecosystem and name, u32 offset, u32 size, sorted by hash,
//   then the packages: ecosystem, name and the advisories that concern it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/result.h"
#include "gate/readers/lockfiles/advisories/advisory.h"

namespace gate::readers::lockfiles {

// Returns the index of these advisories. Withdrawn ones are left out.
[[nodiscard]] std::string encode_index(const std::vector<Advisory>& advisories,
                                       std::int64_t imported_seconds);

// Views the bytes, which must outlive it. Const and thread-safe.
class AdvisoryIndex {
 public:
  [[nodiscard]] static Result<AdvisoryIndex> open(std::string_view bytes);

  // Returns the advisories that name a package, whatever its version; `name` as canonical_name()
  // spells it.
  [[nodiscard]] Result<std::vector<Advisory>> find(Ecosystem ecosystem,
                                                   std::string_view name) const;
  // Returns all of them, each once, by id.
  [[nodiscard]] Result<std::vector<Advisory>> all() const;

  [[nodiscard]] std::uint32_t advisories() const { return advisories_; }
  [[nodiscard]] std::uint32_t packages() const { return packages_; }
  [[nodiscard]] std::int64_t imported_seconds() const { return imported_seconds_; }
  // Returns whether any of them is about a package of the ecosystem.
  [[nodiscard]] bool knows(Ecosystem ecosystem) const {
    return ((ecosystems_ >> static_cast<unsigned>(ecosystem)) & 1U) != 0;
  }

 private:
  std::string_view bytes_;
  std::uint32_t advisories_ = 0;
  std::uint32_t packages_ = 0;
  std::uint32_t ecosystems_ = 0;
  std::int64_t imported_seconds_ = 0;
};

}  // namespace gate::readers::lockfiles
