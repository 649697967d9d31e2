#include "gate/system/process.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <set>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "gate/system/children.h"
#include "gate/system/descriptor.h"
#include "gate/system/output_buffer.h"
#include "gate/system/process_environment.h"
#include "gate/system/spawn.h"

namespace gate::system {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using SteadyClock = std::chrono::steady_clock;
using Moment = SteadyClock::time_point;

constexpr std::size_t kKeptPart = std::size_t{64} << 10;
constexpr auto kTimeOutGrace = 2s;
// How long KILL may take before the program is reported as one that cannot be ended.
constexpr auto kKillTakes = 5s;
constexpr auto kTidyInterval = 250ms;
constexpr auto kEndingInterval = 25ms;
// Where the kernel has no pidfd_open (before 5.3).
constexpr auto kWithoutPidfdInterval = 5ms;

// By number: the header of glibc 2.36 declares the function without C linkage.
Descriptor open_pidfd(pid_t pid) {
  return Descriptor(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
}

// When stop() was called, and how long its grace lasts. Read by all runs.
class StopOrder {
 public:
  StopOrder() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

  void give(std::chrono::milliseconds grace) {
    const Moment::rep wanted = (SteadyClock::now() + grace).time_since_epoch().count();
    Moment::rep current = kill_at_;
    while (wanted < current && !kill_at_.compare_exchange_weak(current, wanted)) {
    }
    if (event_) eventfd_write(event_.get(), 1);
  }
  [[nodiscard]] bool given() const { return kill_at_ != kNever; }
  [[nodiscard]] Moment kill_at() const { return Moment(Moment::duration(kill_at_)); }
  // Readable from the first order on.
  [[nodiscard]] int event() const { return event_.get(); }

 private:
  static constexpr Moment::rep kNever = Moment::max().time_since_epoch().count();
  std::atomic<Moment::rep> kill_at_{kNever};
  Descriptor event_;
};

// One command from its start to its end, on one thread.
class Run {
 public:
  Run(Children& children, const StopOrder& stop, Child child, Descriptor output, Moment deadline)
      : children_(children),
        stop_(stop),
        child_(child),
        output_(std::move(output)),
        pidfd_(open_pidfd(child.pid)),
        deadline_(deadline) {}

  // Returns nothing where even KILL does not end the program.
  std::optional<ProcessResult> finish() {
    std::optional<ChildEnd> ended;
    while (!(ended = Children::ended(child_))) {
      hurry();
      if (kill_sent_ && SteadyClock::now() > kill_at() + kKillTakes) {
        children_.give_up(child_);
        return std::nullopt;
      }
      wait();
      if (SteadyClock::now() >= next_tidy_) {
        children_.tidy();
        next_tidy_ = SteadyClock::now() + kTidyInterval;
      }
    }
    end_descendants();
    ProcessResult result;
    result.end = end_;
    if (end_ == ProcessResult::End::exited && ended->signalled)
      result.end = ProcessResult::End::signalled;
    result.status = ended->status;
    result.output = buffer_.text();
    result.output_cut = buffer_.cut();
    return result;
  }

 private:
  [[nodiscard]] bool ending() const { return end_ != ProcessResult::End::exited; }

  [[nodiscard]] Moment kill_at() const {
    return stop_.given() ? std::min(kill_at_, stop_.kill_at()) : kill_at_;
  }

  // Sends what is due: TERM when the time is up or gate is stopped, KILL when the grace is over.
  void hurry() {
    const Moment now = SteadyClock::now();
    if (!ending()) {
      if (stop_.given()) {
        end_ = ProcessResult::End::stopped;
        kill_at_ = stop_.kill_at();
      } else if (now >= deadline_) {
        end_ = ProcessResult::End::timed_out;
        kill_at_ = now + kTimeOutGrace;
      } else {
        return;
      }
      Children::signal(child_, SIGTERM);
      Children::signal(child_, SIGCONT);  // a stopped process gets the TERM only then
    }
    if (now >= kill_at() && !kill_sent_) {
      Children::signal(child_, SIGKILL);
      kill_sent_ = true;
    }
  }

  // Waits until something happens or is due; takes what was printed.
  void wait() {
    std::array<pollfd, 3> files{{{output_.get(), POLLIN, 0},
                                 {pidfd_.get(), POLLIN, 0},
                                 {ending() ? -1 : stop_.event(), POLLIN, 0}}};
    SteadyClock::duration pause = std::min<SteadyClock::duration>(
        kTidyInterval, std::max<SteadyClock::duration>(deadline_ - SteadyClock::now(), 0ms));
    if (ending()) pause = kEndingInterval;
    if (!pidfd_) pause = std::min<SteadyClock::duration>(pause, kWithoutPidfdInterval);
    // Rounded up, so that a deadline is over when poll returns.
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(pause).count();
    if (poll(files.data(), files.size(), static_cast<int>(milliseconds)) <= 0) return;
    if (files[0].revents != 0) take_output();
  }

  // Reads once; closes the pipe where nobody holds its other end any more. Returns whether there
  // may be more.
  bool take_output() {
    if (!output_) return false;
    const ssize_t length = read(output_.get(), chunk_.data(), chunk_.size());
    if (length > 0) {
      buffer_.add({chunk_.data(), static_cast<std::size_t>(length)});
      return true;
    }
    if (length == 0 || (errno != EAGAIN && errno != EINTR)) output_.close();
    return false;
  }

  // Takes what is in the pipe, at most what a pipe can hold: a process that KILL does not reach may
  // write for ever.
  void take_rest() {
    constexpr std::size_t kPipeHolds = std::size_t{1} << 20;
    for (std::size_t taken = 0; taken <= kPipeHolds && take_output();)
      taken += chunk_.size();
  }

  void end_descendants() {
    if (ending()) {
      std::set<pid_t> asked;
      while (SteadyClock::now() < kill_at() && children_.ask_orphans_to_end(child_, asked)) {
        take_rest();
        std::this_thread::sleep_for(kEndingInterval);
      }
    }
    take_rest();
    // Whoever still holds the pipe has outlived the leader.
    children_.end(child_, ending() || static_cast<bool>(output_));
    take_rest();
  }

  Children& children_;
  const StopOrder& stop_;
  Child child_;
  Descriptor output_;  // the end to read from; closed once everybody has closed the other
  Descriptor pidfd_;
  Moment deadline_;
  Moment kill_at_ = Moment::max();
  Moment next_tidy_ = SteadyClock::now() + kTidyInterval;
  bool kill_sent_ = false;
  ProcessResult::End end_ = ProcessResult::End::exited;  // `exited` while nobody cut it short
  OutputBuffer buffer_{kKeptPart};
  std::array<char, std::size_t{64} << 10> chunk_;
};

class Runner final : public ProcessRunner {
 public:
  Result<std::optional<ProcessResult>> run(const Command& command) override {
    const Moment begin = SteadyClock::now();
    if (command.argv.empty() || command.argv.front().empty())
      return Error{"a command without a program"};
    if (stop_.given()) return Error{fmt::format("`{}` is not started: stopped", command.argv[0])};
    const Variables environment = child_environment(process_environment(), command.environment);
    GATE_TRY(const std::optional<std::string> program,
             find_program(command.argv.front(), command.folder, environment));
    if (!program) return std::optional<ProcessResult>();

    std::array<int, 2> ends{-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
      return Error{fmt::format("no pipe for `{}`: {}", command.argv[0], std::strerror(errno))};
    Descriptor output(ends[0]);
    Descriptor input(ends[1]);
    fcntl(output.get(), F_SETFL, O_NONBLOCK);
    GATE_TRY(const Child child, children_.start(*program, command, environment, input.get()));
    input.close();

    std::optional<ProcessResult> result =
        Run(children_, stop_, child, std::move(output), begin + command.timeout).finish();
    if (!result) return Error{fmt::format("`{}` does not end, even killed", command.argv[0])};
    const std::chrono::duration<double, std::milli> duration = SteadyClock::now() - begin;
    result->duration_ms = duration.count();
    return result;
  }

  void stop(std::chrono::milliseconds grace) override { stop_.give(grace); }

 private:
  StopOrder stop_;
  Children children_;
};

}  // namespace

std::unique_ptr<ProcessRunner> make_process_runner() { return std::make_unique<Runner>(); }

std::string signal_name(int number) {
  const char* name = sigabbrev_np(number);
  return name == nullptr ? fmt::format("signal {}", number) : fmt::format("SIG{}", name);
}

}  // namespace gate::system
