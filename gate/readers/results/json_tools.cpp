// Tools whose JSON is a list of flat records: each is a table of names.
#include <array>

#include "gate/readers/formats/json.h"
#include "gate/readers/results/fields.h"
#include "gate/readers/results/formats.h"
#include "gate/readers/results/json_lines.h"

namespace gate::readers {
namespace {

using SourcePointer = std::shared_ptr<const base::Source>;

constexpr RecordShape kHadolint{"file", "line", "column", "", "", "level", "code", "message"};
constexpr RecordShape kShellcheck{"file",      "line",  "column", "endLine",
                                  "endColumn", "level", "code",   "message"};
constexpr RecordShape kRuff{
    "filename", "location.row", "location.column", "end_location.row", "end_location.column",
    "",         "code",         "message"};
constexpr RecordShape kBandit{"filename",       "line_number", "col_offset", "",  "",
                              "issue_severity", "test_id",     "issue_text", true};
constexpr RecordShape kBanditError{"filename", "", "", "", "", "", "", "reason"};
constexpr RecordShape kPsalm{"file_name", "line_from", "column_from", "line_to",
                             "column_to", "severity",  "type",        "message"};
constexpr RecordShape kMypy{"file", "line", "column", "", "", "severity", "code", "message", true};

Result<ToolResult> read_hadolint(const SourcePointer& source) {
  GATE_TRY(const auto document, parse_json(source));
  return read_records(document->root(), "", kHadolint);
}

Result<ToolResult> read_ruff(const SourcePointer& source) {
  GATE_TRY(const auto document, parse_json(source));
  return read_records(document->root(), "", kRuff);
}

Result<ToolResult> read_psalm(const SourcePointer& source) {
  GATE_TRY(const auto document, parse_json(source));
  GATE_TRY(ToolResult result, read_records(document->root(), "", kPsalm));
  result.columns = ColumnUnit::bytes;
  return result;
}

Result<ToolResult> read_shellcheck(const SourcePointer& source) {
  GATE_TRY(const auto document, parse_json(source));
  // `--format=json1` wraps the list that `--format=json` prints.
  const bool wrapped = document->root()->kind == NodeKind::map;
  GATE_TRY(ToolResult result,
           read_records(document->root(), wrapped ? "comments" : "", kShellcheck));
  // The older list counts as its terminal output does.
  result.columns = wrapped ? ColumnUnit::characters : ColumnUnit::terminal;
  for (ToolFinding& finding : result.findings)
    finding.code.insert(0, "SC");
  return result;
}

Result<ToolResult> read_bandit(const SourcePointer& source) {
  GATE_TRY(const auto document, parse_json(source));
  GATE_TRY(ToolResult result, read_records(document->root(), "results", kBandit));
  result.columns = ColumnUnit::bytes;
  GATE_TRY(ToolResult errors, read_records(document->root(), "errors", kBanditError));
  for (ToolFinding& error : errors.findings) {
    error.message.insert(0, "could not be read: ");
    result.findings.push_back(std::move(error));
  }
  return result;
}

// mypy tells of success in a line of its own, where it is not asked to be quiet.
Result<ToolResult> read_mypy(const SourcePointer& source) {
  constexpr std::array<std::string_view, 2> kTalk{"Success: ", "Found "};
  GATE_TRY(ToolResult result, read_json_lines(*source, kMypy, kTalk));
  result.columns = ColumnUnit::bytes;
  return result;
}

}  // namespace

const ResultFormat kHadolintResult{"hadolint", "`hadolint --format json`", read_hadolint,
                                   "hadolint"};
const ResultFormat kShellcheckResult{"shellcheck", "`shellcheck --format=json1` or `json`",
                                     read_shellcheck, "shellcheck"};
const ResultFormat kRuffResult{"ruff", "`ruff check --output-format json`", read_ruff, "ruff"};
const ResultFormat kBanditResult{"bandit", "`bandit --format json`", read_bandit, "bandit"};
const ResultFormat kPsalmResult{"psalm", "`psalm --output-format=json`", read_psalm, "psalm"};
const ResultFormat kMypyResult{"mypy", "`mypy --output json`", read_mypy, "mypy"};

}  // namespace gate::readers
