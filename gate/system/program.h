// Program: which file a command line starts, told apart from other versions of it.
#pragma once

#include <string>

#include "gate/system/process.h"

namespace gate::system {

// See ProcessRunner::program_identity().
[[nodiscard]] std::string program_identity(const Command& command, const Variables& environment);

}  // namespace gate::system
