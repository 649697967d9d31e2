#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/system/process.h"

namespace gate::system {
namespace {

class RecordedRunner final : public ProcessRunner {
 public:
  explicit RecordedRunner(std::vector<Recording> recordings) : recordings_(std::move(recordings)) {}

  Result<std::optional<ProcessResult>> run(const Command& command) override {
    const auto found =
        std::find_if(recordings_.begin(), recordings_.end(),
                     [&](const Recording& recording) { return recording.argv == command.argv; });
    if (found == recordings_.end())
      return Error{fmt::format("no result is recorded for `{}`", fmt::join(command.argv, " "))};
    std::optional<ProcessResult> result = found->result;
    const bool prints_result =
        command.result == ResultFrom::standard_output || command.result == ResultFrom::output;
    if (result && prints_result && !result->result_cut) {
      result->result = result->output;
      if (command.result == ResultFrom::standard_output) result->output.clear();
    }
    return result;
  }

  void stop(std::chrono::milliseconds /*grace*/, const std::string& /*why*/) override {}

  [[nodiscard]] Variables inherited(const Command& /*command*/) const override { return {}; }

  [[nodiscard]] std::string program_identity(const Command& /*command*/) const override {
    return "recorded";
  }

 private:
  const std::vector<Recording> recordings_;
};

}  // namespace

std::unique_ptr<ProcessRunner> make_recorded_runner(std::vector<Recording> recordings) {
  return std::make_unique<RecordedRunner>(std::move(recordings));
}

}  // namespace gate::system
