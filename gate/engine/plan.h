// Plan: which rules are asked, in which order; for each of the others, why not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gate/base/glob.h"
#include "gate/checks/check.h"
#include "gate/engine/check_list.h"
#include "gate/policy/policy.h"
#include "gate/policy/when.h"
#include "gate/repo/snapshot.h"

namespace gate::engine {

// What the caller wants judged.
struct Selection {
  policy::Stage stage = policy::Stage::ci;
  base::GlobSet rules;       // over ids; empty: all
  base::GlobSet skip;        // over ids
  bool offline = false;      // nothing that needs the network
  bool no_commands = false;  // nothing that starts a program
  bool without_repository =
      false;  // a plain folder and no policy that asks for git: rules about git do not apply
};

// Why a rule is not asked.
enum class Refused : std::uint8_t {
  no,  // it is asked
  skipped,
  switched_off,
  other_stage,
  offline,
  no_repository,
  condition,    // its `when` does not hold
  no_commands,  // nothing but Selection::no_commands keeps it from being asked
};

struct Task {
  const policy::Rule* rule = nullptr;
  const checks::Kind* kind = nullptr;
  const checks::Check* check = nullptr;
  Refused refused = Refused::no;
  std::string refusal;             // the same for people; empty: it is asked
  std::vector<std::size_t> after;  // tasks whose outcomes this one needs
};

struct Plan {
  std::vector<Task> tasks;  // in the order of the policy
};

// Returns the plan. A rule that `selection.rules` or `skip` leaves out is not in it, unless a rule
// in it needs its outcome; every other rule is, also where it does not apply. The policy must have
// been settled without mistakes, and must outlive the plan.
[[nodiscard]] Plan plan(const policy::Policy& policy, const CheckList& checks,
                        const Selection& selection, policy::Conditions& conditions);

}  // namespace gate::engine
