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
  bool base_required = false;

  [[nodiscard]] bool asks(Hazard hazard) const {
    return std::find(hazards.begin(), hazards.end(), hazard) != hazards.end();
  }
  // Returns whether it asks for nothing that can be seen without a base.
  [[nodiscard]] bool needs_base() const {
    return std::all_of(hazards.begin(), hazards.end(),
                       [](Hazard hazard) { return doc(hazard).needs_base; });
  }
  [[nodiscard]] bool asks_merged() const {
    return std::any_of(hazards.begin(), hazards.end(),
                       [](Hazard hazard) { return doc(hazard).aspect == Aspect::immutable; });
  }
  // Returns whether names, order and texts of files decide it, not what they do.
  [[nodiscard]] bool asks_names_only() const {
    return std::all_of(hazards.begin(), hazards.end(), [](Hazard hazard) {
      return doc(hazard).aspect == Aspect::immutable || hazard == Hazard::late ||
             hazard == Hazard::equal_version;
    });
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
  finding.severity = hazard.severity;
  return finding;
}

class MigrationsCheck final : public Check {
 public:
  explicit MigrationsCheck(MigrationsRule rule) : rule_(std::move(rule)) {}

  [[nodiscard]] Answer run(const Context& context) const override {
    const Memo own;
    const Memo& memo = context.memo != nullptr ? *context.memo : own;
    const MigrationSettings settings = rule_.settings.in(context.environment);
    const auto& history = memo.get<MigrationHistory>(settings.key(), [&] {
      return MigrationHistory::read(context.files, context.base, context.target, settings);
    });
    const auto& analysis = memo.get<MigrationAnalysis>(
        settings.key(), [&] { return analyse(history, context.base, context.files); });
    if (analysis.sequences.empty() && analysis.vanished.empty())
      return Answer::not_applicable("no folder of migrations was found");
    if (context.base == nullptr && rule_.needs_base()) {
      constexpr std::string_view kNoBase =
          "what is merged is not known: `--since REV` tells what the change began from";
      return rule_.base_required ? Answer::could_not_run(std::string(kNoBase))
                                 : Answer::not_applicable(std::string(kNoBase));
    }
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
      if (!from.is_read() && !rule_.asks_names_only()) {
        tally.skipped(fmt::format("migrations of {} ({}) are known by name and order only",
                                  from.traits().name, place(from)));
        continue;
      }
      const auto judged = std::count_if(
          from.entries.begin(), from.entries.end(), [this](const MigrationEntry& entry) {
            return entry.in_change && (rule_.paths.empty() || rule_.paths.matches(entry.file.path));
          });
      const bool changed = rule_.asks_merged() && !from.merged.empty();
      if (judged == 0 && !changed) {
        tally.skipped(fmt::format("no migration of {} is judged", place(from)));
        continue;
      }
      take_findings(sequence, tally);
      // Names and order are known of files that cannot be read.
      const bool by_names = rule_.asks_names_only();
      const bool partly = by_names || static_cast<std::size_t>(judged) > sequence.unreadable.size();
      if (partly) tally.judged();
      if (!by_names) {
        for (const std::string& why : sequence.unreadable)
          tally.unknown(why);
      }
      if (rule_.asks(Hazard::edited) || rule_.asks(Hazard::edited_beside)) {
        for (const std::string& why : sequence.undecided)
          tally.unknown(why);
      }
      evidence.push_back(fmt::format("{}: {} of {} migrations, {}{}", place(from), judged,
                                     from.entries.size(), from.database.text(),
                                     from.database_because.empty()
                                         ? " assumed"
                                         : fmt::format(" ({})", from.database_because)));
    }
    for (const SequenceAnalysis& sequence : analysis.vanished) {
      if (!rule_.asks_merged()) continue;
      take_findings(sequence, tally);
      tally.judged();
      evidence.push_back(fmt::format("{}: deleted", place(*sequence.sequence)));
    }
    return std::move(tally).answer(std::move(evidence));
  }

  void take_findings(const SequenceAnalysis& sequence, Tally& tally) const {
    for (const HazardFinding& hazard : sequence.findings) {
      if (!rule_.asks(hazard.hazard)) continue;
      if (!rule_.paths.empty() && !rule_.paths.matches(hazard.place.path)) continue;
      if (!rule_.tables.empty() && !rule_.tables.matches(hazard.table)) continue;
      tally.found(to_finding(hazard));
    }
  }

  static std::string place(const MigrationSequence& sequence) {
    return sequence.sequence.folder.empty() ? std::string("the top folder")
                                            : sequence.sequence.folder;
  }

  MigrationsRule rule_;
};

std::string_view key_of(Aspect aspect) {
  constexpr std::array<std::string_view, 5> kAspects{"safety", "reversible", "graph", "immutable",
                                                     "order"};
  return kAspects[static_cast<std::size_t>(aspect)];
}

// Reads the names of hazards under the key of their aspect.
void read_hazards(policy::TableReader& table, Aspect aspect, MigrationsRule& rule) {
  const std::string_view key = key_of(aspect);
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

// What needs a base and what does not come to different verdicts where there is none: one rule
// cannot hold both.
void refuse_mixture(policy::TableReader& table, const MigrationsRule& rule) {
  const auto first = std::find_if(rule.hazards.begin(), rule.hazards.end(),
                                  [](Hazard hazard) { return doc(hazard).needs_base; });
  const auto other = std::find_if(rule.hazards.begin(), rule.hazards.end(),
                                  [](Hazard hazard) { return !doc(hazard).needs_base; });
  if (first == rule.hazards.end()) {
    if (rule.base_required)
      table.complain("base_required", "nothing that the rule asks needs `--since`",
                     "remove `base_required`");
    return;
  }
  if (other == rule.hazards.end()) return;
  table.complain(key_of(doc(*first).aspect),
                 fmt::format("`{}` is judged against `--since` and `{}` without it",
                             doc(*first).name, doc(*other).name),
                 "write a rule for each");
}

std::unique_ptr<Check> make(const policy::RuleHead& /*head*/, policy::TableReader& table) {
  MigrationsRule rule;
  read_hazards(table, Aspect::safety, rule);
  read_hazards(table, Aspect::reversible, rule);
  read_hazards(table, Aspect::graph, rule);
  read_hazards(table, Aspect::immutable, rule);
  read_hazards(table, Aspect::order, rule);
  rule.base_required = table.boolean("base_required", false);
  refuse_mixture(table, rule);
  rule.settings = read_migration_settings(table);
  rule.paths = table.globs("paths");
  rule.tables = table.globs("tables");
  table.require_one_of({"safety", "reversible", "graph", "immutable", "order"});
  return std::make_unique<MigrationsCheck>(std::move(rule));
}

constexpr auto kKeys = std::to_array<KeyDoc>({
    {"safety", "list of names", "operations that lose data, break code or lock"},
    {"reversible", "list of names", "what is wrong with the way back"},
    {"graph", "list of names", "what is wrong with the dependencies of Django's migrations"},
    {"immutable", "list of names",
     "what is done to merged migrations: edited, deleted, renamed; judged against `--since`"},
    {"order", "list of names", "what is wrong with the order in which files run"},
    {"base_required", "true or false",
     "where no `--since` tells what is merged, the rule could not run instead of not applying"},
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
    "migrations",
    "operations that break or block, missing or false rollback, merged migrations, order, graph",
    Kind::nothing,
    kStages,
    kKeys,
    make};

}  // namespace gate::checks
