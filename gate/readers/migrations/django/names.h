// Names that Django makes: those that are too long are cut, those of indexes hold a hash.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/migrations/database.h"

namespace gate::readers::migrations::django {

// Returns a name as Django cuts it for the database, four characters of a hash at its end
// (django/db/backends/utils.py: truncate_name).
[[nodiscard]] std::string cut_name(const std::string& name, const Database& database);

// Returns the name of an index or constraint that Django names itself (schema.py:
// _create_index_name). `suffix`: "_uniq", "_like", "_idx", "_fk_shop_order_id", or empty.
[[nodiscard]] std::string index_name(std::string_view table,
                                     const std::vector<std::string>& columns,
                                     std::string_view suffix, const Database& database);

}  // namespace gate::readers::migrations::django
