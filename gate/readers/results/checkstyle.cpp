// Checkstyle XML: `phpcs --report=checkstyle`, `eslint -f checkstyle` and others.
#include "gate/readers/formats/xml.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"

namespace gate::readers {
namespace {

constexpr RecordShape kShape{"", "@line", "@column", "", "", "@severity", "@source", "@message"};

Result<ToolResult> read(std::shared_ptr<const base::Source> source) {
  GATE_TRY(const auto document, parse_xml(std::move(source)));
  const std::optional<Value> root = document->root().find("checkstyle");
  if (!root) return Error{"there is no `checkstyle` element"};
  ToolResult result;
  for (const Value& file : root->children()) {
    if (file->key != "file") continue;
    for (const Value& problem : file.children()) {
      if (problem->key != "error") continue;
      result.findings.push_back(read_record(problem, kShape));
      result.findings.back().path = text_field(file, "@name");
    }
  }
  return result;
}

}  // namespace

const ResultFormat kCheckstyleResult{
    "checkstyle", "Checkstyle XML: `phpcs --report=checkstyle` and many others", read};

}  // namespace gate::readers
