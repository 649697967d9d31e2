// What has to agree about an environment: its files as all their readers take them, the sample
// file, and what the code asks for.
#pragma once

#include <string>

#include "gate/checks/check.h"
#include "gate/checks/env/judge.h"
#include "gate/checks/tally.h"

namespace gate::checks {

// Every key of the sample file must be set in the environment. `file` is where a finding stands
// and `where` how to call it.
void judge_sample(const std::string& sample, const Context& context, const Environment& environment,
                  const std::string& file, const std::string& where, Tally& tally);

// Every program that reads one of the environment's files must find the same values in it.
void judge_divergence(const Context& context, const Environment& environment, Tally& tally);

// Every key that the environment's files set, and every variable that the code below `rule.reads`
// asks for, must stand in the sample file `rule.declared_in`. `environment` may be null: then only
// the code is asked.
void judge_declared(const EnvRule& rule, const Context& context, const Environment* environment,
                    Tally& tally);

}  // namespace gate::checks
