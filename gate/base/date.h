// Calendar days as policies write them: YYYY-MM-DD (RFC 3339 full-date).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gate::base {

using Date = std::chrono::sys_days;

// Returns the day, or nothing for a text that is no day of the Gregorian calendar.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
[[nodiscard]] std::string format_date(Date date);

}  // namespace gate::base
