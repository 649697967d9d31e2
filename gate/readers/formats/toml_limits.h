// What a TOML text must keep to before toml++ sees it: toml++ builds dotted keys and frees tables
// by recursion, so that a text of a few megabytes could exhaust the stack.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gate::readers {

inline constexpr std::uint32_t kTomlDepth = 64;
inline constexpr std::size_t kTomlBytes = std::size_t{16} << 20;

// Returns the offset where brackets nest, or a dotted key has parts, beyond kTomlDepth. Linear, for
// any bytes.
[[nodiscard]] std::optional<std::uint32_t> too_deep(std::string_view text);

}  // namespace gate::readers
