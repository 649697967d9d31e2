// The types that Laravel's schema grammars give to the columns of a blueprint (MySqlGrammar,
// PostgresGrammar, SQLiteGrammar of illuminate/database 8 to 12).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/formats/sql/statement.h"
#include "gate/readers/migrations/database.h"

namespace gate::readers::migrations::laravel {

// What a method of a blueprint says of its column.
struct TypeRequest {
  std::string_view name;               // "string", "bigInteger"
  std::vector<std::string> arguments;  // behind the name of the column
  std::vector<std::string> values;     // of an enum or a set
};

// Returns the type, or nothing for a method that makes no column.
[[nodiscard]] std::optional<sql::Type> column_type(const TypeRequest& request,
                                                   const Database& database);

}  // namespace gate::readers::migrations::laravel
