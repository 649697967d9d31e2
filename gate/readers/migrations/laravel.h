// Migrations of Laravel: a class with up() and down(), read without PHP.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gate/readers/formats/php/syntax.h"
#include "gate/readers/migrations/laravel/project.h"
#include "gate/readers/migrations/migration.h"
#include "gate/readers/migrations/schema.h"

namespace gate::readers::migrations {

// Reads a migration that meets `schema`, which it then has changed: its up() has run. down() is
// read by read_laravel_down.
[[nodiscard]] Migration read_laravel_migration(const php::SyntaxTree& tree, Schema& schema,
                                               Origin origin, laravel::Project& project);

// Sets what down() does, on a schema that is that after up(), and what it comes to. `up`: the
// journal of up(). The schema is left as it was.
void read_laravel_down(const php::SyntaxTree& tree, Schema& schema, const Journal& up,
                       Origin origin, laravel::Project& project, Migration& migration);

// Returns what a migration would run, without layout, comments and names that nothing depends on.
[[nodiscard]] std::string laravel_meaning(const php::SyntaxTree& tree);

}  // namespace gate::readers::migrations
