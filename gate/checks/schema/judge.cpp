#include "gate/checks/schema/judge.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gate::checks {
namespace {

using readers::migrations::ForeignKey;
using readers::migrations::Schema;
using readers::migrations::Table;
using readers::migrations::TableColumn;
using readers::migrations::TableIndex;

std::string list(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

class Judge {
 public:
  Judge(const SchemaRule& rule, const MigrationSequence& sequence, const Replayed& replayed,
        Tally& tally)
      : rule_(rule), sequence_(sequence), replayed_(replayed), tally_(tally) {}

  void run() {
    for (const std::string& name : rule_.tables)
      require_table(name);
    bool any = false;
    for (const auto& [key, table] : schema().tables()) {
      if (table.temporary || !is_asked(key)) continue;
      any = true;
      if (!table.complete) {
        // A rule about all tables says nothing of those that nobody describes.
        if (!rule_.tables.empty())
          tally_.unknown(fmt::format("nothing that was read says what is in table `{}`", key));
        continue;
      }
      tally_.judged();
      judge(table);
    }
    if (!any && !rule_.asks_all())
      tally_.skipped(fmt::format("no table has a name like `{}`", fmt::join(rule_.tables, "`, `")));
  }

 private:
  [[nodiscard]] const Schema& schema() const { return *replayed_.schema; }

  [[nodiscard]] bool is_asked(const std::string& key) const {
    if (!rule_.except.empty() && rule_.except.matches(key)) return false;
    return rule_.asks_all() || rule_.table_globs.matches(key);
  }

  void add(const Table& table, std::string message, std::string fix, const std::string& what) {
    finding::Finding finding;
    finding.message = std::move(message);
    finding.fix = std::move(fix);
    const auto created = replayed_.created.find(table.name);
    if (created != replayed_.created.end()) finding.place = created->second;
    finding.identity = table.name + " " + what;
    tally_.found(std::move(finding));
  }

  // How sure it is that something is missing: statements that nobody could read may have made it.
  [[nodiscard]] std::string doubt() const {
    if (replayed_.unread.empty()) return {};
    return fmt::format(", as far as the migrations can be read ({} cannot)",
                       replayed_.unread.size() == 1
                           ? "one statement"
                           : fmt::format("{} statements", replayed_.unread.size()));
  }

  void require_table(const std::string& name) {
    if (name.find_first_of("*?[{!") != std::string::npos) return;
    if (schema().find(std::string_view(name)) != nullptr) return;
    finding::Finding finding;
    finding.message = fmt::format("no migration creates table `{}`{}", name, doubt());
    finding.fix = "write a migration that creates it, or mend its name in the rule";
    finding.identity = name;
    tally_.judged();
    tally_.found(std::move(finding));
  }

  void judge(const Table& table) {
    judge_columns(table);
    judge_keys(table);
    judge_by_name(table);
  }

  void judge_columns(const Table& table) {
    for (const std::string& name : rule_.columns) {
      if (schema().column(table, name) == nullptr)
        add(table, fmt::format("table `{}` has no column `{}`{}", table.name, name, doubt()),
            "add it in a new migration", name);
    }
    for (const std::string& name : rule_.forbidden_columns) {
      if (schema().column(table, name) != nullptr)
        add(table, fmt::format("table `{}` has a column `{}`", table.name, name),
            "drop it in a new migration", name);
    }
    const auto judge_null = [&](const std::string& name, bool wanted) {
      const TableColumn* column = schema().column(table, name);
      if (column == nullptr) {
        add(table, fmt::format("table `{}` has no column `{}`{}", table.name, name, doubt()),
            "add it in a new migration", name);
      } else if (column->nullable != wanted) {
        add(table,
            fmt::format("`{}` of `{}` {}", name, table.name,
                        wanted ? "does not allow NULL" : "allows NULL"),
            wanted ? "make it nullable" : "make it NOT NULL", name + " null");
      }
    };
    for (const std::string& name : rule_.not_null)
      judge_null(name, false);
    for (const std::string& name : rule_.nullable)
      judge_null(name, true);
  }

  // Returns whether an index over exactly these columns, in any order, holds them unique.
  [[nodiscard]] bool is_unique(const Table& table, const std::vector<std::string>& columns) const {
    return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const TableIndex& index) {
      const std::vector<std::string> own = index.leading_columns();
      return index.unique && !index.partial && own.size() == index.parts.size() &&
             own.size() == columns.size() &&
             std::is_permutation(
                 own.begin(), own.end(), columns.begin(), columns.end(),
                 [this](const auto& a, const auto& b) { return schema().same(a, b); });
    });
  }

  // Returns whether the table has the columns that something is asked of; says so where not.
  bool has_columns(const Table& table, const WantedKey& wanted) {
    const auto missing = std::find_if(
        wanted.columns.begin(), wanted.columns.end(),
        [&](const std::string& name) { return schema().column(table, name) == nullptr; });
    if (missing == wanted.columns.end()) return true;
    add(table, fmt::format("table `{}` has no column `{}`{}", table.name, *missing, doubt()),
        "add it in a new migration, or mend its name in the rule", *missing);
    return false;
  }

  void judge_keys(const Table& table) {
    for (const WantedKey& wanted : rule_.indexes) {
      if (!has_columns(table, wanted)) continue;
      if (schema().index_over(table, wanted.columns, wanted.columns.size() > 1) != nullptr)
        continue;
      add(table,
          fmt::format("table `{}` has no index that begins with ({}){}", table.name,
                      list(wanted.columns), doubt()),
          "create one: every query by these columns reads the whole table", "index " + wanted.text);
    }
    for (const WantedKey& wanted : rule_.uniques) {
      if (!has_columns(table, wanted)) continue;
      if (is_unique(table, wanted.columns)) continue;
      add(table,
          fmt::format("nothing keeps ({}) of `{}` unique{}", list(wanted.columns), table.name,
                      doubt()),
          "create a unique index over exactly these columns, without WHERE",
          "unique " + wanted.text);
    }
    for (const WantedKey& wanted : rule_.foreign_keys) {
      const bool there = std::any_of(
          table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& foreign) {
            return schema().same(foreign.columns, wanted.columns) &&
                   (wanted.table.empty() || foreign.table == wanted.table);
          });
      // The table that the key points to needs none to itself.
      if (there || table.name == wanted.table || !has_columns(table, wanted)) continue;
      add(table,
          fmt::format("table `{}` has no foreign key ({}){}{}", table.name, list(wanted.columns),
                      wanted.table.empty() ? "" : " to `" + wanted.table + "`", doubt()),
          "add it in a new migration", "foreign key " + wanted.text);
    }
    const bool keyed = std::any_of(table.indexes.begin(), table.indexes.end(),
                                   [](const TableIndex& index) { return index.primary; });
    if (rule_.primary_key && !keyed && table.partition_of.empty())
      add(table, fmt::format("table `{}` has no primary key{}", table.name, doubt()),
          "give it a primary key", "primary key");
    if (!rule_.index_foreign_keys) return;
    for (const ForeignKey& foreign : table.foreign_keys) {
      if (schema().index_over(table, foreign.columns, true) != nullptr) continue;
      add(table,
          fmt::format("foreign key ({}) of `{}` has no index{}", list(foreign.columns), table.name,
                      doubt()),
          "create an index whose first columns are those of the key",
          "index of " + list(foreign.columns));
    }
  }

  // Columns that a rule finds by their names, in whatever table.
  void judge_by_name(const Table& table) {
    for (const TableColumn& column : table.columns) {
      if (!rule_.indexed_columns.empty() && rule_.indexed_columns.matches(column.name) &&
          schema().index_over(table, {column.name}, false) == nullptr) {
        add(table,
            fmt::format("`{}` of `{}` is the first column of no index{}", column.name, table.name,
                        doubt()),
            "create an index that begins with it", "indexed " + column.name);
      }
      if (rule_.unique_columns.empty() || !rule_.unique_columns.matches(column.name)) continue;
      const bool unique =
          std::any_of(table.indexes.begin(), table.indexes.end(), [&](const TableIndex& index) {
            const std::vector<std::string> own = index.leading_columns();
            return index.unique &&
                   std::any_of(own.begin(), own.end(), [&](const std::string& name) {
                     return schema().same(name, column.name);
                   });
          });
      if (unique) continue;
      add(table,
          fmt::format("nothing keeps `{}` of `{}` unique{}", column.name, table.name, doubt()),
          "create a unique index over it, alone or with the column that says whose it is",
          "unique " + column.name);
    }
  }

  const SchemaRule& rule_;
  const MigrationSequence& sequence_;
  const Replayed& replayed_;
  Tally& tally_;
};

}  // namespace

void judge(const SchemaRule& rule, const MigrationSequence& sequence, const Replayed& replayed,
           Tally& tally) {
  Judge(rule, sequence, replayed, tally).run();
}

}  // namespace gate::checks
