// Turns what a tool says into findings of gate: with a path of the judged folder, columns in bytes,
// and an identity that outlives moves of the line.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gate/base/text.h"
#include "gate/checks/check.h"
#include "gate/checks/command/rule.h"
#include "gate/finding/finding.h"
#include "gate/readers/results/results.h"

namespace gate::checks {

class ToolPlaces {
 public:
  // Both outlive it.
  ToolPlaces(const CommandRule& rule, const Context& context) : rule_(rule), context_(context) {}

  [[nodiscard]] finding::Finding finding(const readers::ToolFinding& found,
                                         readers::ColumnUnit columns);

 private:
  [[nodiscard]] std::optional<std::string> path_of(std::string_view path) const;
  [[nodiscard]] const base::Source* text_of(const std::string& path);
  [[nodiscard]] bool is_untouched(const std::string& path);

  const CommandRule& rule_;
  const Context& context_;
  // The file that was read last; findings come file by file.
  std::string last_path_;
  std::unique_ptr<base::Source> last_text_;
  std::string last_compared_;
  bool last_untouched_ = false;
};

// Returns the place in bytes of column `column` (1-based, in `unit`) of a line; one behind its end
// for a column that it does not have.
[[nodiscard]] std::uint32_t column_in_bytes(std::string_view line, std::uint32_t column,
                                            readers::ColumnUnit unit);

}  // namespace gate::checks
