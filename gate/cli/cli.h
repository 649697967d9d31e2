// The command line: reads what was typed, runs a command, returns the exit status. Knows every
// room; is known by none.
#pragma once

#include <string>
#include <vector>

#include "gate/cli/arguments.h"

namespace gate::cli {

// Runs one command line (without the program's name); writes to `streams` only, and to the files it
// names.
int run(const std::vector<std::string>& words, Streams& streams);

// Runs the command line of this process.
int run(int argc, char** argv);

}  // namespace gate::cli
