// Place: what a benchmark measures and where.
#pragma once

#include <filesystem>
#include <string>

namespace gate::bench {

struct Place {
  std::string gate;     // the program that is measured
  std::string program;  // the one that measures; its tools lie beside it
  std::filesystem::path folder;
};

// Runs a script in a folder; what it says of mistakes goes to the file `errors`. Returns whether it
// ended well.
[[nodiscard]] bool shell(const std::string& script, const std::filesystem::path& folder,
                         const std::filesystem::path& errors);

}  // namespace gate::bench
