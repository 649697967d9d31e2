// The two languages of yarn.lock: yarn 1 has its own, yarn 2 and later (berry) write YAML.
#pragma once

#include <memory>

#include "gate/readers/lockfiles/formats.h"

namespace gate::readers::lockfiles {

// Version of the lockfile that yarn 1 writes, for Lockfile::version.
inline constexpr std::string_view kYarnClassic = "1";

[[nodiscard]] ReadResult read_yarn_classic(std::shared_ptr<const base::Source> source);
[[nodiscard]] ReadResult read_yarn_berry(std::shared_ptr<const base::Source> source);

}  // namespace gate::readers::lockfiles
