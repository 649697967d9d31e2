// Schedule: which of the tasks that are left may begin now.
//
// Knows how tasks depend on each other, what they occupy and how long they took before; knows
// nothing of what they do.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gate::engine {

// One task, known by its index in the list.
struct Job {
  std::vector<std::size_t> after;      // indexes of jobs that must be done before
  unsigned weight = 1;                 // how many of the slots it takes; at most all of them
  std::vector<std::string> exclusive;  // no two jobs with a name in common run at once
  double expected_ms = 0;              // how long it may take; 0: next to nothing
};

// List scheduling (Graham 1966) by critical paths: of the jobs that may begin, the one that leads
// to the longest way through those that wait for it. Equal ones begin in the order of the list.
// Thread-safe. The jobs must not wait for each other in a circle.
class Schedule {
 public:
  Schedule(std::vector<Job> jobs, unsigned slots);

  // Waits until a job may begin and returns its index; nothing when none is left to begin.
  [[nodiscard]] std::optional<std::size_t> take();

  // Gives back what a job took; those that waited for it may begin.
  void done(std::size_t job);

 private:
  [[nodiscard]] bool may_begin(const Job& job) const;
  [[nodiscard]] std::vector<double> ways() const;

  std::vector<Job> jobs_;
  std::vector<std::size_t> waits_for_;                // how many of `after` are not done
  std::vector<std::vector<std::size_t>> dependents_;  // who waits for a job
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::size_t> ready_;  // in the order in which they should begin
  std::vector<std::size_t> rank_;   // of each job in that order
  std::set<std::string> taken_;
  unsigned slots_;
  unsigned free_;
  std::size_t left_;  // jobs that have not begun
};

}  // namespace gate::engine
