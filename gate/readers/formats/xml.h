// XML 1.0 into a document, by pugixml.
//
// An element is a map: its attributes as texts under `@name`, its child elements in reading order
// under their names (doubles stay, each a child of its own), and its own text, where it has any,
// under `#text`. The root map holds the root element. Entities of a DTD are never expanded.
#pragma once

#include <cstddef>
#include <memory>

#include "gate/base/result.h"
#include "gate/readers/formats/document.h"

namespace gate::readers {

// Bytes that a text may have; more is an error.
inline constexpr std::size_t kXmlBytes = std::size_t{32} << 20;

// Returns the document of an XML text, or what is wrong with it and where. Nesting deeper than 256
// is an error.
[[nodiscard]] Result<std::shared_ptr<const Document>> parse_xml(
    std::shared_ptr<const base::Source> source);

}  // namespace gate::readers
