#include "gate/system/program.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "gate/system/descriptor.h"
#include "gate/system/spawn.h"

namespace gate::system {
namespace {

constexpr int kMostInterpreters = 4;  // as many as Linux follows
constexpr std::int64_t kNanoseconds = 1'000'000'000;

// Returns "path size nanoseconds" of the file that a path leads to; empty where there is none.
std::string file_identity(const std::string& path) {
  struct stat state {};
  if (stat(path.c_str(), &state) != 0 || !S_ISREG(state.st_mode)) return {};
  return fmt::format("{} {} {}\n", path, state.st_size,
                     state.st_mtim.tv_sec * kNanoseconds + state.st_mtim.tv_nsec);
}

// Returns the words behind `#!` in the first line of a file.
std::vector<std::string> interpreter_words(const std::string& path) {
  std::array<char, 256> begin{};
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  const ssize_t length = file ? read(file.get(), begin.data(), begin.size()) : 0;
  std::string_view line(begin.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
  if (!line.starts_with("#!")) return {};
  line = line.substr(2, line.find('\n') - 2);
  std::vector<std::string> words;
  while (true) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
    if (line.empty()) return words;
    const std::size_t end = std::min(line.find_first_of(" \t\r"), line.size());
    words.emplace_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

}  // namespace

std::string program_identity(const Command& command, const Variables& environment) {
  std::string identity;
  if (command.argv.empty()) return identity;
  std::string name = command.argv.front();
  for (int step = 0; step < kMostInterpreters && !name.empty(); ++step) {
    const auto path = find_program(name, command.folder, environment);
    if (!path || !*path) break;
    identity += file_identity(**path);
    const std::vector<std::string> words = interpreter_words(**path);
    if (words.empty()) break;
    // `#!/usr/bin/env php`: what env finds counts.
    const bool by_env = words.front().ends_with("/env") && words.size() > 1;
    name = by_env ? words.back() : words.front();
  }
  // `php vendor/bin/phpstan`: the script is the program.
  const auto script = std::find_if(command.argv.begin() + 1, command.argv.end(),
                                   [](const std::string& word) { return !word.starts_with('-'); });
  if (script != command.argv.end()) identity += file_identity((command.folder / *script).string());
  return identity;
}

}  // namespace gate::system
