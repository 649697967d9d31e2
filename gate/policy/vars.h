// [vars]: the parameters of a policy. Packs bring defaults, files set them, the command line has
// the last word.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gate/policy/policy.h"

namespace gate::policy {

// Sets the defaults of a pack; another pack's default of the same name must be the same.
void add_pack_vars(TableReader& root, Vars& vars);

// Sets the vars of a file of the user over the packs'; `set` remembers them for the files after.
void add_file_vars(TableReader& root, Vars& vars, Vars& set);

// Sets the vars of the command line; for one that is a list, the text is cut at commas.
void add_command_line_vars(const std::vector<std::pair<std::string, std::string>>& given,
                           Vars& vars, base::Diagnostics& diagnostics);

// Warns of those in `set` that no rule used; call it when all rules are read.
void report_unused(const Vars& vars, const Vars& set,
                   const std::vector<std::pair<std::string, std::string>>& given,
                   base::Diagnostics& diagnostics);

}  // namespace gate::policy
