#include "tests/bench/locks.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "tests/support/child.h"

namespace gate::bench {
namespace {

constexpr int kRounds = 9;
constexpr int kManyRounds = 60;
constexpr double kAdvisoriesCpu = 25;  // milliseconds

}  // namespace

Judgement lockfiles(const std::string& gate, const std::filesystem::path& folder) {
  const std::string lint = (folder / "lint/node_modules/.bin/lockfile-lint").string();
  // Advisories are this folder's own, not those of who measures; whoever is measured starts with
  // it.
  setenv("XDG_CACHE_HOME", (folder / "cache").c_str(), 1);
  const auto with_gate = [&](std::vector<std::string> words) {
    words.insert(words.begin(), gate);
    return words;
  };
  const std::vector<std::string> judge{"run", "--pack", "lockfiles", "--skip",
                                       "lockfiles.known-vulnerability*"};
  const Judgement npm =
      compare({{"gate run --pack lockfiles, 2,600 packages", with_gate(judge)},
               {{{"lockfile-lint",
                  {lint, "--path", "package-lock.json", "--type", "npm", "--validate-https",
                   "--validate-integrity", "--validate-package-names", "--allowed-hosts",
                   "npm.example.org"}},
                 1.0 / 50,
                 Peer::Of::cpu},
                {{"npm ci --dry-run",
                  {"npm", "ci", "--dry-run", "--offline", "--ignore-scripts", "--no-audit"}},
                 1.0 / 200,
                 Peer::Of::cpu}},
               folder / "npm",
               folder,
               kRounds});
  const Judgement composer = compare(
      {{"gate run --pack lockfiles, 250 packages", with_gate(judge)},
       {{{"composer validate", {"composer", "validate", "--no-check-publish", "--no-interaction"}},
         1.0 / 30,
         Peer::Of::cpu}},
       folder / "composer",
       folder,
       kRounds * 3});
  const auto imported = tests::run_child(
      {with_gate({"advisories", "import", "--fresh", (folder / "osv.jsonl").string()}),
       tests::own_environment(), folder, folder / "output", folder / "errors"});
  if (!imported || imported->status != 0) {
    fmt::print("the advisories were not imported; see {}\n", (folder / "errors").string());
    return Judgement::not_run;
  }
  Comparison advisories{{"10,000 advisories, 2,600 packages",
                         with_gate({"run", "--rule", "lockfiles.known-vulnerability"}),
                         {1}},
                        {},
                        folder / "npm",
                        folder,
                        kManyRounds};
  advisories.cpu_goal_ms = kAdvisoriesCpu;
  return std::max({npm, composer, compare(advisories)});
}

}  // namespace gate::bench
