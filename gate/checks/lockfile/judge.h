// Judges a snapshot by one rule of kind `lockfile`.
#pragma once

#include "gate/checks/check.h"
#include "gate/checks/lockfile/rule.h"

namespace gate::checks::lockfile {

[[nodiscard]] Answer judge(const LockfileRule& rule, const Context& context);

}  // namespace gate::checks::lockfile
