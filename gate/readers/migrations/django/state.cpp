#include "gate/readers/migrations/django/state.h"

#include <algorithm>

#include "gate/base/ascii.h"
#include "gate/readers/migrations/django/names.h"

namespace gate::readers::migrations::django {
namespace {

// Models of Django itself that migrations point to, with the tables and keys they have.
struct Known {
  std::string_view app;
  std::string_view model;
  std::string_view table;
};
constexpr Known kKnown[] = {{"auth", "user", "auth_user"},
                            {"auth", "group", "auth_group"},
                            {"auth", "permission", "auth_permission"},
                            {"contenttypes", "contenttype", "django_content_type"},
                            {"sites", "site", "django_site"},
                            {"sessions", "session", "django_session"},
                            {"admin", "logentry", "django_admin_log"}};

}  // namespace

const Field* Model::field(std::string_view wanted) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& item) { return item.name == wanted; });
  return found == fields.end() ? nullptr : &*found;
}

Field* Model::field(std::string_view wanted) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& item) { return item.name == wanted; });
  return found == fields.end() ? nullptr : &*found;
}

std::string Model::table(const Database& database) const {
  return cut_name(db_table.empty() ? app + "_" + base::to_lower(name) : db_table, database);
}

Model* State::find(std::string_view app, std::string_view model) {
  const auto found = models_.find({std::string(app), base::to_lower(model)});
  return found == models_.end() ? nullptr : &found->second;
}

const Model* State::find(std::string_view app, std::string_view model) const {
  const auto found = models_.find({std::string(app), base::to_lower(model)});
  return found == models_.end() ? nullptr : &found->second;
}

void State::put(Model model) {
  std::pair<std::string, std::string> key(model.app, base::to_lower(model.name));
  models_.insert_or_assign(std::move(key), std::move(model));
}

void State::erase(std::string_view app, std::string_view model) {
  models_.erase({std::string(app), base::to_lower(model)});
}

std::string State::column_of(const Field& field) {
  if (field.many || !field.composite.empty()) return {};
  if (!field.column.empty()) return field.column;
  return field.relation ? field.name + "_id" : field.name;
}

sql::Type State::key_type(const Field& field) const {
  const Model* target = find(field.to_app, field.to_model);
  if (target == nullptr) {
    sql::Type type;  // Django's own models, and those of others, count in integers
    type.name = database_.is_mysql() ? "int" : "integer";
    return type;
  }
  for (const Field& candidate : target->fields) {
    const bool is_key =
        field.to_field.empty() ? candidate.primary : candidate.name == field.to_field;
    if (is_key) return candidate.type;
  }
  return {};
}

std::string State::target_table(const Field& field) const {
  if (const Model* target = find(field.to_app, field.to_model)) return table(*target);
  for (const Known& known : kKnown) {
    if (known.app == field.to_app && known.model == field.to_model) return std::string(known.table);
  }
  return field.to_app + "_" + field.to_model;
}

std::string State::target_column(const Field& field) const {
  const Model* target = find(field.to_app, field.to_model);
  if (target == nullptr) return field.to_field.empty() ? "id" : field.to_field;
  for (const Field& candidate : target->fields) {
    const bool is_key =
        field.to_field.empty() ? candidate.primary : candidate.name == field.to_field;
    if (is_key) return column_of(candidate);
  }
  return "id";
}

std::string State::many_table(const Model& model, const Field& field) const {
  if (!field.db_table.empty()) return field.db_table;
  return cut_name(table(model) + "_" + field.name, database_);
}

std::string State::swapped(const std::string& setting) const {
  if (std::string named = setting_ ? setting_(setting) : std::string(); !named.empty())
    return named;
  if (const auto found = swappable_.find(setting); found != swappable_.end()) return found->second;
  if (setting == "AUTH_USER_MODEL") return "auth.User";
  // An application's own object of settings leaves out the prefix: oauth2_settings.GRANT_MODEL.
  const std::string end = "_" + setting;
  for (const auto& [full, model] : swappable_) {
    if (full.ends_with(end)) return swapped(full);
  }
  return {};
}

sql::Column State::column(const Field& field) const {
  sql::Column column;
  column.name = column_of(field);
  column.type = field.relation ? key_type(field) : field.type;
  column.nullable = field.null && !field.primary;
  column.primary = field.primary;
  column.unique = field.unique && !field.primary;
  column.auto_increment = field.auto_increment;
  if (field.auto_increment && database_.is_postgres()) column.generated = sql::Generated::identity;
  column.check = field.check_positive && database_.is_postgres();
  column.default_value = field.kept;
  if (field.stored) column.generated = sql::Generated::stored;
  return column;
}

}  // namespace gate::readers::migrations::django
