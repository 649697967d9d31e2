#include "gate/checks/no_environment.h"

#include <fmt/format.h>

namespace gate::checks {

using policy::Stage;

std::optional<Answer> answer_without_environment(const Context& context) {
  const Environment* environment = context.environment;
  const bool early = context.stage == Stage::push || context.stage == Stage::ci;
  if (environment == nullptr) {
    const std::string undeclared =
        "no production environment is declared: write [environment.production] with files = "
        "[\".env.production\"] into gate.toml";
    if (early) return Answer::not_applicable(undeclared);
    return Answer::could_not_run(
        fmt::format("{}, or name a file with --env-file, or variables of this process with "
                    "--env-from-process",
                    undeclared));
  }
  if (environment->missing.empty()) return std::nullopt;
  if (early) {
    return Answer::not_applicable(
        fmt::format("the production environment is not here: {}; judged with --stage deploy",
                    environment->missing));
  }
  return Answer::could_not_run(
      fmt::format("the production environment is not here: {}; put it there before gate runs, or "
                  "name another file with --env-file",
                  environment->missing));
}

}  // namespace gate::checks
