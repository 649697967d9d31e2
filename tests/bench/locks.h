// Lockfiles: the whole gate on a lock, against the tools that judge the same one.
#pragma once

#include <filesystem>
#include <string>

#include "tests/bench/comparison.h"

namespace gate::bench {

// `folder` holds what locks.py has made, and lockfile-lint below lint/node_modules.
[[nodiscard]] Judgement lockfiles(const std::string& gate, const std::filesystem::path& folder);

}  // namespace gate::bench
