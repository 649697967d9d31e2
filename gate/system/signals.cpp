#include "gate/system/signals.h"

#include <array>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <utility>

namespace gate::system {

SignalWatch::SignalWatch(std::function<void(int, int)> on_signal)
    : on_signal_(std::move(on_signal)) {
  sigemptyset(&watched_);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    // One that is ignored (nohup, a background job of sh) stays so.
    struct sigaction action {};
    if (sigaction(number, nullptr, &action) == 0 && action.sa_handler != SIG_IGN)
      sigaddset(&watched_, number);
  }
  signals_ = Descriptor(signalfd(-1, &watched_, SFD_CLOEXEC | SFD_NONBLOCK));
  end_ = Descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!signals_ || !end_) {  // no descriptor left: the signals keep their default, which ends us
    sigemptyset(&watched_);
    pthread_sigmask(SIG_BLOCK, &watched_, &before_);
    return;
  }
  pthread_sigmask(SIG_BLOCK, &watched_, &before_);
  thread_ = std::thread([this] { wait(); });
}

SignalWatch::~SignalWatch() {
  if (thread_.joinable()) {
    eventfd_write(end_.get(), 1);
    thread_.join();
  }
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void SignalWatch::wait() {
  int count = 0;
  while (true) {
    std::array<pollfd, 2> files{{{signals_.get(), POLLIN, 0}, {end_.get(), POLLIN, 0}}};
    poll(files.data(), files.size(), -1);
    signalfd_siginfo info{};
    while (read(signals_.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
      const int number = static_cast<int>(info.ssi_signo);
      if (++count == 1) first_ = number;
      on_signal_(number, count);
    }
    if ((files[1].revents & POLLIN) != 0) return;
  }
}

}  // namespace gate::system
