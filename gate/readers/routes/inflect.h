// The singular of English nouns, as Laravel names the parameters of resources.
#pragma once

#include <string>
#include <string_view>

namespace gate::readers::laravel {

// Returns the singular of the last word: "posts" gives "post", "user-categories" "user-category".
// Source: the rules of doctrine/inflector; the tests compare with it.
[[nodiscard]] std::string singular(std::string_view word);

}  // namespace gate::readers::laravel
