// Example: a repository in a few lines of TOML that a rule must refuse or accept.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gate/base/diagnostic.h"
#include "gate/finding/finding.h"
#include "gate/policy/policy.h"
#include "gate/repo/sample.h"
#include "gate/system/process.h"

namespace gate::policy {

struct Example {
  enum class Expect { pass, fail, pending, not_applicable, could_not_run };
  Expect expect = Expect::fail;
  std::string title;            // one line for the documentation; may be empty
  std::vector<std::string> at;  // "2:1" or "path:2:1": places that must be found, and no others
  std::string message;          // text that a finding (or the reason) must contain
  std::map<std::string, repo::SampleFile> files;
  // What the change started from; none: no change is judged but all there is.
  std::optional<std::map<std::string, repo::SampleFile>> base;
  std::optional<repo::SampleGit> git;    // none: the sample is no repository
  std::vector<std::string> environment;  // paths of `files` that are the production environment
  std::vector<system::Recording> commands;
  std::optional<base::Date> advisories_of;  // the day on which (empty) advisories were imported
  Vars vars;
  base::Label place;
};

// Returns the rule's `[[rule.example]]` tables, mistakes in them reported. `{{fake:NAME}}` in texts
// is replaced by a made-up credential of that form, so that no file of ours holds something that
// looks like one.
[[nodiscard]] std::vector<Example> examples(const Rule& rule, base::Diagnostics& diagnostics);

}  // namespace gate::policy
