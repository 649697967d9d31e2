#include "tests/bench/comparison.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <numeric>
#include <optional>
#include <random>
#include <string_view>

#include <fmt/format.h>

#include "tests/support/child.h"

namespace gate::bench {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int kWarmUp = 3;  // rounds that do not count: page cache, branch predictors of the disk

struct Samples {
  std::vector<double> cpu;  // milliseconds, user and system
  std::vector<double> wall;
  std::int64_t peak_kilobytes = 0;
};

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

struct Medians {
  double cpu = 0;
  double wall = 0;
};

Medians medians(const Samples& samples) { return {median(samples.cpu), median(samples.wall)}; }

// Returns how far two measurements of the same lie apart, 0 for not at all.
double distance(double left, double right) {
  return std::max(left, right) / std::min(left, right) - 1;
}

// Runs one command once; false where it did not do its work.
bool sample(const Contender& contender, const Comparison& comparison,
            const std::vector<std::string>& environment, Samples* samples) {
  const std::optional<tests::ChildResult> result =
      tests::run_child({contender.argv, environment, comparison.folder,
                        comparison.scratch / "output", comparison.scratch / "errors"});
  if (!result) {
    fmt::print("`{}` cannot be started\n", contender.argv.front());
    return false;
  }
  if (std::find(contender.statuses.begin(), contender.statuses.end(), result->status) ==
      contender.statuses.end()) {
    fmt::print("`{}` ended with {}; see {}\n", fmt::join(contender.argv, " "), result->status,
               (comparison.scratch / "errors").string());
    return false;
  }
  if (samples != nullptr) {
    samples->cpu.push_back(Milliseconds(result->cpu).count());
    samples->wall.push_back(Milliseconds(result->wall).count());
    samples->peak_kilobytes = std::max(samples->peak_kilobytes, result->peak_kilobytes);
  }
  return true;
}

void print_line(std::string_view name, const Medians& medians, std::string_view rest) {
  fmt::print("{:<40} {:>9.3f} {:>9.3f}   {}\n", name, medians.cpu, medians.wall, rest);
}

std::string peak(const Samples& samples) {
  return fmt::format("{:.1f} MB", static_cast<double>(samples.peak_kilobytes) / 1024);
}

// Runs all rounds: one set of samples for each slot; nothing where a command failed.
std::optional<std::vector<Samples>> measure(const Comparison& comparison,
                                            const std::vector<const Contender*>& slots) {
  std::vector<std::string> environment = tests::own_environment();
  environment.insert(environment.end(), {"LC_ALL=C.UTF-8", "NO_COLOR=1", "GIT_CONFIG_NOSYSTEM=1",
                                         "GIT_CONFIG_GLOBAL=/dev/null", "GIT_OPTIONAL_LOCKS=0"});
  std::vector<Samples> samples(slots.size());
  std::vector<std::size_t> order(slots.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::mt19937 shuffler(1);  // no command always follows the same other one
  for (int round = -kWarmUp; round < comparison.rounds; ++round) {
    std::shuffle(order.begin(), order.end(), shuffler);
    for (const std::size_t slot : order) {
      if (!sample(*slots[slot], comparison, environment, round < 0 ? nullptr : &samples[slot])) {
        return std::nullopt;
      }
    }
  }
  return samples;
}

}  // namespace

Judgement compare(const Comparison& comparison) {
  // Ours stands first and last; between them the peers.
  std::vector<const Contender*> slots{&comparison.ours};
  for (const Peer& peer : comparison.peers)
    slots.push_back(&peer.contender);
  slots.push_back(&comparison.ours);
  const std::optional<std::vector<Samples>> samples = measure(comparison, slots);
  if (!samples) return Judgement::not_run;

  fmt::print("\n{:<40} {:>9} {:>9}   medians of {} rounds\n", "", "cpu ms", "wall ms",
             comparison.rounds);
  const Medians ours = medians(samples->front());
  print_line(comparison.ours.name, ours, peak(samples->front()));
  bool reached = true;
  if (comparison.cpu_goal_ms > 0) {
    reached = ours.cpu <= comparison.cpu_goal_ms;
    fmt::print("  goal {:.3g} ms of processor time {}\n", comparison.cpu_goal_ms,
               reached ? "reached" : "missed");
  }
  for (std::size_t index = 0; index < comparison.peers.size(); ++index) {
    const Peer& peer = comparison.peers[index];
    const Medians theirs = medians((*samples)[index + 1]);
    const Medians ratio{ours.cpu / theirs.cpu, ours.wall / theirs.wall};
    const bool good =
        ratio.cpu <= peer.goal && (ratio.wall <= peer.goal || peer.of == Peer::Of::cpu);
    print_line(peer.contender.name, theirs, peak((*samples)[index + 1]));
    print_line(
        "  ours is so many times that", ratio,
        fmt::format("goal {:.3g}{} {}", peer.goal, peer.of == Peer::Of::cpu ? " of the CPU" : "",
                    good ? "reached" : "missed"));
    reached = reached && good;
  }
  const Medians again = medians(samples->back());
  const bool only_cpu = std::all_of(comparison.peers.begin(), comparison.peers.end(),
                                    [](const Peer& peer) { return peer.of == Peer::Of::cpu; });
  const double noise =
      std::max(distance(ours.cpu, again.cpu),
               only_cpu && !comparison.peers.empty() ? 0 : distance(ours.wall, again.wall));
  print_line("  ours against itself", again, fmt::format("{:.1f} % apart", noise * 100));
  if (noise > kNoise) {
    fmt::print(
        "noisy, run again: no figure where a command is more than {:.0f} % apart from itself\n",
        kNoise * 100);
    return Judgement::noisy;
  }
  return reached ? Judgement::reached : Judgement::missed;
}

}  // namespace gate::bench
