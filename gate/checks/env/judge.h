// Judges one environment by one rule of kind `env`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/base/glob.h"
#include "gate/base/pattern.h"
#include "gate/checks/check.h"
#include "gate/checks/env/expectation.h"
#include "gate/readers/formats/dotenv_style.h"

namespace gate::checks {

// A condition on another variable: the rule is asked where its whole value matches one of the
// patterns.
struct OnlyIf {
  std::string key;
  std::vector<base::Pattern> patterns;
  std::vector<std::string> texts;
};

struct EnvRule {
  std::string environment;  // empty: the one that this run judges
  base::GlobSet keys;
  std::vector<std::string> require;
  std::vector<std::string> require_any;
  base::GlobSet forbid;
  std::vector<OnlyIf> only_if;
  std::string example;
  bool syntax = false;
  bool open_quotes = false;
  bool duplicates = false;
  bool divergence = false;
  std::string declared_in;                 // a sample file
  base::GlobSet reads;                     // code that asks for variables
  bool reads_only = false;                 // only that, not what the environment sets
  bool required_only = false;              // only what the code cannot do without
  base::GlobSet ignore;                    // variables that need no declaration
  bool misspelt_files = false;             // of the declared ones
  bool committed_secrets = false;          // in the files below `paths`, of the variables `keys`
  std::optional<readers::EnvStyle> style;  // of the files below `paths`, whoever reads them
  base::GlobSet paths;
};

// Returns what the rule comes to. The environment must not be missing.
[[nodiscard]] Answer judge(const EnvRule& rule, const Expectation& expectation,
                           const Context& context, const Environment& environment);

}  // namespace gate::checks
