#include "tests/support/child.h"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gate::tests {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> result;
  result.reserve(words.size() + 1);
  for (const std::string& word : words) {
    result.push_back(const_cast<char*>(word.c_str()));  // posix_spawn does not write there
  }
  result.push_back(nullptr);
  return result;
}

std::chrono::microseconds duration(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

}  // namespace

std::optional<Child> Child::start(const ChildCommand& command) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  if (command.own_group) posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  if (!command.folder.empty()) {
    posix_spawn_file_actions_addchdir_np(&actions, command.folder.c_str());
  }
  constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, command.output.c_str(), kWrite, 0644);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, command.errors.c_str(), kWrite, 0644);

  const auto begin = std::chrono::steady_clock::now();
  pid_t child = 0;
  const int refused =
      posix_spawnp(&child, command.argv.front().c_str(), &actions, &attributes,
                   pointers(command.argv).data(), pointers(command.environment).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (refused != 0) return std::nullopt;
  return Child(child, begin);
}

Child::~Child() {
  if (pid_ < 0) return;
  signal(SIGKILL);
  (void)wait();
}

void Child::signal(int number) const { kill(pid_, number); }

void Child::signal_group(int number) const { kill(-pid_, number); }

std::optional<ChildResult> Child::wait() {
  int status = 0;
  rusage used{};
  const pid_t child = std::exchange(pid_, -1);
  if (wait4(child, &status, 0, &used) != child) return std::nullopt;
  ChildResult result;
  result.wall = std::chrono::steady_clock::now() - begin_;
  result.signalled = WIFSIGNALED(status);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.cpu = duration(used.ru_utime) + duration(used.ru_stime);
  result.peak_kilobytes = used.ru_maxrss;
  return result;
}

std::optional<ChildResult> run_child(const ChildCommand& command) {
  std::optional<Child> child = Child::start(command);
  return child ? child->wait() : std::nullopt;
}

std::vector<std::string> own_environment() {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    result.emplace_back(*entry);
  }
  return result;
}

}  // namespace gate::tests
