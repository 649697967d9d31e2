// Files that lie outside the judged snapshot: policy files named on the command line, env files,
// reports.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "gate/base/result.h"

namespace gate::system {

// Returns the bytes of a file of at most `limit` bytes; std::nullopt where there is none.
Result<std::optional<std::string>> read_file(const std::filesystem::path& path,
                                             std::uint64_t limit = 64U << 20);

// Writes a file whole or not at all (temporary file beside it, then rename); parent folders are
// made.
Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace gate::system
