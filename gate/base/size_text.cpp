#include "gate/base/size_text.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace gate::base {

std::string size_text(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 4> kUnits{"KB", "MB", "GB", "TB"};
  constexpr double kRoundsUp = 1023.95;  // from here on one digit shows 1024.0
  if (bytes < 1024) return fmt::format("{} byte{}", bytes, bytes == 1 ? "" : "s");
  double size = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  for (; size >= kRoundsUp && unit + 1 < kUnits.size(); ++unit)
    size /= 1024;
  return fmt::format("{:.1f} {}", size, kUnits[unit]);
}

}  // namespace gate::base
