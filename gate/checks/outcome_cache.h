// OutcomeCache: answers of earlier runs, found by a key that stands for everything they depend on.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gate::checks {

// Thread-safe. What cannot be read or written is as if it were not there.
class OutcomeCache {
 public:
  virtual ~OutcomeCache() = default;

  // Returns what keep() was given under this key (hex digits).
  [[nodiscard]] virtual std::optional<std::string> find(const std::string& key) const = 0;
  virtual void keep(const std::string& key, std::string_view text) = 0;
};

}  // namespace gate::checks
