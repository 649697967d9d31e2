#include "gate/system/process.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "gate/system/children.h"
#include "gate/system/files.h"
#include "gate/system/process_environment.h"
#include "gate/system/process_run.h"
#include "gate/system/program.h"
#include "gate/system/scratch_folder.h"
#include "gate/system/spawn.h"

namespace gate::system {
namespace {

using SteadyClock = std::chrono::steady_clock;

Result<Pipe> open_pipe(const std::string& program) {
  std::array<int, 2> ends{-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    return Error{fmt::format("no pipe for `{}`: {}", program, std::strerror(errno))};
  Pipe pipe{Descriptor(ends[0]), Descriptor(ends[1])};
  fcntl(pipe.read.get(), F_SETFL, O_NONBLOCK);
  return pipe;
}

void replace_result_file(std::string& text, const std::string& path) {
  for (std::size_t at = text.find(kResultFile); at != std::string::npos;
       at = text.find(kResultFile, at + path.size()))
    text.replace(at, kResultFile.size(), path);
}

// The file that a command writes its result to, in a folder of its own.
class ResultFile {
 public:
  // Makes the folder and puts the path into the command.
  static Result<ResultFile> prepare(Command& command) {
    GATE_TRY(ScratchFolder folder, ScratchFolder::make());
    const std::filesystem::path path = folder.path() / command.result_name;
    for (std::string& word : command.argv)
      replace_result_file(word, path.string());
    for (auto& [name, value] : command.environment)
      replace_result_file(value, path.string());
    return ResultFile(std::move(folder), path);
  }

  // Hands over what the command wrote; one that wrote nothing leaves `result` empty.
  Result<void> read_into(ProcessResult& result) const {
    std::error_code ignored;
    const std::uintmax_t size = std::filesystem::file_size(path_, ignored);
    if (!ignored && size > kResultLimit) {
      result.result_cut = true;
      return {};
    }
    // A pipe or a device would never end.
    const auto kind = std::filesystem::status(path_, ignored).type();
    if (kind == std::filesystem::file_type::not_found) return {};
    if (kind != std::filesystem::file_type::regular)
      return Error{"what it left at the place of its result is no file"};
    GATE_TRY(result.result, read_file(path_, kResultLimit));
    return {};
  }

 private:
  ResultFile(ScratchFolder folder, std::filesystem::path path)
      : folder_(std::move(folder)), path_(std::move(path)) {}

  ScratchFolder folder_;
  std::filesystem::path path_;
};

class Runner final : public ProcessRunner {
 public:
  Result<std::optional<ProcessResult>> run(const Command& asked) override {
    if (asked.argv.empty() || asked.argv.front().empty())
      return Error{"a command without a program"};
    if (stop_.given())
      return Error{fmt::format("`{}` is not started: {}", asked.argv[0], stop_.why())};
    if (asked.result != ResultFrom::file) return start(asked);
    Command command = asked;
    GATE_TRY(const ResultFile file, ResultFile::prepare(command));
    GATE_TRY(std::optional<ProcessResult> result, start(command));
    if (result && result->end == ProcessResult::End::exited) {
      GATE_CHECK(file.read_into(*result));
    }
    return result;
  }

  void stop(std::chrono::milliseconds grace, const std::string& why) override {
    stop_.give(grace, why);
  }

  [[nodiscard]] Variables inherited(const Command& command) const override {
    Variables own = own_;
    if (command.inherit) {
      std::erase_if(
          own, [&](const auto& variable) { return !command.inherit->matches(variable.first); });
    }
    return own;
  }

  [[nodiscard]] std::string program_identity(const Command& command) const override {
    return system::program_identity(command, inherited(command));
  }

 private:
  Result<std::optional<ProcessResult>> start(const Command& command) {
    const SteadyClock::time_point begin = SteadyClock::now();
    Variables additions = command.environment;
    // What a shell would set when it changes the folder; ours would name another.
    if (!command.folder.empty()) additions.emplace(additions.begin(), "PWD", command.folder);
    Variables environment = command.inherit ? child_environment(inherited(command), additions)
                                            : child_environment(own_, additions);
    GATE_TRY(const std::optional<std::string> program,
             find_program(command.argv.front(), command.folder, environment));
    if (!program) return std::optional<ProcessResult>();

    GATE_TRY(Pipe output, open_pipe(command.argv.front()));
    Pipe result_pipe;
    if (command.result == ResultFrom::standard_output) {
      GATE_TRY(result_pipe, open_pipe(command.argv.front()));
    }
    const int errors = output.write.get();
    const ChildOutput ends{result_pipe.write ? result_pipe.write.get() : errors, errors};
    GATE_TRY(const Child child, children_.start(*program, command, std::move(environment), ends));
    std::optional<ProcessResult> result =
        ProcessRun(children_, stop_, command, child, {std::move(output), std::move(result_pipe)},
                   begin)
            .finish();
    if (!result) return Error{fmt::format("`{}` does not end, even killed", command.argv[0])};
    const std::chrono::duration<double, std::milli> duration = SteadyClock::now() - begin;
    result->duration_ms = duration.count();
    return result;
  }

  const Variables own_ = child_environment(process_environment(), {});
  StopOrder stop_;
  Children children_;
};

}  // namespace

std::unique_ptr<ProcessRunner> make_process_runner() { return std::make_unique<Runner>(); }

std::string signal_name(int number) {
  const char* name = sigabbrev_np(number);
  return name == nullptr ? fmt::format("signal {}", number) : fmt::format("SIG{}", name);
}

}  // namespace gate::system
