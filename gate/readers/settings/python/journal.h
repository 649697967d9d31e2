// Journal: what a stretch of a program changed, so that it can be taken back and weighed against
// what another way through the program would have changed.
//
// Where a condition is not known both ways are run, each from the same state; what they do not
// agree on is unknown afterwards.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "gate/readers/settings/python/value.h"

namespace gate::readers::python {

// The content of each changed object, before or after a change, in the order of the changes.
struct Changes {
  std::vector<ObjectPtr> order;
  std::unordered_map<Object*, Content> contents;
};

class Journal {
 public:
  Journal() = default;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  // Empties every object that was changed and is still held: an object can come to hold itself
  // only by a change, and then nothing else would free it.
  ~Journal();

  // To be called before an object is changed.
  void touch(const ObjectPtr& object);

  // Begins to keep what is changed; may be nested.
  void begin();
  // Keeps the changes since the last begin().
  void keep();
  // Takes back the changes since the last begin(); returns what they were.
  [[nodiscard]] Changes take_back();

  // Brings about what one way from the present state came to.
  void bring_back(Changes changes);
  // Brings about what two ways from the present state have in common; the rest becomes unknown for
  // this reason.
  void merge(Changes a, Changes b, const std::string& reason);

 private:
  std::vector<Changes> open_;  // contents before
  std::unordered_map<Object*, std::weak_ptr<Object>> touched_;
};

// Returns the value that two ways agree on, in whole or in part, or unknown.
[[nodiscard]] Value merge_values(const Value& a, const Value& b, const std::string& reason);

}  // namespace gate::readers::python
