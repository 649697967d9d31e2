#include "gate/system/process_run.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <set>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace gate::system {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kKeptPart = std::size_t{64} << 10;
// How long KILL may take before the program is reported as one that cannot be ended.
constexpr std::chrono::milliseconds kKillTakes{5000};
constexpr std::chrono::milliseconds kTidyInterval{250};
constexpr std::chrono::milliseconds kEndingInterval{25};
constexpr std::chrono::milliseconds kMemoryInterval{100};
// Where the kernel has no pidfd_open (before 5.3).
constexpr std::chrono::milliseconds kWithoutPidfdInterval{5};

// By number: the header of glibc 2.36 declares the function without C linkage.
Descriptor open_pidfd(pid_t pid) {
  return Descriptor(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
}

}  // namespace

StopOrder::StopOrder() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

std::string StopOrder::why() const {
  const std::lock_guard lock(mutex_);
  return why_;
}

void StopOrder::give(std::chrono::milliseconds grace, const std::string& why) {
  {
    const std::lock_guard lock(mutex_);
    if (why_.empty()) why_ = why;
  }
  const Moment::rep wanted = (SteadyClock::now() + grace).time_since_epoch().count();
  Moment::rep current = kill_at_;
  while (wanted < current && !kill_at_.compare_exchange_weak(current, wanted)) {
  }
  if (event_) eventfd_write(event_.get(), 1);
}

ProcessRun::ProcessRun(Children& children, const StopOrder& stop, const Command& command,
                       Child child, OutputPipes pipes, Moment begin)
    : children_(children),
      stop_(stop),
      command_(command),
      child_(child),
      pidfd_(open_pidfd(child.pid)),
      deadline_(begin + command.timeout),
      next_tidy_(SteadyClock::now() + kTidyInterval),
      next_look_at_memory_(begin),
      buffer_(kKeptPart) {
  streams_[0] = {std::move(pipes.output), true, command.result == ResultFrom::output};
  streams_[1] = {std::move(pipes.result), false, true};
}

std::optional<ProcessResult> ProcessRun::finish() {
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
  if (result.end == ProcessResult::End::stopped) result.stopped_why = stop_.why();
  const bool printed_result =
      command_.result == ResultFrom::standard_output || command_.result == ResultFrom::output;
  if (printed_result && !result_.cut()) result.result = result_.take();
  result.result_cut = result_.cut();
  return result;
}

ProcessRun::Moment ProcessRun::kill_at() const {
  return stop_.given() ? std::min(kill_at_, stop_.kill_at()) : kill_at_;
}

void ProcessRun::end_as(ProcessResult::End end, Moment kill_at) {
  end_ = end;
  kill_at_ = kill_at;
}

// Sends what is due: TERM when the time is up or gate is stopped, KILL when the grace is over, or
// at once where there is none.
void ProcessRun::hurry() {
  const Moment now = SteadyClock::now();
  if (!ending()) {
    if (stop_.given()) {
      end_as(ProcessResult::End::stopped, now + command_.grace);
    } else if (now >= deadline_) {
      end_as(ProcessResult::End::timed_out, now + command_.grace);
    } else if (command_.most_output != 0 && printed_ > command_.most_output) {
      end_as(ProcessResult::End::too_much_output, now);
    } else {
      watch_memory(now);
    }
    if (!ending()) return;
    Children::signal(child_, SIGTERM);
    Children::signal(child_, SIGCONT);  // a stopped process gets the TERM only then
  }
  if (now >= kill_at() && !kill_sent_) {
    Children::signal(child_, SIGKILL);
    kill_sent_ = true;
  }
}

void ProcessRun::watch_memory(Moment now) {
  if (command_.most_memory == 0 || now < next_look_at_memory_) return;
  next_look_at_memory_ = now + kMemoryInterval;
  if (children_.memory(child_) > command_.most_memory)
    end_as(ProcessResult::End::too_much_memory, now);
}

// Waits until something happens or is due; takes what was printed.
void ProcessRun::wait() {
  std::array<pollfd, 4> files{{{streams_[0].pipe.read.get(), POLLIN, 0},
                               {streams_[1].pipe.read.get(), POLLIN, 0},
                               {pidfd_.get(), POLLIN, 0},
                               {ending() ? -1 : stop_.event(), POLLIN, 0}}};
  SteadyClock::duration pause = std::min<SteadyClock::duration>(
      kTidyInterval, std::max(deadline_ - SteadyClock::now(), SteadyClock::duration::zero()));
  if (ending()) pause = kEndingInterval;
  if (command_.most_memory != 0) pause = std::min<SteadyClock::duration>(pause, kMemoryInterval);
  if (!pidfd_) pause = std::min<SteadyClock::duration>(pause, kWithoutPidfdInterval);
  // Rounded up, so that a deadline is over when poll returns.
  const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(pause).count();
  if (poll(files.data(), files.size(), static_cast<int>(milliseconds)) <= 0) return;
  for (std::size_t stream = 0; stream < streams_.size(); ++stream) {
    if (files[stream].revents != 0) take(streams_[stream]);
  }
}

// Reads once; closes the pipe where nobody holds its other end any more. Returns whether there may
// be more.
bool ProcessRun::take(Stream& stream) {
  Descriptor& pipe = stream.pipe.read;
  if (!pipe) return false;
  const ssize_t length = read(pipe.get(), chunk_.data(), chunk_.size());
  if (length <= 0) {
    if (length == 0 || (errno != EAGAIN && errno != EINTR)) pipe.close();
    return false;
  }
  const std::string_view bytes(chunk_.data(), static_cast<std::size_t>(length));
  printed_ += bytes.size();
  if (stream.shown) buffer_.add(bytes);
  if (stream.is_result) result_.add(bytes);
  return true;
}

// Takes what is in the pipes, of each at most what a pipe can hold: a process that KILL does not
// reach may write for ever.
void ProcessRun::take_rest() {
  constexpr std::size_t kPipeHolds = std::size_t{1} << 20;
  for (Stream& stream : streams_) {
    for (std::size_t taken = 0; taken <= kPipeHolds && take(stream);)
      taken += chunk_.size();
  }
}

void ProcessRun::end_descendants() {
  if (ending()) {
    std::set<pid_t> asked;
    while (SteadyClock::now() < kill_at() && children_.ask_orphans_to_end(child_, asked)) {
      take_rest();
      std::this_thread::sleep_for(kEndingInterval);
    }
  }
  for (Stream& stream : streams_)
    stream.pipe.write.close();
  take_rest();
  if (is_held()) {
    // By another command, perhaps, which has them until its program begins.
    children_.wait_for_spawn();
    take_rest();
  }
  children_.end(child_, ending() || is_held());
  take_rest();
}

// Returns whether a process has outlived the leader and still holds one of the pipes.
bool ProcessRun::is_held() {
  return std::any_of(streams_.begin(), streams_.end(),
                     [](const Stream& stream) { return static_cast<bool>(stream.pipe.read); });
}

}  // namespace gate::system
