#include "gate/policy/measures.h"

#include <array>
#include <charconv>
#include <limits>

namespace gate::policy {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

constexpr std::array kDurations = std::to_array<Unit>(
    {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}});

constexpr std::uint64_t kKilo = 1024;
constexpr std::array kSizes = std::to_array<Unit>({{"", 1},
                                                   {"B", 1},
                                                   {"KB", kKilo},
                                                   {"MB", kKilo* kKilo},
                                                   {"GB", kKilo* kKilo* kKilo},
                                                   {"KiB", kKilo},
                                                   {"MiB", kKilo* kKilo},
                                                   {"GiB", kKilo* kKilo* kKilo}});

// Returns number times unit where that is at most `most`.
template <std::size_t size>
std::optional<std::uint64_t> parse(std::string_view text, const std::array<Unit, size>& units,
                                   std::uint64_t most) {
  std::uint64_t amount = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (problem != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.size() > 1 && text.front() == ' ') text.remove_prefix(1);
  for (const Unit& unit : units) {
    if (text != unit.name) continue;
    if (amount > most / unit.factor) return std::nullopt;
    return amount * unit.factor;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  using Rep = std::chrono::milliseconds::rep;
  const auto found =
      parse(text, kDurations, static_cast<std::uint64_t>(std::numeric_limits<Rep>::max()));
  if (!found) return std::nullopt;
  return std::chrono::milliseconds(static_cast<Rep>(*found));
}

std::optional<std::uint64_t> parse_bytes(std::string_view text) {
  return parse(text, kSizes, std::numeric_limits<std::uint64_t>::max());
}

}  // namespace gate::policy
