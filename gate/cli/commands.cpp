#include "gate/cli/commands.h"

#include <array>

namespace gate::cli {

std::span<const Command* const> commands() {
  static constexpr std::array kCommands{
      &kRun,          &kExplain,          &kRulesList,        &kRulesShow,  &kRulesTest,
      &kShowPackages, &kShowPlan,         &kShowPolicy,       &kShowRoutes, &kShowSettings,
      &kShowTables,   &kAdvisoriesImport, &kAdvisoriesStatus, &kDocs};
  return kCommands;
}

}  // namespace gate::cli
