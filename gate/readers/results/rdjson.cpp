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

Result<ToolResult> read(const std::shared_ptr<const base::Source>& source) {
  GATE_TRY(const auto document, parse_json(source));
  GATE_TRY(const auto records, elements(document->root(), "diagnostics"));
  ToolResult result;
  result.columns = ColumnUnit::bytes;
  for (const Value& record : records) {
    GATE_TRY(ToolFinding finding, read_record(record, kShape));
    // A diagnostic without a severity takes that of the whole.
    if (text_field(record, "severity").empty())
      finding.level = level_of(text_field(document->root(), "severity"));
    result.findings.push_back(std::move(finding));
  }
  return result;
}

Result<ToolResult> read_each_line(const std::shared_ptr<const base::Source>& source) {
  GATE_TRY(ToolResult result, read_json_lines(*source, kShape));
  result.columns = ColumnUnit::bytes;
  return result;
}

}  // namespace

const ResultFormat kRdjsonResult{"rdjson", "reviewdog's diagnostics as one JSON object", read};
const ResultFormat kRdjsonlResult{
    "rdjsonl", "reviewdog's diagnostics, one JSON object a line", read_each_line, {}, ".jsonl"};

}  // namespace gate::readers
