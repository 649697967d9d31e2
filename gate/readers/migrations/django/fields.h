// Fields of Django's models as columns (django/db/backends/*/base.py of 3.2 to 5.2: data_types).
#pragma once

#include <string>

#include "gate/readers/migrations/django/module.h"
#include "gate/readers/migrations/django/state.h"

namespace gate::readers::migrations::django {

// Reads `models.CharField(max_length=20)` of a model of `app`; `model` is the one that `self`
// means, `state` knows what settings.AUTH_USER_MODEL stands for. A field of a class that nobody
// knows has a column of a type named after it.
[[nodiscard]] Field read_field(const Module& module, NodeIndex node, std::string name,
                               const std::string& app, const std::string& model,
                               const State& state);

// Returns the primary key that Django adds where a model has none. `kind`: DEFAULT_AUTO_FIELD.
[[nodiscard]] Field automatic_key(std::string_view kind, const Database& database);

}  // namespace gate::readers::migrations::django
