// scenario_runner GATE SOURCES SCENARIO: runs one scenario (README.md beside this file) in a fresh
// folder. Exit status 0: all as wanted; 1: not; 77: a program it needs is not there. GATE_BLESS=1
// writes what happened into the scenario.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "tests/support/child.h"
#include "tests/support/scenario.h"

namespace gate::tests {
namespace {

constexpr int kSkipped = 77;

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

// A folder that is gone at the end: home/ and repo/, where the commands run.
class Folder {
 public:
  Folder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "gate-scenario-XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) path_ = std::filesystem::canonical(pattern);
  }
  ~Folder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Runs commands in a folder, always in the same small world.
class World {
 public:
  World(const Folder& folder, const std::filesystem::path& gate,
        const std::filesystem::path& sources)
      : folder_(folder.path()) {
    const char* path = std::getenv("PATH");
    environment_ = {
        // Tools of npm that `./dev` installs for the tests lie below build/.
        "PATH=" + gate.parent_path().string() + ":" +
            (sources / "build/tools/node_modules/.bin").string() + ":" +
            (path != nullptr ? path : "/usr/bin:/bin"),
        "HOME=" + (folder_ / "home").string(),
        "TMPDIR=" + (folder_ / "temporary").string(),
        "EXAMPLES=" + (sources / "examples").string(),
        "SCENARIOS=" + (sources / "tests/scenario").string(),
        "LC_ALL=C.UTF-8",
        "TZ=UTC",
        "TERM=dumb",
        "NO_COLOR=1",
        "SOURCE_DATE_EPOCH=1769860800",  // 2026-01-31T12:00:00Z
        "GIT_CONFIG_NOSYSTEM=1",
        "GIT_AUTHOR_DATE=2026-01-31T12:00:00Z",
        "GIT_COMMITTER_DATE=2026-01-31T12:00:00Z",
    };
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
      if (const char* value = std::getenv(name))
        environment_.push_back(fmt::format("{}={}", name, value));
    }
    std::filesystem::create_directories(folder_ / "temporary");
    std::filesystem::create_directories(folder_ / "repo");
    write(folder_ / "home/.gitconfig",
          "[user]\n\tname = Example Author\n\temail = author@example.org\n[init]\n\tdefaultBranch "
          "= main\n");
  }

  // Returns nothing where there is no shell.
  [[nodiscard]] std::optional<Happened> run(const std::string& command) const {
    const auto result = run_child({{"/bin/sh", "-c", command},
                                   environment_,
                                   folder_ / "repo",
                                   folder_ / "output",
                                   folder_ / "errors"});
    if (!result) return std::nullopt;
    return Happened{result->status, shown(read(folder_ / "output")),
                    shown(read(folder_ / "errors"))};
  }

  void add_file(const ScenarioFile& file) const { write(folder_ / "repo" / file.path, file.text); }

 private:
  // The folder has another name in every run.
  [[nodiscard]] std::string shown(std::string text) const {
    const std::string name = folder_.string();
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
      text.replace(at, name.size(), "[FOLDER]");
    }
    return text;
  }

  std::filesystem::path folder_;
  std::vector<std::string> environment_;
};

// Prints what differs; returns whether nothing does.
bool compare(const std::string& name, const Step& step, const Happened& happened) {
  std::string wrong;
  if (happened.status != step.status) {
    wrong += fmt::format("  exit status {}, wanted {}\n", happened.status, step.status);
  }
  const auto stream = [&](std::string_view stream_name, const Lines& wanted, const Lines& got) {
    if (!fits(wanted, got)) wrong += fmt::format("  {}\n{}", stream_name, difference(wanted, got));
  };
  stream("stdout", step.output, output_lines(happened.output));
  stream("stderr", step.errors, output_lines(happened.errors));
  if (!wrong.empty()) fmt::print("{}:{}: $ {}\n{}", name, step.line, step.command, wrong);
  return wrong.empty();
}

int run(const std::filesystem::path& gate, const std::filesystem::path& sources,
        const std::filesystem::path& file) {
  Result<Scenario> scenario = parse_scenario(read(file));
  if (!scenario) {
    fmt::print("{}: {}\n", file.string(), scenario.error().message);
    return 1;
  }
  const Folder folder;
  const World world(folder, gate, sources);
  for (const std::string& program : scenario->needed) {
    const auto there = world.run("command -v " + program);
    if (!there || there->status != 0) {
      fmt::print("skipped: there is no `{}`\n", program);
      return kSkipped;
    }
  }
  if (const auto made = world.run("git init -q"); !made || made->status != 0) {
    fmt::print("`git init` failed: {}\n", made ? made->errors : "there is no shell");
    return 1;
  }
  for (const ScenarioFile& added : scenario->files)
    world.add_file(added);

  const bool blessing = std::getenv("GATE_BLESS") != nullptr;
  bool good = true;
  for (Step& step : scenario->steps) {
    const auto happened = world.run(step.command);
    if (!happened) return 1;
    if (blessing) {
      step.status = happened->status;
      step.output = bless(step.output, output_lines(happened->output));
      step.errors = bless(step.errors, output_lines(happened->errors));
    } else {
      good = compare(file.string(), step, *happened) && good;
    }
  }
  if (blessing) write(file, write_scenario(*scenario));
  return good ? 0 : 1;
}

}  // namespace
}  // namespace gate::tests

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print("usage: scenario_runner GATE SOURCES SCENARIO\n");
    return 1;
  }
  return gate::tests::run(std::filesystem::absolute(argv[1]), std::filesystem::absolute(argv[2]),
                          std::filesystem::absolute(argv[3]));
}
