// Fields of records: what the readers of JSON and XML results have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gate/readers/formats/document.h"
#include "gate/readers/results/results.h"

namespace gate::readers {

// Returns the value at a path of keys, "location.row"; nothing where a step is missing.
[[nodiscard]] std::optional<Value> field(const Value& record, std::string_view path);

// Returns the text at a path, a number as written; empty where there is none or it is null.
[[nodiscard]] std::string text_field(const Value& record, std::string_view path);

// Returns the whole number at a path (also one written as text); 0 where there is none, or it is
// negative.
[[nodiscard]] std::uint32_t number_field(const Value& record, std::string_view path);

// Returns the level that a tool's word stands for: "error", "HIGH", "2" ...; `otherwise` for a word
// nobody knows.
[[nodiscard]] ToolLevel level_of(std::string_view word, ToolLevel otherwise = ToolLevel::error);

// Where a flat record keeps what; a path may be empty.
struct RecordShape {
  std::string_view path;
  std::string_view line;
  std::string_view column;
  std::string_view end_line;
  std::string_view end_column;
  std::string_view level;
  std::string_view code;
  std::string_view message;
  bool end_inclusive = false;  // the end column names the last character
};

[[nodiscard]] ToolFinding read_record(const Value& record, const RecordShape& shape);

// Returns a finding for each element of a list; an error where `list` is no list.
[[nodiscard]] Result<ToolResult> read_records(const std::optional<Value>& list,
                                              const RecordShape& shape, std::string_view what);

}  // namespace gate::readers
