// JSON with comments and trailing commas, as tsconfig.json, .vscode/*.json and turbo.json have it.
#pragma once

#include <memory>

#include "gate/base/result.h"
#include "gate/readers/formats/document.h"

namespace gate::readers {

// Returns the document of a text in JSON, with `//` and `/* */` comments and a comma before `]` or
// `}` passed over, or what is wrong with it and where. Places are those of the text; limits those
// of parse_json().
[[nodiscard]] Result<std::shared_ptr<const Document>> parse_jsonc(
    const std::shared_ptr<const base::Source>& source);

}  // namespace gate::readers
