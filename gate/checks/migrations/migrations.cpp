// Kind `migrations`: what goes wrong when the migrations of a change run, and with their folder.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/did_you_mean.h"
#include "gate/checks/kinds.h"
#include "gate/checks/memo.h"
#include "gate/checks/migrations/analysis.h"
#include "gate/checks/tally.h"

namespace gate::checks {
namespace {

struct MigrationsRule {
  std::vector<Hazard> hazards;
  MigrationSettings settings;
  base::GlobSet paths;
  base::GlobSet tables;

  [[nodiscard]] bool asks(Hazard hazard) const {
    return std::find(hazards.begin(), hazards.end(), hazard) != hazards.end();
  }
  // Returns whether one of the hazards exists on this database.
  [[nodiscard]] bool concerns(const readers::migrations::Database& database) const {
    return std::any_of(hazards.begin(), hazards.end(), [&](Hazard hazard) {
      const std::string_view engines = doc(hazard).engines;
      return engines.empty() || (engines == "postgres") == database.is_postgres() ||
             (engines == "mysql" && database.is_mysql());
    });
  }
};

finding::Finding to_finding(const HazardFinding& hazard) {
  finding::Finding finding;
  finding.message = hazard.message;
  finding.place = hazard.place;
  finding.fix = hazard.fix;
  finding.identity = hazard.identity;
  return finding;
}

class MigrationsCheck final : public Check {
 public:
  explicit MigrationsCheck(MigrationsRule rule) : rule_(std::move(rule)) {}

  [[nodiscard]] Answer run(const Context& context) const override {
    const Memo own;
    const Memo& memo = context.memo != nullptr ? *context.memo : own;
    const auto& history = memo.get<MigrationHistory>(rule_.settings.key(), [&] {
      return MigrationHistory::read(context.files, context.base, rule_.settings);
    });
    const auto& analysis =
        memo.get<MigrationAnalysis>(rule_.settings.key(), [&] { return analyse(history); });
    if (analysis.sequences.empty())
      return Answer::not_applicable("no folder of migrations was found");
    return judge(analysis);
  }

 private:
  [[nodiscard]] Answer judge(const MigrationAnalysis& analysis) const {
    Tally tally;
    std::vector<std::string> evidence;
    for (const SequenceAnalysis& sequence : analysis.sequences) {
      const MigrationSequence& from = *sequence.sequence;
      if (!rule_.concerns(from.database)) {
        tally.skipped(fmt::format("{} runs on {}", place(from), from.database.text()));
        continue;
      }
      if (!from.is_read()) {
        tally.skipped(fmt::format("migrations of {} ({}) are known by name and order only",
                                  from.traits().name, place(from)));
        continue;
      }
      const auto judged = std::count_if(
          from.entries.begin(), from.entries.end(), [this](const MigrationEntry& entry) {
            return entry.in_change && (rule_.paths.empty() || rule_.paths.matches(entry.file.path));
          });
      if (judged == 0) {
        tally.skipped(fmt::format("no migration of {} is judged", place(from)));
        continue;
      }
      for (const HazardFinding& hazard : sequence.findings) {
        if (!rule_.asks(hazard.hazard)) continue;
        if (!rule_.paths.empty() && !rule_.paths.matches(hazard.place.path)) continue;
        if (!rule_.tables.empty() && !rule_.tables.matches(hazard.table)) continue;
        tally.found(to_finding(hazard));
      }
      const bool partly = static_cast<std::size_t>(judged) > sequence.unreadable.size();
      if (partly) tally.judged();
      for (const std::string& why : sequence.unreadable)
        tally.unknown(why);
      evidence.push_back(fmt::format("{}: {} of {} migrations, {}{}", place(from), judged,
                                     from.entries.size(), from.database.text(),
                                     from.database_because.empty()
                                         ? " assumed"
                                         : fmt::format(" ({})", from.database_because)));
    }
    return std::move(tally).answer(std::move(evidence));
  }

  static std::string place(const MigrationSequence& sequence) {
    return sequence.sequence.folder.empty() ? std::string("the top folder")
                                            : sequence.sequence.folder;
  }

  MigrationsRule rule_;
};

// Reads the names of hazards under one key.
void read_hazards(policy::TableReader& table, std::string_view key, Aspect aspect,
                  MigrationsRule& rule) {
  std::vector<std::string_view> names;
  for (const HazardDoc& hazard : hazards()) {
    if (hazard.aspect == aspect) names.push_back(hazard.name);
  }
  const std::vector<std::string> texts = table.texts(key);
  for (std::size_t index = 0; index < texts.size(); ++index) {
    const auto all = hazards();
    const auto found = std::find_if(all.begin(), all.end(), [&](const HazardDoc& hazard) {
      return hazard.aspect == aspect && hazard.name == texts[index];
    });
    if (found == all.end()) {
      table.complain(key, index,
                     fmt::format("there is no `{}` among what `{}` asks", texts[index], key),
                     base::suggest(texts[index], names));
    } else {
      rule.hazards.push_back(found->hazard);
    }
  }
}

std::unique_ptr<Check> make(const policy::RuleHead& /*head*/, policy::TableReader& table) {
  MigrationsRule rule;
  read_hazards(table, "safety", Aspect::safety, rule);
  read_hazards(table, "reversible", Aspect::reversible, rule);
  read_hazards(table, "graph", Aspect::graph, rule);
  rule.settings = read_migration_settings(table);
  rule.paths = table.globs("paths");
  rule.tables = table.globs("tables");
  table.require_one_of({"safety", "reversible", "graph"});
  return std::make_unique<MigrationsCheck>(std::move(rule));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"safety", "list of names", "operations that lose data, break code or lock"},
    {"reversible", "list of names", "what is wrong with the way back"},
    {"graph", "list of names", "what is wrong with the dependencies of Django's migrations"},
    {"database", "text",
     "`postgres-15`, `mysql-8`, `mariadb-10.11`; the variable of that name where it is absent, "
     "then what the repository tells"},
    {"transaction", "file or none",
     "whether the runner wraps each file in a transaction; the variable of that name where it is "
     "absent, then what the runner does"},
    {"paths", "globs", "only migrations in these files"},
    {"tables", "globs", "only what is about these tables"},
});
constexpr std::array kStages{policy::Stage::push, policy::Stage::ci, policy::Stage::deploy};

}  // namespace

const Kind kMigrations{
    "migrations",  "operations that break or block, missing or false rollback, Django's graph",
    Kind::nothing, kStages,
    kKeys,         make};

}  // namespace gate::checks
