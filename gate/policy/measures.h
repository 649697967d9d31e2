// Amounts as policies write them: durations and sizes.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gate::policy {

// Returns the duration of "250ms", "90s", "10m", "2h", "30d", or nothing for another text or one
// that overflows.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

// Returns the bytes of "1048576", "512KB", "5 MB", "1GiB" (all 1024-based), or nothing.
[[nodiscard]] std::optional<std::uint64_t> parse_bytes(std::string_view text);

}  // namespace gate::policy
