// Operators in front of a version, as RubyGems and comparisons of Go write them.
#pragma once

#include <span>
#include <string_view>

#include "gate/base/ascii.h"

namespace gate::readers::lockfiles {

// Takes the first of these operators that `part` begins with off it, and the blanks behind; returns
// it, or "=" where none stands there.
[[nodiscard]] inline std::string_view take_operator(std::string_view& part,
                                                    std::span<const std::string_view> operators) {
  for (const std::string_view known : operators) {
    if (!part.starts_with(known)) continue;
    part = base::trim(part.substr(known.size()));
    return known;
  }
  return "=";
}

}  // namespace gate::readers::lockfiles
