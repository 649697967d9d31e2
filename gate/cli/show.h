// What the commands of `gate show` have in common: their options, and the way to a session.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "gate/cli/arguments.h"
#include "gate/cli/judge.h"

namespace gate::cli {

// Returns the options of `run` that choose what is looked at, and --format with these choices; the
// first is the default. `formats` and `text` must live for the whole program.
[[nodiscard]] std::vector<Option> show_options(std::span<const std::string_view> formats,
                                               std::string_view text);

// Opens the session that the command line names and hands it to `print`, which returns the exit
// status. What stops it goes to streams.err.
int show(const Arguments& arguments, Streams& streams,
         const std::function<int(const Session& session, std::string_view format,
                                 Streams& streams)>& print);

}  // namespace gate::cli
