#include "gate/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <sched.h>
#include <thread>
#include <vector>

namespace gate::base {

unsigned default_jobs() {
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  if (sched_getaffinity(0, sizeof cpus, &cpus) != 0)
    return std::max(1U, std::thread::hardware_concurrency());
  return static_cast<unsigned>(std::max(1, CPU_COUNT(&cpus)));
}

void parallel(std::size_t count, unsigned jobs, std::size_t chunk,
              const std::function<void(std::size_t, unsigned)>& work) {
  chunk = std::max<std::size_t>(chunk, 1);
  std::atomic<std::size_t> next{0};
  const auto loop = [&](unsigned worker) {
    for (;;) {
      const std::size_t begin = next.fetch_add(chunk, std::memory_order_relaxed);
      if (begin >= count) return;
      const std::size_t end = std::min(count, begin + chunk);
      for (std::size_t index = begin; index < end; ++index)
        work(index, worker);
    }
  };
  const std::size_t chunks = (count + chunk - 1) / chunk;
  const auto workers = static_cast<unsigned>(std::min<std::size_t>(std::max(jobs, 1U), chunks));
  std::vector<std::jthread> threads;
  for (unsigned worker = 1; worker < workers; ++worker)
    threads.emplace_back(loop, worker);
  loop(0);
}

}  // namespace gate::base
