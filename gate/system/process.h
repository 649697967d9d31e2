// Runs other programs: no shell, limits of time, output and memory, nothing left behind. The only
// door to spawn and kill.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gate/base/glob.h"
#include "gate/base/result.h"

namespace gate::system {

// Names and values of an environment.
using Variables = std::vector<std::pair<std::string, std::string>>;

// What a command writes for a reader of its format; it is handed over whole.
enum class ResultFrom : std::uint8_t {
  nothing,
  standard_output,
  output,  // standard output and error as they come
  file,    // the file whose path stands in the place of kResultFile
};

// In a word of argv and in a value of the environment: the path of a file in a folder of the
// command's own, which is not there when it starts and gone after it.
inline constexpr std::string_view kResultFile = "{result}";
// A result of more bytes is not handed over.
inline constexpr std::uint64_t kResultLimit = std::uint64_t{32} << 20;

struct Command {
  // argv[0] is looked up on PATH unless it holds a slash (then relative to `folder`). Relative
  // entries of PATH are skipped: they would let the judged files choose the program.
  std::vector<std::string> argv;
  std::filesystem::path folder;  // working directory; empty: that of this process
  // Added to the cleared environment of this process; replaces what is there.
  Variables environment;
  std::chrono::milliseconds timeout{std::chrono::minutes(10)};
  // From TERM to KILL, when it is out of time or stopped: nothing is left a second later.
  std::chrono::milliseconds grace{750};
  ResultFrom result = ResultFrom::nothing;
  std::string result_name = "result";      // the file's, with the extension that tools want to see
  std::optional<base::GlobSet> inherit{};  // only these variables of this process are passed on
  // What it may print and take up, all its processes together; 0: no limit.
  std::uint64_t most_output = 0;
  std::uint64_t most_memory = 0;  // resident bytes, looked at ten times a second
};

struct ProcessResult {
  enum class End { exited, signalled, timed_out, stopped, too_much_output, too_much_memory };
  End end = End::exited;
  int status = 0;      // exit status, or the signal's number
  std::string output;  // standard output and error as they came, first and last part kept where it
                       // is long; only error where the result is read from standard output
  bool output_cut = false;
  double duration_ms = 0;
  // As asked for by Command::result. None: nothing was asked for, or the file was not written.
  std::optional<std::string> result{};
  std::string stopped_why{};  // of End::stopped
  bool result_cut = false;    // it is longer than kResultLimit: `result` is none
};

class ProcessRunner {
 public:
  virtual ~ProcessRunner() = default;

  // Runs to the end and returns how it ended. A program that cannot be found is std::nullopt (a
  // policy decides what that means); one that cannot be started is an error.
  //
  // The child gets a session and process group of its own (so no terminal to ask at), /dev/null as
  // standard input, pipes for output and errors, default signals, no other open file, and no GIT_*
  // variable that would bind it to this repository. When it ends, is out of time or is stopped,
  // everything it started ends too: its group, and also what left the group by setsid. On time-out
  // the group gets TERM and after the grace KILL; one that breaks another limit gets KILL.
  // Thread-safe.
  virtual Result<std::optional<ProcessResult>> run(const Command& command) = 0;

  // Ends every running command as `stopped`: TERM now, KILL after its own grace, but at most
  // `grace` from now; no command starts any more. `why` is for people: "gate got SIGTERM"; that of
  // the first call counts, and a further call can only shorten the grace. Returns at once; run()
  // returns when its command is gone. For a thread that waits for signals, not for a signal
  // handler.
  virtual void stop(std::chrono::milliseconds grace, const std::string& why) = 0;

  // Returns the variables that a command inherits, before its own are added.
  [[nodiscard]] virtual Variables inherited(const Command& command) const = 0;

  // Returns a text that changes when the program is another one: path, size and time of its file,
  // of the interpreters that its first line names, and of a script that is its first argument.
  [[nodiscard]] virtual std::string program_identity(const Command& command) const = 0;
};

// Returns a runner that starts programs. At most one lives at a time: a process has one set of
// children. While it lives, orphans of its commands become children of this process.
[[nodiscard]] std::unique_ptr<ProcessRunner> make_process_runner();

// A runner for examples and tests: answers from recorded results, never starts anything. A command
// without a recording is an error. A command is compared as it is written, with kResultFile in it.
struct Recording {
  std::vector<std::string> argv;
  // None: the program is not there. Where the command's result is what it prints, `output` is that.
  std::optional<ProcessResult> result;
};
[[nodiscard]] std::unique_ptr<ProcessRunner> make_recorded_runner(
    std::vector<Recording> recordings);

// Returns "SIGTERM" for 15; "signal 99" for a number without a name.
[[nodiscard]] std::string signal_name(int number);

}  // namespace gate::system
