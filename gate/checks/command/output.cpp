#include "gate/checks/command/output.h"

#include <algorithm>

#include "gate/base/unicode.h"
#include "gate/finding/redaction.h"

namespace gate::checks {
namespace {

constexpr std::string_view kMask = "***";
constexpr std::size_t kLeastSecret = 3;  // below, a mask would tear up ordinary words
constexpr std::size_t kLeastOther = 8;
constexpr std::size_t kMostCells = 200;

void replace_all(std::string& text, std::string_view value) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find(value); at != std::string::npos; at = text.find(value, from)) {
    out.append(text, from, at - from);
    out += kMask;
    from = at + value.size();
  }
  if (from == 0) return;
  out.append(text, from);
  text = std::move(out);
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

}  // namespace

Masks::Masks(const std::vector<std::pair<std::string, std::string>>& variables) {
  for (const auto& [name, value] : variables) {
    const std::size_t least = finding::is_secret_name(name) ? kLeastSecret : kLeastOther;
    // A value of several lines is printed line by line.
    for (std::size_t at = 0; at <= value.size();) {
      const std::size_t end = std::min(value.find('\n', at), value.size());
      if (end - at >= least) values_.push_back(value.substr(at, end - at));
      at = end + 1;
    }
  }
  std::stable_sort(values_.begin(), values_.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

std::string Masks::apply(std::string text) const {
  for (const std::string& value : values_)
    replace_all(text, value);
  return text;
}

std::vector<std::string> last_lines(std::string_view output, std::size_t most) {
  std::vector<std::string> lines;
  while (!output.empty() && lines.size() < most) {
    if (output.ends_with('\n')) output.remove_suffix(1);
    const std::size_t end = output.rfind('\n');
    std::string_view line = output.substr(end == std::string_view::npos ? 0 : end + 1);
    output = output.substr(0, end == std::string_view::npos ? 0 : end + 1);
    while (line.ends_with('\r'))
      line.remove_suffix(1);
    line = line.substr(line.rfind('\r') + 1);
    std::string shown = base::truncate(base::for_terminal(line), kMostCells);
    if (!is_blank(shown)) lines.push_back(std::move(shown));
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

}  // namespace gate::checks
