// Indexes.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gate/readers/migrations/naming.h"
#include "gate/readers/migrations/replay/applier.h"

namespace gate::readers::migrations {

void Applier::add_index(Table& table, const sql::Index& index) {
  TableIndex made;
  made.name = index.name;
  made.parts = index.parts;
  made.unique = index.unique;
  made.partial = index.partial;
  made.fulltext = index.fulltext;
  made.pattern = index.pattern;
  made.included = index.included;
  made.method = index.method;
  made.origin = origin_;
  if (made.name.empty()) made.name = choose_index_name(schema_, table, made.parts, made.included);
  put_index(table, std::move(made));
}

void Applier::put_index(Table& table, TableIndex index) {
  if (const TableIndex* there = schema_.index(table, index.name); there != nullptr) {
    if (!there->for_key) {
      if (!operation_.if_not_exists && !operation_.guarded)
        refuse(fmt::format("there is an index `{}` already", index.name));
      return;
    }
  }
  // MySQL lets the index go that it made for a key, once another one serves.
  if (mysql()) {
    const std::vector<std::string> leading = index.leading_columns();
    std::erase_if(table.indexes, [&](const TableIndex& item) {
      if (!item.for_key || index.fulltext || leading.size() < item.parts.size()) return false;
      const std::vector<std::string> own = item.leading_columns();
      return schema_.same(
          own, {leading.begin(), leading.begin() + static_cast<std::ptrdiff_t>(own.size())});
    });
  }
  table.indexes.push_back(std::move(index));
}

// Returns the foreign key that refers to what `removed` was over, where no other index of the table
// finds it; empty where there is none, or where nobody looks after keys.
std::string Applier::needed_reference(const Table& table, const TableIndex& removed) const {
  if (schema_.database().engine == Engine::sqlite || operation_.cascade || !schema_.keys_checked())
    return {};
  const std::vector<std::string> led = removed.leading_columns();
  for (const std::string& key : schema_.referrers(table.name)) {
    for (const ForeignKey& foreign : schema_.find(key)->foreign_keys) {
      if (foreign.table != table.name) continue;
      const bool to_primary = foreign.references.empty();
      const bool served =
          to_primary ? removed.primary
                     : led.size() >= foreign.references.size() &&
                           schema_.same({led.begin(), led.begin() + static_cast<std::ptrdiff_t>(
                                                                        foreign.references.size())},
                                        foreign.references);
      if (!served || (!mysql() && !removed.unique)) continue;
      if (schema_.index_over(table, to_primary ? led : foreign.references, false) == nullptr)
        return foreign.name;
    }
  }
  return {};
}

void Applier::drop_index() {
  const std::string& name = operation_.other.name;
  if (!operation_.name.empty()) {
    drop_index(table(), name);
    return;
  }
  const Table* holder = schema_.table_of_index(name);
  if (holder != nullptr) drop_index(*schema_.edit(holder->name), name);
}

void Applier::drop_index(Table& table, const std::string& name) {
  const TableIndex* found = schema_.index(table, name);
  if (found == nullptr) {
    if (table.complete && !operation_.if_exists)
      refuse(fmt::format("`{}` has no index `{}`", table.name, name));
    return;
  }
  if (found->of_constraint && schema_.database().is_postgres() && !operation_.cascade)
    refuse(fmt::format("a constraint of `{}` needs the index `{}`", table.name, name));
  const TableIndex removed = *found;
  std::erase_if(table.indexes,
                [&](const TableIndex& item) { return schema_.same(item.name, name); });
  const std::string needed = needed_reference(table, removed);
  if (!needed.empty()) {
    refuse(fmt::format("the foreign key `{}` needs the index `{}`", needed, name));
    table.indexes.push_back(removed);
    return;
  }
  if (!mysql() || !schema_.keys_checked()) return;
  for (const ForeignKey& foreign : table.foreign_keys) {
    std::vector<std::string> led = removed.leading_columns();
    led.resize(std::min(led.size(), foreign.columns.size()));
    if (!schema_.same(led, foreign.columns) ||
        schema_.index_over(table, foreign.columns, false) != nullptr)
      continue;
    refuse(fmt::format("the foreign key `{}` needs the index `{}`", foreign.name, name));
    table.indexes.push_back(removed);
    return;
  }
}

void Applier::rename_index() {
  const auto rename = [&](Table& table) {
    for (TableIndex& index : table.indexes) {
      if (schema_.same(index.name, operation_.column)) index.name = operation_.other.name;
    }
  };
  if (!operation_.name.empty()) {
    Table& holder = table();
    if (holder.complete && schema_.index(holder, operation_.column) == nullptr)
      refuse(fmt::format("`{}` has no index `{}`", holder.name, operation_.column));
    rename(holder);
    return;
  }
  const Table* holder = schema_.table_of_index(operation_.column);
  if (holder != nullptr) rename(*schema_.edit(holder->name));
}

}  // namespace gate::readers::migrations
