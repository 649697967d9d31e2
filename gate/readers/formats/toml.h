// TOML 1.0 into a document, by toml++.
#pragma once

#include <memory>

#include "gate/base/diagnostic.h"
#include "gate/readers/formats/document.h"

namespace gate::readers {

// Returns the document of a TOML text. A syntax error (the first one; toml++ stops there) is added
// to `diagnostics` with its place and, where the cause is known, the remedy; the result is then
// null. Nesting deeper than 64 and texts of more than 16 MB are errors. Byte order marks and CRLF
// are fine.
[[nodiscard]] std::shared_ptr<const Document> parse_toml(std::shared_ptr<const base::Source> source,
                                                         base::Diagnostics& diagnostics);

}  // namespace gate::readers
