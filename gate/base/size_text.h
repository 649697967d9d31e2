// A number of bytes for people.
#pragma once

#include <cstdint>
#include <string>

namespace gate::base {

// Returns "1 byte", "42 bytes", "5.0 MB": units of 1024, as `max_size = "5MB"` in a policy means
// them.
[[nodiscard]] std::string size_text(std::uint64_t bytes);

}  // namespace gate::base
