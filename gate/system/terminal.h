// What the terminal can show.
#pragma once

#include <cstddef>
#include <cstdio>

namespace gate::system {

[[nodiscard]] bool is_terminal(std::FILE* stream);

// Returns how many cells a line may take: COLUMNS where it is set, else the width of the terminal
// on standard output or error, else 80; never less than 40 or more than 200.
[[nodiscard]] std::size_t terminal_width();

// Returns whether to colour what goes to a stream: NO_COLOR (no-color.org) forbids, then
// CLICOLOR_FORCE asks for it and CLICOLOR=0 forbids (bixense.com/clicolors), then it takes a
// terminal that is not `dumb`.
[[nodiscard]] bool use_color(bool is_terminal);

// Returns whether what is printed becomes a log of GitHub Actions, whose runner obeys lines in it
// (GITHUB_ACTIONS=true).
[[nodiscard]] bool is_github_log();

}  // namespace gate::system
