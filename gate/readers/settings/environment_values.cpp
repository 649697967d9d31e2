#include "gate/readers/settings/environment_values.h"

#include <fmt/format.h>

namespace gate::readers {

Trace EnvironmentValue::trace(std::string_view key) const {
  if (state == State::unset) return Trace({fmt::format("{} is not set", key), {}});
  if (state == State::unknown) return Trace({fmt::format("{} is unknown", key), place});
  if (!has_value) return Trace({fmt::format("{} has no value", key), place});
  if (!secret) {
    // Control characters and long values are shown as a quotation shows them.
    std::string shown = quote(value, {});
    const bool plain = shown.size() == value.size() + 2;
    return Trace({fmt::format("{}={}", key, plain ? value : shown), place});
  }
  const Trace hidden({}, true);
  return Trace({fmt::format("{} is set, {}", key, quote(value, hidden)), place}, true);
}

}  // namespace gate::readers
