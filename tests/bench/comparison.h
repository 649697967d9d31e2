// Comparison: one command of ours timed against others, so that only ratios of one run are figures.
//
// Absolute times drift with the machine by two to four times. All commands take turns, in a new
// order every round; medians are compared; ours runs twice a round, and a run where it differs from
// itself is no measurement.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <vector>

namespace gate::bench {

struct Contender {
  std::string name;
  std::vector<std::string> argv;
  std::vector<int> statuses{
      0};  // with which it may end; another one means that nothing was measured
};

struct Peer {
  Contender contender;
  double goal = 1.0;                          // ours may take so many times its time
  enum class Of { both, cpu } of = Of::both;  // which of its times
};

struct Comparison {
  Contender ours;
  std::vector<Peer> peers;
  std::filesystem::path folder;   // where all of them run
  std::filesystem::path scratch;  // what they print goes to files here
  int rounds = 1;
  double cpu_goal_ms = 0;  // ours may take so much processor time; 0: only ratios count
};

// How a comparison ended; the exit status of the program is the highest of its comparisons.
enum class Judgement : int {
  reached = 0,
  missed = 1,
  noisy = 2,    // ours against itself differs by more than kNoise, in what is judged: run again
  not_run = 3,  // a command failed
};

inline constexpr double kNoise = 0.05;

// Runs a comparison and prints its table to standard output.
[[nodiscard]] Judgement compare(const Comparison& comparison);

}  // namespace gate::bench
