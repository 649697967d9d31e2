// Documents in words, for tests.
#pragma once

#include <string>

#include "gate/readers/formats/document.h"

namespace gate::readers {

// Spells a tree: kind, key, text, and the place of the value as it stands in the source.
void spell(const Value& value, std::size_t depth, std::string& out);

}  // namespace gate::readers
