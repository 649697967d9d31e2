// Results: what test and lint tools print, as findings with places.
//
// Knows the tools' formats; knows nothing of rules or processes. Paths are as the tool wrote them
// (often absolute): who calls makes them relative.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/pattern.h"
#include "gate/base/result.h"
#include "gate/base/text.h"

namespace gate::readers {

enum class ToolLevel : std::uint8_t { note, warning, error };

// What a tool counts as one column.
enum class ColumnUnit : std::uint8_t {
  bytes,
  characters,
  utf16,     // units of UTF-16, as everything written in JavaScript counts
  terminal,  // characters, but a tab goes on to the next multiple of eight
};

// Line 0: about a file, or with an empty path about the project. Lines and columns 1-based, columns
// in the unit of the result, ends exclusive; 0 where the tool does not say.
struct ToolFinding {
  std::string path;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
  ToolLevel level = ToolLevel::error;
  std::string code;  // the tool's own id for it; may be empty
  std::string message;
};

// How many tests there were, where the format counts them.
struct TestCounts {
  std::uint64_t run = 0;  // with the failed and without the skipped ones
  std::uint64_t failed = 0;
  std::uint64_t skipped = 0;
};

struct ToolResult {
  std::vector<ToolFinding> findings;
  std::optional<TestCounts> tests;
  ColumnUnit columns = ColumnUnit::characters;
};

struct ResultFormat {
  std::string_view name;     // as in `result = "junit"`
  std::string_view summary;  // one line: which tools write it, and how they are asked to
  Result<ToolResult> (*read)(const std::shared_ptr<const base::Source>& source);
  std::string_view tool = {};            // the only one that writes it; empty for a standard
  std::string_view extension = ".json";  // of a file that holds it
  bool on_errors = false;  // where no file takes it, it goes to standard error as well
};

// Returns the formats there are, in the order of the documentation.
[[nodiscard]] std::span<const ResultFormat* const> result_formats();
[[nodiscard]] const ResultFormat* find_result_format(std::string_view name);

// The groups that a pattern for read_lines() may have.
inline constexpr std::array<std::string_view, 6> kLineGroups{"file",     "line", "column",
                                                             "severity", "code", "message"};

// Reads lines of text by patterns with groups of these names; each line by the first that matches.
// A line that none matches is passed over. Without a group `message` the message is empty.
[[nodiscard]] ToolResult read_lines(std::string_view text, std::span<const base::Pattern> patterns);

}  // namespace gate::readers
