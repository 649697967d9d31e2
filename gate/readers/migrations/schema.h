// Schema: what migrations add up to: tables with their columns, indexes and keys.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/formats/sql/statement.h"
#include "gate/readers/migrations/database.h"

namespace gate::readers::migrations {

// Which migration brought a thing: its number in the order they run; kBefore for what was there
// before all of them.
using Origin = std::uint32_t;
inline constexpr Origin kBefore = 0xFFFFFFFF;

struct TableColumn {
  std::string name;
  sql::Type type;
  bool nullable = true;
  std::optional<sql::Default> default_value;
  sql::Generated generated = sql::Generated::no;
  std::string expression;  // that a generated one is computed from
  bool auto_increment = false;
  bool updates_itself = false;
  Origin origin = kBefore;

  // Returns whether the database gives a value where an INSERT names none.
  [[nodiscard]] bool has_default() const {
    return (default_value && !default_value->is_null) || auto_increment ||
           generated != sql::Generated::no;
  }
};

struct TableIndex {
  std::string name;
  std::vector<sql::IndexPart> parts;
  bool unique = false;
  bool primary = false;
  bool partial = false;
  bool fulltext = false;
  bool pattern = false;        // for LIKE: varchar_pattern_ops
  bool for_key = false;        // made by the database for a foreign key
  bool of_constraint = false;  // goes with the constraint of its name
  std::vector<std::string> included;
  std::string method;
  Origin origin = kBefore;

  // Returns the columns in front: those before the first expression.
  [[nodiscard]] std::vector<std::string> leading_columns() const;
  // Returns the texts of its parts: columns, or expressions as written.
  [[nodiscard]] std::vector<std::string> part_texts() const;
};

struct ForeignKey {
  std::string name;
  std::vector<std::string> columns;
  std::string table;                    // that it points to, as Schema keeps it
  std::vector<std::string> references;  // empty: the primary key
  std::string on_delete;
  bool validated = true;
  Origin origin = kBefore;
};

struct CheckConstraint {
  std::string name;
  std::string expression;
  bool validated = true;
  bool exclusion = false;
  Origin origin = kBefore;
};

struct Table {
  std::string name;
  std::vector<TableColumn> columns;
  std::vector<TableIndex> indexes;
  std::vector<ForeignKey> foreign_keys;
  std::vector<CheckConstraint> checks;
  Origin origin = kBefore;
  bool complete = false;  // false: no migration creates it; there may be more to it
  bool temporary = false;
  bool partitioned = false;
  std::string partition_of;
  std::string inherits;  // of PostgreSQL
  std::string charset;
};

struct EnumType {
  std::vector<std::string> values;
  Origin origin = kBefore;
};

// What a stretch of operations changed: everything as it was before, so that it can be put back.
struct Journal {
  std::map<std::string, std::optional<Table>, std::less<>> tables;  // nothing: it was not there
  std::optional<std::map<std::string, EnumType, std::less<>>> enums;
  std::optional<std::map<std::string, bool, std::less<>>> views;
};

class Schema {
 public:
  explicit Schema(Database database) : database_(database) {}

  [[nodiscard]] const Database& database() const { return database_; }
  [[nodiscard]] const std::map<std::string, Table, std::less<>>& tables() const { return tables_; }
  [[nodiscard]] const std::map<std::string, EnumType, std::less<>>& enums() const { return enums_; }
  [[nodiscard]] const std::map<std::string, bool, std::less<>>& views() const { return views_; }

  // Every change goes through these.
  [[nodiscard]] Table* edit(std::string_view key);  // null where there is none
  Table& make(const std::string& key);              // the one that is there, or an empty one
  Table& put(Table table);                          // in the place of one of this name
  void erase(std::string_view key);
  // Returns whether a table of this name was there once and is not any more.
  [[nodiscard]] bool was_erased(std::string_view key) const {
    return erased_.contains(key) && find(key) == nullptr;
  }
  [[nodiscard]] std::map<std::string, EnumType, std::less<>>& edit_enums();
  [[nodiscard]] std::map<std::string, bool, std::less<>>& edit_views();
  // Remembers that a foreign key of `table` points to `target`.
  void note_reference(const std::string& table, const std::string& target);

  // Returns the tables that may have a foreign key to this one, itself among them.
  [[nodiscard]] std::vector<std::string> referrers(std::string_view key) const;

  // From here on what is changed can be put back. A connection checks foreign keys at first.
  void begin_journal() {
    journal_.emplace();
    keys_checked_ = true;
  }
  [[nodiscard]] Journal take_journal();
  void put_back(const Journal& journal);

  // Whether MySQL looks after foreign keys: SET foreign_key_checks.
  [[nodiscard]] bool keys_checked() const { return keys_checked_; }
  void check_keys(bool checked) { keys_checked_ = checked; }

  // Returns the tables that are partitions of this one, and those that inherit from it.
  [[nodiscard]] std::vector<std::string> partitions(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> heirs(std::string_view key) const;

  // Returns the key of a table's name: `public` of PostgreSQL is the schema nobody writes.
  [[nodiscard]] std::string key(const sql::Name& name) const;

  [[nodiscard]] const Table* find(const sql::Name& name) const { return find(key(name)); }
  [[nodiscard]] const Table* find(std::string_view key) const;

  // Returns the table that has an index of this name, and the index; null where no table is known
  // to have it.
  [[nodiscard]] const Table* table_of_index(std::string_view index) const;

  // Returns whether two names of columns or indexes are the same: letter case counts in PostgreSQL
  // only.
  [[nodiscard]] bool same(std::string_view a, std::string_view b) const;
  [[nodiscard]] bool same(const std::vector<std::string>& a,
                          const std::vector<std::string>& b) const;

  // Returns whether one of these names is the same.
  [[nodiscard]] bool contains(const std::vector<std::string>& names, std::string_view name) const;

  [[nodiscard]] const TableColumn* column(const Table& table, std::string_view name) const;
  [[nodiscard]] TableColumn* column(Table& table, std::string_view name) const;
  [[nodiscard]] const TableIndex* index(const Table& table, std::string_view name) const;
  // Returns an index that finds rows by these columns: they are its first, in any order where
  // `any_order`; a partial one finds not all rows.
  [[nodiscard]] const TableIndex* index_over(const Table& table,
                                             const std::vector<std::string>& columns,
                                             bool any_order) const;

 private:
  Database database_;
  std::map<std::string, Table, std::less<>> tables_;
  std::map<std::string, EnumType, std::less<>> enums_;
  std::map<std::string, bool, std::less<>> views_;  // whether it keeps its rows
  std::map<std::string, std::set<std::string>, std::less<>> referrers_;  // target -> tables
  std::set<std::string, std::less<>> erased_;
  std::optional<Journal> journal_;
  bool keys_checked_ = true;
};

}  // namespace gate::readers::migrations
