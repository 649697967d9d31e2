// gate run: judge.
#include "gate/cli/commands.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/judge.h"

namespace gate::cli {
namespace {

int run_command(const Arguments& arguments, Streams& streams) {
  base::Diagnostics diagnostics;
  const JudgeOptions options = judge_options(arguments, streams, diagnostics);
  if (diagnostics.has_errors()) {
    streams.err += base::render(diagnostics, options.color);
    return misuse;
  }
  return judge(options, streams);
}

}  // namespace

const Command kRun{
    "run",
    "[PATH]",
    "Judge a repository by its policy",
    "PATH is a repository or a folder inside one; without it the folder above the\n"
    "current one that holds gate.toml, or the whole repository. Without gate.toml the\n"
    "stack is detected and the shipped packs that fit it run.",
    0,
    1,
    judge_options(),
    run_command,
};

}  // namespace gate::cli
