// What must hold for environment files as files: that their style is one of those wanted, that none
// with secrets is committed, that those which the policy declares are spelt as they are called.
#pragma once

#include "gate/checks/check.h"
#include "gate/checks/env/judge.h"

namespace gate::checks {

// Returns an answer with a finding for each mistake of style in the files of `rule.paths`. Needs no
// environment.
[[nodiscard]] Answer judge_style(const EnvRule& rule, const Context& context);

// Returns an answer with a finding for each variable of `rule.keys` that a tracked file below
// `rule.paths` gives a secret, as the program of this repository reads it. Needs no environment.
[[nodiscard]] Answer judge_committed(const EnvRule& rule, const Context& context);

// Returns an answer with a finding for each declared file that is absent beside one of almost its
// name. The environment may be missing.
[[nodiscard]] Answer judge_misspelt(const Environment& environment);

}  // namespace gate::checks
