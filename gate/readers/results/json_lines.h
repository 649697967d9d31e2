// JSON Lines: one record a line.
#pragma once

#include "gate/base/result.h"
#include "gate/base/text.h"
#include "gate/readers/results/fields.h"

namespace gate::readers {

// Returns a finding for each line that holds an object. A line that begins with `{` and is no JSON
// is an error; other lines are a tool's talk and are passed over.
[[nodiscard]] Result<ToolResult> read_json_lines(const base::Source& source,
                                                 const RecordShape& shape);

}  // namespace gate::readers
