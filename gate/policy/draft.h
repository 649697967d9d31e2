// A rule on its way into the policy: found and named, not yet read.
#pragma once

#include <string>
#include <vector>

#include "gate/policy/policy.h"

namespace gate::policy {

struct Draft {
  RuleHead names;  // id and aliases, to be found by; the pack
  readers::Value table;
  base::Label place;                      // of its id
  std::vector<readers::Value> overrides;  // that apply to it, in order
};

// Adds the drafts of a file's [[rule]] tables to those of the files before. One without an id of
// its own is reported, and added all the same, so that its other mistakes are told too. `pack`: the
// shipped pack whose file it is, empty for a file of the user.
void read_drafts(TableReader& root, std::string_view pack, std::vector<Draft>& known);

}  // namespace gate::policy
