// Tools whose JSON is a list of flat records: each is a table of names.
#include "gate/readers/formats/json.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"
#include "gate/readers/results/json_lines.h"

namespace gate::readers {
namespace {

using SourcePointer = std::shared_ptr<const base::Source>;

// Reads the list at `path` of the document ("" for the document itself).
Result<ToolResult> read_list(SourcePointer source, std::string_view path,
                             const RecordShape& shape) {
  GATE_TRY(const auto document, parse_json(std::move(source)));
  return read_records(field(document->root(), path), shape,
                      path.empty() ? std::string_view("the document") : path);
}

constexpr RecordShape kHadolint{"file", "line", "column", "", "", "level", "code", "message"};
constexpr RecordShape kShellcheck{"file",      "line",  "column", "endLine",
                                  "endColumn", "level", "code",   "message"};
constexpr RecordShape kRuff{
    "filename", "location.row", "location.column", "end_location.row", "end_location.column",
    "",         "code",         "message"};
constexpr RecordShape kBandit{"filename", "line_number",    "",        "",
                              "",         "issue_severity", "test_id", "issue_text"};
constexpr RecordShape kPsalm{"file_name", "line_from", "column_from", "line_to",
                             "column_to", "severity",  "type",        "message"};
constexpr RecordShape kMypy{"file", "line", "column", "", "", "severity", "code", "message"};

Result<ToolResult> read_hadolint(SourcePointer source) {
  return read_list(std::move(source), "", kHadolint);
}

Result<ToolResult> read_shellcheck(SourcePointer source) {
  GATE_TRY(const auto document, parse_json(source));
  // `--format=json1` wraps the list that `--format=json` prints.
  const bool wrapped = document->root()->kind == NodeKind::map;
  GATE_TRY(ToolResult result, read_list(std::move(source), wrapped ? "comments" : "", kShellcheck));
  for (ToolFinding& finding : result.findings)
    finding.code.insert(0, "SC");
  return result;
}

Result<ToolResult> read_ruff(SourcePointer source) {
  return read_list(std::move(source), "", kRuff);
}

// bandit counts columns from 0.
Result<ToolResult> read_bandit(SourcePointer source) {
  GATE_TRY(const auto document, parse_json(std::move(source)));
  const std::optional<Value> results = field(document->root(), "results");
  GATE_TRY(ToolResult result, read_records(results, kBandit, "`results`"));
  for (std::size_t i = 0; const Value& record : results->children()) {
    if (field(record, "col_offset"))
      result.findings[i].column = number_field(record, "col_offset") + 1;
    ++i;
  }
  const std::optional<Value> errors = field(document->root(), "errors");
  if (errors) {
    for (const Value& error : errors->children()) {
      ToolFinding finding;
      finding.path = text_field(error, "filename");
      finding.message = "could not be read: " + text_field(error, "reason");
      result.findings.push_back(std::move(finding));
    }
  }
  return result;
}

Result<ToolResult> read_psalm(SourcePointer source) {
  return read_list(std::move(source), "", kPsalm);
}

// `mypy -O json` counts columns from 0.
Result<ToolResult> read_mypy(SourcePointer source) {
  GATE_TRY(ToolResult result, read_json_lines(*source, kMypy));
  for (ToolFinding& finding : result.findings) {
    if (finding.line != 0) ++finding.column;
  }
  return result;
}

}  // namespace

const ResultFormat kHadolintResult{"hadolint", "`hadolint --format json`", read_hadolint};
const ResultFormat kShellcheckResult{"shellcheck", "`shellcheck --format=json1` or `json`",
                                     read_shellcheck};
const ResultFormat kRuffResult{"ruff", "`ruff check --output-format json`", read_ruff};
const ResultFormat kBanditResult{"bandit", "`bandit --format json`", read_bandit};
const ResultFormat kPsalmResult{"psalm", "`psalm --output-format=json`", read_psalm};
const ResultFormat kMypyResult{"mypy", "`mypy --output json`", read_mypy};

}  // namespace gate::readers
