#include "gate/system/spawn.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace gate::system {
namespace {

bool binds_to_repository(std::string_view name) {
  constexpr std::array<std::string_view, 10> kHarmless{
      "GIT_EXEC_PATH",      "GIT_ASKPASS",        "GIT_ALLOW_PROTOCOL", "GIT_TERMINAL_PROMPT",
      "GIT_PROXY_COMMAND",  "GIT_PROXY_SSL_CERT", "GIT_AUTHOR_NAME",    "GIT_AUTHOR_EMAIL",
      "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"};
  constexpr std::array<std::string_view, 4> kHarmlessBeginnings{"GIT_SSH", "GIT_SSL", "GIT_HTTP",
                                                                "GIT_CONFIG"};
  if (!name.starts_with("GIT_")) return false;
  return std::find(kHarmless.begin(), kHarmless.end(), name) == kHarmless.end() &&
         std::none_of(kHarmlessBeginnings.begin(), kHarmlessBeginnings.end(),
                      [&](std::string_view beginning) { return name.starts_with(beginning); });
}

enum class Candidate { absent, folder, not_executable, good };

Result<Candidate> look_at(const std::string& path) {
  struct stat state {};
  if (stat(path.c_str(), &state) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return Candidate::absent;
    return Error{fmt::format("`{}`: {}", path, std::strerror(errno))};
  }
  if (S_ISDIR(state.st_mode)) return Candidate::folder;
  const bool executable = faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) == 0;
  return S_ISREG(state.st_mode) && executable ? Candidate::good : Candidate::not_executable;
}

Error not_executable(const std::string& name, const std::string& path) {
  return {name == path ? fmt::format("`{}` is not executable", name)
                       : fmt::format("`{}` is not executable ({})", name, path)};
}

Result<std::optional<std::string>> find_by_path(const std::string& name,
                                                const std::filesystem::path& folder) {
  const std::string path = (folder / name).string();
  GATE_TRY(const Candidate candidate, look_at(path));
  switch (candidate) {
    case Candidate::absent:
      return std::optional<std::string>();
    case Candidate::folder:
      return Error{fmt::format("`{}` is a folder", name)};
    case Candidate::not_executable:
      return not_executable(name, name);
    case Candidate::good:
      break;
  }
  return std::optional(path);
}

std::string default_search_path() {
  std::array<char, 256> text{};
  const std::size_t length = confstr(_CS_PATH, text.data(), text.size());
  return length == 0 || length > text.size() ? "/bin:/usr/bin" : text.data();
}

// posix_spawn's two argument objects, released at the end of the scope.
class SpawnSettings {
 public:
  SpawnSettings() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }

  // Returns 0, or the number of the first error.
  int prepare(const std::filesystem::path& folder, ChildOutput output) {
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    constexpr short kFlags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    int error = posix_spawnattr_setflags(&attributes_, kFlags);
    if (error == 0) error = posix_spawnattr_setsigmask(&attributes_, &none);
    if (error == 0) error = posix_spawnattr_setsigdefault(&attributes_, &all);
    if (error == 0)
      error = posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (error == 0)
      error = posix_spawn_file_actions_adddup2(&actions_, output.output, STDOUT_FILENO);
    // The first may have taken the place of the second, where it is the same.
    const int errors = output.errors == output.output ? STDOUT_FILENO : output.errors;
    if (error == 0) error = posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
    if (error == 0) error = posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    if (error == 0 && !folder.empty())
      error = posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
    return error;
  }

  [[nodiscard]] const posix_spawn_file_actions_t* actions() const { return &actions_; }
  [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts)
    pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// The program was found, so an ENOENT is about what its first line names.
std::string_view explain(int error) {
  switch (error) {
    case ENOENT:
      return "the interpreter it names is missing";
    case ENOEXEC:
      return "it is no program for this machine (a script begins with `#!`)";
    case E2BIG:
      return "arguments and environment are too long";
    default:
      return std::strerror(error);
  }
}

}  // namespace

Variables child_environment(const Variables& own, const Variables& additions) {
  Variables result;
  const auto is_replaced = [&](const std::string& name) {
    return std::any_of(additions.begin(), additions.end(),
                       [&](const auto& addition) { return addition.first == name; });
  };
  for (const auto& variable : own) {
    if (!binds_to_repository(variable.first) && !is_replaced(variable.first))
      result.push_back(variable);
  }
  for (auto addition = additions.begin(); addition != additions.end(); ++addition) {
    const bool again = std::any_of(addition + 1, additions.end(), [&](const auto& later) {
      return later.first == addition->first;
    });
    if (!again) result.push_back(*addition);
  }
  return result;
}

Result<std::optional<std::string>> find_program(const std::string& name,
                                                const std::filesystem::path& folder,
                                                const Variables& environment) {
  if (name.find('/') != std::string::npos) return find_by_path(name, folder);
  const auto path = std::find_if(environment.begin(), environment.end(),
                                 [](const auto& variable) { return variable.first == "PATH"; });
  const std::string search = path == environment.end() ? default_search_path() : path->second;
  std::string refused;
  for (std::size_t begin = 0; begin <= search.size();) {
    const std::size_t end = std::min(search.find(':', begin), search.size());
    const std::string entry = search.substr(begin, end - begin);
    begin = end + 1;
    if (!entry.starts_with('/')) continue;
    const std::string candidate = entry + '/' + name;
    const Result<Candidate> found = look_at(candidate);
    if (!found) continue;  // as a shell does: an entry that cannot be searched has no programs
    if (*found == Candidate::good) return std::optional(candidate);
    if (*found == Candidate::not_executable && refused.empty()) refused = candidate;
  }
  if (!refused.empty()) return not_executable(name, refused);
  return std::optional<std::string>();
}

Result<pid_t> spawn(const std::string& program, const std::vector<std::string>& argv,
                    const Variables& environment, const std::filesystem::path& folder,
                    ChildOutput output) {
  std::error_code unusable;
  if (!folder.empty() && !std::filesystem::is_directory(folder, unusable))
    return Error{fmt::format("the working folder `{}` is not there", folder.string())};
  SpawnSettings settings;
  if (const int error = settings.prepare(folder, output); error != 0)
    return Error{fmt::format("`{}` cannot be started: {}", argv.front(), std::strerror(error))};
  std::vector<std::string> words = argv;
  std::vector<std::string> variables;
  variables.reserve(environment.size());
  for (const auto& [name, value] : environment)
    variables.push_back(name + '=' + value);
  pid_t child = -1;
  const int error = posix_spawn(&child, program.c_str(), settings.actions(), settings.attributes(),
                                pointers(words).data(), pointers(variables).data());
  if (error != 0)
    return Error{fmt::format("`{}` cannot be started: {}", argv.front(), explain(error))};
  return child;
}

}  // namespace gate::system
