// Child: runs a program as a test or a benchmark needs it: streams apart, resources counted.
//
// gate's own runner (gate/system/process.h) is what is under test, and joins the streams.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace gate::tests {

struct ChildCommand {
  std::vector<std::string> argv;               // argv[0] is looked up on this process's PATH
  std::vector<std::string> environment;        // NAME=value; all of it
  std::filesystem::path folder;                // working directory
  std::filesystem::path output = "/dev/null";  // files, emptied first; relative to `folder`
  std::filesystem::path errors = "/dev/null";
  bool own_group = false;  // leads a process group, so that signals can go to it
};

struct ChildResult {
  int status = 0;  // exit status, or 128 and the signal
  bool signalled = false;
  std::chrono::nanoseconds wall{};
  std::chrono::microseconds cpu{};  // user and system, of the child and all it waited for
  std::int64_t peak_kilobytes = 0;
};

// A program that runs. One that is not waited for is killed.
class Child {
 public:
  // Starts with /dev/null as standard input; nothing where the program cannot be started.
  [[nodiscard]] static std::optional<Child> start(const ChildCommand& command);

  Child(Child&& other) noexcept : pid_(std::exchange(other.pid_, -1)), begin_(other.begin_) {}
  Child& operator=(Child&&) = delete;
  ~Child();

  void signal(int number) const;
  // Only of one that was started with own_group.
  void signal_group(int number) const;

  // Waits until it ends, once; nothing where somebody else has reaped it.
  [[nodiscard]] std::optional<ChildResult> wait();

 private:
  Child(pid_t pid, std::chrono::steady_clock::time_point begin) : pid_(pid), begin_(begin) {}

  pid_t pid_;
  std::chrono::steady_clock::time_point begin_;
};

// Runs to the end with /dev/null as standard input; nothing where the program cannot be started.
[[nodiscard]] std::optional<ChildResult> run_child(const ChildCommand& command);

// Returns the environment of this process.
[[nodiscard]] std::vector<std::string> own_environment();

}  // namespace gate::tests
