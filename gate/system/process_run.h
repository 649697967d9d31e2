// ProcessRun: one command that was started, from there to its end, on one thread.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "gate/system/children.h"
#include "gate/system/descriptor.h"
#include "gate/system/output_buffer.h"
#include "gate/system/process.h"
#include "gate/system/spool.h"

namespace gate::system {

// When stop() was called, and how long its grace lasts. Read by all runs.
class StopOrder {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  StopOrder();

  void give(std::chrono::milliseconds grace, const std::string& why);
  [[nodiscard]] bool given() const { return kill_at_ != kNever; }
  [[nodiscard]] Moment kill_at() const { return Moment(Moment::duration(kill_at_)); }
  // Returns why, once it was given.
  [[nodiscard]] std::string why() const;
  // Readable from the first order on.
  [[nodiscard]] int event() const { return event_.get(); }

 private:
  static constexpr Moment::rep kNever = Moment::max().time_since_epoch().count();
  std::atomic<Moment::rep> kill_at_{kNever};
  Descriptor event_;
  mutable std::mutex mutex_;
  std::string why_;
};

// Both ends of a pipe. That to write to stays open here while the command runs: else poll would
// wake for a command that closes its output and once more for its end.
struct Pipe {
  Descriptor read;
  Descriptor write;
};

// The pipes of a command.
struct OutputPipes {
  Pipe output;  // standard output and error, or standard error alone
  Pipe result;  // standard output where it is the result; otherwise none
};

class ProcessRun {
 public:
  // `children`, `stop` and `command` outlive the run.
  ProcessRun(Children& children, const StopOrder& stop, const Command& command, Child child,
             OutputPipes pipes, std::chrono::steady_clock::time_point begin);

  // Returns nothing where even KILL does not end the program.
  std::optional<ProcessResult> finish();

 private:
  using Moment = std::chrono::steady_clock::time_point;

  // One pipe and what becomes of its bytes.
  struct Stream {
    Pipe pipe;  // its end to read from is closed once everybody has closed the other
    bool shown = false;
    bool is_result = false;
  };

  [[nodiscard]] bool ending() const { return end_ != ProcessResult::End::exited; }
  [[nodiscard]] Moment kill_at() const;
  void end_as(ProcessResult::End end, Moment kill_at);
  void hurry();
  void watch_memory(Moment now);
  void wait();
  bool take(Stream& stream);
  void take_rest();
  [[nodiscard]] bool is_held();
  void end_descendants();

  Children& children_;
  const StopOrder& stop_;
  const Command& command_;
  Child child_;
  std::array<Stream, 2> streams_;
  Descriptor pidfd_;
  Moment deadline_;
  Moment kill_at_ = Moment::max();
  Moment next_tidy_;
  Moment next_look_at_memory_;
  bool kill_sent_ = false;
  ProcessResult::End end_ = ProcessResult::End::exited;  // `exited` while nobody cut it short
  std::uint64_t printed_ = 0;
  OutputBuffer buffer_;
  Spool result_{kResultLimit};
  std::array<char, std::size_t{64} << 10> chunk_;
};

}  // namespace gate::system
