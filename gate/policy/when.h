// Conditions on the snapshot.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gate/policy/policy.h"
#include "gate/repo/snapshot.h"

namespace gate::policy {

// Answers `when` for one snapshot; reads each manifest once. Not thread-safe.
class Conditions {
 public:
  // `branch`: the short name of the checked-out branch; none where HEAD is detached or there is no
  // repository.
  Conditions(const repo::Snapshot& files, std::optional<std::string> branch);
  ~Conditions();

  // Returns std::nullopt where `when` holds, otherwise the reason why not: "no file matches
  // `artisan`".
  [[nodiscard]] std::optional<std::string> refusal(const When& when);
  // Returns what made it hold, for people: "artisan", "laravel/framework in composer.json".
  [[nodiscard]] std::string evidence(const When& when);

 private:
  // Returns the first of the alternatives that holds; null where none does or there is none.
  [[nodiscard]] const When* first_of(const std::vector<When>& alternatives);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gate::policy
