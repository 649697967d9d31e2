// Tools of the PHP world whose JSON goes by file: phpstan, pint.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/readers/formats/json.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"

namespace gate::readers {
namespace {

using SourcePointer = std::shared_ptr<const base::Source>;

constexpr RecordShape kPhpstanMessage{"", "line", "", "", "", "", "identifier", "message"};

Result<ToolResult> read_phpstan(SourcePointer source) {
  GATE_TRY(const auto document, parse_json(std::move(source)));
  const std::optional<Value> files = field(document->root(), "files");
  if (!files) return Error{"there is no `files`"};
  ToolResult result;
  for (const Value& file : files->children()) {
    const std::optional<Value> messages = field(file, "messages");
    if (!messages) continue;
    for (const Value& message : messages->children()) {
      result.findings.push_back(read_record(message, kPhpstanMessage));
      result.findings.back().path = file->key;
    }
  }
  // Errors that belong to no file: a broken configuration, an ignored pattern that was not matched.
  if (const std::optional<Value> errors = field(document->root(), "errors")) {
    for (const Value& error : errors->children()) {
      ToolFinding finding;
      finding.message = error->text;
      result.findings.push_back(std::move(finding));
    }
  }
  return result;
}

Result<ToolResult> read_pint(SourcePointer source) {
  GATE_TRY(const auto document, parse_json(std::move(source)));
  const std::optional<Value> files = field(document->root(), "files");
  if (!files || files->node().kind != NodeKind::list) return Error{"there is no list `files`"};
  ToolResult result;
  for (const Value& file : files->children()) {
    std::vector<std::string_view> fixers;
    if (const std::optional<Value> applied = field(file, "appliedFixers")) {
      for (const Value& fixer : applied->children())
        fixers.push_back(fixer->text);
    }
    ToolFinding finding;
    finding.path = text_field(file, "name");
    finding.code = fixers.size() == 1 ? std::string(fixers.front()) : "";
    finding.message = fixers.empty() ? "is not formatted"
                                     : fmt::format("is not formatted: {}", fmt::join(fixers, ", "));
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace

const ResultFormat kPhpstanResult{"phpstan", "`phpstan analyse --error-format=json`", read_phpstan};
const ResultFormat kPintResult{"pint", "`pint --test --format=json`, also php-cs-fixer", read_pint};

}  // namespace gate::readers
