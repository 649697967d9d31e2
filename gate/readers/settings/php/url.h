// parse_url() of PHP.
#pragma once

#include <cstdint>
#include <string_view>

#include "gate/readers/settings/php/value.h"

namespace gate::readers::php {

// Returns what parse_url() returns: all parts (component -1), one of them (PHP_URL_SCHEME 0 …
// PHP_URL_FRAGMENT 7) or null where it is not there, false for what is no URL.
[[nodiscard]] Value split_url(std::string_view url, std::int64_t component);

}  // namespace gate::readers::php
