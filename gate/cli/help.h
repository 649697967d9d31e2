// Help, made from the argument table.
#pragma once

#include <string>
#include <string_view>

#include "gate/cli/arguments.h"

namespace gate::cli {

// Returns `gate --help`.
[[nodiscard]] std::string overview();

// Returns `gate GROUP --help` ("rules"): its commands; empty where there is no such group.
[[nodiscard]] std::string group_help(std::string_view group);

// Returns `gate COMMAND --help`.
[[nodiscard]] std::string help(const Command& command);

// Returns docs/cli.md.
[[nodiscard]] std::string cli_page();

}  // namespace gate::cli
