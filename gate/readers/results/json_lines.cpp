#include "gate/readers/results/json_lines.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "gate/readers/formats/json.h"

namespace gate::readers {

Result<ToolResult> read_json_lines(const base::Source& source, const RecordShape& shape,
                                   std::span<const std::string_view> talk) {
  ToolResult result;
  for (std::uint32_t number = 1; number <= source.lines().count(); ++number) {
    const std::string_view line = source.lines().line(number);
    const auto begins = [line](std::string_view word) { return line.starts_with(word); };
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    if (std::any_of(talk.begin(), talk.end(), begins)) continue;
    const auto own = std::make_shared<const base::Source>(source.name(), std::string(line));
    const auto document = parse_json(own);
    if (!document) return Error{fmt::format("record {}: {}", number, document.error().message)};
    auto finding = read_record((*document)->root(), shape);
    if (!finding) return Error{fmt::format("record {}: {}", number, finding.error().message)};
    result.findings.push_back(*std::move(finding));
  }
  return result;
}

}  // namespace gate::readers
