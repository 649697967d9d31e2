#include "gate/cli/arguments.h"

#include <array>

#include <catch2/catch.hpp>

#include "gate/cli/cli.h"
#include "gate/cli/commands.h"
#include "gate/cli/exit_code.h"

namespace gate::cli {
namespace {

// Returns what is printed to standard error for a command line that must be refused.
std::string refused(const std::vector<std::string>& words) {
  Streams streams;
  CHECK(run(words, streams) == misuse);
  CHECK(streams.out.empty());
  return streams.err;
}

TEST_CASE("every mistake of a command line is named in one run, underlined, with help") {
  CHECK(refused({"run", "--formt", "junit", "--jobs", "many"}) ==
        "error: `gate run` has no option `--formt`\n"
        " --> command line:1:10\n"
        "  |\n"
        "1 | gate run --formt junit --jobs many\n"
        "  |          ^^^^^^^\n"
        "  = help: `gate run --help` lists the options\n");
  CHECK(refused({"run", "--reprot", "junit"}) ==
        "error: `gate run` has no option `--reprot`\n"
        " --> command line:1:10\n"
        "  |\n"
        "1 | gate run --reprot junit\n"
        "  |          ^^^^^^^^\n"
        "  = help: did you mean `--report`?\n");
  CHECK(refused({"run", "--jobs", "many", "--report", "junti"}) ==
        "error: `many` is no number from 1 to 256\n"
        " --> command line:1:17\n"
        "  |\n"
        "1 | gate run --jobs many --report junti\n"
        "  |                 ^^^^\n"
        "\n"
        "error: there is no report format `junti`\n"
        " --> command line:1:31\n"
        "  |\n"
        "1 | gate run --jobs many --report junti\n"
        "  |                               ^^^^^\n"
        "  = help: did you mean `junit`?\n");
  CHECK(refused({"run", "--stage", "prod"}) ==
        "error: `prod` is no value of `--stage`\n"
        " --> command line:1:18\n"
        "  |\n"
        "1 | gate run --stage prod\n"
        "  |                  ^^^^\n"
        "  = help: expected one of `push`, `ci`, `deploy`, `verify`, `follow-up`\n");
}

TEST_CASE("an unknown command is told from a path") {
  CHECK(refused({"rnu"}) ==
        "error: unknown command `rnu`\n"
        " --> command line:1:6\n"
        "  |\n"
        "1 | gate rnu\n"
        "  |      ^^^\n"
        "  = help: did you mean `run`?\n");
  CHECK(refused({"rules"}) ==
        "error: `rules` needs a second word\n"
        " --> command line:1:6\n"
        "  |\n"
        "1 | gate rules\n"
        "  |      ^^^^^\n"
        "  = help: expected one of `rules list`, `rules show`, `rules test`\n");
  CHECK(refused({"rules", "lst"}).find("did you mean `rules list`?") != std::string::npos);
}

TEST_CASE("a value, a second value and an argument too many are refused") {
  CHECK(
      refused({"run", "--stage"}).starts_with("error: `--stage` needs a value: `--stage STAGE`\n"));
  CHECK(refused({"run", "--quiet=yes"}).starts_with("error: `--quiet` takes no value\n"));
  CHECK(refused({"run", "--stage", "ci", "--stage", "push"})
            .starts_with("error: `--stage` is given twice\n"));
  CHECK(refused({"run", "a", "b"}).starts_with("error: `gate run` takes [PATH] only\n"));
  CHECK(refused({"explain"}).starts_with("error: `gate explain` needs RULE\n"));
  CHECK(refused({"run", "--var", "domains"}).starts_with("error: `domains` sets nothing\n"));
  CHECK(refused({"run", "--report", "json="}).starts_with("error: `json=` names no file\n"));
}

TEST_CASE("options are read with a blank or an equals sign, and end at two dashes") {
  base::Diagnostics diagnostics;
  const auto read = [&](const std::vector<std::string>& words) {
    return read_arguments(commands(), kRun, words, diagnostics);
  };
  const auto arguments =
      read({"run", "--stage=deploy", "--rule", "a.*", "--rule=b.*", "--", "--odd"});
  REQUIRE(arguments);
  CHECK(arguments->text("--stage") == "deploy");
  CHECK(arguments->all("--rule").size() == 2);
  CHECK(arguments->positional() == std::vector<std::string>{"--odd"});
  const auto without_command = read({"--quiet"});
  REQUIRE(without_command);
  CHECK(without_command->command().name == "run");
}

TEST_CASE("help names every command and every option, in at most 80 columns") {
  Streams streams;
  CHECK(run({"--help"}, streams) == passed);
  for (const Command* command : commands()) {
    CHECK(streams.out.find(command->name) != std::string::npos);
    Streams own;
    std::vector<std::string> words;
    std::string name(command->name);
    for (std::size_t at = 0; at <= name.size();) {
      const std::size_t end = std::min(name.find(' ', at), name.size());
      words.push_back(name.substr(at, end - at));
      at = end + 1;
    }
    words.emplace_back("--help");
    CHECK(run(words, own) == passed);
    for (const Option& option : command->options)
      CHECK(own.out.find(option.name) != std::string::npos);
    streams.out += own.out;
  }
  for (std::size_t at = 0; at < streams.out.size();) {
    const std::size_t end = streams.out.find('\n', at);
    CHECK(end - at <= 80);
    at = end + 1;
  }
}

}  // namespace
}  // namespace gate::cli
