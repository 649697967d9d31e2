// The environment that the judged code will run in: variables with the places where they were set.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gate/finding/finding.h"

namespace gate::checks {

struct Variable {
  std::string key;
  std::string value;
  bool has_value = true;  // false: named without a value, which unsets it
  finding::Place place;   // of the value; path empty for a process variable
};

// A key that one file sets again: the earlier line has no effect.
struct RepeatedKey {
  std::string key;
  finding::Place place;  // of the later one
  std::uint32_t earlier_line = 0;
};

struct Environment {
  std::string name;                    // "production"
  std::vector<std::string> sources;    // what was read: ".env.production", "process"
  std::vector<std::string> from_disk;  // those of them that are none of the judged files
  std::vector<Variable> variables;     // effective; a later source has replaced an earlier
  std::vector<RepeatedKey> repeated;
  std::vector<finding::Finding> problems;  // what its reader refuses, drops or changes

  // The three ways in which the variables are not the truth; each says why in words for people.
  std::string missing;  // declared, but not on this machine: nothing is known
  std::string refused;  // here, but its reader takes nothing from it, or it cannot be read: nothing
                        // is known
  std::string dropped;  // its reader stops halfway without a word: a key that is absent may have
                        // been meant to be set

  // Returns the variable where it is set to a value, even an empty one, or null.
  [[nodiscard]] const Variable* find(std::string_view key) const;
};

}  // namespace gate::checks
