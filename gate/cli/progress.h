// Progress on a terminal: one line that says what runs, how long already, and how much is left.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdio>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gate/engine/durations.h"
#include "gate/engine/progress.h"

namespace gate::cli {

// What the line is made from.
struct ProgressState {
  struct Running {
    std::string rule;
    double seconds = 0;
  };
  std::size_t done = 0;
  std::size_t all = 0;
  std::vector<Running> running;  // the longest first
  double seconds_left = 0;       // 0: nobody knows
};

// Returns "[3/12, about 40 s left] app.tests 12 s, app.lint 3 s", cut to `width` cells.
[[nodiscard]] std::string progress_line(const ProgressState& state, std::size_t width);

class TerminalProgress final : public engine::Progress {
 public:
  // `terminal` and `durations` outlive it. The line appears when the run has taken a while, and is
  // wiped by the destructor.
  TerminalProgress(std::FILE* terminal, std::size_t width, const engine::Plan& plan,
                   const engine::Durations& durations, unsigned jobs);
  TerminalProgress(const TerminalProgress&) = delete;
  TerminalProgress& operator=(const TerminalProgress&) = delete;
  ~TerminalProgress() override;

  void begins(const engine::Task& task) override;
  void ended(const engine::Task& task) override;

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] ProgressState state(Clock::time_point now) const;
  void draw();

  std::FILE* terminal_;
  std::size_t width_;
  const engine::Durations& durations_;
  unsigned jobs_;
  std::mutex mutex_;
  std::condition_variable over_;
  bool is_over_ = false;
  std::size_t done_ = 0;
  std::size_t all_ = 0;
  std::map<std::string, double> waiting_;  // rule: seconds that it took before, 0 unknown
  std::map<std::string, Clock::time_point> running_;  // rule: since when
  std::thread thread_;
};

}  // namespace gate::cli
