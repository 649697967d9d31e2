#include "gate/base/parallel.h"

#include <atomic>
#include <cstddef>
#include <vector>

#include <catch2/catch.hpp>

TEST_CASE("every index is worked on once, whatever the threads and chunks") {
  for (const unsigned jobs : {0U, 1U, 2U, 8U}) {
    for (const std::size_t count : {0U, 1U, 7U, 1000U}) {
      for (const std::size_t chunk : {0U, 1U, 3U, 5000U}) {
        CAPTURE(jobs, count, chunk);
        std::vector<std::atomic<int>> done(count);
        std::atomic<bool> worker_in_range{true};
        gate::base::parallel(count, jobs, chunk, [&](std::size_t index, unsigned worker) {
          ++done[index];
          if (worker >= std::max(jobs, 1U)) worker_in_range = false;
        });
        CHECK(worker_in_range);
        std::size_t once = 0;
        for (const auto& times : done)
          once += times == 1 ? 1U : 0U;
        CHECK(once == count);
      }
    }
  }
}

TEST_CASE("a machine has at least one job") { CHECK(gate::base::default_jobs() >= 1); }
