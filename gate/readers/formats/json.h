// JSON (RFC 8259) into a document.
#pragma once

#include <cstddef>
#include <memory>

#include "gate/base/result.h"
#include "gate/readers/formats/document.h"

namespace gate::readers {

// Bytes that a text and values that a document may have; more is an error.
inline constexpr std::size_t kJsonBytes = std::size_t{32} << 20;
inline constexpr std::size_t kJsonValues = 4'000'000;

// Returns the document of a JSON text, or what is wrong with it and where ("line 3, column 7: …").
// Nesting deeper than 64 is an error; a byte order mark is passed over, as package managers do.
[[nodiscard]] Result<std::shared_ptr<const Document>> parse_json(
    std::shared_ptr<const base::Source> source);

}  // namespace gate::readers
