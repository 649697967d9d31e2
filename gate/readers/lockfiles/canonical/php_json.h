// JSON as PHP writes it: what Composer's content-hash is taken over.
#pragma once

#include <string>

#include "gate/readers/formats/document.h"

namespace gate::readers::lockfiles {

// Appends what json_encode(json_decode(text, true)) gives for a value of a JSON text (PHP 7.1 and
// later, no flags): objects were arrays, so that an empty one is `[]` and one with the keys 0, 1, 2
// … a list; of a doubled key the place of the first and the value of the last.
void append_php_json(const Value& value, std::string& out);

// Appends a text in quotes, as json_encode does.
void append_php_string(std::string_view text, std::string& out);

}  // namespace gate::readers::lockfiles
