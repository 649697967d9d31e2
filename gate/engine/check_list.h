// CheckList: the checks of a policy, one for each rule, built while the policy loads.
#pragma once

#include <memory>
#include <vector>

#include "gate/base/diagnostic.h"
#include "gate/checks/check.h"
#include "gate/policy/policy.h"

namespace gate::engine {

class CheckList {
 public:
  // Returns the callback to hand to policy::load; it asks the rule's kind to build the check and
  // reports an unknown kind. The list must outlive the load.
  [[nodiscard]] policy::RuleCallback callback();

  // Returns the check of rule `index` of the policy; null where the rule had a mistake.
  [[nodiscard]] const checks::Check* check(std::size_t index) const {
    return items_[index].check.get();
  }
  [[nodiscard]] const checks::Kind* kind(std::size_t index) const { return items_[index].kind; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }

 private:
  struct Item {
    const checks::Kind* kind = nullptr;
    std::unique_ptr<checks::Check> check;
  };
  std::vector<Item> items_;
};

// Completes a loaded policy, also one with mistakes: gives every rule its stages, and reports rules
// that refer to a rule which does not exist or, through others, to themselves. Of a policy that is
// incomplete it does not say that a rule is missing.
void settle(policy::Policy& policy, const CheckList& checks, base::Diagnostics& diagnostics);

}  // namespace gate::engine
