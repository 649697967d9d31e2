// JSON Lines: one record a line.
#pragma once

#include <span>
#include <string_view>

#include "gate/base/result.h"
#include "gate/base/text.h"
#include "gate/readers/results/fields.h"

namespace gate::readers {

// Returns a finding for each line; blank lines, and those that begin with a word of `talk`, are
// passed over. Any other line that is no record is an error.
[[nodiscard]] Result<ToolResult> read_json_lines(const base::Source& source,
                                                 const RecordShape& shape,
                                                 std::span<const std::string_view> talk = {});

}  // namespace gate::readers
