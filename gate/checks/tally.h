// Tally: adds the parts of a rule up to one answer, so that every kind decides alike.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gate/checks/check.h"

namespace gate::checks {

class Tally {
 public:
  void found(finding::Finding finding) { findings_.push_back(std::move(finding)); }
  // A part was judged; findings or not.
  void judged() { judged_ = true; }
  // A part cannot be judged, because.
  void unknown(std::string why) { unknown_.push_back(std::move(why)); }
  // A part asks nothing here, because.
  void skipped(std::string why) { skipped_.push_back(std::move(why)); }

  // Findings win, then what is unknown; a rule none of whose parts was judged does not apply. What
  // was skipped beside a judged part stands in the evidence.
  [[nodiscard]] Answer answer(std::vector<std::string> evidence) &&;

 private:
  std::vector<finding::Finding> findings_;
  std::vector<std::string> unknown_;
  std::vector<std::string> skipped_;
  bool judged_ = false;
};

}  // namespace gate::checks
