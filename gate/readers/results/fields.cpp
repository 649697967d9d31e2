#include "gate/readers/results/fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::readers {

std::optional<Value> field(const Value& record, std::string_view path) {
  std::optional<Value> value = record;
  while (value && !path.empty()) {
    const std::size_t dot = path.find('.');
    if (value->node().kind != NodeKind::map) return std::nullopt;
    value = value->find(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return value;
}

std::string text_field(const Value& record, std::string_view path) {
  if (path.empty()) return {};
  const std::optional<Value> value = field(record, path);
  if (!value) return {};
  switch (value->node().kind) {
    case NodeKind::string:
    case NodeKind::integer:
    case NodeKind::number:
    case NodeKind::date:
      return std::string(value->node().text);
    case NodeKind::boolean:
    case NodeKind::null:
    case NodeKind::list:
    case NodeKind::map:
    case NodeKind::unknown:
      return {};
  }
  return {};
}

std::uint32_t number_field(const Value& record, std::string_view path) {
  const std::string text = text_field(record, path);
  std::uint32_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() ? number : 0;
}

Result<std::vector<Value>> elements(const Value& record, std::string_view path) {
  const std::optional<Value> found = field(record, path);
  const NodeKind kind = found ? found->node().kind : NodeKind::null;
  const bool whole = path.empty();
  if (kind == NodeKind::list || (kind == NodeKind::map && !whole)) return found->children();
  if (whole) return Error{fmt::format("{} stands where a list belongs", describe(kind))};
  return Error{found ? fmt::format("`{}` is {}, not a list", path, describe(kind))
                     : fmt::format("there is no `{}`", path)};
}

Result<std::vector<Value>> optional_elements(const Value& record, std::string_view path) {
  const std::optional<Value> found = field(record, path);
  if (!found || found->node().kind == NodeKind::null) return std::vector<Value>();
  return elements(record, path);
}

ToolLevel level_of(std::string_view word, ToolLevel otherwise) {
  constexpr std::array<std::pair<std::string_view, ToolLevel>, 21> kWords{{
      {"error", ToolLevel::error},      {"fatal", ToolLevel::error},
      {"failure", ToolLevel::error},    {"critical", ToolLevel::error},
      {"high", ToolLevel::error},       {"warning", ToolLevel::warning},
      {"warn", ToolLevel::warning},     {"medium", ToolLevel::warning},
      {"moderate", ToolLevel::warning}, {"refactor", ToolLevel::warning},
      {"note", ToolLevel::note},        {"notice", ToolLevel::note},
      {"info", ToolLevel::note},        {"information", ToolLevel::note},
      {"low", ToolLevel::note},         {"style", ToolLevel::note},
      {"convention", ToolLevel::note},  {"hint", ToolLevel::note},
      {"none", ToolLevel::note},        {"ignore", ToolLevel::note},
      {"suggestion", ToolLevel::note},
  }};
  const std::string lower = base::to_lower(word);
  for (const auto& [name, level] : kWords) {
    if (name == lower) return level;
  }
  return otherwise;
}

std::string first_line(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return std::string(base::trim(text.substr(0, text.find_first_of("\r\n"))));
}

namespace {

std::uint32_t column_field(const Value& record, std::string_view path, bool from_zero) {
  if (!from_zero) return number_field(record, path);
  const std::optional<Value> column = field(record, path);
  if (!column || column->node().kind != NodeKind::integer || column->node().integer < 0) return 0;
  return number_field(record, path) + 1;
}

}  // namespace

Result<ToolFinding> read_record(const Value& record, const RecordShape& shape) {
  const std::optional<Value> message = field(record, shape.message);
  if (!message || message->node().kind != NodeKind::string)
    return Error{fmt::format("a record has no `{}`", shape.message)};
  ToolFinding finding;
  finding.path = text_field(record, shape.path);
  finding.line = number_field(record, shape.line);
  finding.column = column_field(record, shape.column, shape.columns_from_zero);
  finding.end_line = number_field(record, shape.end_line);
  finding.end_column = column_field(record, shape.end_column, shape.columns_from_zero);
  finding.level = level_of(text_field(record, shape.level));
  finding.code = text_field(record, shape.code);
  finding.message = message->node().text;
  return finding;
}

Result<ToolResult> read_records(const Value& document, std::string_view path,
                                const RecordShape& shape) {
  GATE_TRY(const std::vector<Value> records, elements(document, path));
  ToolResult result;
  for (const Value& record : records) {
    GATE_TRY(ToolFinding finding, read_record(record, shape));
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace gate::readers
