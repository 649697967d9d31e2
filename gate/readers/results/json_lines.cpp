#include "gate/readers/results/json_lines.h"

#include <string>

#include <fmt/format.h>

#include "gate/readers/formats/json.h"

namespace gate::readers {

Result<ToolResult> read_json_lines(const base::Source& source, const RecordShape& shape) {
  ToolResult result;
  for (std::uint32_t number = 1; number <= source.lines().count(); ++number) {
    const std::string_view line = source.lines().line(number);
    if (!line.starts_with('{')) continue;
    const auto own = std::make_shared<const base::Source>(source.name(), std::string(line));
    const auto document = parse_json(own);
    if (!document) return Error{fmt::format("record {}: {}", number, document.error().message)};
    result.findings.push_back(read_record((*document)->root(), shape));
  }
  return result;
}

}  // namespace gate::readers
