// Names that a database chooses where nobody gives one (PostgreSQL's ChooseRelationName and
// ChooseIndexNameAddition; MySQL 8.0, section 13.1.20). For the replay only.
#pragma once

#include <string>
#include <vector>

#include "gate/readers/formats/sql/statement.h"
#include "gate/readers/migrations/schema.h"

namespace gate::readers::migrations {

[[nodiscard]] std::string choose_index_name(const Schema& schema, const Table& table,
                                            const std::vector<sql::IndexPart>& parts,
                                            const std::vector<std::string>& included);
[[nodiscard]] std::string choose_primary_name(const Schema& schema, const Table& table);
[[nodiscard]] std::string choose_unique_name(const Schema& schema, const Table& table,
                                             const std::vector<std::string>& columns);
[[nodiscard]] std::string choose_foreign_name(const Schema& schema, const Table& table,
                                              const std::vector<std::string>& columns);
// `column`: the one that the check is about; may be empty.
[[nodiscard]] std::string choose_exclusion_name(const Schema& schema, const Table& table,
                                                const std::vector<std::string>& columns);
[[nodiscard]] std::string choose_check_name(const Schema& schema, const Table& table,
                                            const std::string& column);

}  // namespace gate::readers::migrations
