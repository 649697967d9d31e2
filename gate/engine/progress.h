// Progress: what a run tells while it goes on.
#pragma once

#include "gate/engine/plan.h"

namespace gate::engine {

// Both are called from any thread, and only for tasks that start programs or use the network.
class Progress {
 public:
  virtual ~Progress() = default;

  virtual void begins(const Task& task) = 0;
  virtual void ended(const Task& task) = 0;
};

}  // namespace gate::engine
