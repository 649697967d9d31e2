// What the readers for Node.js share: dotenv's parser, before anything is expanded.
#pragma once

#include <string_view>

#include "gate/readers/formats/dotenv/readers.h"

namespace gate::readers {

// Reads a file as dotenv's parse() does; `reader` names in messages who does that.
[[nodiscard]] EnvFile parse_node(std::string_view text, std::string_view reader);

}  // namespace gate::readers
