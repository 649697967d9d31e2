#include "gate/system/cache_folder.h"

#include <cstdlib>

namespace gate::system {

std::optional<std::filesystem::path> cache_folder() {
  const auto variable = [](const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr && *value == '/' ? std::filesystem::path(value)
                                             : std::filesystem::path();
  };
  if (const std::filesystem::path cache = variable("XDG_CACHE_HOME"); !cache.empty())
    return cache / "gate";
  if (const std::filesystem::path home = variable("HOME"); !home.empty())
    return home / ".cache" / "gate";
  return std::nullopt;
}

}  // namespace gate::system
