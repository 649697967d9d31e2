// The same input gives the same bytes, whichever command ends first.
#include <algorithm>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/base/parallel.h"
#include "tests/process/project.h"

namespace gate::test {
namespace {

constexpr std::size_t kRuns = 100;
constexpr std::size_t kTools = 6;

// Each waits as long as a file outside the repository says, and then passes, fails or breaks down.
std::vector<Tool> tools() {
  const char* ends[] = {"exit 0", "exit 1", "echo 'a.txt:2: wrong'; exit 1", "kill -9 $$"};
  std::vector<Tool> tools;
  for (std::size_t number = 0; number < kTools; ++number) {
    const std::size_t end = number % std::size(ends);
    tools.push_back(
        {fmt::format("tool-{}", number),
         fmt::format("echo begin {0}\nsleep \"$(cat \"$HOME/pause-{0}\")\"\n"
                     "echo end {0}\n{1}\n",
                     number, ends[end]),
         end == 2 ? "pattern = '(?P<file>[^:]+):(?P<line>\\d+): (?P<message>.*)'\n" : ""});
  }
  return tools;
}

}  // namespace

TEST_CASE("A hundred runs print the same, whatever ends first", "[order]") {
  constexpr const char* kReports[] = {"json", "junit", "github", "gitlab"};
  const std::vector<Tool> all = tools();
  std::vector<std::string> printed(kRuns);
  std::vector<std::vector<double>> pauses(kRuns, std::vector<double>(kTools));
  std::mt19937 dice(1);
  for (std::vector<double>& of_run : pauses) {
    for (double& pause : of_run)
      pause = static_cast<double>(dice() % 12) / 1000;
  }
  // Made before any thread starts a program, which would hold scripts open that are being written.
  std::deque<Project> projects;
  for (std::size_t run = 0; run < kRuns; ++run)
    projects.emplace_back(all);
  base::parallel(kRuns, 4, 1, [&](std::size_t run, unsigned /*worker*/) {
    const Project& project = projects[run];
    for (std::size_t tool = 0; tool < kTools; ++tool) {
      std::ofstream(project.reports() / fmt::format("pause-{}", tool))
          << fmt::format("{:.3f}", pauses[run][tool]);
    }
    std::vector<std::string> arguments{"--jobs", std::to_string(1 + run % (kTools + 1))};
    for (const char* format : kReports) {
      arguments.emplace_back("--report");
      arguments.push_back(fmt::format("{}={}", format, (project.reports() / format).string()));
    }
    if (!tests::run_child(project.gate(arguments))) return;
    for (const char* format : kReports)
      printed[run] += project.report(format);
    // The page begins with the name of the folder, which differs.
    const std::string page = project.report("output");
    printed[run] += page.substr(std::min(page.find(':'), page.size()));
  });
  REQUIRE(printed.front().find("a.txt") != std::string::npos);
  REQUIRE(printed.front().find("SIGKILL") != std::string::npos);
  for (std::size_t run = 1; run < kRuns; ++run) {
    CAPTURE(run);
    CHECK(printed[run] == printed.front());
  }
}

}  // namespace gate::test
