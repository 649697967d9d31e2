// Which members of a configuration are in use, where it names them: the log channels that the
// default channel stands for, the mailers of a failover.
#pragma once

#include <string>
#include <vector>

#include "gate/checks/config/judge.h"
#include "gate/readers/formats/document.h"

namespace gate::checks {

struct NamedMembers {
  std::vector<readers::Value> members;
  std::string unknown;  // why others may be meant too: "`$.logging.default` is not known: …"
};

// Returns the members of what `rule.among` selects below `root` whose keys `rule.named_by` gives,
// and those that their `rule.follow` names in turn. A name without a member names nothing.
[[nodiscard]] NamedMembers named_members(const ConfigRule& rule, readers::Value root);

}  // namespace gate::checks
