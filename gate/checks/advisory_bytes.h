// AdvisoryBytes: the imported advisories as they lie in the cache.
#pragma once

#include <string_view>

namespace gate::checks {

class AdvisoryBytes {
 public:
  virtual ~AdvisoryBytes() = default;

  // Returns an index (readers/lockfiles/advisories/index.h); valid as long as this lives.
  [[nodiscard]] virtual std::string_view bytes() const = 0;
};

}  // namespace gate::checks
