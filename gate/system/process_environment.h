// The variables of this process.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace gate::system {

// Returns name and value of every variable, in the order in which the process got them.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> process_environment();

}  // namespace gate::system
