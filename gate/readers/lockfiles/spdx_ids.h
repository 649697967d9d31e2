// The identifiers of licences and exceptions (spdx.org/licenses, list 3.28, deprecated ones too).
#pragma once

#include <span>
#include <string_view>

namespace gate::readers::lockfiles {

// Returns the identifier in its own spelling; empty for a text that is none. Capital letters do not
// count.
[[nodiscard]] std::string_view spdx_license(std::string_view text);
[[nodiscard]] std::string_view spdx_exception(std::string_view text);
[[nodiscard]] std::span<const std::string_view> spdx_licenses();

}  // namespace gate::readers::lockfiles
