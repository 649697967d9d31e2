#include "gate/engine/schedule.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace gate::engine {

Schedule::Schedule(std::vector<Job> jobs, unsigned slots)
    : jobs_(std::move(jobs)),
      waits_for_(jobs_.size()),
      dependents_(jobs_.size()),
      rank_(jobs_.size()),
      slots_(std::max(slots, 1U)),
      free_(slots_),
      left_(jobs_.size()) {
  for (std::size_t job = 0; job < jobs_.size(); ++job) {
    jobs_[job].weight = std::clamp(jobs_[job].weight, 1U, slots_);
    waits_for_[job] = jobs_[job].after.size();
    for (const std::size_t before : jobs_[job].after)
      dependents_[before].push_back(job);
  }
  const std::vector<double> ways = this->ways();
  std::vector<std::size_t> order(jobs_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return ways[a] > ways[b]; });
  for (std::size_t place = 0; place < order.size(); ++place) {
    rank_[order[place]] = place;
    if (waits_for_[order[place]] == 0) ready_.push_back(order[place]);
  }
}

// Returns for each job how long it and the longest chain of those behind it take.
std::vector<double> Schedule::ways() const {
  std::vector<double> ways(jobs_.size());
  std::vector<std::size_t> open(jobs_.size());  // dependents whose way is not known
  std::vector<std::size_t> known;
  for (std::size_t job = 0; job < jobs_.size(); ++job) {
    open[job] = dependents_[job].size();
    if (open[job] == 0) known.push_back(job);
  }
  while (!known.empty()) {
    const std::size_t job = known.back();
    known.pop_back();
    for (const std::size_t next : dependents_[job])
      ways[job] = std::max(ways[job], ways[next]);
    ways[job] += jobs_[job].expected_ms;
    for (const std::size_t before : jobs_[job].after) {
      if (--open[before] == 0) known.push_back(before);
    }
  }
  return ways;
}

bool Schedule::may_begin(const Job& job) const {
  return job.weight <= free_ &&
         std::none_of(job.exclusive.begin(), job.exclusive.end(),
                      [this](const std::string& name) { return taken_.contains(name); });
}

std::optional<std::size_t> Schedule::take() {
  std::unique_lock lock(mutex_);
  while (true) {
    if (left_ == 0) return std::nullopt;
    const auto found = std::find_if(ready_.begin(), ready_.end(),
                                    [this](std::size_t job) { return may_begin(jobs_[job]); });
    if (found != ready_.end()) {
      const std::size_t job = *found;
      ready_.erase(found);
      free_ -= jobs_[job].weight;
      taken_.insert(jobs_[job].exclusive.begin(), jobs_[job].exclusive.end());
      if (--left_ == 0) changed_.notify_all();
      return job;
    }
    changed_.wait(lock);
  }
}

void Schedule::done(std::size_t job) {
  const std::lock_guard lock(mutex_);
  free_ += jobs_[job].weight;
  for (const std::string& name : jobs_[job].exclusive)
    taken_.erase(name);
  for (const std::size_t next : dependents_[job]) {
    if (--waits_for_[next] != 0) continue;
    ready_.insert(
        std::partition_point(ready_.begin(), ready_.end(),
                             [&](std::size_t other) { return rank_[other] < rank_[next]; }),
        next);
  }
  changed_.notify_all();
}

}  // namespace gate::engine
