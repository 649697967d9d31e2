// State: the models of a Django project as its migrations leave them, and the tables behind.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/readers/formats/sql/statement.h"
#include "gate/readers/migrations/database.h"

namespace gate::readers::migrations::django {

// A field of a model.
struct Field {
  std::string name;
  std::string kind;    // "CharField", "ForeignKey"
  std::string column;  // empty: it has none (ManyToManyField)
  sql::Type type;      // of the column; of a relation that of the key it points to
  bool null = false;
  bool unique = false;
  bool primary = false;
  bool index = false;
  bool auto_increment = false;
  bool stored = false;  // GeneratedField(db_persist=True)
  bool check_positive = false;
  bool has_default = false;          // default=, which the database never sees
  std::optional<sql::Default> kept;  // db_default=
  bool relation = false;             // ForeignKey, OneToOneField
  bool many = false;                 // ManyToManyField
  bool constraint = true;            // db_constraint
  std::string to_app;
  std::string to_model;  // lower case
  std::string to_field;
  std::string through;                 // of many: a model of its own
  std::vector<std::string> composite;  // of a CompositePrimaryKey: the fields, it has no column
  std::string db_table;                // of many
  bool own_column = false;             // db_column is written
  bool hidden = false;                 // of a relation: related_name='+'
  std::string unknown;                 // not empty: what of it is decided only where the code runs

  // Returns whether no two rows may have the same value.
  [[nodiscard]] bool is_unique() const { return unique || primary; }
};

struct ModelIndex {
  std::string name;
  std::vector<std::string> fields;  // without "-"
  std::vector<std::string> expressions;
  bool partial = false;
  bool unique = false;
  std::string method;
};

struct Model {
  std::string app;
  std::string name;
  std::string db_table;  // as options say; empty: app_model
  bool managed = true;   // false: Django makes no table
  bool proxy = false;
  std::vector<Field> fields;
  std::vector<std::vector<std::string>> unique_together;
  std::vector<std::vector<std::string>> index_together;
  std::vector<ModelIndex> indexes;  // by models.Index and UniqueConstraint
  std::vector<std::string> checks;  // names of CheckConstraint

  [[nodiscard]] const Field* field(std::string_view name) const;
  [[nodiscard]] Field* field(std::string_view name);
  [[nodiscard]] bool has_table() const { return managed && !proxy; }
  // Returns the name of its table, as long as it may be in this database.
  [[nodiscard]] std::string table(const Database& database) const;
};

// Returns the text that the settings of the project give a name ("AUTH_USER_MODEL"); empty where
// they do not, or not as a literal.
using SettingText = std::function<std::string(std::string_view name)>;

class State {
 public:
  State(Database database, SettingText setting, int release)
      : database_(database), setting_(std::move(setting)), release_(release) {}

  [[nodiscard]] const Database& database() const { return database_; }
  [[nodiscard]] int release() const { return release_; }  // 302 for 3.2; 0: not known
  [[nodiscard]] Model* find(std::string_view app, std::string_view model);
  [[nodiscard]] const Model* find(std::string_view app, std::string_view model) const;
  void put(Model model);
  void erase(std::string_view app, std::string_view model);
  [[nodiscard]] std::map<std::pair<std::string, std::string>, Model>& models() { return models_; }

  // Returns the model that a setting names, "app.Model": the settings' own word, else the model
  // that says it can be swapped by that name, else Django's.
  [[nodiscard]] std::string swapped(const std::string& setting) const;
  void note_swappable(const std::string& setting, const Model& model) {
    swappable_.insert_or_assign(setting, model.app + "." + model.name);
  }

  // Returns the column that a field has; of a relation with `_id` behind.
  [[nodiscard]] static std::string column_of(const Field& field);
  // Returns the type of the key that a relation points to; an empty one where the model is unknown.
  [[nodiscard]] sql::Type key_type(const Field& field) const;
  // Returns the table that a relation points to.
  [[nodiscard]] std::string target_table(const Field& field) const;
  // Returns the column it points to.
  [[nodiscard]] std::string target_column(const Field& field) const;
  // Returns the table of a ManyToManyField without a model of its own.
  [[nodiscard]] std::string many_table(const Model& model, const Field& field) const;
  [[nodiscard]] std::string table(const Model& model) const { return model.table(database_); }
  // Returns a field as a column of its table.
  [[nodiscard]] sql::Column column(const Field& field) const;

 private:
  Database database_;
  SettingText setting_;
  int release_;
  std::map<std::string, std::string> swappable_;                 // setting -> model
  std::map<std::pair<std::string, std::string>, Model> models_;  // app, name in small letters
};

}  // namespace gate::readers::migrations::django
