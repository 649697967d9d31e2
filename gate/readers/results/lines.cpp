// Formats that are lines of text: GitHub's workflow commands, tsc, and whatever a pattern
// describes.
#include <algorithm>
#include <array>
#include <charconv>

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
  const std::string_view key = property.substr(0, equals);
  const std::string value = unescape(property.substr(equals + 1));
  if (key == "file") finding.path = value;
  if (key == "line") finding.line = number(value);
  if (key == "col") finding.column = number(value);
  if (key == "endLine") finding.end_line = number(value);
  if (key == "endColumn") finding.end_column = number(value);
  if (key == "title") finding.code = value;
}

// `::error file=app.js,line=1,col=5::message`
Result<ToolResult> read_github(SourcePointer source) {
  ToolResult result;
  for (std::uint32_t row = 1; row <= source->lines().count(); ++row) {
    std::string_view line = source->lines().line(row);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!line.starts_with("::")) continue;
    const std::size_t end = line.find("::", 2);
    if (end == std::string_view::npos) continue;
    std::string_view head = line.substr(2, end - 2);
    const std::string_view command = head.substr(0, head.find(' '));
    if (command != "error" && command != "warning" && command != "notice") continue;
    ToolFinding finding;
    finding.level = level_of(command);
    finding.message = unescape(line.substr(end + 2));
    head.remove_prefix(std::min(command.size() + 1, head.size()));
    while (!head.empty()) {
      const std::size_t comma = head.find(',');
      set_property(finding, head.substr(0, comma));
      head = comma == std::string_view::npos ? std::string_view() : head.substr(comma + 1);
    }
    result.findings.push_back(std::move(finding));
  }
  return result;
}

// `src/a.ts(3,7): error TS2322: ...` (`--pretty false`) and `error TS5023: ...` without a place.
Result<ToolResult> read_tsc(SourcePointer source) {
  static const base::Pattern kLine = base::Pattern::trusted(
      R"re(^(?:(?P<file>\S.*)\((?P<line>\d+),(?P<column>\d+)\): )?(?P<severity>error|warning) (?P<code>TS\d+): (?P<message>.*)$)re",
      {});
  return read_lines(source->text(), kLine);
}

}  // namespace

ToolResult read_lines(std::string_view text, const base::Pattern& pattern) {
  const std::vector<std::string>& names = pattern.groups();
  ToolResult result;
  std::vector<std::string_view> groups;
  const base::LineIndex lines(text);
  for (std::uint32_t row = 1; row <= lines.count(); ++row) {
    const std::string_view line = lines.line(row);
    if (!pattern.find(line, 0, line.size(), groups)) continue;
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
    result.findings.push_back(std::move(finding));
  }
  return result;
}

const ResultFormat kGithubResult{"github", "GitHub's workflow commands: `::error file=…::…`",
                                 read_github};
const ResultFormat kTscResult{"tsc", "`tsc --noEmit --pretty false`", read_tsc};

}  // namespace gate::readers
