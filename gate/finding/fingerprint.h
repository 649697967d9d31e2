// Fingerprint: the name of a finding that survives moves of lines, re-indenting and renames of
// neighbours' places.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/finding/finding.h"

namespace gate::finding {

// Gives every finding of `rule` its fingerprint: the first 32 hex digits of SHA-256 over rule,
// normalised path and the finding's identity with white space folded; no line number. Equal ones in
// the same list are numbered in order of place, so that no fingerprint ever stands for two
// findings. An identity that holds a secret must be hashed by its maker before (redaction.h).
void set_fingerprints(std::string_view rule, std::vector<Finding>& findings);

}  // namespace gate::finding
