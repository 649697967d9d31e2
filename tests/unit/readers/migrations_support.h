// A replayed schema in a few lines, for the tests of the readers of migrations.
#pragma once

#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/readers/migrations/migration.h"
#include "gate/readers/migrations/schema.h"

namespace gate::readers::test {

// Returns "table: column?, other; unique(column); key(column)->table" a line; `?` marks a column
// that takes NULL. Columns stand in their order.
inline std::string spell(const migrations::Schema& schema) {
  std::string text;
  for (const auto& [name, table] : schema.tables()) {
    std::vector<std::string> columns;
    for (const migrations::TableColumn& column : table.columns)
      columns.push_back(column.name + (column.nullable ? "?" : ""));
    text +=
        fmt::format("{}{}: {}", name, table.complete ? "" : " (in part)", fmt::join(columns, ", "));
    for (const migrations::TableIndex& index : table.indexes)
      text += fmt::format("; {}({})",
                          index.primary  ? "primary"
                          : index.unique ? "unique"
                                         : "index",
                          fmt::join(index.part_texts(), ", "));
    for (const migrations::ForeignKey& key : table.foreign_keys)
      text += fmt::format("; key({})->{}", fmt::join(key.columns, ", "), key.table);
    text += '\n';
  }
  return text;
}

// Returns why statements cannot be read, a line each.
inline std::string opaque(const std::vector<sql::Statement>& statements) {
  std::string text;
  for (const sql::Statement& statement : statements) {
    if (!statement.opaque.empty()) text += statement.opaque + '\n';
  }
  return text;
}

}  // namespace gate::readers::test
