// Runs independent pieces of work on threads, with results where the caller put them.
#pragma once

#include <cstddef>
#include <functional>

namespace gate::base {

// Returns how many threads a machine like this should use: the CPUs this process may run on, at
// least 1.
[[nodiscard]] unsigned default_jobs();

// Calls work(index, worker) for every index in [0, count), `worker` in [0, jobs). Indexes are
// handed out in order, in chunks of `chunk`; returns when all are done. With jobs <= 1 or one chunk
// no thread is started. `work` must not throw.
void parallel(std::size_t count, unsigned jobs, std::size_t chunk,
              const std::function<void(std::size_t index, unsigned worker)>& work);

}  // namespace gate::base
