// The functions of PHP that change the array they are given: sort(), array_push() and the like.
// Source: php.net/manual/en/ref.array.php.
#pragma once

#include <string_view>

#include "gate/readers/settings/php/evaluator.h"

namespace gate::readers::php {

struct Changed {
  Value result;
  Value array;  // what the variable holds then; unknown where that is not known
};

struct InPlace {
  std::string_view name;  // in lower case
  Changed (*run)(Evaluator& evaluator, const Value& array, const Arguments& rest) = nullptr;
};

// Returns the function of this name in lower case, or null.
[[nodiscard]] const InPlace* find_in_place(std::string_view name);

}  // namespace gate::readers::php
