// Formats that are lines of text: GitHub's workflow commands, tsc, and whatever a pattern
// describes.
#include <algorithm>
#include <array>
#include <charconv>

#include "gate/base/ascii.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"

namespace gate::readers {
namespace {

using SourcePointer = std::shared_ptr<const base::Source>;

std::uint32_t number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  return problem == std::errc() ? value : 0;
}

// Undoes the escaping of workflow commands (actions/toolkit, command.ts).
std::string unescape(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 5> kEscapes{
      {{"%0D", '\r'}, {"%0A", '\n'}, {"%3A", ':'}, {"%2C", ','}, {"%25", '%'}}};
  std::string plain;
  while (!text.empty()) {
    const auto escape = std::find_if(kEscapes.begin(), kEscapes.end(), [&](const auto& known) {
      return text.starts_with(known.first);
    });
    if (escape == kEscapes.end()) {
      plain += text.front();
      text.remove_prefix(1);
    } else {
      plain += escape->second;
      text.remove_prefix(escape->first.size());
    }
  }
  return plain;
}

void set_property(ToolFinding& finding, std::string_view property) {
  const std::size_t equals = property.find('=');
  if (equals == std::string_view::npos) return;
  const std::string key = base::to_lower(base::trim(property.substr(0, equals)));
  const std::string value = unescape(property.substr(equals + 1));
  if (key == "file") finding.path = value;
  if (key == "line") finding.line = number(value);
  if (key == "col") finding.column = number(value);
  if (key == "endline") finding.end_line = number(value);
  if (key == "endcolumn") finding.end_column = number(value);
  // A title of one word is an id, any other belongs to the message.
  if (key == "title" && value.find(' ') == std::string::npos) finding.code = value;
  if (key == "title" && finding.code.empty()) finding.message = value + ": ";
}

// `::error file=app.js,line=1,col=5::message`
Result<ToolResult> read_github(const SourcePointer& source) {
  ToolResult result;
  for (std::uint32_t row = 1; row <= source->lines().count(); ++row) {
    const std::string_view line = base::trim(source->lines().line(row));
    if (!line.starts_with("::")) continue;
    const std::size_t end = line.find("::", 2);
    if (end == std::string_view::npos) continue;
    std::string_view head = line.substr(2, end - 2);
    const std::string command = base::to_lower(head.substr(0, head.find(' ')));
    if (command != "error" && command != "warning" && command != "notice") continue;
    ToolFinding finding;
    finding.level = level_of(command);
    head.remove_prefix(std::min(command.size() + 1, head.size()));
    while (!head.empty()) {
      const std::size_t comma = head.find(',');
      set_property(finding, head.substr(0, comma));
      head = comma == std::string_view::npos ? std::string_view() : head.substr(comma + 1);
    }
    finding.message += unescape(line.substr(end + 2));
    result.findings.push_back(std::move(finding));
  }
  return result;
}

// Reads a line by a pattern with named groups; nothing where it does not match.
std::optional<ToolFinding> read_line(std::string_view line, const base::Pattern& pattern) {
  std::vector<std::string_view> groups;
  if (!pattern.find(line, 0, line.size(), groups)) return std::nullopt;
  const std::vector<std::string>& names = pattern.groups();
  ToolFinding finding;
  for (std::size_t i = 1; i < groups.size(); ++i) {
    if (groups[i].data() == nullptr) continue;
    if (names[i] == "file") finding.path = groups[i];
    if (names[i] == "line") finding.line = number(groups[i]);
    if (names[i] == "column") finding.column = number(groups[i]);
    if (names[i] == "severity") finding.level = level_of(groups[i]);
    if (names[i] == "code") finding.code = groups[i];
    if (names[i] == "message") finding.message = groups[i];
  }
  return finding;
}

// `src/a.ts(3,7): error TS2322: ...` (`--pretty false`) and `error TS5023: ...` without a place.
// Indented lines behind it go on with the message.
Result<ToolResult> read_tsc(const SourcePointer& source) {
  static const base::Pattern pattern = base::Pattern::trusted(
      R"re(^(?:(?P<file>\S.*?)\((?P<line>\d+),(?P<column>\d+)\): )?(?P<severity>error|warning) (?P<code>TS\d+): (?P<message>.*)$)re",
      {});
  ToolResult result;
  result.columns = ColumnUnit::utf16;
  bool goes_on = false;
  for (std::uint32_t row = 1; row <= source->lines().count(); ++row) {
    const std::string_view line = source->lines().line(row);
    if (goes_on && line.starts_with("  ")) {
      result.findings.back().message.append(" ").append(base::trim(line));
      continue;
    }
    std::optional<ToolFinding> finding = read_line(line, pattern);
    goes_on = finding.has_value();
    if (finding) result.findings.push_back(*std::move(finding));
  }
  return result;
}

}  // namespace

ToolResult read_lines(std::string_view text, std::span<const base::Pattern> patterns) {
  ToolResult result;
  const base::LineIndex lines(text);
  for (std::uint32_t row = 1; row <= lines.count(); ++row) {
    std::optional<ToolFinding> finding;
    for (auto pattern = patterns.begin(); pattern != patterns.end() && !finding; ++pattern)
      finding = read_line(lines.line(row), *pattern);
    if (finding) result.findings.push_back(*std::move(finding));
  }
  return result;
}

const ResultFormat kGithubResult{
    "github", "GitHub's workflow commands: `::error file=…::…`", read_github, {}, ".txt"};
const ResultFormat kTscResult{"tsc", "`tsc --noEmit --pretty false`", read_tsc, "tsc", ".txt"};

}  // namespace gate::readers
