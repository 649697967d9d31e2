// Where this user's caches lie (XDG Base Directory Specification 0.8).
#pragma once

#include <filesystem>
#include <optional>

namespace gate::system {

// Returns $XDG_CACHE_HOME/gate, or $HOME/.cache/gate; nothing where neither is set to an absolute
// path. It need not exist.
[[nodiscard]] std::optional<std::filesystem::path> cache_folder();

}  // namespace gate::system
