// Scenario: commands with what they shall print, and the files they start from, as one text.
//
// The format is described in tests/scenario/README.md. Reads and writes the text and compares
// lines; runs nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/base/result.h"

namespace gate::tests {

using Lines = std::vector<std::string>;

struct Step {
  std::uint32_t line = 0;  // of the command
  Lines above;             // comments and empty lines in front, as written
  std::string command;     // for `sh -c`; may have several lines
  int status = 0;
  Lines output;
  Lines errors;
};

struct ScenarioFile {
  std::string path;
  std::string text;
};

struct Scenario {
  Lines above;                      // `skip-unless` lines and what stands before them, as written
  std::vector<std::string> needed;  // programs of `skip-unless`
  std::vector<Step> steps;
  Lines below;  // after the last step
  std::vector<ScenarioFile> files;
};

// What one command really did.
struct Happened {
  int status = 0;
  std::string output;
  std::string errors;
};

// Returns the scenario of a text, or which line cannot be read.
Result<Scenario> parse_scenario(std::string_view text);

// Returns the text of a scenario: the one it was parsed from, but for numbers of empty lines.
[[nodiscard]] std::string write_scenario(const Scenario& scenario);

// Returns the lines of an output without the empty ones at its end.
[[nodiscard]] Lines output_lines(std::string_view text);

// Returns whether lines are as wanted: `[…]` in a wanted line stands for any text, as a line of its
// own for any lines.
[[nodiscard]] bool fits(const Lines& wanted, const Lines& got);

// Returns `got` as a scenario should want it: a line that an old one with `[…]` fits is kept as
// that, a duration becomes
// `[…]`.
[[nodiscard]] Lines bless(const Lines& wanted, const Lines& got);

// Returns both, line by line, what they have in common once: "- wanted", "+ got", "  both".
[[nodiscard]] std::string difference(const Lines& wanted, const Lines& got);

}  // namespace gate::tests
