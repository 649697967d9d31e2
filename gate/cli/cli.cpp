#include "gate/cli/cli.h"

#include <cerrno>
#include <cstdio>
#include <exception>
#include <system_error>

#include <fmt/format.h>

#include "gate/cli/commands.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/help.h"
#include "gate/system/memory.h"
#include "gate/system/terminal.h"

namespace gate::cli {
namespace {

constexpr std::string_view kVersionLine = "gate " GATE_VERSION "\n";

bool wants_color(const std::vector<std::string>& words, bool is_terminal) {
  // The command line could not be read: look for the option by hand, so that the mistake looks as
  // asked.
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--color=always" ||
        (words[i] == "--color" && i + 1 < words.size() && words[i + 1] == "always")) {
      return true;
    }
    if (words[i] == "--color=never" ||
        (words[i] == "--color" && i + 1 < words.size() && words[i + 1] == "never")) {
      return false;
    }
  }
  return system::use_color(is_terminal);
}

}  // namespace

bool use_color(const Arguments& arguments, bool is_terminal) {
  const std::string when = arguments.text("--color").value_or("auto");
  if (when == "auto") return system::use_color(is_terminal);
  return when == "always";
}

int run(const std::vector<std::string>& words, Streams& streams) {
  if (words.size() == 1 && (words.front() == "--version" || words.front() == "-V")) {
    streams.out += kVersionLine;
    return passed;
  }
  if (!words.empty() && (words.front() == "--help" || words.front() == "-h" ||
                         (words.size() == 1 && words.front() == "help"))) {
    streams.out += overview();
    return passed;
  }
  if (words.size() > 1 && words.front() == "help") {
    std::vector<std::string> asked(words.begin() + 1, words.end());
    asked.emplace_back("--help");
    return run(asked, streams);
  }
  if (words.size() == 2 && (words.back() == "--help" || words.back() == "-h")) {
    if (const std::string text = group_help(words.front()); !text.empty()) {
      streams.out += text;
      return passed;
    }
  }
  base::Diagnostics diagnostics;
  const std::optional<Arguments> arguments = read_arguments(commands(), kRun, words, diagnostics);
  if (!arguments) {
    streams.err += base::render(diagnostics, wants_color(words, streams.err_is_terminal));
    return misuse;
  }
  if (arguments->has("--version")) {
    streams.out += kVersionLine;
    return passed;
  }
  if (arguments->has("--help")) {
    streams.out += help(arguments->command());
    return passed;
  }
  return arguments->command().run(*arguments, streams);
}

int run(int argc, char** argv) {
  system::keep_freed_memory();
  Streams streams;
  streams.out_is_terminal = system::is_terminal(stdout);
  streams.err_is_terminal = system::is_terminal(stderr);
  streams.width = system::terminal_width();
  streams.is_github_log = system::is_github_log();
  int status = undecided;
  try {
    status = run(std::vector<std::string>(argv + 1, argv + argc), streams);
  } catch (const std::exception& bug) {
    streams.err += fmt::format("error: this is a bug in gate: {}\n", bug.what());
  }
  std::fwrite(streams.err.data(), 1, streams.err.size(), stderr);
  const std::size_t printed = std::fwrite(streams.out.data(), 1, streams.out.size(), stdout);
  // A report that did not arrive is no verdict.
  if (printed == streams.out.size() && std::fflush(stdout) == 0) return status;
  fmt::print(stderr, "error: standard output: {}\n", std::generic_category().message(errno));
  return status == passed ? undecided : status;
}

}  // namespace gate::cli
