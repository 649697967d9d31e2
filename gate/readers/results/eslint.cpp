// `eslint --format json`.
#include "gate/readers/formats/json.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"

namespace gate::readers {
namespace {

constexpr RecordShape kMessage{"",          "line",     "column", "endLine",
                               "endColumn", "severity", "ruleId", "message"};

Result<ToolResult> read(std::shared_ptr<const base::Source> source) {
  GATE_TRY(const auto document, parse_json(std::move(source)));
  if (document->root()->kind != NodeKind::list) return Error{"the document is no list"};
  ToolResult result;
  for (const Value& file : document->root().children()) {
    const std::optional<Value> messages = field(file, "messages");
    if (!messages) return Error{"a file has no `messages`"};
    for (const Value& message : messages->children()) {
      result.findings.push_back(read_record(message, kMessage));
      result.findings.back().path = text_field(file, "filePath");
    }
  }
  return result;
}

}  // namespace

const ResultFormat kEslintResult{"eslint", "`eslint --format json`", read};

}  // namespace gate::readers
