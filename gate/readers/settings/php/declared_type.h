// What a declared type of a parameter or a result makes of a value.
// Source: php.net/manual/en/language.types.type-juggling.php.
#pragma once

#include "gate/readers/formats/php/syntax.h"
#include "gate/readers/settings/php/value.h"

namespace gate::readers::php {

// Returns the value as the type takes it; unknown where PHP would stop, and where what it converts
// to differs between versions. `type` may be a none. `strict`: nothing but integers to numbers is
// converted.
[[nodiscard]] Value convert_to_declared(Node type, const Value& value, bool strict);

}  // namespace gate::readers::php
