// runner_floor COUNT PROGRAM: starts PROGRAM so many times at once and reads what they print, with
// nothing but posix_spawn, pipes and poll: what running programs costs where nobody judges them.
#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto count = static_cast<std::size_t>(std::atoi(argv[1]));
  std::vector<pollfd> pipes(count);
  for (pollfd& pipe : pipes) {
    std::array<int, 2> ends{-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return 2;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    std::array<char*, 2> words{argv[2], nullptr};
    pid_t child = 0;
    if (posix_spawn(&child, argv[2], &actions, nullptr, words.data(), environ) != 0) return 2;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    pipe = {ends[0], POLLIN, 0};
  }
  std::array<char, 4096> bytes{};
  for (std::size_t open = count; open > 0;) {
    if (poll(pipes.data(), pipes.size(), -1) < 0) return 2;
    for (pollfd& pipe : pipes) {
      if (pipe.fd < 0 || pipe.revents == 0) continue;
      if (read(pipe.fd, bytes.data(), bytes.size()) > 0) continue;
      close(pipe.fd);
      pipe.fd = -1;
      --open;
    }
  }
  int status = 0;
  int worst = 0;
  while (wait(&status) > 0)
    worst = WIFEXITED(status) && WEXITSTATUS(status) == 0 ? worst : 1;
  return worst;
}
