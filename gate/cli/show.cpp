#include "gate/cli/show.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "gate/cli/exit_code.h"

namespace gate::cli {

std::vector<Option> show_options(std::span<const std::string_view> formats, std::string_view text) {
  constexpr std::array<std::string_view, 6> kOnlyRun{"--report", "--fail-on", "--jobs",
                                                     "--quiet",  "--verbose", "--timings"};
  std::vector<Option> options{{"--format", "FORMAT", text, false, formats}};
  for (const Option& option : judge_options()) {
    if (std::find(kOnlyRun.begin(), kOnlyRun.end(), option.name) == kOnlyRun.end())
      options.push_back(option);
  }
  return options;
}

int show(const Arguments& arguments, Streams& streams,
         const std::function<int(const Session& session, std::string_view format,
                                 Streams& streams)>& print) {
  base::Diagnostics diagnostics;
  const JudgeOptions options = judge_options(arguments, streams, diagnostics);
  if (diagnostics.has_errors()) {
    streams.err += base::render(diagnostics, options.color);
    return misuse;
  }
  int status = passed;
  const std::unique_ptr<Session> session = open_session(options, streams, status);
  if (!session) return status;
  return print(*session, arguments.text("--format").value_or("text"), streams);
}

}  // namespace gate::cli
