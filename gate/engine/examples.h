// Runs the examples of rules through the real engine, on samples in memory.
#pragma once

#include <string>
#include <vector>

#include "gate/base/diagnostic.h"
#include "gate/policy/policy.h"

namespace gate::engine {

struct ExampleResult {
  const policy::Rule* rule = nullptr;
  std::size_t number =
      0;  // of the example in its rule, from 1; 0 for a complaint about the rule as a whole
  std::string name;     // "fails: APP_DEBUG is quoted"
  std::string failure;  // empty: it came out as expected; otherwise what was expected and what came
  base::Label place;
};

// Runs every example of every rule of the policy whose id `wanted` accepts, each alone, whatever
// its stage. Mistakes in examples go to `diagnostics`. A shipped rule without a failing and a
// passing example is a failure of its own.
[[nodiscard]] std::vector<ExampleResult> run_examples(const policy::Policy& policy,
                                                      const base::GlobSet& wanted,
                                                      base::Diagnostics& diagnostics);

}  // namespace gate::engine
