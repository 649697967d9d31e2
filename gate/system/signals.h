// SignalWatch: the signals that ask this process to end, as calls on a thread of its own.
#pragma once

#include <atomic>
#include <functional>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): of POSIX, <csignal> promises less
#include <thread>

#include "gate/system/descriptor.h"

namespace gate::system {

class SignalWatch {
 public:
  // Blocks SIGINT, SIGTERM and SIGHUP (those that are not ignored) in this thread and in all that
  // it starts later: make it before any other thread. Each signal calls `on_signal` with its number
  // and how many came so far, on the watch's thread, where locks and allocation are allowed.
  explicit SignalWatch(std::function<void(int number, int count)> on_signal);
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  // Ends the thread and lets the signals through again.
  ~SignalWatch();

  // Returns the number of the first signal, 0 while none came: the exit status is 128 + it.
  [[nodiscard]] int first() const { return first_; }

 private:
  void wait();

  std::function<void(int, int)> on_signal_;
  sigset_t watched_{};
  sigset_t before_{};
  Descriptor signals_;
  Descriptor end_;
  std::atomic<int> first_{0};
  std::thread thread_;
};

}  // namespace gate::system
