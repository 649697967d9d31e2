// Which entries of a rule's lists met something, so that what is left over can be told: an
// exception for a package that is gone, a host that nothing comes from any more.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "gate/checks/lockfile/rule.h"

namespace gate::checks::lockfile {

// Of one run of one rule; not thread-safe.
class Uses {
 public:
  // `entry`: an element of one of the rule's lists.
  template <class Entry>
  void met(const Entry& entry) {
    met_.insert(&entry);
  }

  // Returns what met nothing, "exceptions: `acme/*`, `left-pad`", one text for each list. Bans are
  // meant to meet nothing: of them only the wrappers count.
  [[nodiscard]] std::vector<std::string> unmet(const LockfileRule& rule) const;

 private:
  template <class List, class Text>
  void add_unmet(std::vector<std::string>& texts, std::string_view key, const List& list,
                 Text text) const;

  std::unordered_set<const void*> met_;
};

}  // namespace gate::checks::lockfile
