#include "gate/readers/results/trace.h"

#include <algorithm>
#include <charconv>

#include "gate/base/ascii.h"
#include "gate/base/text.h"
#include "gate/readers/results/fields.h"

namespace gate::readers {
namespace {

// Takes `:17` off the end of a text.
std::optional<std::uint32_t> take_number(std::string_view& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data() + colon + 1, end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  text = text.substr(0, colon);
  return number;
}

// Returns whether a text can be a path: one with an extension, and no address of the network.
bool is_path(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos || text.find("//") != std::string_view::npos) return false;
  const std::string_view extension = text.substr(dot + 1);
  return !extension.empty() && base::is_letter(extension.front()) &&
         std::all_of(extension.begin(), extension.end(), base::is_alphanumeric);
}

// Reads `at run (file:///srv/app/a.js:4:30)`, `at /srv/app/a.js:4:30`: with a column, or it is a
// place in Java, whose traces name files without their folders.
std::optional<Frame> read_script_frame(std::string_view line) {
  if (line.ends_with(')')) {
    const std::size_t open = line.rfind('(');
    if (open == std::string_view::npos) return std::nullopt;
    line = line.substr(open + 1, line.size() - open - 2);
  } else if (line.starts_with("at ")) {
    line.remove_prefix(3);
  } else {
    return std::nullopt;
  }
  const std::optional<Frame> frame = read_place(line);
  return frame && frame->column != 0 ? frame : std::nullopt;
}

// Reads `/srv/app/SumTest.php:14` and `test_sum.py:21: AssertionError`.
std::optional<Frame> read_plain_frame(std::string_view line) {
  if (line.starts_with("at ")) line.remove_prefix(3);
  const std::optional<Frame> whole = read_place(line);
  if (whole) return whole;
  const std::size_t colon = line.find(": ");
  return colon == std::string_view::npos ? std::nullopt : read_place(line.substr(0, colon));
}

bool is_same_file(std::string_view path, std::string_view file) {
  const auto ends = [](std::string_view longer, std::string_view shorter) {
    return longer.size() > shorter.size() && longer.ends_with(shorter) &&
           longer[longer.size() - shorter.size() - 1] == '/';
  };
  return path == file || ends(path, file) || ends(file, path);
}

}  // namespace

std::optional<Frame> read_place(std::string_view text) {
  constexpr std::string_view kFile = "file://";
  if (text.starts_with(kFile)) text.remove_prefix(kFile.size());
  const std::optional<std::uint32_t> last = take_number(text);
  if (!last) return std::nullopt;
  const std::optional<std::uint32_t> before = take_number(text);
  if (!is_path(text)) return std::nullopt;
  return before ? Frame{text, *before, *last} : Frame{text, *last, 0};
}

std::optional<Frame> find_frame(std::string_view trace, std::string_view file) {
  std::optional<Frame> absolute;
  const base::LineIndex lines(trace);
  for (std::uint32_t number = 1; number <= lines.count(); ++number) {
    const std::string_view line = base::trim(lines.line(number));
    std::optional<Frame> frame = read_script_frame(line);
    if (!frame) frame = read_plain_frame(line);
    if (!frame) continue;
    if (!file.empty()) {
      if (is_same_file(frame->path, file)) return frame;
    } else if (frame->path.starts_with("node:") ||
               frame->path.find(' ') != std::string_view::npos ||
               frame->path.find("/node_modules/") != std::string_view::npos) {
      continue;
    } else if (!frame->path.starts_with('/')) {
      return frame;
    } else if (!absolute) {
      absolute = frame;
    }
  }
  return absolute;
}

}  // namespace gate::readers
