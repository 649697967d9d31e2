// Traces: the places that tests print when they fail.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gate::readers {

// One line of a trace, as far as it names a place.
struct Frame {
  std::string_view path;
  std::uint32_t line = 0;
  std::uint32_t column = 0;  // 0 where the trace does not say
};

// Returns the first place in `file` that a trace of PHP, Python or JavaScript names; with an empty
// `file` the first in a file given relative to the project, else the first that is not the
// runtime's or a package's own.
[[nodiscard]] std::optional<Frame> find_frame(std::string_view trace, std::string_view file);

// Returns the place that a text names and nothing else, "/srv/app/sum.test.js:4:1".
[[nodiscard]] std::optional<Frame> read_place(std::string_view text);

}  // namespace gate::readers
