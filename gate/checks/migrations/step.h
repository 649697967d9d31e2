// Step: one operation of a migration at the moment it runs, as the detectors of hazards see it.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/checks/migration_history.h"
#include "gate/checks/migrations/hazard.h"

namespace gate::checks {

// What has happened in the file so far.
struct FileProgress {
  bool begun = false;  // BEGIN is open
  base::Span begun_at{};
  bool runner_ended = false;  // the file has ended the transaction that the runner opened
  bool lock_timeout = false;
  bool statement_timeout = false;
  // In the transaction at hand: who holds the strongest lock, and on what.
  std::string exclusive_lock;                               // name of the table; empty: none
  std::set<std::pair<std::string, std::string>> not_valid;  // constraints added: table, name
  std::set<std::string> new_enum_values;                    // "type.value"
  // In the file.
  std::set<std::pair<std::string, std::string>> validated;            // constraints: table, name
  std::set<std::pair<std::string, std::string>> dropped_constraints;  // IF EXISTS, not added since
  std::set<std::pair<std::string, std::string>> renewed_constraints;  // dropped so and added
  std::map<std::string, int> alter_statements;                        // table -> how many
  bool keys_unchecked = false;                                        // foreign_key_checks was set

  void end_transaction() {
    begun = false;
    exclusive_lock.clear();
    not_valid.clear();
    new_enum_values.clear();
  }
};

class HazardSink;

struct Step {
  const MigrationSequence& sequence;
  const MigrationEntry& entry;
  readers::migrations::Origin origin;
  const readers::sql::Statement& statement;
  const readers::sql::Operation& operation;
  const readers::migrations::Schema& before;  // the schema that the operation meets
  const FileProgress& file;
  bool wrapped;         // the runner runs the file as a whole, or not at all
  bool in_transaction;  // opened by the runner or the file
  HazardSink& sink;
  // Returns whether the change that is judged brought the thing of this origin.
  const std::function<bool(readers::migrations::Origin)>& is_new;

  [[nodiscard]] const readers::migrations::Database& database() const { return sequence.database; }
  [[nodiscard]] bool postgres() const { return database().is_postgres(); }
  [[nodiscard]] bool mysql() const { return database().is_mysql(); }
  [[nodiscard]] readers::migrations::Runner runner() const { return sequence.sequence.runner; }
  // Returns the table of the operation, or null where none is known.
  [[nodiscard]] const readers::migrations::Table* table() const {
    return before.find(operation.name);
  }
  // Returns whether the migration is written in SQL.
  [[nodiscard]] bool traits_are_sql() const { return sequence.traits().is_sql; }
  // Returns its name for people.
  [[nodiscard]] std::string table_name() const { return before.key(operation.name); }
  // Returns whether the change creates the table: nobody uses it yet.
  [[nodiscard]] bool is_new_table() const { return is_new_table(operation.name); }
  [[nodiscard]] bool is_new_table(const readers::sql::Name& name) const {
    const readers::migrations::Table* found = before.find(name);
    return found != nullptr &&
           (found->temporary || (found->complete && is_new(found->origin)) ||
            (!found->complete && found->origin != readers::migrations::kBefore &&
             is_new(found->origin)));
  }
};

// Collects hazards. Those of one kind in one statement on one table are one finding.
class HazardSink {
 public:
  // `text` holds `{}` where the subject goes: "drops {} of `orders`". Subjects of findings that are
  // joined stand there together.
  void add(const Step& step, Hazard hazard, std::string_view subject, std::string text,
           std::string fix = {});
  // The same, of less weight than its rule says.
  void add(const Step& step, Hazard hazard, finding::Severity severity, std::string_view subject,
           std::string text, std::string fix = {});
  // The same at a place of its own.
  void add(const Step& step, Hazard hazard, base::Span span, std::string_view subject,
           std::string text, std::string fix = {});

  [[nodiscard]] std::vector<HazardFinding> take();

 private:
  struct Pending {
    HazardFinding finding;
    std::vector<std::string> subjects;
    const readers::sql::Statement* statement = nullptr;
  };
  std::vector<Pending> pending_;
};

// The detectors; each looks at one operation.
void find_losses(const Step& step);               // losses.cpp
void find_column_hazards(const Step& step);       // columns.cpp
void find_constraint_hazards(const Step& step);   // constraints.cpp
void find_index_hazards(const Step& step);        // indexes.cpp
void find_transaction_hazards(const Step& step);  // transactions.cpp
void find_mysql_hazards(const Step& step);        // mysql.cpp
void find_style_hazards(const Step& step);        // style.cpp

}  // namespace gate::checks
