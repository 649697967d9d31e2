// Migrations: reading and replaying a folder of them, against the linters of their languages, and
// against a larger folder.
#pragma once

#include <filesystem>
#include <string>

#include "tests/bench/comparison.h"

namespace gate::bench {

// `folder` holds what migrations.py has made, and squawk below lint/node_modules.
[[nodiscard]] Judgement migrations(const std::string& gate, const std::filesystem::path& folder);

}  // namespace gate::bench
