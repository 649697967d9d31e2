// gate_bench NAME GATE FOLDER: measures the program GATE; FOLDER holds what it is measured on.
// `./dev bench` builds, prepares and calls it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "tests/bench/comparison.h"
#include "tests/bench/config_bench.h"
#include "tests/bench/locks.h"
#include "tests/bench/migration_bench.h"
#include "tests/bench/place.h"
#include "tests/bench/runner_bench.h"
#include "tests/support/child.h"

namespace gate::bench {

bool shell(const std::string& script, const std::filesystem::path& folder,
           const std::filesystem::path& errors) {
  const auto result = tests::run_child(
      {{"/bin/sh", "-euc", script}, tests::own_environment(), folder, "/dev/null", errors});
  return result && result->status == 0;
}

namespace {

// Starting: the program itself, and the smallest judgement there is, against what git needs to say
// which commit this is.
Judgement start(const Place& place) {
  const std::filesystem::path repository = place.folder / "start";
  std::filesystem::remove_all(repository);
  std::filesystem::create_directories(repository);
  if (!shell("git init -q -b main; for i in 1 2 3 4 5 6 7 8 9 10; do echo \"file $i\" >$i.txt; "
             "done; git add .; "
             "git -c user.name=bench -c user.email=bench@example.org commit -q -m 'ten files'; "
             "sleep 1; "
             "git update-index -q --force-write-index",
             repository, place.folder / "errors")) {
    fmt::print("no repository could be made; see {}\n", (place.folder / "errors").string());
    return Judgement::not_run;
  }
  const Judgement empty = compare({{"gate --version", {place.gate, "--version"}},
                                   {{{"git --version", {"git", "--version"}}, 1.0}},
                                   repository,
                                   place.folder,
                                   400});
  const Judgement smallest =
      compare({{"gate run --pack git, 10 files", {place.gate, "run", "--pack", "git"}, {0, 1}},
               {{{"git rev-parse HEAD", {"git", "rev-parse", "HEAD"}}, 2.0}},
               repository,
               place.folder,
               400});
  return std::max(empty, smallest);
}

// Returns the number after `"findings":` in the summary of a JSON report, or -1.
int findings(const std::filesystem::path& report) {
  std::ifstream file(report);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  constexpr std::string_view kKey = "\"findings\": ";
  const std::size_t summary = text.find("\"summary\"");
  if (summary == std::string::npos) return -1;
  const std::size_t at = text.find(kKey, summary);
  return at == std::string::npos ? -1 : std::atoi(text.c_str() + at + kKey.size());
}

// Scanning: forty patterns over the corpus, against reading the files and against searching them
// for forty words. `planted`: findings that the corpus holds; a scan that misses one is no scan.
Judgement content(const Place& place, int planted) {
  const std::filesystem::path tree = place.folder / "tree";
  const std::string policy = (place.folder / "gate.toml").string();
  const std::string keywords = (place.folder / "keywords").string();
  const std::filesystem::path report = place.folder / "report.json";
  std::filesystem::remove(report);
  const Contender ours{
      "gate run, 40 content rules", {place.gate, "run", "--policy", policy, "--jobs", "2"}, {1}};
  Contender once = ours;
  once.argv.emplace_back("--report");
  once.argv.emplace_back("json=" + report.string());
  (void)tests::run_child(
      {once.argv, tests::own_environment(), tree, "/dev/null", place.folder / "errors"});
  if (const int found = findings(report); found != planted) {
    fmt::print("gate found {} of {} planted lines\n", found, planted);
    return Judgement::not_run;
  }
  return compare(
      {ours,
       {{{"rg -j2 -i -F -f keywords", {"rg", "-j2", "-i", "-F", "-f", keywords, "./"}}, 0.7},
        {{"git ls-files -z | xargs -0 cat",
          {"/bin/sh", "-c", "git ls-files -z | xargs -0 cat >/dev/null"}},
         0.8}},
       tree,
       place.folder,
       25});
}

int run(std::string_view name, const Place& place) {
  if (name == "start") return static_cast<int>(start(place));
  if (name == "content") return static_cast<int>(content(place, 44));
  if (name == "content-small") return static_cast<int>(content(place, 40));
  if (name == "config") return static_cast<int>(config(place));
  if (name == "lockfiles") return static_cast<int>(lockfiles(place.gate, place.folder));
  if (name == "migrations") return static_cast<int>(migrations(place.gate, place.folder));
  if (name == "runner") return static_cast<int>(runner(place));
  fmt::print(
      "unknown benchmark `{}`: start, content, content-small, config, lockfiles, migrations, "
      "runner\n",
      name);
  return static_cast<int>(Judgement::not_run);
}

}  // namespace
}  // namespace gate::bench

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print("usage: gate_bench NAME GATE FOLDER\n");
    return static_cast<int>(gate::bench::Judgement::not_run);
  }
  return gate::bench::run(argv[1], {argv[2], argv[0], std::filesystem::absolute(argv[3])});
}
