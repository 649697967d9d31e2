// Finds the rules that a text names, and says what may have been meant where it names none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/policy/draft.h"
#include "gate/policy/packs.h"

namespace gate::policy {

class RuleDirectory {
 public:
  // Why a policy has the packs it has; decides how bad it is to name a rule of another pack.
  enum class Chosen : std::uint8_t { by_policy, by_detection, by_command_line };

  RuleDirectory(std::vector<Draft>& drafts, const PackShelf& shelf, Chosen chosen)
      : drafts_(drafts), shelf_(shelf), chosen_(chosen) {}

  // Returns the rules that the text under `key` names; where there is none, reports it.
  [[nodiscard]] std::vector<Draft*> find(TableReader& table, std::string_view key,
                                         const std::string& text) const;

 private:
  void report_unknown(TableReader& table, std::string_view key, const std::string& text) const;

  std::vector<Draft>& drafts_;
  const PackShelf& shelf_;
  Chosen chosen_;
};

}  // namespace gate::policy
