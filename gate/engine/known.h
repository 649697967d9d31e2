// Known: the findings that stood there before a change, so that a run can tell what is new.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "gate/finding/finding.h"

namespace gate::engine {

// By fingerprint, which survives moves and re-indenting but never covers a different finding.
class Known {
 public:
  Known() = default;
  // `at`: the commit they are of, for the reason that reports show.
  explicit Known(std::string_view at) : at_(at) {}

  // Adds what an outcome found there. What was suppressed there does not count: the suppression may
  // be what the change takes away.
  void add(const finding::Outcome& outcome);

  // Marks the findings of an outcome that were there before as suppressed, each as often as it was
  // there, and those of which their check said so (Finding::was_there).
  void mark(finding::Outcome& outcome) const;

 private:
  std::string at_;
  std::map<std::string, std::map<std::string, std::size_t>, std::less<>> of_rule_;
};

}  // namespace gate::engine
