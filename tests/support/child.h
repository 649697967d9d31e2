// Child: runs a program as a test or a benchmark needs it: streams apart, resources counted.
//
// gate's own runner (gate/system/process.h) is what is under test, and joins the streams.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gate::tests {

struct ChildCommand {
  std::vector<std::string> argv;               // argv[0] is looked up on this process's PATH
  std::vector<std::string> environment;        // NAME=value; all of it
  std::filesystem::path folder;                // working directory
  std::filesystem::path output = "/dev/null";  // files, emptied first; relative to `folder`
  std::filesystem::path errors = "/dev/null";
};

struct ChildResult {
  int status = 0;  // exit status, or 128 and the signal
  std::chrono::nanoseconds wall{};
  std::chrono::microseconds cpu{};  // user and system, of the child and all it waited for
  std::int64_t peak_kilobytes = 0;
};

// Runs to the end with /dev/null as standard input; nothing where the program cannot be started.
[[nodiscard]] std::optional<ChildResult> run_child(const ChildCommand& command);

// Returns the environment of this process.
[[nodiscard]] std::vector<std::string> own_environment();

}  // namespace gate::tests
