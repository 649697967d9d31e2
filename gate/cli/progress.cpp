#include "gate/cli/progress.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "gate/base/unicode.h"
#include "gate/checks/check.h"

namespace gate::cli {
namespace {

using std::chrono_literals::operator""ms;

constexpr auto kFirst = 400ms;  // what is over sooner needs no line
constexpr auto kInterval = 200ms;
constexpr std::string_view kWipe = "\r\x1B[K";

std::string spell(double seconds) {
  constexpr double kMinute = 60;
  constexpr double kHour = 3600;
  if (seconds < kMinute) return fmt::format("{:.0f} s", std::floor(seconds));
  if (seconds < kHour) return fmt::format("{:.0f} min", std::round(seconds / kMinute));
  return fmt::format("{:.1f} h", seconds / kHour);
}

bool is_slow(const engine::Task& task) {
  return task.refusal.empty() &&
         (task.kind->needs & (checks::Kind::commands | checks::Kind::network)) != 0;
}

}  // namespace

std::string progress_line(const ProgressState& state, std::size_t width) {
  std::string line = fmt::format("[{}/{}", state.done, state.all);
  if (state.seconds_left > 0)
    line += fmt::format(", about {} left", spell(std::max(state.seconds_left, 1.0)));
  line += ']';
  std::string_view separator = " ";
  for (const ProgressState::Running& running : state.running) {
    line +=
        fmt::format("{}{} {}", separator, base::for_terminal(running.rule), spell(running.seconds));
    separator = ", ";
  }
  // The last cell stays free: some terminals go on to the next line after it.
  return base::truncate(line, std::max<std::size_t>(width, 2) - 1);
}

TerminalProgress::TerminalProgress(std::FILE* terminal, std::size_t width, const engine::Plan& plan,
                                   const engine::Durations& durations, unsigned jobs)
    : terminal_(terminal), width_(width), durations_(durations), jobs_(std::max(jobs, 1U)) {
  for (const engine::Task& task : plan.tasks) {
    if (!is_slow(task)) continue;
    ++all_;
    waiting_.emplace(task.rule->head.id, durations.of(task.rule->head.id) / 1000);
  }
  thread_ = std::thread([this] { draw(); });
}

TerminalProgress::~TerminalProgress() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  over_.notify_all();
  thread_.join();
}

void TerminalProgress::begins(const engine::Task& task) {
  const std::lock_guard lock(mutex_);
  waiting_.erase(task.rule->head.id);
  running_.emplace(task.rule->head.id, Clock::now());
}

void TerminalProgress::ended(const engine::Task& task) {
  const std::lock_guard lock(mutex_);
  running_.erase(task.rule->head.id);
  ++done_;
}

// Called with the mutex held.
ProgressState TerminalProgress::state(Clock::time_point now) const {
  ProgressState state{done_, all_, {}, 0};
  bool all_known = true;
  double longest = 0;
  double sum = 0;
  const auto count = [&](double expected, double passed) {
    all_known = all_known && expected > 0;
    const double left = std::max(expected - passed, 0.0);
    longest = std::max(longest, left);
    sum += left;
  };
  for (const auto& [rule, since] : running_) {
    const double seconds = std::chrono::duration<double>(now - since).count();
    state.running.push_back({rule, seconds});
    count(durations_.of(rule) / 1000, seconds);
  }
  for (const auto& [rule, seconds] : waiting_)
    count(seconds, 0);
  if (all_known) state.seconds_left = std::max(longest, sum / jobs_);
  std::stable_sort(state.running.begin(), state.running.end(),
                   [](const auto& a, const auto& b) { return a.seconds > b.seconds; });
  return state;
}

void TerminalProgress::draw() {
  bool drawn = false;
  std::unique_lock lock(mutex_);
  for (auto pause = kFirst; !over_.wait_for(lock, pause, [this] { return is_over_; });
       pause = kInterval) {
    fmt::print(terminal_, "{}{}", kWipe, progress_line(state(Clock::now()), width_));
    std::fflush(terminal_);
    drawn = true;
  }
  if (!drawn) return;
  fmt::print(terminal_, "{}", kWipe);
  std::fflush(terminal_);
}

}  // namespace gate::cli
