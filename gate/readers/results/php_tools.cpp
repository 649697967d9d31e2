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

// Returns the path of a file; phpstan adds the class that uses it to that of a trait.
std::string_view path_of(std::string_view key) {
  return key.substr(0, key.find(" (in context of "));
}

Result<ToolResult> read_phpstan(const SourcePointer& source) {
  GATE_TRY(const auto document, parse_json(source));
  GATE_TRY(const auto files, elements(document->root(), "files"));
  GATE_TRY(const auto errors, elements(document->root(), "errors"));
  ToolResult result;
  for (const Value& file : files) {
    GATE_TRY(ToolResult found, read_records(file, "messages", kPhpstanMessage));
    for (ToolFinding& finding : found.findings) {
      finding.path = path_of(file->key);
      result.findings.push_back(std::move(finding));
    }
  }
  // Errors that belong to no file: a broken configuration, an ignored pattern that was not matched.
  for (const Value& error : errors) {
    ToolFinding finding;
    finding.message = error->text;
    result.findings.push_back(std::move(finding));
  }
  return result;
}

Result<ToolResult> read_pint(const SourcePointer& source) {
  GATE_TRY(const auto document, parse_json(source));
  GATE_TRY(const auto files, elements(document->root(), "files"));
  ToolResult result;
  for (const Value& file : files) {
    GATE_TRY(const auto applied, optional_elements(file, "appliedFixers"));
    std::vector<std::string_view> fixers;
    fixers.reserve(applied.size());
    for (const Value& fixer : applied)
      fixers.push_back(fixer->text);
    ToolFinding finding;
    finding.path = text_field(file, "name");
    if (finding.path.empty()) return Error{"a file has no `name`"};
    finding.code = fixers.size() == 1 ? std::string(fixers.front()) : "";
    finding.message = fixers.empty() ? "is not formatted"
                                     : fmt::format("is not formatted: {}", fmt::join(fixers, ", "));
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace

const ResultFormat kPhpstanResult{"phpstan", "`phpstan analyse --error-format=json`", read_phpstan,
                                  "phpstan"};
const ResultFormat kPintResult{"pint", "`pint --test --format=json`, also php-cs-fixer", read_pint,
                               "pint"};

}  // namespace gate::readers
