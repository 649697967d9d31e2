#include "gate/readers/migrations/naming.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"

namespace gate::readers::migrations {
namespace {

constexpr std::size_t kNameBytes = 63;

// The table's own name, without its schema.
std::string_view bare(std::string_view key) {
  const std::size_t dot = key.rfind('.');
  return dot == std::string_view::npos ? key : key.substr(dot + 1);
}

// PostgreSQL's makeObjectName: the longer of the two parts gives way.
std::string object_name(std::string_view table, std::string_view middle, std::string_view label) {
  const std::size_t extra = label.size() + 1 + (middle.empty() ? 0 : 1);
  while (table.size() + middle.size() + extra > kNameBytes) {
    std::string_view& longer = table.size() > middle.size() ? table : middle;
    if (longer.empty()) break;
    longer.remove_suffix(1);
  }
  return middle.empty() ? fmt::format("{}_{}", table, label)
                        : fmt::format("{}_{}_{}", table, middle, label);
}

bool is_taken(const Schema& schema, const Table& table, std::string_view name) {
  const auto has_name = [&](const auto& item) { return schema.same(item.name, name); };
  return schema.index(table, name) != nullptr ||
         std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), has_name) ||
         std::any_of(table.checks.begin(), table.checks.end(), has_name);
}

// PostgreSQL keeps the names of all indexes of a schema apart. A name that begins with that of its
// table meets one of another table only where it has been cut, so that no other is looked for.
bool is_taken_anywhere(const Schema& schema, const Table& table, std::string_view name) {
  constexpr std::size_t kNearlyCut = kNameBytes - 2;
  return is_taken(schema, table, name) ||
         (name.size() >= kNearlyCut && schema.table_of_index(name) != nullptr);
}

std::string postgres_name(const Schema& schema, const Table& table, std::string_view middle,
                          std::string_view label) {
  std::string name = object_name(bare(table.name), middle, label);
  for (int number = 1; is_taken_anywhere(schema, table, name); ++number)
    name = object_name(bare(table.name), middle, fmt::format("{}{}", label, number));
  return name;
}

std::string joined(const std::vector<std::string>& columns) {
  std::string text = fmt::format("{}", fmt::join(columns, "_"));
  return text.substr(0, kNameBytes);
}

// PostgreSQL's FigureIndexColname, as far as calls of functions go.
std::string name_of_expression(std::string_view text) {
  while (text.size() > 2 && text.front() == '(' && text.back() == ')')
    text = text.substr(1, text.size() - 2);
  const std::size_t open = text.find('(');
  if (open == 0 || open == std::string_view::npos || text.back() != ')') return "expr";
  // The parenthesis that opens behind the name closes at the end.
  int depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && --depth == 0 && at + 1 < text.size()) return "expr";
  }
  std::string_view name = base::trim(text.substr(0, open));
  name = name.substr(name.rfind('.') + 1);
  const bool is_word = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return base::is_alphanumeric(c) || c == '_';
  });
  return is_word ? base::to_lower(name) : "expr";
}

// MySQL names an index after its first column.
std::string mysql_index_name(const Schema& schema, const Table& table, const std::string& column) {
  const std::string base = column.empty() ? "functional_index" : column;
  std::string name = base;
  for (int number = 2; is_taken(schema, table, name); ++number)
    name = fmt::format("{}_{}", base, number);
  return name;
}

}  // namespace

std::string choose_index_name(const Schema& schema, const Table& table,
                              const std::vector<sql::IndexPart>& parts,
                              const std::vector<std::string>& included) {
  if (schema.database().is_mysql())
    return mysql_index_name(schema, table, parts.empty() ? std::string() : parts.front().column);
  std::vector<std::string> names;
  const auto add = [&](const std::string& base) {
    std::string name = base;
    for (int number = 1; std::find(names.begin(), names.end(), name) != names.end(); ++number)
      name = fmt::format("{}{}", base, number);
    names.push_back(std::move(name));
  };
  for (const sql::IndexPart& part : parts)
    add(part.column.empty() ? name_of_expression(part.expression) : part.column);
  for (const std::string& column : included)
    add(column);
  return postgres_name(schema, table, joined(names), "idx");
}

std::string choose_primary_name(const Schema& schema, const Table& table) {
  if (schema.database().is_mysql()) return "PRIMARY";
  return postgres_name(schema, table, {}, "pkey");
}

std::string choose_unique_name(const Schema& schema, const Table& table,
                               const std::vector<std::string>& columns) {
  if (schema.database().is_mysql())
    return mysql_index_name(schema, table, columns.empty() ? std::string() : columns.front());
  return postgres_name(schema, table, joined(columns), "key");
}

std::string choose_foreign_name(const Schema& schema, const Table& table,
                                const std::vector<std::string>& columns) {
  if (!schema.database().is_mysql()) return postgres_name(schema, table, joined(columns), "fkey");
  std::size_t number = table.foreign_keys.size() + 1;
  std::string name;
  do
    name = fmt::format("{}_ibfk_{}", bare(table.name), number++);
  while (is_taken(schema, table, name));
  return name;
}

std::string choose_exclusion_name(const Schema& schema, const Table& table,
                                  const std::vector<std::string>& columns) {
  return postgres_name(schema, table, joined(columns), "excl");
}

std::string choose_check_name(const Schema& schema, const Table& table, const std::string& column) {
  if (!schema.database().is_mysql()) return postgres_name(schema, table, column, "check");
  const bool mariadb = schema.database().engine == Engine::mariadb;
  std::size_t number = table.checks.size() + 1;
  std::string name;
  do
    name = mariadb ? fmt::format("CONSTRAINT_{}", number++)
                   : fmt::format("{}_chk_{}", bare(table.name), number++);
  while (is_taken(schema, table, name));
  return name;
}

}  // namespace gate::readers::migrations
