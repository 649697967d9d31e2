// The subcommands: one line each, in the order of the help.
#pragma once

#include <span>

#include "gate/cli/arguments.h"

namespace gate::cli {

extern const Command kRun;
extern const Command kExplain;
extern const Command kRulesList;
extern const Command kRulesShow;
extern const Command kRulesTest;
extern const Command kShowPackages;
extern const Command kShowPlan;
extern const Command kShowPolicy;
extern const Command kShowRoutes;
extern const Command kShowSettings;
extern const Command kShowTables;
extern const Command kAdvisoriesImport;
extern const Command kAdvisoriesStatus;
extern const Command kDocs;

[[nodiscard]] std::span<const Command* const> commands();

}  // namespace gate::cli
