// gradle.lockfile: the state of the locks of all configurations (docs.gradle.org, "Locking
// Versions", "Lock state location and format").
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/base/words.h"
#include "gate/readers/lockfiles/formats.h"

namespace gate::readers::lockfiles {
namespace {

// Returns whether only tests need a package: each configuration is one of a test.
bool is_of_tests(std::string_view configurations) {
  bool all = !configurations.empty();
  base::for_each_part(configurations, ',', [&](std::string_view one) {
    all = all && base::to_lower(one).find("test") != std::string::npos;
  });
  return all;
}

// "group:artifact:version=configuration,configuration"
bool read_line(Lockfile& lock, std::string_view line) {
  const base::Halves halves = base::split_once(line, "=");
  if (!halves.found) return false;
  // The configurations that hold nothing.
  if (halves.before == "empty") return true;
  const std::size_t group = halves.before.find(':');
  const std::size_t version = halves.before.rfind(':');
  if (group == std::string_view::npos || group == version || group == 0 || version == group + 1 ||
      version + 1 == halves.before.size())
    return false;
  Package package;
  package.name = halves.before.substr(0, version);
  package.version = halves.before.substr(version + 1);
  package.key = halves.before;
  if (is_of_tests(halves.behind)) package.set(Package::development);
  const auto begin = static_cast<std::uint32_t>(package.name.data() - lock.text().data());
  package.span = {begin, begin + static_cast<std::uint32_t>(package.name.size())};
  lock.packages.push_back(package);
  return true;
}

ReadResult read(std::shared_ptr<const base::Source> source) {
  auto lock = std::make_shared<Lockfile>(std::move(source));
  lock->ecosystem = Ecosystem::maven;
  lock->format = kGradle.name;
  std::uint32_t number = 0;
  std::string problem;
  base::for_each_line(lock->text(), [&](std::string_view line) {
    ++number;
    line = base::trim(line);
    if (line.empty() || line.front() == '#' || !problem.empty()) return;
    if (!read_line(*lock, line))
      problem = fmt::format("line {}: not `group:artifact:version=configurations`", number);
  });
  if (!problem.empty()) return Error{problem};
  return std::shared_ptr<const Lockfile>(std::move(lock));
}

constexpr std::array<std::string_view, 2> kLocks{"gradle.lockfile", "buildscript-gradle.lockfile"};

}  // namespace

const Format kGradle{"gradle", Ecosystem::maven, "gradle dependencies --write-locks", kLocks, {},
                     read};

}  // namespace gate::readers::lockfiles
