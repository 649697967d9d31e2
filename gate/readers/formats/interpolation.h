// ${NAME} in compose files and in the .env files that docker compose reads (compose-go, package
// template).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gate/base/result.h"

namespace gate::readers {

using VariableLookup = std::function<std::optional<std::string>(std::string_view name)>;

// Returns the text with `$NAME`, `${NAME}`, `${NAME:-default}`, `-`, `:+`, `+`, `:?` and `?`
// replaced, nested ones inside out, `$$` as `$`. A name that is not set is empty. The error names
// what is wrong: a form that compose refuses, a variable that `?` demands, nesting deeper than 32,
// or a result of more than 1 MB.
[[nodiscard]] Result<std::string> interpolate(std::string_view text, const VariableLookup& lookup);

}  // namespace gate::readers
