// The syntax of configuration that is code: config/*.php, settings modules, next.config.js.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gate/base/text.h"

namespace gate::checks {

struct SyntaxProblem {
  base::Span span;
  std::string message;  // "no PHP: an expression is missing"
};

// Returns whether a file of this name is read as code: PHP, Python, JavaScript or TypeScript.
[[nodiscard]] bool is_code(std::string_view path);

// Returns the first mistake in the syntax of such a file, or nothing. Runs nothing.
[[nodiscard]] std::optional<SyntaxProblem> find_syntax_problem(
    const std::shared_ptr<const base::Source>& source);

}  // namespace gate::checks
