// Names of Composer that are no packages: PHP itself, its extensions, libraries
// (Composer\Repository\PlatformRepository).
#pragma once

#include <string_view>

namespace gate::readers::lockfiles {

// `name` is in small letters.
[[nodiscard]] constexpr bool is_composer_platform(std::string_view name) {
  return name == "php" || name == "php-64bit" || name == "php-ipv6" || name == "php-zts" ||
         name == "php-debug" || name == "hhvm" || name == "composer" ||
         name == "composer-plugin-api" || name == "composer-runtime-api" ||
         name.starts_with("ext-") || name.starts_with("lib-");
}

}  // namespace gate::readers::lockfiles
