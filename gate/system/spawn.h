// Starting one program: finds it, makes its environment, spawns it. Knows no time limit and no
// output.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

#include "gate/base/result.h"
#include "gate/system/process.h"

namespace gate::system {

// Returns the variables of `own` that a child may have, with `additions` in place of those of the
// same name; of doubles in `additions` the last counts.
//
// Of git's own variables only those stay that say how to reach the world or who commits; the others
// (GIT_DIR, GIT_INDEX_FILE, GIT_QUARANTINE_PATH ..., set in hooks) would make every git below the
// child work on the repository that is being judged.
[[nodiscard]] Variables child_environment(const Variables& own, const Variables& additions);

// Returns the path of the program `name` (see Command::argv); std::nullopt where there is none. A
// file that is there but cannot be executed is an error that says so.
Result<std::optional<std::string>> find_program(const std::string& name,
                                                const std::filesystem::path& folder,
                                                const Variables& environment);

// Open files for a child; both may be the same.
struct ChildOutput {
  int output = -1;
  int errors = -1;
};

// Starts `program` and returns its process id; `output` becomes its standard output and error.
Result<pid_t> spawn(const std::string& program, const std::vector<std::string>& argv,
                    const Variables& environment, const std::filesystem::path& folder,
                    ChildOutput output);

}  // namespace gate::system
