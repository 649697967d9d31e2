#include "tests/bench/runner_bench.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace gate::bench {
namespace {

// A repository of $1 files with the same twenty commands for gate, lefthook and prek.
constexpr std::string_view kMake = R"sh(
git init -q -b main
i=0
while [ $i -lt "$1" ]; do
  folder=src/$((i / 50)); [ -d $folder ] || mkdir -p $folder
  echo "const value = $i;" >$folder/$i.js
  i=$((i + 1))
done
printf '[gate]\nversion = 1\npacks = []\n' >gate.toml
printf 'bench:\n  parallel: true\n  commands:\n' >lefthook.yml
printf 'repos:\n- repo: local\n  hooks:\n' >.pre-commit-config.yaml
i=0
while [ $i -lt 20 ]; do
  printf '[[rule]]\nid = "app.t%s"\nkind = "command"\ntitle = "t%s fails"\nrun = ["true"]\n' $i $i >>gate.toml
  printf '    t%s:\n      run: "true"\n' $i >>lefthook.yml
  printf '  - {id: t%s, name: t%s, language: system, entry: "true", always_run: true, pass_filenames: false, priority: 1}\n' \
    $i $i >>.pre-commit-config.yaml
  i=$((i + 1))
done
git add .
git -c user.name=bench -c user.email=bench@example.org commit -q -m files
sleep 1
git update-index -q --force-write-index
)sh";

Judgement in(const Place& place, int files, const std::filesystem::path* smaller) {
  const std::filesystem::path repository = place.folder / fmt::format("runner-{}", files);
  std::filesystem::remove_all(repository);
  std::filesystem::create_directories(repository);
  if (!shell(fmt::format("set -- {}\n{}", files, kMake), repository, place.folder / "errors")) {
    fmt::print("no repository could be made; see {}\n", (place.folder / "errors").string());
    return Judgement::not_run;
  }
  const auto gate = [&](const std::filesystem::path& folder, int count) {
    return Contender{fmt::format("gate run, 20 x true, {} files", count),
                     {place.gate, "run", folder.string()}};
  };
  Comparison comparison{gate(repository, files), {}, repository, place.folder, 100};
  comparison.peers.push_back(
      {{"posix_spawn and poll, 20 x true",
        {(std::filesystem::path(place.program).parent_path() / "runner_floor").string(), "20",
         "/usr/bin/true"}},
       1.3,
       Peer::Of::cpu});
  if (smaller != nullptr) comparison.peers.push_back({gate(*smaller, 200), 1.1, Peer::Of::cpu});
  // The programs themselves, without the scripts of Node in front of them.
  const std::filesystem::path peers = place.folder / "peers/node_modules";
  const std::string lefthook = (peers / "lefthook-linux-x64/bin/lefthook").string();
  const std::string prek = (peers / "@j178/prek-linux-x64-gnu/prek").string();
  const Contender others[] = {{"lefthook run", {lefthook, "run", "bench", "--no-auto-install"}},
                              {"prek run", {prek, "run", "--all-files"}}};
  for (const Contender& other : others) {
    if (std::filesystem::exists(other.argv.front())) {
      comparison.peers.push_back({other, 1.0, Peer::Of::both});
    } else {
      fmt::print("not compared with {}: npm could not fetch it\n", other.name);
    }
  }
  return compare(comparison);
}

}  // namespace

Judgement runner(const Place& place) {
  const Judgement small = in(place, 200, nullptr);
  const std::filesystem::path smaller = place.folder / "runner-200";
  return std::max(small, in(place, 2000, &smaller));
}

}  // namespace gate::bench
