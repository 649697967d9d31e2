#include "gate/system/process.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <signal.h>
#include <sstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "gate/system/output_buffer.h"
#include "gate/system/spawn.h"
#include "gate/system/spool.h"
#include "tests/support/temp_folder.h"

namespace gate::system {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using End = ProcessResult::End;
using SteadyClock = std::chrono::steady_clock;
using test::TempFolder;

// A variable of this process, put back at the end of the scope.
class SetVariable {
 public:
  SetVariable(std::string name, const std::string& value) : name_(std::move(name)) {
    const char* before = std::getenv(name_.c_str());
    if (before != nullptr) before_ = before;
    setenv(name_.c_str(), value.c_str(), 1);
  }
  SetVariable(const SetVariable&) = delete;
  SetVariable& operator=(const SetVariable&) = delete;
  ~SetVariable() {
    if (before_) {
      setenv(name_.c_str(), before_->c_str(), 1);
    } else {
      unsetenv(name_.c_str());
    }
  }

 private:
  std::string name_;
  std::optional<std::string> before_;
};

Command shell(std::string script, std::chrono::milliseconds timeout = 30s) {
  return {{"/bin/sh", "-c", std::move(script)}, {}, {}, timeout};
}

ProcessResult run(const Command& command) {
  const std::unique_ptr<ProcessRunner> runner = make_process_runner();
  Result<std::optional<ProcessResult>> result = runner->run(command);
  if (!result) FAIL(result.error().message);
  REQUIRE(result->has_value());
  return std::move(**result);
}

std::string error_of(const Command& command) {
  const Result<std::optional<ProcessResult>> result = make_process_runner()->run(command);
  REQUIRE_FALSE(result.has_value());
  return result.error().message;
}

double seconds_since(SteadyClock::time_point begin) {
  return std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

// Returns whether a process runs (a zombie does not).
bool is_alive(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  std::string stat;
  std::getline(file, stat);
  const std::size_t end = stat.rfind(") ");
  return end != std::string::npos && stat[end + 2] != 'Z' && stat[end + 2] != 'X';
}

pid_t read_pid(const std::filesystem::path& file) {
  pid_t pid = 0;
  for (int attempt = 0; attempt < 200 && pid == 0; ++attempt) {
    std::ifstream(file) >> pid;
    if (pid == 0) std::this_thread::sleep_for(10ms);
  }
  REQUIRE(pid > 0);
  return pid;
}

}  // namespace

TEST_CASE("A command ends with its exit status and output") {
  const ProcessResult result = run(shell("echo out; echo err >&2; exit 7"));
  CHECK(result.end == End::exited);
  CHECK(result.status == 7);
  CHECK(result.output == "out\nerr\n");
  CHECK_FALSE(result.output_cut);
  CHECK(result.duration_ms > 0);
}

TEST_CASE("A command that dies of a signal says which") {
  const ProcessResult result = run(shell("kill -SEGV $$"));
  CHECK(result.end == End::signalled);
  CHECK(result.status == SIGSEGV);
  CHECK(signal_name(SIGSEGV) == "SIGSEGV");
  CHECK(signal_name(200) == "signal 200");
}

TEST_CASE("Arguments arrive as they are, without a shell") {
  TempFolder folder;
  folder.write_script("show", "for word in \"$@\"; do echo \"[$word]\"; done\n");
  const ProcessResult result =
      run({{"./show", "a b", "", "$HOME", "*", "'\"", "\n"}, folder.path(), {}, 30s});
  CHECK(result.output == "[a b]\n[]\n[$HOME]\n[*]\n['\"]\n[\n]\n");
}

TEST_CASE("A command runs in its folder, with nothing to read and no other file open") {
  TempFolder folder;
  const int open_file = open("/dev/null", O_RDONLY);  // deliberately without O_CLOEXEC
  Command command = shell("pwd -P; cat; ls /proc/self/fd | wc -l");
  command.folder = folder.path();
  const ProcessResult result = run(command);
  close(open_file);
  // The fourth file is that of ls itself, which reads the folder.
  CHECK(result.output ==
        fmt::format("{}\n4\n", std::filesystem::canonical(folder.path()).string()));
}

TEST_CASE("A command is leader of a session and a group, and gets default signals") {
  struct sigaction ignore {};
  struct sigaction before {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, &before);
  const ProcessResult result =
      run(shell("cut -d' ' -f5,6 /proc/$$/stat | tr ' ' '\\n' | sed \"s/^$$\\$/own/\"; "
                "grep -E 'Sig(Blk|Ign)' /proc/self/status | cut -f2 | cut -c10-; (: < /dev/tty) "
                "2>/dev/null || "
                "echo no terminal"));
  sigaction(SIGPIPE, &before, nullptr);
  CHECK(result.output == "own\nown\n0000000\n0000000\nno terminal\n");
}

TEST_CASE("A program that is not there is no error") {
  const std::unique_ptr<ProcessRunner> runner = make_process_runner();
  for (const char* program :
       {"gate-has-no-such-program", "./none", "/none/at/all", "/etc/passwd/x"}) {
    CAPTURE(program);
    const auto result = runner->run({{program}, "/", {}, 30s});
    REQUIRE(result.has_value());
    CHECK_FALSE(result->has_value());
  }
}

TEST_CASE("A program that cannot be started is an error that says why") {
  TempFolder folder;
  const std::string path = folder.path().string();
  folder.write("plain", "#!/bin/sh\n");
  folder.write_script("lost", "");
  folder.write("lost", "#!/none/such\n");
  folder.write("raw", "echo no first line\n");
  std::filesystem::permissions(folder.path() / "raw", std::filesystem::perms(0755));
  std::filesystem::create_directory(folder.path() / "inner");
  const auto error = [&](std::string program, Variables environment = {}) {
    return error_of({{std::move(program)}, folder.path(), std::move(environment), 30s});
  };
  CHECK(error("./plain") == "`./plain` is not executable");
  CHECK(error("plain", {{"PATH", path}}) ==
        fmt::format("`plain` is not executable ({}/plain)", path));
  CHECK(error("./inner") == "`./inner` is a folder");
  CHECK(error("./lost") == "`./lost` cannot be started: the interpreter it names is missing");
  CHECK(error("./raw") ==
        "`./raw` cannot be started: it is no program for this machine (a script begins with `#!`)");
  CHECK(error("") == "a command without a program");
  CHECK(error_of({{}, {}, {}, 30s}) == "a command without a program");
  CHECK(error_of({{"/bin/true"}, folder.path() / "gone", {}, 30s}) ==
        fmt::format("the working folder `{}/gone` is not there", path));
  CHECK(error_of({{"/bin/true", std::string(4 << 20, 'x')}, {}, {}, 30s}) ==
        "`/bin/true` cannot be started: arguments and environment are too long");
}

TEST_CASE("The search path is that of the command, without its relative entries") {
  TempFolder folder;
  folder.write_script("first/tool", "echo first\n");
  folder.write_script("second/tool", "echo second\n");
  folder.write_script("tool", "echo the judged folder\n");
  const std::string path = folder.path().string();
  const auto found = [&](const std::string& search) {
    const auto result = find_program("tool", folder.path(), {{"PATH", search}});
    REQUIRE(result.has_value());
    return result->value_or("");
  };
  CHECK(found(path + "/none:" + path + "/second:" + path + "/first") == path + "/second/tool");
  CHECK(found(path + "/first:" + path + "/second") == path + "/first/tool");
  CHECK(found(".::first:") == "");
  CHECK(found("") == "");
  // A file that is not executable does not hide a good one further on.
  folder.write("third/tool", "");
  CHECK(found(path + "/third:" + path + "/first") == path + "/first/tool");
}

TEST_CASE("A child gets our variables without those of git, and its own") {
  const Variables own{{"HOME", "/home/x"},
                      {"GIT_DIR", ".git"},
                      {"GIT_INDEX_FILE", "index"},
                      {"GIT_WORK_TREE", "."},
                      {"GIT_OBJECT_DIRECTORY", "objects"},
                      {"GIT_ALTERNATE_OBJECT_DIRECTORIES", "objects"},
                      {"GIT_PREFIX", ""},
                      {"GIT_QUARANTINE_PATH", "incoming"},
                      {"GIT_PUSH_OPTION_COUNT", "0"},
                      {"GIT_AUTHOR_DATE", "@1"},
                      {"GIT_AUTHOR_NAME", "a"},
                      {"GIT_EXEC_PATH", "/usr/lib/git-core"},
                      {"GIT_SSH_COMMAND", "ssh"},
                      {"GIT_SSL_CAINFO", "ca"},
                      {"GIT_CONFIG_COUNT", "1"},
                      {"GIT_ASKPASS", "ask"},
                      {"GIT_ALLOW_PROTOCOL", "https"},
                      {"GITHUB_ACTIONS", "true"},
                      {"APP_ENV", "local"}};
  const Variables additions{{"APP_ENV", "twice"}, {"NEW", "1"}, {"APP_ENV", "testing"}};
  const Variables wanted{{"HOME", "/home/x"},
                         {"GIT_AUTHOR_NAME", "a"},
                         {"GIT_EXEC_PATH", "/usr/lib/git-core"},
                         {"GIT_SSH_COMMAND", "ssh"},
                         {"GIT_SSL_CAINFO", "ca"},
                         {"GIT_CONFIG_COUNT", "1"},
                         {"GIT_ASKPASS", "ask"},
                         {"GIT_ALLOW_PROTOCOL", "https"},
                         {"GITHUB_ACTIONS", "true"},
                         {"NEW", "1"},
                         {"APP_ENV", "testing"}};
  CHECK(child_environment(own, additions) == wanted);

  const SetVariable git_dir("GIT_DIR", "/elsewhere/.git");
  const SetVariable kept("GATE_TEST_KEPT", "kept");
  Command command = shell("echo \"$GIT_DIR,$GATE_TEST_KEPT,$ADDED\"");
  command.environment = {{"ADDED", "a=b c"}};
  CHECK(run(command).output == ",kept,a=b c\n");
}

TEST_CASE("A gate inside a gate marks its commands with both") {
  const SetVariable outer("GATE_COMMAND", "1-a.7");
  const std::string output = run(shell("env | grep -c ^GATE_COMMAND=; echo $GATE_COMMAND")).output;
  CHECK(output.starts_with(fmt::format("1\n1-a.7/{}-", getpid())));
  CHECK(output.ends_with(".0\n"));
}

TEST_CASE("An exit status is not lost where signals of children are ignored") {
  struct sigaction ignore {};
  struct sigaction before {};
  struct sigaction after {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGCHLD, &ignore, &before);
  const ProcessResult result = run(shell("exit 4"));
  sigaction(SIGCHLD, &before, &after);
  CHECK(result.end == End::exited);
  CHECK(result.status == 4);
  CHECK(after.sa_handler == SIG_IGN);
}

TEST_CASE("A command that is out of time gets TERM, and may clean up") {
  const auto begin = SteadyClock::now();
  const ProcessResult result = run(
      shell("trap 'echo cleaned; exit 3' TERM; echo begun; while :; do sleep 0.05; done", 300ms));
  CHECK(result.end == End::timed_out);
  CHECK(result.output.ends_with("cleaned\n"));
  CHECK(seconds_since(begin) < 1.5);
}

TEST_CASE("A command that ignores TERM is killed when its grace is over") {
  const auto begin = SteadyClock::now();
  Command command = shell("trap '' TERM; while :; do sleep 0.05; done", 200ms);
  command.grace = 900ms;
  const ProcessResult result = run(command);
  CHECK(result.end == End::timed_out);
  CHECK(result.status == SIGKILL);
  CHECK(seconds_since(begin) > 1.1);
  CHECK(seconds_since(begin) < 3);
}

TEST_CASE("A stopped command is ended on time-out as well") {
  const auto begin = SteadyClock::now();
  CHECK(run(shell("kill -STOP $$", 200ms)).end == End::timed_out);
  CHECK(seconds_since(begin) < 1.5);
}

TEST_CASE("A member of the group has the grace, too, when its leader ends at once") {
  TempFolder folder;
  Command command = shell(
      "sh -c 'trap \"sleep 0.3; echo done > cleaned; exit\" TERM; while :; do sleep 0.05; done' &\n"
      "wait",
      200ms);
  command.folder = folder.path();
  CHECK(run(command).end == End::timed_out);
  CHECK(std::filesystem::exists(folder.path() / "cleaned"));
}

TEST_CASE("Nothing that a command started outlives it") {
  struct Case {
    const char* name;
    const char* script;  // writes the process id of what stays behind to ./pid
  };
  const Case cases[] = {
      {"in the group", "sleep 100 & echo $! > pid"},
      {"in the group, holding no pipe", "sleep 100 >/dev/null 2>&1 & echo $! > pid"},
      {"in a session of its own", "setsid sh -c 'echo $$ > pid; exec sleep 100' & sleep 0.2"},
      {"in a session of its own, holding no pipe",
       "setsid sh -c 'echo $$ > pid; exec sleep 100' >/dev/null 2>&1 & sleep 0.2"},
      {"a daemon, forked twice",
       "(setsid sh -c '(echo begun; setsid sh -c \"echo \\$\\$ > pid; exec sleep 100\" &) ' "
       ">/dev/null 2>&1 &) ; sleep 0.3"},
      {"with an empty environment",
       "setsid env -i /bin/sh -c 'echo $$ > pid; exec sleep 100' >/dev/null 2>&1 & sleep 0.2"},
      {"that ignores TERM",
       "setsid sh -c 'trap \"\" TERM; echo $$ > pid; while :; do sleep 1; done' & sleep 0.2"},
  };
  for (const Case& test : cases) {
    for (const bool times_out : {false, true}) {
      CAPTURE(test.name, times_out);
      TempFolder folder;
      Command command = shell(test.script);
      if (times_out) {
        command.argv.back() += "; sleep 100";
        command.timeout = 500ms;
      }
      command.folder = folder.path();
      const std::unique_ptr<ProcessRunner> runner = make_process_runner();
      const auto begin = SteadyClock::now();
      const auto result = runner->run(command);
      REQUIRE(result.has_value());
      REQUIRE(result->has_value());
      CHECK((*result)->end == (times_out ? End::timed_out : End::exited));
      CHECK_FALSE(is_alive(read_pid(folder.path() / "pid")));
      CHECK(seconds_since(begin) < 4);
    }
  }
}

TEST_CASE("What a command left behind ends while other commands run, and theirs stays") {
  TempFolder folder;
  const std::unique_ptr<ProcessRunner> runner = make_process_runner();
  const auto start = [&](std::string script) {
    Command command = shell(std::move(script));
    command.folder = folder.path();
    return std::thread([&runner, command] { CHECK(runner->run(command).has_value()); });
  };
  const char* daemon = "(setsid sh -c 'echo $$ > {}; exec sleep 100' >/dev/null 2>&1 &); {}";
  std::thread longer = start(fmt::format(fmt::runtime(daemon), "longer", "sleep 1.5"));
  const pid_t kept = read_pid(folder.path() / "longer");
  start(fmt::format(fmt::runtime(daemon), "shorter", "sleep 0.3")).join();
  const pid_t left = read_pid(folder.path() / "shorter");
  std::this_thread::sleep_for(600ms);
  CHECK_FALSE(is_alive(left));
  CHECK(is_alive(kept));
  longer.join();
  CHECK_FALSE(is_alive(kept));
}

TEST_CASE("Orphans that end by themselves do not stay as zombies while a command runs") {
  TempFolder folder;
  Command command = shell(
      "(sh -c 'echo $$ > pid; sleep 0.2' >/dev/null 2>&1 &)\n"
      "sleep 0.1; pid=$(cat pid)\n"
      "for i in $(seq 40); do kill -0 $pid 2>/dev/null || { echo gone; exit; }; sleep 0.05; done");
  command.folder = folder.path();
  CHECK(run(command).output == "gone\n");
}

TEST_CASE("Children that this process had before are left alone") {
  const pid_t own = fork();
  if (own == 0) {
    execl("/bin/sleep", "sleep", "100", nullptr);
    _exit(127);
  }
  CHECK(run(shell("setsid sleep 100 & sleep 0.1")).end == End::exited);
  CHECK(is_alive(own));
  kill(own, SIGKILL);
  CHECK(waitpid(own, nullptr, 0) == own);
}

TEST_CASE("A grandchild that keeps the pipe open does not keep us waiting") {
  const auto begin = SteadyClock::now();
  const ProcessResult result = run(shell("sleep 100 & setsid sleep 100 & echo said"));
  CHECK(result.output == "said\n");
  CHECK(seconds_since(begin) < 2);
}

TEST_CASE("A command that closes its output early still runs to its end") {
  TempFolder folder;
  Command command = shell("echo said; exec >&- 2>&-; sleep 0.3; : > file; exit 5");
  command.folder = folder.path();
  const ProcessResult result = run(command);
  CHECK(result.status == 5);
  CHECK(result.output == "said\n");
  CHECK(std::filesystem::exists(folder.path() / "file"));
}

TEST_CASE("Of long output the first and the last part are kept") {
  const ProcessResult result = run(
      shell("i=0; echo first; head -c 50000000 /dev/zero | tr '\\0' 'x' | fold -w 99; echo last"));
  CHECK(result.output_cut);
  CHECK(result.output.starts_with("first\nxxx"));
  CHECK(result.output.ends_with("xlast\n"));
  CHECK(result.output.size() < 2 * 65536 + 100);
  CHECK(result.output.find("x\n[50") != std::string::npos);
  CHECK(result.output.find(" bytes of output left out]\nxxx") != std::string::npos);
}

TEST_CASE("A result is handed over whole, apart from what else is printed") {
  const auto with = [](std::string script, ResultFrom from) {
    Command command = shell(std::move(script));
    command.result = from;
    command.result_name = "result.xml";
    return run(command);
  };
  SECTION("from standard output") {
    const ProcessResult result =
        with("seq 40000; echo note >&2; exit 1", ResultFrom::standard_output);
    REQUIRE(result.result.has_value());
    CHECK(result.result->size() == 228894);
    CHECK(result.result->ends_with("39999\n40000\n"));
    CHECK(result.output == "note\n");
    CHECK(result.status == 1);
  }
  SECTION("from both streams") {
    const ProcessResult result = with("echo out; echo err >&2", ResultFrom::output);
    CHECK(result.result == "out\nerr\n");
    CHECK(result.output == "out\nerr\n");
  }
  SECTION("from a file, which is gone afterwards") {
    const ProcessResult result =
        with("test ! -e {result} && echo content >{result} && echo {result}", ResultFrom::file);
    CHECK(result.result == "content\n");
    REQUIRE(result.output.ends_with("/result.xml\n"));
    const std::filesystem::path path = result.output.substr(0, result.output.size() - 1);
    CHECK_FALSE(std::filesystem::exists(path));
    CHECK_FALSE(std::filesystem::exists(path.parent_path()));
  }
  SECTION("from a file that a variable names") {
    Command command = shell("echo content >$REPORT");
    command.environment = {{"REPORT", "{result}"}};
    command.result = ResultFrom::file;
    CHECK(run(command).result == "content\n");
  }
  SECTION("from a file that was not written") {
    const ProcessResult result = with(": {result}", ResultFrom::file);
    CHECK_FALSE(result.result.has_value());
    CHECK_FALSE(result.result_cut);
  }
  SECTION("from a file of a command that was cut short") {
    Command command = shell("echo half >{result}; sleep 100", 300ms);
    command.result = ResultFrom::file;
    CHECK_FALSE(run(command).result.has_value());
  }
}

TEST_CASE("A result that is too long, or no file, is not handed over") {
  Command command = shell("head -c 33554433 /dev/zero");
  command.result = ResultFrom::standard_output;
  ProcessResult result = run(command);
  CHECK(result.result_cut);
  CHECK_FALSE(result.result.has_value());
  command.argv.back() = "head -c 33554433 /dev/zero >{result}";
  command.result = ResultFrom::file;
  result = run(command);
  CHECK(result.result_cut);
  CHECK_FALSE(result.result.has_value());
  for (const char* script : {"mkfifo {result}", "mkdir {result}"}) {
    command.argv.back() = script;
    CHECK(error_of(command) == "what it left at the place of its result is no file");
  }
}

TEST_CASE("A result in a spool is whole, or cut and gone") {
  std::string all;
  Spool spool(std::uint64_t{4} << 20);
  for (int part = 0; part < 300; ++part) {
    const std::string bytes = fmt::format("{:010000}", part);
    spool.add(bytes);
    all += bytes;
  }
  CHECK_FALSE(spool.cut());
  CHECK(spool.take() == all);

  Spool small(10);
  small.add("0123456789");
  small.add("");
  CHECK_FALSE(small.cut());
  small.add("x");
  CHECK(small.cut());
  CHECK(small.take().empty());

  // Where there is no place for a file.
  const SetVariable nowhere("TMPDIR", "/nowhere");
  Spool kept(std::uint64_t{4} << 20);
  kept.add(all.substr(0, 2'000'000));
  kept.add(all.substr(2'000'000));
  CHECK(kept.take() == all);
}

TEST_CASE("The folder for a result needs no quotes, whatever TMPDIR is") {
  TempFolder folder;
  const SetVariable strange("TMPDIR", (folder.path() / "a $b").string());
  std::filesystem::create_directory(folder.path() / "a $b");
  Command command = shell("echo {result}");
  command.result = ResultFrom::file;
  CHECK(run(command).output.starts_with("/tmp/gate-"));
}

TEST_CASE("A command that prints or takes too much is killed") {
  Command command = shell("trap '' TERM; while :; do echo line; done");
  command.most_output = 1 << 20;
  auto begin = SteadyClock::now();
  CHECK(run(command).end == End::too_much_output);
  CHECK(seconds_since(begin) < 5);

  // In a child that left the group and whose parent is gone.
  command = shell(
      "(setsid sh -c 'head -c 100000000 /dev/zero | tail -c 99999999 | sleep 100' "
      ">/dev/null 2>&1 &); sleep 100");
  command.most_memory = std::uint64_t{50} << 20;
  begin = SteadyClock::now();
  CHECK(run(command).end == End::too_much_memory);
  CHECK(seconds_since(begin) < 5);

  command = shell("head -c 100000 /dev/zero | tail -c 99999 | wc -c");
  command.most_memory = std::uint64_t{50} << 20;
  command.most_output = 1 << 20;
  CHECK(run(command).end == End::exited);
}

TEST_CASE("A command inherits only the variables that it names") {
  const SetVariable kept("GATE_TEST_KEPT", "kept");
  const SetVariable left("GATE_TEST_LEFT", "left");
  Command command = shell("echo $GATE_TEST_KEPT,$GATE_TEST_LEFT,$ADDED");
  command.environment = {{"ADDED", "added"}};
  CHECK(run(command).output == "kept,left,added\n");
  command.inherit.emplace();
  REQUIRE(command.inherit->add("*_KEPT"));
  CHECK(run(command).output == "kept,,added\n");
  CHECK(make_process_runner()->inherited(command) == Variables{{"GATE_TEST_KEPT", "kept"}});
}

TEST_CASE("PWD names the folder that a command runs in") {
  TempFolder folder;
  Command command{{"/usr/bin/env"}, folder.path(), {}, 30s};
  CHECK(run(command).output.find(fmt::format("\nPWD={}\n", folder.path().string())) !=
        std::string::npos);
}

TEST_CASE("Any bytes are output") {
  const ProcessResult result = run(shell("printf 'a\\000b\\377\\033[31m'"));
  CHECK(result.output == std::string("a\0b\xFF\x1B[31m", 9));
}

TEST_CASE("Many commands run at once, each with its own result") {
  const std::unique_ptr<ProcessRunner> runner = make_process_runner();
  std::vector<std::string> outputs(24);
  {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      threads.emplace_back([&, i] {
        const Result<std::optional<ProcessResult>> result =
            runner->run(shell(fmt::format("sleep 0.0{}; echo {}; exit {}", i % 5, i, i)));
        if (result && *result)
          outputs[i] = fmt::format("{}{}", (*result)->output, (*result)->status);
      });
    }
    for (std::thread& thread : threads)
      thread.join();
  }
  for (std::size_t i = 0; i < outputs.size(); ++i)
    CHECK(outputs[i] == fmt::format("{}\n{}", i, i));
}

TEST_CASE("Stopping ends every command and lets none begin") {
  TempFolder folder;
  const std::unique_ptr<ProcessRunner> runner = make_process_runner();
  Command stubborn = shell("trap '' TERM; setsid sleep 100 & echo $! > pid; wait; sleep 100");
  stubborn.folder = folder.path();
  stubborn.grace = 20s;
  Command polite = shell("trap 'echo bye; exit 0' TERM; while :; do sleep 0.02; done");
  std::optional<ProcessResult> stubborn_result;
  std::optional<ProcessResult> polite_result;
  std::thread first([&] { stubborn_result = *runner->run(stubborn); });
  std::thread second([&] { polite_result = *runner->run(polite); });
  const pid_t left = read_pid(folder.path() / "pid");
  std::this_thread::sleep_for(100ms);
  const auto begin = SteadyClock::now();
  SECTION("after a grace") {
    runner->stop(400ms, "it is late");
    first.join();
    second.join();
    CHECK(seconds_since(begin) > 0.4);
  }
  SECTION("a second order cuts the grace short") {
    runner->stop(20s, "it is late");
    std::this_thread::sleep_for(100ms);
    runner->stop(0ms, "it is later");
    first.join();
    second.join();
  }
  CHECK(seconds_since(begin) < 2);
  REQUIRE(stubborn_result.has_value());
  CHECK(stubborn_result->end == End::stopped);
  CHECK(stubborn_result->stopped_why == "it is late");
  REQUIRE(polite_result.has_value());
  CHECK(polite_result->end == End::stopped);
  CHECK(polite_result->output.ends_with("bye\n"));
  CHECK_FALSE(is_alive(left));
  const auto refused = runner->run(shell("echo no"));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message == "`/bin/sh` is not started: it is late");
}

TEST_CASE("A recorded runner answers what was recorded, and nothing else") {
  ProcessResult failed;
  failed.status = 2;
  failed.output = "no\n";
  const std::unique_ptr<ProcessRunner> runner =
      make_recorded_runner({{{"tool", "check"}, failed}, {{"absent"}, std::nullopt}});
  const auto recorded = runner->run({{"tool", "check"}, {}, {}, 1s});
  REQUIRE(recorded.has_value());
  REQUIRE(recorded->has_value());
  CHECK((*recorded)->status == 2);
  CHECK((*recorded)->output == "no\n");
  const auto absent = runner->run({{"absent"}, {}, {}, 1s});
  REQUIRE(absent.has_value());
  CHECK_FALSE(absent->has_value());
  Command prints{{"tool", "check"}, {}, {}, 1s};
  prints.result = ResultFrom::standard_output;
  const auto printed = runner->run(prints);
  REQUIRE(printed.has_value());
  CHECK((*printed)->result == "no\n");
  CHECK((*printed)->output.empty());
  const auto unknown = runner->run({{"tool", "fix"}, {}, {}, 1s});
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().message == "no result is recorded for `tool fix`");
}

TEST_CASE("An output buffer keeps both ends, cut at lines that are near") {
  struct Case {
    const char* name;
    std::vector<std::string> added;
    const char* text;
    bool cut;
  };
  const Case cases[] = {
      {"nothing", {}, "", false},
      {"less than a part", {"abc"}, "abc", false},
      {"exactly both parts", {"0123456789abcdefghij"}, "0123456789abcdefghij", false},
      {"one more",
       {"0123456789Xabcdefghij"},
       "0123456789\n[1 bytes of output left out]\nabcdefghij",
       true},
      {"byte by byte",
       {"01234", "56789", "X", "abcde", "fghij"},
       "0123456789\n[1 bytes of output left out]\nabcdefghij",
       true},
      {"lines",
       {"one\ntwo\nthree\nfour\nfive\nsix\n"},
       "one\ntwo\n[11 bytes of output left out]\nfive\nsix\n",
       true},
  };
  for (const Case& test : cases) {
    CAPTURE(test.name);
    OutputBuffer buffer(10);
    for (const std::string& bytes : test.added)
      buffer.add(bytes);
    CHECK(buffer.text() == test.text);
    CHECK(buffer.cut() == test.cut);
  }
}

}  // namespace gate::system
