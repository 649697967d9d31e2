// What a rule of kind `routes` asks, and how it is decided.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/base/glob.h"
#include "gate/base/pattern.h"
#include "gate/checks/check.h"

namespace gate::checks {

struct RoutesRule {
  base::GlobSet match;                   // of URIs; empty: all
  std::vector<base::Pattern> uri;        // one of them must be found in the URI; empty: all
  std::vector<base::Pattern> except;     // none of them
  std::vector<std::string> methods;      // one of them; empty: all
  std::vector<std::string> unless;       // middleware whose routes are not asked
  std::vector<std::string> require;      // middleware, each
  std::vector<std::string> forbid;       // middleware, none
  std::optional<std::int64_t> throttle;  // at most so many requests a minute
  std::vector<std::string> generic;      // limiters that do not count for it
  bool throttled = false;                // some limit, however high
  bool limiters = false;                 // each limiter that is named is defined
  std::string group;                     // only routes of this middleware group; empty: all
};

[[nodiscard]] Answer judge(const RoutesRule& rule, const Context& context);

}  // namespace gate::checks
