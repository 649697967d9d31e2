// Layers: who may include whom, as tests/meta/layers.toml says, held against the sources; and that
// a source file includes its own header first, which proves that this compiles alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "gate/base/result.h"

namespace gate::meta {

struct Violation {
  std::string path;  // from the root
  std::uint32_t line = 0;
  std::string message;
};

// Reads every #include of the sources and headers below `root`/gate; violations in order of path
// and line. `rules` is the file that says what is allowed.
[[nodiscard]] Result<std::vector<Violation>> layer_violations(const std::filesystem::path& root,
                                                              const std::filesystem::path& rules);

}  // namespace gate::meta
