// What code may do beside having a value: asked before it is run, by its form alone.
#pragma once

#include <string_view>

#include "gate/readers/formats/php/syntax.h"

namespace gate::readers::php {

// Whether code names a variable; functions without a name take along what they name.
[[nodiscard]] bool names_variable(Node code, std::string_view name);

// Whether code sets a variable by `=`, `++` and the like.
[[nodiscard]] bool sets_variable(Node code, std::string_view name);

// Whether the place that is assigned to sets a variable that the value names: PHP computes the keys
// of a place first, so that `$a[$i++] = $i` depends on the order.
[[nodiscard]] bool place_changes_value(Node target, Node value);

// Whether computing the keys of a place sets variables, so that it may be computed once only:
// `$a[$i++]`.
[[nodiscard]] bool sets_on_the_way(Node target);

// Whether what stands below a node is not run where it stands: that of a function, closure or
// class.
[[nodiscard]] bool is_definition(Node node);

// Whether a function yields, so that calling it gives a generator.
[[nodiscard]] bool yields(Node body);

// Whether a function takes a parameter by reference.
[[nodiscard]] bool takes_reference(Node function);

}  // namespace gate::readers::php
