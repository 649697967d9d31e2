#include "gate/readers/settings/javascript/config.h"

#include "gate/readers/formats/javascript/token.h"
#include "gate/readers/settings/javascript/evaluator.h"

namespace gate::readers {

JavascriptConfig javascript_config(const base::Source& source,
                                   const EnvironmentValues& environment) {
  JavascriptConfig config;
  const javascript::Tokens tokens = javascript::tokenize(source.text());
  if (tokens.problem) {
    config.problem = tokens.problem->message;
    config.problem_span = tokens.problem->span;
    return config;
  }
  javascript::Evaluator evaluator(source, tokens.list, environment);
  const javascript::Value exported = evaluator.run();
  const std::string& name = source.name();
  const bool of_vite = name.substr(name.rfind('/') + 1).starts_with("vite");
  if (exported.is(javascript::Type::undefined)) {
    config.problem = evaluator.exhausted() ? "it takes too many steps to compute"
                                           : "it exports no configuration";
    if (evaluator.stuck()) config.problem_span = *evaluator.stuck();
    return config;
  }
  config.value = evaluator.to_setting(evaluator.configured(exported, of_vite));
  return config;
}

}  // namespace gate::readers
