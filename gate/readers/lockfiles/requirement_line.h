// One requirement of a requirements.txt: a PEP 508 requirement with pip's options behind it, or an
// address or a folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/lockfiles/lockfile.h"

namespace gate::readers::lockfiles {

struct RequirementLine {
  std::string_view name;  // as written; empty where an address does not tell
  std::vector<std::string_view> extras;
  std::string_view range;    // the version specifiers as written
  std::string_view version;  // the one version that is allowed; empty where several are
  bool is_pinned = false;    // to a version, or to a commit
  std::string_view marker;   // behind `;`
  std::string_view location;
  Source source = Source::registry;
  std::string_view commit;
  std::vector<std::string_view> hashes;  // "sha256:…"
  std::string problem;                   // why it is no requirement; empty where it is one
};

// `line` is joined, without its comment, trimmed and not empty. Views point into it.
[[nodiscard]] RequirementLine parse_requirement_line(std::string_view line);

}  // namespace gate::readers::lockfiles
