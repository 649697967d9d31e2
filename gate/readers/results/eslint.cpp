// `eslint --format json`.
#include "gate/readers/formats/json.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"

namespace gate::readers {
namespace {

constexpr RecordShape kMessage{"",          "line", "column", "endLine",
                               "endColumn", "",     "ruleId", "message"};

// Severity 2 is an error, 1 a warning; a file that cannot be parsed is a message of severity 2
// without a rule.
Result<ToolResult> read(const std::shared_ptr<const base::Source>& source) {
  GATE_TRY(const auto document, parse_json(source));
  GATE_TRY(const auto files, elements(document->root(), ""));
  ToolResult result;
  result.columns = ColumnUnit::utf16;
  for (const Value& file : files) {
    GATE_TRY(const auto messages, elements(file, "messages"));
    for (const Value& message : messages) {
      GATE_TRY(ToolFinding finding, read_record(message, kMessage));
      finding.path = text_field(file, "filePath");
      if (text_field(message, "severity") == "1") finding.level = ToolLevel::warning;
      result.findings.push_back(std::move(finding));
    }
  }
  return result;
}

}  // namespace

const ResultFormat kEslintResult{"eslint", "`eslint --format json`", read, "eslint"};

}  // namespace gate::readers
