// What the commands of `gate show` have in common: their options, and the way to a session.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
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
// status. What stops it goes to streams.err. `path`: the judged folder of a command whose first
// argument is something else; empty: none was named.
int show_at(const Arguments& arguments, const std::optional<std::string>& path, Streams& streams,
            const std::function<int(const Session& session, std::string_view format,
                                    Streams& streams)>& print);
// The same for a command whose first argument is the path.
int show(const Arguments& arguments, Streams& streams,
         const std::function<int(const Session& session, std::string_view format,
                                 Streams& streams)>& print);

// Writes a text wrapped to the width of the terminal, each line indented.
void append_wrapped(Streams& streams, std::string_view text, std::size_t indent);

}  // namespace gate::cli
