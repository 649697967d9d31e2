#include "gate/system/clock.h"

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace gate::system {
namespace {

// Returns the number in SOURCE_DATE_EPOCH; nothing where it is unset, no decimal number, or beyond
// what the clock can hold.
std::optional<std::chrono::seconds> given_moment() {
  const char* value = std::getenv("SOURCE_DATE_EPOCH");
  if (value == nullptr) return std::nullopt;
  const std::string_view text = value;
  std::uint32_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return std::chrono::seconds(seconds);
}

}  // namespace

Clock::time_point now() {
  if (const auto given = given_moment()) return Clock::time_point(*given);
  return Clock::now();
}

base::Date today() { return std::chrono::floor<std::chrono::days>(now()); }

}  // namespace gate::system
