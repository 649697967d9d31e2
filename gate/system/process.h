// Runs other programs: no shell, a time limit, nothing left behind. The only door to spawn and
// kill.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gate/base/result.h"

namespace gate::system {

struct Command {
  // argv[0] is looked up on PATH unless it holds a slash (then relative to `folder`). Relative
  // entries of PATH are skipped: they would let the judged files choose the program.
  std::vector<std::string> argv;
  std::filesystem::path folder;  // working directory; empty: that of this process
  // Added to the cleared environment of this process; replaces what is there.
  std::vector<std::pair<std::string, std::string>> environment;
  std::chrono::milliseconds timeout{std::chrono::minutes(10)};
};

struct ProcessResult {
  enum class End { exited, signalled, timed_out, stopped };
  End end = End::exited;
  int status = 0;      // exit status, or the signal's number
  std::string output;  // standard output and error as they came, first and last part kept where it
                       // is long
  bool output_cut = false;
  double duration_ms = 0;
};

class ProcessRunner {
 public:
  virtual ~ProcessRunner() = default;

  // Runs to the end and returns how it ended. A program that cannot be found is std::nullopt (a
  // policy decides what that means); one that cannot be started is an error.
  //
  // The child gets a session and process group of its own (so no terminal to ask at), /dev/null as
  // standard input, one pipe for output and errors, default signals, no other open file, and no
  // GIT_* variable that would bind it to this repository. When it ends, is out of time or is
  // stopped, everything it started ends too: its group, and also what left the group by setsid. On
  // time-out the group gets TERM, two seconds later KILL. Thread-safe.
  virtual Result<std::optional<ProcessResult>> run(const Command& command) = 0;

  // Ends every running command as `stopped`: TERM now, KILL after `grace`; no command starts any
  // more. A further call can only shorten the grace. Returns at once; run() returns when its
  // command is gone. For a thread that waits for signals, not for a signal handler.
  virtual void stop(std::chrono::milliseconds grace) = 0;
};

// Returns a runner that starts programs. At most one lives at a time: a process has one set of
// children. While it lives, orphans of its commands become children of this process.
[[nodiscard]] std::unique_ptr<ProcessRunner> make_process_runner();

// A runner for examples and tests: answers from recorded results, never starts anything. A command
// without a recording is an error.
struct Recording {
  std::vector<std::string> argv;
  std::optional<ProcessResult> result;  // none: the program is not there
};
[[nodiscard]] std::unique_ptr<ProcessRunner> make_recorded_runner(
    std::vector<Recording> recordings);

// Returns "SIGTERM" for 15; "signal 99" for a number without a name.
[[nodiscard]] std::string signal_name(int number);

}  // namespace gate::system
