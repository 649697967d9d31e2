// Reviewdog Diagnostic Format: one JSON object (rdjson), or one diagnostic a line (rdjsonl).
#include "gate/readers/formats/json.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"
#include "gate/readers/results/json_lines.h"

namespace gate::readers {
namespace {

constexpr RecordShape kShape{"location.path",
                             "location.range.start.line",
                             "location.range.start.column",
                             "location.range.end.line",
                             "location.range.end.column",
                             "severity",
                             "code.value",
                             "message"};

Result<ToolResult> read(std::shared_ptr<const base::Source> source) {
  GATE_TRY(const auto document, parse_json(std::move(source)));
  GATE_TRY(ToolResult result,
           read_records(field(document->root(), "diagnostics"), kShape, "`diagnostics`"));
  // A diagnostic without a severity takes that of the whole.
  const std::string severity = text_field(document->root(), "severity");
  const std::optional<Value> list = field(document->root(), "diagnostics");
  for (std::size_t i = 0; const Value& record : list->children()) {
    if (text_field(record, "severity").empty() && !severity.empty()) {
      result.findings[i].level = level_of(severity);
    }
    ++i;
  }
  return result;
}

Result<ToolResult> read_each_line(std::shared_ptr<const base::Source> source) {
  return read_json_lines(*source, kShape);
}

}  // namespace

const ResultFormat kRdjsonResult{"rdjson", "reviewdog's diagnostics as one JSON object", read};
const ResultFormat kRdjsonlResult{"rdjsonl", "reviewdog's diagnostics, one JSON object a line",
                                  read_each_line};

}  // namespace gate::readers
