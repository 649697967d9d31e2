// A PHP syntax tree in words, the same words that spell.php has for PHP's own tree.
#pragma once

#include <string>

#include "gate/readers/formats/php/syntax.h"

namespace gate::readers::php {

// Spells a node and all below it on one line: `(call (name "env") (arguments (argument "A")))`.
// Names stand as they are written, a chain of operators as PHP nests it, statements that do nothing
// are left out.
[[nodiscard]] std::string spell(Node node);

}  // namespace gate::readers::php
