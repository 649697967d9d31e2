#include "gate/checks/scan_context.h"

#include <algorithm>
#include <cstring>

namespace gate::checks {
namespace {

constexpr std::string_view kBlank = " \t\r\f\v";
constexpr std::size_t kSide = 240;    // bytes of a line on each side of the match
constexpr std::size_t kMatch = 1024;  // bytes of the match
constexpr int kNeighbourLines = 16;   // blank lines that are stepped over
constexpr std::size_t kNeighbourReach = 4096;

std::string_view trimmed(std::string_view line) {
  const std::size_t first = line.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(kBlank) - first + 1);
}

// Returns the end of the line that `offset` is on: its LF, or the end of the text.
std::size_t line_end(std::string_view text, std::size_t offset) {
  return std::min(text.find('\n', offset), text.size());
}

// Returns the last line before `line_begin` that is not blank, as far as it is near.
std::string_view line_before(std::string_view text, std::size_t line_begin) {
  const std::size_t reach = line_begin - std::min(line_begin, kNeighbourReach);
  for (int lines = 0; lines < kNeighbourLines && line_begin > reach; ++lines) {
    const std::size_t end = line_begin - 1;
    const std::string_view near = text.substr(reach, end - reach);
    const std::size_t lf = near.rfind('\n');
    line_begin = lf == std::string_view::npos ? reach : reach + lf + 1;
    const std::string_view line = trimmed(text.substr(line_begin, end - line_begin));
    if (!line.empty()) return line.substr(line.size() - std::min(line.size(), kSide));
  }
  return {};
}

// Returns the next line after the one that `offset` is on that is not blank, as far as it is near.
std::string_view line_after(std::string_view text, std::size_t offset) {
  const std::string_view near = text.substr(0, std::min(text.size(), offset + kNeighbourReach));
  std::size_t end = line_end(near, offset);
  for (int lines = 0; lines < kNeighbourLines && end < near.size(); ++lines) {
    const std::size_t begin = end + 1;
    end = line_end(near, begin);
    const std::string_view line = trimmed(near.substr(begin, end - begin));
    if (!line.empty()) return line.substr(0, kSide);
  }
  return {};
}

}  // namespace

void LineCursor::advance(std::size_t offset) {
  const std::string_view passed = text_.substr(offset_, offset - offset_);
  offset_ = offset;
  const std::size_t last = passed.rfind('\n');
  if (last == std::string_view::npos) return;
  line_ += static_cast<std::uint32_t>(std::count(passed.begin(), passed.end(), '\n'));
  line_begin_ = offset - (passed.size() - last - 1);
}

std::uint32_t LineCursor::column() const {
  return static_cast<std::uint32_t>(offset_ - line_begin_) + 1;
}

std::string_view line_around(std::string_view text, std::size_t line_begin, std::size_t offset,
                             std::size_t most) {
  const std::size_t half = most / 2;
  std::size_t begin = offset - line_begin > half ? offset - half : line_begin;
  const std::size_t limit = std::min(text.size(), begin + most);
  std::size_t end = std::min(text.substr(0, limit).find('\n', offset), limit);
  // What one side does not need is for the other.
  if (end - begin < most) begin = std::max(line_begin, end - std::min(end, most));
  if (end > begin && end < text.size() && text[end] == '\n' && text[end - 1] == '\r') --end;
  return text.substr(begin, end - begin);
}

std::string identity_of(std::string_view text, std::size_t line_begin, std::size_t begin,
                        std::size_t end) {
  const std::size_t own_begin = std::max(line_begin, begin - std::min(begin, kSide));
  const std::size_t near_end = std::min(text.size(), end + kSide);
  const std::string_view match = text.substr(begin, std::min(end - begin, kMatch));
  const std::size_t own_end = line_end(text.substr(0, near_end), end);
  std::string identity(line_before(text, line_begin));
  identity += '\n';
  identity += trimmed(text.substr(own_begin, begin - own_begin + match.size()));
  identity += trimmed(text.substr(end, own_end - end));
  identity += '\n';
  identity += line_after(text, end);
  identity += '\n';
  identity += match;
  return identity;
}

}  // namespace gate::checks
