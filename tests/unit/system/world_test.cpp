// Clock, files, terminal, signals.
#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/system/clock.h"
#include "gate/system/files.h"
#include "gate/system/process_environment.h"
#include "gate/system/signals.h"
#include "gate/system/terminal.h"
#include "tests/support/temp_folder.h"

namespace gate::system {
namespace {

namespace fs = std::filesystem;
using std::chrono_literals::operator""h;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using test::TempFolder;

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t count_files(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("The moment of a run can be given") {
  setenv("SOURCE_DATE_EPOCH", "1767225599", 1);
  CHECK(now() == Clock::time_point(1767225599s));
  CHECK(base::format_date(today()) == "2025-12-31");
  for (const char* bad : {"", "x", "-1", "1.5", "12 ", "99999999999999999999"}) {
    CAPTURE(bad);
    setenv("SOURCE_DATE_EPOCH", bad, 1);
    CHECK(Clock::now() - now() < 1h);
  }
  unsetenv("SOURCE_DATE_EPOCH");
  CHECK(Clock::now() - now() < 1h);
}

TEST_CASE("A file is read whole, up to a limit") {
  TempFolder folder;
  const std::string bytes = std::string("a\0b\r\n\xFF", 6) + std::string(200'000, 'x');
  const auto read = read_file(folder.write("file", bytes), 1 << 20);
  REQUIRE(read.has_value());
  CHECK(*read == bytes);
  const auto empty = read_file(folder.write("empty", ""));
  REQUIRE(empty.has_value());
  CHECK(*empty == "");
  const auto exact = read_file(folder.path() / "file", bytes.size());
  CHECK(exact.has_value());
  const auto large = read_file(folder.path() / "file", bytes.size() - 1);
  REQUIRE_FALSE(large.has_value());
  CHECK(large.error().message == fmt::format("read `{}`: the file is larger than 200005 bytes",
                                             (folder.path() / "file").string()));
}

TEST_CASE("A file that is not there differs from one that cannot be read") {
  TempFolder folder;
  folder.write("file", "");
  for (const fs::path& path :
       {folder.path() / "none", folder.path() / "no/folder", folder.path() / "file/x"}) {
    const auto none = read_file(path);
    REQUIRE(none.has_value());
    CHECK_FALSE(none->has_value());
  }
  const auto read = read_file(folder.path());
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().message == fmt::format("read `{}`: Is a directory", folder.path().string()));
}

TEST_CASE("A file is written with its folders, and nothing stays beside it") {
  TempFolder folder;
  const fs::path file = folder.path() / "a/b/report.json";
  REQUIRE(write_file(file, "one").has_value());
  REQUIRE(write_file(file, std::string("t\0w", 3)).has_value());
  CHECK(slurp(file) == std::string("t\0w", 3));
  CHECK(count_files(file.parent_path()) == 1);
}

TEST_CASE("A written file keeps its mode and its link, and a new one follows the umask") {
  TempFolder folder;
  const mode_t before = umask(027);
  REQUIRE(write_file(folder.path() / "new", "x").has_value());
  umask(before);
  CHECK(fs::status(folder.path() / "new").permissions() == fs::perms(0640));
  fs::permissions(folder.path() / "new", fs::perms(0600));
  fs::create_symlink("new", folder.path() / "link");
  REQUIRE(write_file(folder.path() / "link", "y").has_value());
  CHECK(slurp(folder.path() / "new") == "y");
  CHECK(fs::is_symlink(folder.path() / "link"));
  CHECK(fs::status(folder.path() / "new").permissions() == fs::perms(0600));
}

TEST_CASE("A file that cannot be written is an error and leaves nothing") {
  TempFolder folder;
  folder.write("file", "old");
  const auto error = [](const fs::path& path) {
    const Result<void> written = write_file(path, "x");
    REQUIRE_FALSE(written.has_value());
    return written.error().message;
  };
  CHECK(error(folder.path()) == fmt::format("write `{}`: Is a directory", folder.path().string()));
  CHECK(error(folder.path() / "file/x") ==
        fmt::format("make folder `{}`: Not a directory", (folder.path() / "file").string()));
  fs::create_symlink("gone", folder.path() / "dangling");
  CHECK(error(folder.path() / "dangling") == fmt::format("write `{}`: No such file or directory",
                                                         (folder.path() / "dangling").string()));
  CHECK(error("/proc/gate-test") == "write `/proc/gate-test`: No such file or directory");
  CHECK(slurp(folder.path() / "file") == "old");
  CHECK(count_files(folder.path()) == 2);
}

TEST_CASE("What is no plain file is written in place") {
  REQUIRE(write_file("/dev/null", "x").has_value());
  CHECK(fs::is_character_file("/dev/null"));
  const Result<void> full = write_file("/dev/full", "x");
  REQUIRE_FALSE(full.has_value());
  CHECK(full.error().message == "write `/dev/full`: No space left on device");
}

TEST_CASE("Colour follows the variables, then the terminal") {
  struct Case {
    const char* no_color;
    const char* force;
    const char* clicolor;
    const char* term;
    bool on_terminal;
    bool elsewhere;
  };
  const Case cases[] = {
      {"", "", "", "xterm", true, false},    {"1", "", "", "xterm", false, false},
      {"1", "1", "", "xterm", false, false}, {"", "1", "", "dumb", true, true},
      {"", "0", "", "xterm", true, false},   {"", "", "0", "xterm", false, false},
      {"", "", "1", "xterm", true, false},   {"", "", "", "dumb", false, false},
      {"", "", "", "", false, false},        {"", "1", "0", "xterm", true, true},
  };
  for (const Case& test : cases) {
    CAPTURE(test.no_color, test.force, test.clicolor, test.term);
    setenv("NO_COLOR", test.no_color, 1);
    setenv("CLICOLOR_FORCE", test.force, 1);
    setenv("CLICOLOR", test.clicolor, 1);
    setenv("TERM", test.term, 1);
    CHECK(use_color(true) == test.on_terminal);
    CHECK(use_color(false) == test.elsewhere);
  }
  for (const char* name : {"NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "TERM"})
    unsetenv(name);
}

TEST_CASE("Only `true` means a log of GitHub") {
  for (const char* value : {"", "false", "1"}) {
    setenv("GITHUB_ACTIONS", value, 1);
    CHECK_FALSE(is_github_log());
  }
  setenv("GITHUB_ACTIONS", "true", 1);
  CHECK(is_github_log());
  unsetenv("GITHUB_ACTIONS");
}

TEST_CASE("The width of a terminal has sane bounds") {
  struct Case {
    const char* columns;
    std::size_t width;
  };
  const Case cases[] = {{"100", 100}, {"1", 40}, {"100000", 200}};
  for (const Case& test : cases) {
    setenv("COLUMNS", test.columns, 1);
    CHECK(terminal_width() == test.width);
  }
  unsetenv("COLUMNS");
  const std::size_t asked_nothing = terminal_width();
  CHECK(asked_nothing >= 40);
  for (const char* bad : {"0", "wide", "-5", "80x", ""}) {
    setenv("COLUMNS", bad, 1);
    CHECK(terminal_width() == asked_nothing);
  }
  unsetenv("COLUMNS");
}

TEST_CASE("A pipe is no terminal") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  std::FILE* stream = fdopen(ends[1], "w");
  CHECK_FALSE(is_terminal(stream));
  std::fclose(stream);
  close(ends[0]);
}

TEST_CASE("The variables of this process are listed with their values") {
  setenv("GATE_TEST_VARIABLE", "a=b", 1);
  const auto variables = process_environment();
  const std::pair<std::string, std::string> wanted{"GATE_TEST_VARIABLE", "a=b"};
  CHECK(std::count(variables.begin(), variables.end(), wanted) == 1);
  unsetenv("GATE_TEST_VARIABLE");
}

TEST_CASE("A watched signal becomes a call, and does not end the process") {
  std::atomic<int> calls{0};
  std::atomic<int> last{0};
  {
    SignalWatch watch([&](int number, int count) {
      last = number;
      calls = count;
    });
    CHECK(watch.first() == 0);
    kill(getpid(), SIGTERM);
    for (int i = 0; i < 500 && calls < 1; ++i)
      std::this_thread::sleep_for(2ms);
    kill(getpid(), SIGINT);
    for (int i = 0; i < 500 && calls < 2; ++i)
      std::this_thread::sleep_for(2ms);
    CHECK(watch.first() == SIGTERM);
  }
  CHECK(calls == 2);
  CHECK(last == SIGINT);
  sigset_t mask;
  pthread_sigmask(SIG_SETMASK, nullptr, &mask);
  CHECK_FALSE(sigismember(&mask, SIGTERM));
}

TEST_CASE("A signal that is ignored stays ignored") {
  struct sigaction ignore {};
  struct sigaction before {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGHUP, &ignore, &before);
  {
    SignalWatch watch([](int, int) { FAIL("called"); });
    kill(getpid(), SIGHUP);
    std::this_thread::sleep_for(50ms);
    CHECK(watch.first() == 0);
  }
  sigaction(SIGHUP, &before, nullptr);
}

}  // namespace gate::system
