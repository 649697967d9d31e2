#include "gate/readers/results/fields.h"

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

ToolLevel level_of(std::string_view word, ToolLevel otherwise) {
  constexpr std::array<std::pair<std::string_view, ToolLevel>, 24> kWords{{
      {"error", ToolLevel::error},     {"fatal", ToolLevel::error},
      {"failure", ToolLevel::error},   {"critical", ToolLevel::error},
      {"high", ToolLevel::error},      {"2", ToolLevel::error},
      {"warning", ToolLevel::warning}, {"warn", ToolLevel::warning},
      {"medium", ToolLevel::warning},  {"moderate", ToolLevel::warning},
      {"1", ToolLevel::warning},       {"refactor", ToolLevel::warning},
      {"note", ToolLevel::note},       {"notice", ToolLevel::note},
      {"info", ToolLevel::note},       {"information", ToolLevel::note},
      {"low", ToolLevel::note},        {"style", ToolLevel::note},
      {"convention", ToolLevel::note}, {"hint", ToolLevel::note},
      {"none", ToolLevel::note},       {"ignore", ToolLevel::note},
      {"suggestion", ToolLevel::note}, {"0", ToolLevel::note},
  }};
  const std::string lower = base::to_lower(word);
  for (const auto& [name, level] : kWords) {
    if (name == lower) return level;
  }
  return otherwise;
}

ToolFinding read_record(const Value& record, const RecordShape& shape) {
  ToolFinding finding;
  finding.path = text_field(record, shape.path);
  finding.line = number_field(record, shape.line);
  finding.column = number_field(record, shape.column);
  finding.end_line = number_field(record, shape.end_line);
  finding.end_column = number_field(record, shape.end_column);
  if (shape.end_inclusive && finding.end_column != 0) ++finding.end_column;
  finding.level = level_of(text_field(record, shape.level));
  finding.code = text_field(record, shape.code);
  finding.message = text_field(record, shape.message);
  return finding;
}

Result<ToolResult> read_records(const std::optional<Value>& list, const RecordShape& shape,
                                std::string_view what) {
  if (!list || list->node().kind != NodeKind::list)
    return Error{fmt::format("{} is no list", what)};
  ToolResult result;
  for (const Value& record : list->children())
    result.findings.push_back(read_record(record, shape));
  return result;
}

}  // namespace gate::readers
