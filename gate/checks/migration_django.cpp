#include "gate/checks/migration_django.h"

#include <algorithm>
#include <array>
#include <optional>

#include "gate/readers/migrations/folders.h"

namespace gate::checks {

MigrationDjango::MigrationDjango(const repo::Snapshot& files, const std::string& root,
                                 const Environment* environment)
    : files_(files, root),
      requirements_(files_, ""),
      settings_(readers::django::evaluate(files_, EnvironmentView(environment))) {}

std::string MigrationDjango::setting(std::string_view name) {
  const auto known = asked_.find(name);
  if (known != asked_.end()) return known->second;
  return asked_.emplace(name, find(name)).first->second;
}

std::string MigrationDjango::find(std::string_view name) const {
  if (settings_.trouble().empty()) {
    const readers::python::Value value = settings_.find(name);
    const std::optional<bool> set = settings_.is_set(name);
    if (set == true && value.is(readers::python::Type::text) && !value.is_unknown())
      return value.text();
    if (set == false && settings_.problems().empty()) return {};
  }
  for (const std::string& path : files_.below("")) {
    if (!path.ends_with(".py") || path.find("settings") == std::string::npos) continue;
    std::string found = readers::migrations::assigned_text(files_.read(path).value_or(""), name);
    if (!found.empty()) return found;
  }
  return {};
}

int MigrationDjango::release() const {
  const readers::django::Requirement* django = requirements_.find("django");
  return django == nullptr ? 0 : readers::django::release_of(django->version).value_or(0);
}

bool MigrationDjango::names_other_packages() const {
  // Django itself, drivers of databases, servers.
  constexpr std::array<std::string_view, 14> kWithoutApps{
      "asgiref", "django",   "gunicorn", "mysqlclient", "pillow",     "psycopg",         "psycopg2",
      "redis",   "sqlparse", "tzdata",   "uvicorn",     "whitenoise", "psycopg2-binary", "python"};
  // Written in Python or in a form that is not read here.
  constexpr std::array<std::string_view, 3> kOthers{"setup.py", "setup.cfg", "environment.yml"};
  if (std::any_of(kOthers.begin(), kOthers.end(),
                  [&](std::string_view name) { return files_.has(name); }))
    return true;
  return !requirements_.any() || requirements_.any_but(kWithoutApps);
}

}  // namespace gate::checks
