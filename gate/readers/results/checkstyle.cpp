// Checkstyle XML: `phpcs --report=checkstyle`, `eslint -f checkstyle` and others.
#include "gate/readers/formats/xml.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"

namespace gate::readers {
namespace {

constexpr RecordShape kShape{"", "@line", "@column", "", "", "@severity", "@source", "@message"};

Result<ToolResult> read(const std::shared_ptr<const base::Source>& source) {
  GATE_TRY(const auto document, parse_xml(source));
  const std::optional<Value> root = document->root().find("checkstyle");
  if (!root) return Error{"there is no `checkstyle` element"};
  ToolResult result;
  for (const Value& file : root->children()) {
    if (file->key != "file") continue;
    for (const Value& problem : file.children()) {
      ToolFinding finding;
      if (problem->key == "error") {
        GATE_TRY(finding, read_record(problem, kShape));
      } else if (problem->key == "exception") {
        // Checkstyle itself broke down over this file.
        finding.code = "exception";
        finding.message = first_line(text_field(problem, "#text"));
      } else {
        continue;
      }
      finding.path = text_field(file, "@name");
      result.findings.push_back(std::move(finding));
    }
  }
  return result;
}

}  // namespace

const ResultFormat kCheckstyleResult{
    "checkstyle", "Checkstyle XML: `phpcs --report=checkstyle` and many others", read, {}, ".xml"};

}  // namespace gate::readers
