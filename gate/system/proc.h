// What /proc says of the processes of this machine (proc(5)).
#pragma once

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace gate::system {

struct ProcessState {
  pid_t pid = 0;
  pid_t parent = 0;
  pid_t group = 0;
  std::uint64_t resident = 0;  // bytes, shared ones too
};

// Returns the processes that can be seen, in no order; none where /proc cannot be read.
[[nodiscard]] std::vector<ProcessState> processes();

// Returns the environment that a process was started with, each variable behind a NUL; empty where
// it is gone or another user's.
[[nodiscard]] std::string environment_of(pid_t pid);

}  // namespace gate::system
