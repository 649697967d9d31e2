// Migrations of Django: operations over a state of models, read without Python.
//
// Knows Django 2.2 to 5.2; what each operation does to the database stands in
// django/db/migrations/operations and django/db/backends/base/schema.py.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"
#include "gate/readers/migrations/database.h"
#include "gate/readers/migrations/migration.h"

namespace gate::readers::migrations {

namespace django {
class Module;
class State;
}  // namespace django

// What read() says of a file that has no class Migration.
inline constexpr std::string_view kNoMigration = "no class Migration is in it";

// The migrations of a project, read one after the other in the order of their graph.
class DjangoReader {
 public:
  // `setting` is asked for names of the project's settings and gives their text: AUTH_USER_MODEL,
  // DEFAULT_AUTO_FIELD ("AutoField" where nobody sets it); an empty one where it knows none.
  using SettingText = std::function<std::string(std::string_view name)>;
  // `release`: of Django, 302 for 3.2; 0 where nobody knows it.
  DjangoReader(Database database, SettingText setting, int release = 0);
  ~DjangoReader();
  DjangoReader(const DjangoReader&) = delete;
  DjangoReader& operator=(const DjangoReader&) = delete;

  // Reads the file of a migration and says what it depends on; `up` comes with run().
  [[nodiscard]] Migration read(std::shared_ptr<const base::Source> source, const std::string& app);

  // Fills `migration` with what the file's operations do, which the models then have undergone.
  // Files that read() could not read do nothing. `auto_field`: of the app; empty: the project's.
  void run(Migration& migration, const std::string& path, const std::string& app,
           const std::string& auto_field);

 private:
  struct Files;
  SettingText setting_;
  std::string auto_field_;
  std::unique_ptr<django::State> state_;
  std::unique_ptr<Files> files_;
};

}  // namespace gate::readers::migrations
