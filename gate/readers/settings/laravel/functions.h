// The functions of laravel/framework that code uses in config/: helpers, Str, Arr, and the methods
// of Stringable and Collection. Source: laravel.com/docs/helpers, /strings, /collections.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "gate/readers/settings/php/functions.h"

namespace gate::readers::laravel {

// Each returns the function of this name in lower case, or null.
[[nodiscard]] const php::Function* find_helper(std::string_view name);
[[nodiscard]] const php::Function* find_str(std::string_view method);
[[nodiscard]] const php::Function* find_arr(std::string_view method);

// The tables of Str, one a subject.
extern const std::span<const php::Function> kStrFunctions;
extern const std::span<const php::Function> kStrPartFunctions;

// Calls a method of a Stringable or Collection; nothing where gate does not know it.
[[nodiscard]] std::optional<php::Value> call_fluent(php::Evaluator& evaluator,
                                                    const php::Object& object,
                                                    std::string_view method,
                                                    const php::Arguments& arguments);

}  // namespace gate::readers::laravel
