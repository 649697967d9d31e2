// Kind `schema`: what the replayed migrations add up to.
#include <array>

#include <fmt/format.h>

#include "gate/checks/kinds.h"
#include "gate/checks/memo.h"
#include "gate/checks/schema/judge.h"

namespace gate::checks {
namespace {

class SchemaCheck final : public Check {
 public:
  explicit SchemaCheck(SchemaRule rule) : rule_(std::move(rule)) {}

  [[nodiscard]] Answer run(const Context& context) const override {
    const Memo own;
    const Memo& memo = context.memo != nullptr ? *context.memo : own;
    const MigrationSettings settings = rule_.settings.in(context.environment);
    const auto& history = memo.get<MigrationHistory>(settings.key(), [&] {
      return MigrationHistory::read(context.files, context.base, context.target, settings);
    });
    if (history.sequences().empty()) {
      return rule_.tables.empty() ? Answer::not_applicable("no folder of migrations was found")
                                  : Answer::could_not_run(
                                        "no folder of migrations was found: "
                                        "nothing is known of the tables");
    }
    const auto& replays = memo.get<std::vector<Replayed>>(settings.key(), [&] {
      std::vector<Replayed> all;
      for (const MigrationSequence& sequence : history.sequences())
        all.push_back(replay(sequence));
      return all;
    });
    return judge_all(history, replays);
  }

 private:
  [[nodiscard]] Answer judge_all(const MigrationHistory& history,
                                 const std::vector<Replayed>& replays) const {
    Tally tally;
    std::vector<std::string> evidence;
    for (std::size_t index = 0; index < replays.size(); ++index) {
      const MigrationSequence& sequence = history.sequences()[index];
      if (!holds_named_table(replays, index)) continue;
      judge(rule_, sequence, replays[index], tally);
      evidence.push_back(fmt::format("{}: {} tables of {} migrations", sequence.sequence.folder,
                                     replays[index].schema->tables().size(),
                                     sequence.entries.size()));
    }
    if (evidence.empty()) tally.skipped("no migration creates a table");
    return std::move(tally).answer(std::move(evidence));
  }

  // Of several databases, those are asked that have one of the named tables; where none has, all.
  [[nodiscard]] bool holds_named_table(const std::vector<Replayed>& replays,
                                       std::size_t index) const {
    if (rule_.asks_all() || replays.size() == 1) return true;
    const auto holds = [&](const Replayed& replayed) {
      for (const auto& [key, table] : replayed.schema->tables()) {
        if (rule_.table_globs.matches(key)) return true;
      }
      return false;
    };
    if (holds(replays[index])) return true;
    return std::none_of(replays.begin(), replays.end(), holds);
  }

  SchemaRule rule_;
};

// Names of tables and columns are no paths: they match as a whole.
base::GlobSet name_globs(policy::TableReader& table, std::string_view key) {
  base::GlobSet globs;
  const std::vector<std::string> texts = table.texts(key);
  for (std::size_t index = 0; index < texts.size(); ++index) {
    const bool back = texts[index].starts_with('!');
    const std::string anchored = back ? "!/" + texts[index].substr(1) : "/" + texts[index];
    if (Result<void> added = globs.add(anchored); !added)
      table.complain(key, index,
                     fmt::format("`{}` is no glob: {}", texts[index], added.error().message));
  }
  return globs;
}

std::string trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(' ') + 1 - begin));
}

// "shop_id, slug", of a foreign key also "shop_id -> shops".
std::vector<WantedKey> read_keys(policy::TableReader& table, std::string_view key, bool points) {
  std::vector<WantedKey> wanted;
  const std::vector<std::string> texts = table.texts(key);
  for (std::size_t index = 0; index < texts.size(); ++index) {
    WantedKey one;
    one.text = texts[index];
    std::string_view columns = texts[index];
    const std::size_t arrow = columns.find("->");
    if (arrow != std::string_view::npos) {
      one.table = trim(columns.substr(arrow + 2));
      columns = columns.substr(0, arrow);
      if (!points)
        table.complain(key, index, fmt::format("`{}` is no list of columns", texts[index]),
                       "write the columns: \"shop_id, slug\"");
    }
    while (!columns.empty()) {
      const std::size_t comma = std::min(columns.find(','), columns.size());
      std::string name = trim(columns.substr(0, comma));
      if (!name.empty()) one.columns.push_back(std::move(name));
      columns.remove_prefix(std::min(comma + 1, columns.size()));
    }
    if (one.columns.empty()) {
      table.complain(key, index, fmt::format("`{}` names no column", texts[index]));
    } else {
      wanted.push_back(std::move(one));
    }
  }
  return wanted;
}

std::unique_ptr<Check> make(const policy::RuleHead& /*head*/, policy::TableReader& table) {
  SchemaRule rule;
  rule.tables = table.texts("table");
  rule.table_globs = name_globs(table, "table");
  rule.every_table = table.boolean("every_table", false);
  rule.except = name_globs(table, "except");
  rule.columns = table.texts("require_columns");
  rule.forbidden_columns = table.texts("forbid_columns");
  rule.not_null = table.texts("require_not_null");
  rule.nullable = table.texts("require_nullable");
  rule.indexes = read_keys(table, "require_index", false);
  rule.uniques = read_keys(table, "require_unique", false);
  rule.foreign_keys = read_keys(table, "require_foreign_key", true);
  rule.primary_key = table.boolean("require_primary_key", false);
  rule.index_foreign_keys = table.boolean("index_foreign_keys", false);
  rule.indexed_columns = name_globs(table, "indexed_columns");
  rule.unique_columns = name_globs(table, "unique_columns");
  rule.settings = read_migration_settings(table);
  table.require_one_of({"table", "every_table", "indexed_columns", "unique_columns"});
  if (table.has("every_table") && table.has("table"))
    table.complain("every_table", "`every_table` beside `table`", "write one of them");
  if (table.has("except") && !rule.asks_all())
    table.complain("except", "`except` beside named tables",
                   "take it out, or write every_table = true");
  return std::make_unique<SchemaCheck>(std::move(rule));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"table", "names or globs",
     "the tables that the keys below are about; each that is no glob must exist"},
    {"every_table", "true", "the keys below are about all tables"},
    {"except", "globs", "with `every_table`: but not these"},
    {"require_columns", "names", "each table has these columns"},
    {"forbid_columns", "names", "no table has one of these columns"},
    {"require_not_null", "names", "these columns are there and NOT NULL"},
    {"require_nullable", "names", "these columns are there and allow NULL"},
    {"require_index", "list of columns",
     "an index finds rows by these: they are its first columns, in any order; an index for some "
     "rows (WHERE) does not count: [\"slug\", \"shop_id, state\"]"},
    {"require_unique", "list of columns", "a unique index or key has exactly these columns"},
    {"require_foreign_key", "list of columns",
     "a foreign key has these columns: [\"tenant_id -> tenants\"]"},
    {"require_primary_key", "true", "each table has a primary key"},
    {"index_foreign_keys", "true", "each foreign key has an index"},
    {"indexed_columns", "globs",
     "every column of such a name, in any table, is the first of an index"},
    {"unique_columns", "globs",
     "every column of such a name, in any table, is part of a unique index"},
    {"database", "text", "as for the kind `migrations`"},
    {"transaction", "file or none", "as for the kind `migrations`"},
});
constexpr std::array kStages{policy::Stage::push, policy::Stage::ci, policy::Stage::deploy};

}  // namespace

const Kind kSchema{
    "schema",
    "what the replayed migrations add up to: tables, columns, indexes, unique and foreign keys",
    Kind::nothing,
    kStages,
    kKeys,
    make};

}  // namespace gate::checks
