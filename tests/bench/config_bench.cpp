#include "tests/bench/config_bench.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace gate::bench {
namespace {

constexpr double kDjango = 1.0 / 100;
constexpr double kBareDjango = 1.0 / 50;  // of half the time, where nothing but Django is imported

// Settings: reading and judging those of a Django project, against Django's own deploy checks,
// which start Python and import what the project uses.
Judgement django(const Place& place, std::string_view project, double goal) {
  const std::filesystem::path folder = place.folder / "django" / project;
  // The Python that Debian's packages are for.
  return compare({{"gate run --pack django", {place.gate, "run", "--pack", "django"}, {1}},
                  {{{fmt::format("manage.py check --deploy, {}", project),
                     {"/usr/bin/python3", "manage.py", "check", "--deploy"}},
                    goal,
                    Peer::Of::cpu}},
                  folder,
                  place.folder,
                  51});
}

// YAML: composing documents of them and judging those, against libyaml's events alone.
Judgement yaml(const Place& place) {
  const std::filesystem::path repository = place.folder / "yaml";
  Contender floor{"libyaml, the events of 1,500 files",
                  {(std::filesystem::path(place.program).parent_path() / "yaml_floor").string()}};
  for (const auto& file : std::filesystem::recursive_directory_iterator(repository / "deploy")) {
    if (file.path().extension() == ".yaml") floor.argv.push_back(file.path().string());
  }
  return compare({{"gate run, a rule on 1,500 YAML files", {place.gate, "run"}},
                  {{floor, 2.0, Peer::Of::cpu}},
                  repository,
                  place.folder,
                  41});
}

}  // namespace

Judgement config(const Place& place) {
  return std::max(
      {django(place, "usual", kDjango), django(place, "bare", kBareDjango), yaml(place)});
}

}  // namespace gate::bench
