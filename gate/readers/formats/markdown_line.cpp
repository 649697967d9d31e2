#include "gate/readers/formats/markdown_line.h"

#include <algorithm>

#include "gate/base/ascii.h"
#include "gate/readers/formats/markdown_scan.h"

namespace gate::readers::markdown {
namespace {

bool is_metadata_key(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos &&
         (base::is_letter(line.front()) || line.front() == '_') &&
         (colon + 1 == line.size() || is_space(line[colon + 1]));
}

}  // namespace

bool is_thematic_break(std::string_view line) {
  const char mark = line.front();
  if (mark != '*' && mark != '-' && mark != '_') return false;
  std::size_t count = 0;
  for (const char c : line) {
    if (c == mark) {
      ++count;
    } else if (!is_space(c)) {
      return false;
    }
  }
  return count >= 3;
}

int setext_level(std::string_view line) {
  line = trim(line);
  if (line.empty() || (line.front() != '=' && line.front() != '-')) return 0;
  if (line.find_first_not_of(line.front()) != std::string_view::npos) return 0;
  return line.front() == '=' ? 1 : 2;
}

std::optional<ListMarker> scan_list_marker(std::string_view line) {
  ListMarker marker;
  if (line.front() == '-' || line.front() == '+' || line.front() == '*') {
    marker.size = 1;
  } else {
    constexpr std::size_t kMostDigits = 9;
    while (marker.size < line.size() && base::is_digit(line[marker.size]))
      ++marker.size;
    if (marker.size == 0 || marker.size > kMostDigits || marker.size == line.size())
      return std::nullopt;
    if (line[marker.size] != '.' && line[marker.size] != ')') return std::nullopt;
    marker.may_interrupt = line.substr(0, marker.size) == "1";
    ++marker.size;
  }
  if (marker.size < line.size() && !is_space(line[marker.size])) return std::nullopt;
  if (trim(line.substr(marker.size)).empty()) marker.may_interrupt = false;
  return marker;
}

std::vector<std::string_view> split_cells(std::string_view row) {
  row = trim(row);
  if (row.starts_with('|')) row.remove_prefix(1);
  std::vector<std::string_view> cells;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < row.size(); ++at) {
    if (row[at] == '\\') {
      ++at;
    } else if (row[at] == '|') {
      cells.push_back(trim(row.substr(begin, at - begin)));
      begin = at + 1;
    }
  }
  if (begin < row.size()) cells.push_back(trim(row.substr(begin)));
  return cells;
}

bool is_table_delimiter(std::string_view line) {
  if (line.find('|') == std::string_view::npos) return false;
  const std::vector<std::string_view> cells = split_cells(line);
  return !cells.empty() && std::all_of(cells.begin(), cells.end(), [](std::string_view cell) {
    if (cell.starts_with(':')) cell.remove_prefix(1);
    if (cell.ends_with(':')) cell.remove_suffix(1);
    return !cell.empty() && cell.find_first_not_of('-') == std::string_view::npos;
  });
}

std::size_t skip_metadata(std::string_view text, std::size_t begin) {
  std::size_t number = 0;
  for (std::size_t at = begin; at < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const std::string_view mark = trim(line);
    at = std::min(end + 1, text.size());
    if (number == 0) {
      if (mark != "---" || line.front() != '-') return begin;
    } else if (mark == "---" || mark == "...") {
      return at;
    } else if (mark.empty() || (number == 1 && !is_metadata_key(line))) {
      return begin;
    }
  }
  return begin;
}

}  // namespace gate::readers::markdown
