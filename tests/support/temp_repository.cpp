#include "tests/support/temp_repository.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

// Read by the address sanitizer. libgit2 1.5 forgets what PCRE2 made for it whenever an expression
// does not match, as for a revision that does not exist (git_regexp_match).
extern "C" const char* __lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions() { return "leak:libpcre2"; }

namespace gate::test {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_file(const fs::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

GitResult run_git(const fs::path& folder, const std::vector<std::string>& arguments,
                  std::string_view input, std::int64_t seconds) {
  const TempFolder exchange;  // files instead of pipes: nothing can wait for the other side
  write_file(exchange.path() / "in", input);
  std::vector<std::string> words{"git", "-C", folder.string(), "-c", "protocol.file.allow=always"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> settings{"HOME=/nonexistent",
                                    "GIT_CONFIG_NOSYSTEM=1",
                                    "LC_ALL=C",
                                    "GIT_AUTHOR_NAME=A U Thor",
                                    "GIT_AUTHOR_EMAIL=author@example.org",
                                    "GIT_AUTHOR_DATE=1700000000 +0000",
                                    "GIT_COMMITTER_NAME=C O Mitter",
                                    "GIT_COMMITTER_EMAIL=committer@example.org"};
  const char* path = std::getenv("PATH");
  settings.push_back(std::string("PATH=") + (path != nullptr ? path : "/usr/bin:/bin"));
  settings.push_back("GIT_COMMITTER_DATE=@" + std::to_string(seconds) + " +0000");
  const auto pointers = [](std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts)
      result.push_back(text.data());
    result.push_back(nullptr);
    return result;
  };
  std::vector<char*> argv = pointers(words);
  std::vector<char*> environment = pointers(settings);
  const std::string in = exchange.path() / "in";
  const std::string out = exchange.path() / "out";
  const std::string err = exchange.path() / "err";
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, in.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT, 0600);
  pid_t child = 0;
  const int problem =
      posix_spawnp(&child, "git", &actions, nullptr, argv.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) throw std::runtime_error("cannot start git");
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(err)};
}

TempRepository::TempRepository(const std::vector<std::string>& init_options)
    : path_(fs::canonical(folder_.path()) / "repo") {
  // This process reads git's configuration too: none of the user who runs the tests.
  setenv("HOME", "/nonexistent", 1);
  unsetenv("XDG_CONFIG_HOME");
  fs::create_directory(path_);
  std::vector<std::string> words{"init", "--quiet", "--initial-branch=main"};
  words.insert(words.end(), init_options.begin(), init_options.end());
  git(words);
}

std::string TempRepository::git(const std::vector<std::string>& arguments,
                                std::string_view input) const {
  GitResult result = run_git(path_, arguments, input, seconds_);
  if (result.status != 0) {
    std::string line = "git";
    for (const std::string& word : arguments)
      line += " " + word;
    throw std::runtime_error(line + ": " + result.errors);
  }
  if (result.output.ends_with('\n')) result.output.pop_back();
  return result.output;
}

void TempRepository::write(std::string_view path, std::string_view bytes) const {
  const fs::path whole = path_ / path;
  fs::create_directories(whole.parent_path());
  write_file(whole, bytes);
}

void TempRepository::remove(std::string_view path) const {
  std::error_code unimportant;  // nothing there, or a file where a folder should be
  fs::remove_all(path_ / path, unimportant);
}

void TempRepository::link(std::string_view path, std::string_view target) const {
  const fs::path whole = path_ / path;
  fs::create_directories(whole.parent_path());
  fs::remove(whole);
  fs::create_symlink(target, whole);
}

std::string TempRepository::commit(std::string_view message) const {
  git({"add", "--all"});
  git({"commit", "--quiet", "--allow-empty", "--message", std::string(message)});
  return git({"rev-parse", "HEAD"});
}

}  // namespace gate::test
