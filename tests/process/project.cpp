#include "tests/process/project.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <memory>
#include <unistd.h>

#include <fmt/format.h>

namespace gate::test {
namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Returns the words of a process, each behind it a NUL; empty where it is gone. A stream would
// throw then.
std::string command_line(const std::string& process) {
  std::array<char, 4096> words{};
  const int file = open(("/proc/" + process + "/cmdline").c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  const ssize_t length = ::read(file, words.data(), words.size());
  close(file);
  return {words.data(), length > 0 ? static_cast<std::size_t>(length) : 0};
}

}  // namespace

Project::Project(const std::vector<Tool>& tools) {
  std::string policy = "[gate]\nversion = 1\npacks = []\n";
  for (const Tool& tool : tools) {
    const std::string file = "tools/" + tool.name;
    repository_.write(file, "#!/bin/sh\n" + tool.script);
    std::filesystem::permissions(path() / file, std::filesystem::perms(0755));
    policy += fmt::format(
        "\n[[rule]]\nid = \"app.{0}\"\nkind = \"command\"\ntitle = \"{0} fails\"\nrun = "
        "[\"tools/{0}\"]\n{1}",
        tool.name, tool.keys);
  }
  repository_.write("gate.toml", policy);
}

tests::ChildCommand Project::gate(const std::vector<std::string>& arguments) const {
  tests::ChildCommand command;
  command.argv = {GATE_PROGRAM, "run", "--no-cache"};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  const char* search = std::getenv("PATH");
  command.environment = {fmt::format("PATH={}", search == nullptr ? "/usr/bin:/bin" : search),
                         "HOME=" + outside_.path().string(), "LC_ALL=C.UTF-8",
                         "SOURCE_DATE_EPOCH=1769860800"};
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name))
      command.environment.push_back(fmt::format("{}={}", name, value));
  }
  command.folder = path();
  command.output = outside_.path() / "output";
  command.errors = outside_.path() / "errors";
  return command;
}

std::string Project::report(std::string_view name) const { return read(reports() / name); }

std::vector<std::string> Project::processes() const {
  std::vector<std::string> found;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir("/proc"), closedir);
  while (const dirent* entry = folder ? readdir(folder.get()) : nullptr) {
    std::string line = command_line(static_cast<const char*>(entry->d_name));
    if (line.find(path().string()) == std::string::npos) continue;
    std::replace(line.begin(), line.end(), '\0', ' ');
    found.push_back(std::move(line));
  }
  return found;
}

}  // namespace gate::test
