#include "gate/checks/command/output.h"

#include <algorithm>
#include <iterator>

#include "gate/base/ascii.h"
#include "gate/base/pattern.h"
#include "gate/base/unicode.h"
#include "gate/finding/redaction.h"

namespace gate::checks {
namespace {

constexpr std::string_view kMask = "***";
constexpr std::size_t kLeastSecret = 3;     // below, a mask would tear up ordinary words
constexpr std::size_t kLeastInherited = 8;  // nobody chose these for this command
constexpr std::size_t kLeastRandom = 8;
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

// Returns whether a value is no word and no path: it has letters and digits, and no slash.
bool looks_random(std::string_view value) {
  return std::any_of(value.begin(), value.end(), base::is_digit) &&
         std::any_of(value.begin(), value.end(), base::is_letter) &&
         value.find('/') == std::string_view::npos;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

}  // namespace

void Masks::add(std::string_view value, std::size_t least) {
  // A value of several lines is printed line by line.
  while (!value.empty()) {
    const std::size_t end = std::min(value.find('\n'), value.size());
    const std::string_view line = value.substr(0, end);
    const auto place =
        std::partition_point(values_.begin(), values_.end(),
                             [&](const std::string& other) { return other.size() >= line.size(); });
    if (line.size() >= least) values_.emplace(place, line);
    value.remove_prefix(std::min(end + 1, value.size()));
  }
}

void Masks::add_declared(const Variables& variables) {
  for (const auto& [name, value] : variables) {
    add(finding::password_in_url(value), kLeastSecret);
    if (finding::is_secret_name(name)) {
      add(value, kLeastSecret);
    } else if (looks_random(value)) {
      add(value, kLeastRandom);
    }
  }
}

void Masks::add_secrets(const Variables& variables) {
  for (const auto& [name, value] : variables) {
    add(finding::password_in_url(value), kLeastInherited);
    if (finding::is_secret_name(name)) add(value, kLeastInherited);
  }
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

std::vector<std::string> telling_lines(std::string_view output, std::size_t most) {
  static const base::Pattern kTrouble = base::Pattern::trusted(
      R"re((?i)error|exception|fatal|panic|not found|no such|denied|cannot|unable|segmentation)re",
      {});
  const std::vector<std::string> lines = last_lines(output, output.size());
  std::vector<std::string> telling;
  std::copy_if(lines.begin(), lines.end(), std::back_inserter(telling),
               [](const std::string& line) { return kTrouble.matches(line); });
  if (telling.empty()) return last_lines(output, most);
  if (telling.size() > most) {
    const auto first = static_cast<std::ptrdiff_t>(most / 2);
    telling.erase(telling.begin() + first,
                  telling.end() - (static_cast<std::ptrdiff_t>(most) - first));
  }
  return telling;
}

}  // namespace gate::checks
