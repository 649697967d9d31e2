#include "gate/readers/migrations/rollback.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/replay.h"
#include "gate/readers/migrations/type_change.h"

namespace gate::readers::migrations {
namespace {

// Returns "0" of "0.00", where it is a number.
std::string short_number(std::string text) {
  const bool number = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return base::is_digit(c) || c == '.' || c == '-';
  });
  if (!number || text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

// Returns an expression without blanks and the letter case of words, the parentheses around it and
// the cast of a text to a type.
std::string squeeze(std::string_view text) {
  std::string plain;
  char quote = '\0';
  for (const char c : text) {
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (base::kBlanks.find(c) != std::string_view::npos) {
      continue;
    }
    plain += quote == '\0' ? base::to_lower(c) : c;
  }
  while (plain.size() > 2 && plain.front() == '(' && plain.find(')') == plain.size() - 1)
    plain = plain.substr(1, plain.size() - 2);
  const std::size_t cast = plain.rfind("'::");
  if (plain.starts_with('\'') && cast != std::string::npos) plain.resize(cast + 1);
  return plain;
}

// Returns a default as the database keeps it, however it is written: 0 and '0' of a number, now()
// and CURRENT_TIMESTAMP. Nothing where the column has none.
std::optional<std::string> default_of(const TableColumn& column) {
  if (!column.default_value || column.default_value->is_null) return std::nullopt;
  std::string text = squeeze(column.default_value->text);
  const bool quoted = text.size() >= 2 && (text.front() == '\'' || text.front() == '"') &&
                      text.back() == text.front();
  if (quoted) text = text.substr(1, text.size() - 2);
  const std::string& type = column.type.name;
  const bool is_text = type.ends_with("char") || type.ends_with("text") || type == "enum";
  if (quoted) return is_text ? text : short_number(std::move(text));
  text = short_number(std::move(text));
  if (text == "now()" || text == "current_timestamp()" || text == "current_timestamp(0)")
    return "current_timestamp";
  if (text == "true") return "1";
  if (text == "false") return "0";
  return text;
}

std::string tell_default(const TableColumn& column, std::string_view none) {
  return default_of(column) ? column.default_value->text : std::string(none);
}

std::string compare_columns(const Table& before, const Table& after, const Schema& schema) {
  for (const TableColumn& old : before.columns) {
    const TableColumn* now = schema.column(after, old.name);
    if (now == nullptr) return fmt::format("column `{}` of `{}` is gone", old.name, before.name);
    if (!old.type.empty() && !now->type.empty() &&
        !is_same_type(old.type, now->type, schema.database()))
      return fmt::format("`{}` of `{}` is {} and was {}", old.name, before.name, now->type.text(),
                         old.type.text());
    if (old.nullable != now->nullable)
      return fmt::format(
          "`{}` of `{}` {}", old.name, before.name,
          now->nullable ? "allows NULL, which it did not" : "is NOT NULL, which it was not");
    if (default_of(old) != default_of(*now))
      return fmt::format("`{}` of `{}` has {}{} and had {}", old.name, before.name,
                         default_of(*now) ? "the default " : "", tell_default(*now, "no default"),
                         tell_default(old, "none"));
  }
  for (const TableColumn& now : after.columns) {
    if (schema.column(before, now.name) == nullptr)
      return fmt::format("column `{}` of `{}` is still there", now.name, before.name);
  }
  return {};
}

std::string compare_indexes(const Table& before, const Table& after) {
  using Key = std::tuple<std::vector<std::string>, bool, bool>;
  const auto keys = [](const Table& table) {
    std::set<Key> all;
    for (const TableIndex& index : table.indexes)
      all.emplace(index.part_texts(), index.unique, index.primary);
    return all;
  };
  const std::set<Key> old = keys(before);
  const std::set<Key> now = keys(after);
  for (const Key& key : old) {
    if (!now.contains(key))
      return fmt::format("the {}index over ({}) of `{}` is gone", std::get<1>(key) ? "unique " : "",
                         fmt::join(std::get<0>(key), ", "), before.name);
  }
  for (const Key& key : now) {
    if (!old.contains(key))
      return fmt::format("the {}index over ({}) of `{}` is still there",
                         std::get<1>(key) ? "unique " : "", fmt::join(std::get<0>(key), ", "),
                         before.name);
  }
  return {};
}

std::string compare_keys(const Table& before, const Table& after) {
  using Key = std::tuple<std::vector<std::string>, std::string, std::string>;
  const auto keys = [](const Table& table) {
    std::set<Key> all;
    for (const ForeignKey& foreign : table.foreign_keys) {
      const bool usual = foreign.on_delete == "no action" || foreign.on_delete == "restrict";
      all.emplace(foreign.columns, foreign.table, usual ? std::string() : foreign.on_delete);
    }
    return all;
  };
  const std::set<Key> old = keys(before);
  const std::set<Key> now = keys(after);
  for (const Key& key : old) {
    if (!now.contains(key))
      return fmt::format("the foreign key ({}) of `{}` is gone", fmt::join(std::get<0>(key), ", "),
                         before.name);
  }
  for (const Key& key : now) {
    if (!old.contains(key))
      return fmt::format("the foreign key ({}) of `{}` is still there",
                         fmt::join(std::get<0>(key), ", "), before.name);
  }
  return {};
}

// Of a table that no migration creates only what the migration itself added is known.
std::string compare_unknown(const Table* before, const Table& after, Origin origin,
                            const Schema& schema) {
  for (const TableColumn& now : after.columns) {
    if (now.origin == origin && (before == nullptr || schema.column(*before, now.name) == nullptr))
      return fmt::format("column `{}` of `{}` is still there", now.name, after.name);
  }
  return {};
}

bool is_known(const std::vector<sql::Statement>& statements) {
  return std::all_of(statements.begin(), statements.end(), [](const sql::Statement& statement) {
    return statement.opaque.empty() &&
           std::none_of(statement.operations.begin(), statement.operations.end(),
                        [](const sql::Operation& operation) { return operation.guarded; });
  });
}

// Whether what the way up took from a table nobody describes comes back cannot be told.
bool takes_unknown(const std::vector<sql::Statement>& statements, const Schema& schema) {
  using Kind = sql::OperationKind;
  return std::any_of(statements.begin(), statements.end(), [&](const sql::Statement& statement) {
    return std::any_of(
        statement.operations.begin(), statement.operations.end(), [&](const sql::Operation& one) {
          const bool takes = one.kind == Kind::drop_column || one.kind == Kind::drop_table ||
                             one.kind == Kind::restate_column || one.kind == Kind::change_type ||
                             one.kind == Kind::rename_column || one.kind == Kind::rename_table;
          if (!takes) return false;
          const Table* table = schema.find(one.name);
          return table == nullptr ? one.kind == Kind::drop_table : !table->complete;
        });
  });
}

}  // namespace

std::string compare_with(const Journal& before, const Schema& after, Origin origin) {
  for (const auto& [key, old] : before.tables) {
    const Table* now = after.find(key);
    if (now == nullptr) {
      if (old && old->complete) return fmt::format("table `{}` is gone", key);
      continue;
    }
    if (!old || !old->complete || !now->complete) {
      if (!old && now->complete) return fmt::format("table `{}` is still there", key);
      const std::string unknown = compare_unknown(old ? &*old : nullptr, *now, origin, after);
      if (!unknown.empty()) return unknown;
      continue;
    }
    for (std::string difference : {compare_columns(*old, *now, after), compare_keys(*old, *now),
                                   compare_indexes(*old, *now)}) {
      if (!difference.empty()) return difference;
    }
  }
  return {};
}

Journal join(Journal first, const Journal& second) {
  for (const auto& [key, table] : second.tables)
    first.tables.try_emplace(key, table);
  if (!first.enums) first.enums = second.enums;
  if (!first.views) first.views = second.views;
  return first;
}

RollbackVerdict judge_rollback(Schema& schema, const Journal& up, const Migration& migration,
                               Origin origin) {
  RollbackVerdict verdict;
  if (migration.reverse != Reverse::written || !is_known(migration.up) ||
      !is_known(migration.down) || takes_unknown(migration.up, schema))
    return verdict;
  schema.begin_journal();
  for (const sql::Statement& statement : migration.down) {
    for (const sql::Operation& operation : statement.operations) {
      const std::string refusal = apply(schema, operation, origin);
      if (refusal.empty() || verdict.kind == RollbackVerdict::Kind::fails) continue;
      verdict.kind = RollbackVerdict::Kind::fails;
      verdict.text = refusal;
      verdict.place = operation.span;
    }
  }
  const Journal down = schema.take_journal();
  if (verdict.kind != RollbackVerdict::Kind::fails) {
    verdict.text = compare_with(join(up, down), schema, origin);
    if (!verdict.text.empty()) verdict.kind = RollbackVerdict::Kind::differs;
  }
  schema.put_back(down);
  return verdict;
}

}  // namespace gate::readers::migrations
