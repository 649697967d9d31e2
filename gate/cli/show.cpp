#include "gate/cli/show.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "gate/base/unicode.h"
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

int show_at(const Arguments& arguments, const std::optional<std::string>& path, Streams& streams,
            const std::function<int(const Session& session, std::string_view format,
                                    Streams& streams)>& print) {
  base::Diagnostics diagnostics;
  JudgeOptions options = judge_options(arguments, streams, diagnostics);
  options.path = path;
  if (diagnostics.has_errors()) {
    streams.err += base::render(diagnostics, options.color);
    return misuse;
  }
  int status = passed;
  const std::unique_ptr<Session> session = open_session(options, streams, status);
  if (!session) return status;
  (void)session->place.files->files();
  if (const Result<void> complete = session->place.files->is_complete(); !complete) {
    streams.err += base::render(base::Diagnostic::error(complete.error().message), options.color);
    return undecided;
  }
  return print(*session, arguments.text("--format").value_or("text"), streams);
}

int show(const Arguments& arguments, Streams& streams,
         const std::function<int(const Session& session, std::string_view format,
                                 Streams& streams)>& print) {
  const std::vector<std::string>& given = arguments.positional();
  return show_at(arguments, given.empty() ? std::nullopt : std::optional(given.front()), streams,
                 print);
}

void append_wrapped(Streams& streams, std::string_view text, std::size_t indent) {
  for (const std::string& line : base::wrap(base::for_terminal(text), streams.width - indent)) {
    streams.out += fmt::format("{:{}}{}\n", "", indent, line);
  }
}

}  // namespace gate::cli
