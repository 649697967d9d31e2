#include "gate/readers/migrations/schema.h"

#include <algorithm>

#include "gate/base/ascii.h"

namespace gate::readers::migrations {

std::vector<std::string> TableIndex::leading_columns() const {
  std::vector<std::string> columns;
  for (const sql::IndexPart& part : parts) {
    if (part.column.empty()) break;
    columns.push_back(part.column);
  }
  return columns;
}

std::vector<std::string> TableIndex::part_texts() const {
  std::vector<std::string> texts;
  texts.reserve(parts.size());
  for (const sql::IndexPart& part : parts)
    texts.push_back(part.column.empty() ? part.expression : part.column);
  return texts;
}

std::string Schema::key(const sql::Name& name) const {
  const bool usual = name.schema.empty() || (database_.is_postgres() && name.schema == "public") ||
                     (database_.engine == Engine::sqlite && name.schema == "main");
  return usual ? name.name : name.text();
}

const Table* Schema::find(std::string_view key) const {
  const auto found = tables_.find(key);
  return found == tables_.end() ? nullptr : &found->second;
}

Table* Schema::edit(std::string_view key) {
  const auto found = tables_.find(key);
  if (journal_) {
    journal_->tables.try_emplace(
        std::string(key), found == tables_.end() ? std::nullopt : std::optional(found->second));
  }
  return found == tables_.end() ? nullptr : &found->second;
}

Table& Schema::make(const std::string& key) {
  if (Table* there = edit(key); there != nullptr) return *there;
  Table& fresh = tables_[key];
  fresh.name = key;
  return fresh;
}

Table& Schema::put(Table table) {
  static_cast<void>(edit(table.name));
  std::string key = table.name;
  return tables_.insert_or_assign(std::move(key), std::move(table)).first->second;
}

void Schema::erase(std::string_view key) {
  if (edit(key) == nullptr) return;
  erased_.emplace(key);
  tables_.erase(tables_.find(key));
}

std::map<std::string, EnumType, std::less<>>& Schema::edit_enums() {
  if (journal_ && !journal_->enums) journal_->enums = enums_;
  return enums_;
}

std::map<std::string, bool, std::less<>>& Schema::edit_views() {
  if (journal_ && !journal_->views) journal_->views = views_;
  return views_;
}

void Schema::note_reference(const std::string& table, const std::string& target) {
  referrers_[target].insert(table);
}

std::vector<std::string> Schema::referrers(std::string_view key) const {
  std::vector<std::string> tables;
  const auto found = referrers_.find(key);
  if (found == referrers_.end()) return tables;
  for (const std::string& table : found->second) {
    if (tables_.contains(table)) tables.push_back(table);
  }
  return tables;
}

std::vector<std::string> Schema::partitions(std::string_view key) const {
  std::vector<std::string> found;
  for (const auto& [name, table] : tables_) {
    if (table.partition_of == key) found.push_back(name);
  }
  return found;
}

std::vector<std::string> Schema::heirs(std::string_view key) const {
  std::vector<std::string> found;
  for (const auto& [name, table] : tables_) {
    if (table.inherits == key || table.partition_of == key) found.push_back(name);
  }
  return found;
}

Journal Schema::take_journal() {
  Journal journal = journal_ ? std::move(*journal_) : Journal{};
  journal_.reset();
  return journal;
}

void Schema::put_back(const Journal& journal) {
  for (const auto& [key, table] : journal.tables) {
    if (table) {
      tables_.insert_or_assign(key, *table);
    } else if (const auto found = tables_.find(key); found != tables_.end()) {
      tables_.erase(found);
    }
  }
  if (journal.enums) enums_ = *journal.enums;
  if (journal.views) views_ = *journal.views;
}

const Table* Schema::table_of_index(std::string_view name) const {
  for (const auto& [key, table] : tables_) {
    if (index(table, name) != nullptr) return &table;
  }
  return nullptr;
}

bool Schema::same(std::string_view a, std::string_view b) const {
  if (database_.is_postgres()) return a == b;
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return base::to_lower(x) == base::to_lower(y);
         });
}

bool Schema::same(const std::vector<std::string>& a, const std::vector<std::string>& b) const {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(),
                    [this](const std::string& x, const std::string& y) { return same(x, y); });
}

bool Schema::contains(const std::vector<std::string>& names, std::string_view name) const {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& item) { return same(item, name); });
}

const TableColumn* Schema::column(const Table& table, std::string_view name) const {
  const auto found =
      std::find_if(table.columns.begin(), table.columns.end(),
                   [&](const TableColumn& column) { return same(column.name, name); });
  return found == table.columns.end() ? nullptr : &*found;
}

TableColumn* Schema::column(Table& table, std::string_view name) const {
  const auto found =
      std::find_if(table.columns.begin(), table.columns.end(),
                   [&](const TableColumn& column) { return same(column.name, name); });
  return found == table.columns.end() ? nullptr : &*found;
}

const TableIndex* Schema::index(const Table& table, std::string_view name) const {
  const auto found = std::find_if(table.indexes.begin(), table.indexes.end(),
                                  [&](const TableIndex& index) { return same(index.name, name); });
  return found == table.indexes.end() ? nullptr : &*found;
}

const TableIndex* Schema::index_over(const Table& table, const std::vector<std::string>& columns,
                                     bool any_order) const {
  const auto serves = [&](const TableIndex& index) {
    if (index.partial || index.fulltext) return false;
    std::vector<std::string> leading = index.leading_columns();
    if (leading.size() < columns.size()) return false;
    leading.resize(columns.size());
    if (!any_order) return same(leading, columns);
    return std::is_permutation(
        columns.begin(), columns.end(), leading.begin(), leading.end(),
        [this](const std::string& a, const std::string& b) { return same(a, b); });
  };
  const auto found = std::find_if(table.indexes.begin(), table.indexes.end(), serves);
  return found == table.indexes.end() ? nullptr : &*found;
}

}  // namespace gate::readers::migrations
