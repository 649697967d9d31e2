// Fields of records: what the readers of JSON and XML results have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/result.h"
#include "gate/readers/formats/document.h"
#include "gate/readers/results/results.h"

namespace gate::readers {

// Returns the value at a path of keys, "location.row"; nothing where a step is missing.
[[nodiscard]] std::optional<Value> field(const Value& record, std::string_view path);

// Returns the text at a path, a number as written; empty where there is none or it is null.
[[nodiscard]] std::string text_field(const Value& record, std::string_view path);

// Returns the whole number at a path (also one written as text); 0 where there is none, or it is
// negative or too large.
[[nodiscard]] std::uint32_t number_field(const Value& record, std::string_view path);

// Returns the elements of the list or map at a path; either will do, because PHP writes an empty
// map as `[]`. With "" for a path the record itself has to be a list. An error where there is none:
// what cannot be found must not pass for empty.
[[nodiscard]] Result<std::vector<Value>> elements(const Value& record, std::string_view path);

// The same, but nothing at the path, or null, is an empty list.
[[nodiscard]] Result<std::vector<Value>> optional_elements(const Value& record,
                                                           std::string_view path);

// Returns the level that a tool's word stands for: "error", "HIGH" ...; `otherwise` for a word
// nobody knows.
[[nodiscard]] ToolLevel level_of(std::string_view word, ToolLevel otherwise = ToolLevel::error);

// Returns the first line that is not blank, trimmed.
[[nodiscard]] std::string first_line(std::string_view text);

// Where a flat record keeps what; a path may be empty, but for the message's.
struct RecordShape {
  std::string_view path;
  std::string_view line;
  std::string_view column;
  std::string_view end_line;
  std::string_view end_column;
  std::string_view level;
  std::string_view code;
  std::string_view message;
  bool columns_from_zero = false;  // and below 0 where there is none
};

// Returns the finding that a record stands for; an error where it is no record of this shape.
[[nodiscard]] Result<ToolFinding> read_record(const Value& record, const RecordShape& shape);

// Returns a finding for each element of the list at a path.
[[nodiscard]] Result<ToolResult> read_records(const Value& document, std::string_view path,
                                              const RecordShape& shape);

}  // namespace gate::readers
