// What one named check of Django's settings comes to.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/checks/django_project.h"
#include "gate/readers/settings/python/value.h"

namespace gate::checks {

// Yes, no, or not known with the reason.
struct Truth {
  std::optional<bool> value;
  std::string why;  // it is not known

  [[nodiscard]] bool yes() const { return value == true; }
  [[nodiscard]] bool no() const { return value == false; }
  friend Truth operator&&(Truth a, Truth b);
  friend Truth operator||(Truth a, Truth b);
  friend Truth operator!(Truth a);
};

// Something wrong.
struct Complaint {
  std::string message;
  readers::SettingPlace place;  // empty: the settings module as a whole
  readers::Trace trace;
  std::string identity;  // the setting
};

struct Judgement {
  std::vector<Complaint> complaints;
  std::string unknown;         // why it cannot be told whether there are (further) ones
  std::string not_applicable;  // why it is not asked
};

using python_value = readers::python::Value;

// What a named check sees: the project, and the settings that it asks of.
class DjangoQuestion {
 public:
  explicit DjangoQuestion(const DjangoProject& project)
      : project_(project), settings_(project.effective()) {}

  [[nodiscard]] const DjangoProject& project() const { return project_; }
  [[nodiscard]] const readers::django::DjangoSettings& settings() const { return settings_; }
  [[nodiscard]] python_value value(std::string_view name) const { return settings_.find(name); }
  // Returns whether Django is at least of this release (402 for 4.2); a project that names none
  // has the newest.
  [[nodiscard]] bool at_least(int release) const {
    return settings_.release().value_or(9998) >= release;
  }

  [[nodiscard]] Truth truthy(std::string_view name) const;
  // `is True`, which a text or number is not.
  [[nodiscard]] Truth is_true(std::string_view name) const;
  // Whether a list holds a text.
  [[nodiscard]] Truth holds(std::string_view name, std::string_view item) const;
  // Whether SILENCED_SYSTEM_CHECKS hides a check of Django.
  [[nodiscard]] Truth silenced(std::string_view id) const {
    return holds("SILENCED_SYSTEM_CHECKS", id);
  }
  [[nodiscard]] Truth installed(std::string_view app) const { return holds("INSTALLED_APPS", app); }

  // Returns a complaint about a setting, at the place where it was last written.
  [[nodiscard]] Complaint about(std::string_view name, std::string message) const;
  // Complains where `wrong` holds; where it is not known, so is the judgement.
  [[nodiscard]] Judgement judge(const Truth& wrong, std::string_view name,
                                std::string message) const;

 private:
  const DjangoProject& project_;
  const readers::django::DjangoSettings& settings_;
};

// Returns what Python takes a value for, with the reason where that is not known.
[[nodiscard]] Truth truth(const python_value& value);
// Returns the value of a dict's key, None where it has none, unknown where that is not known.
[[nodiscard]] python_value item(const python_value& dict, std::string_view key);
// Returns the names of variables that a value was made from, by its trace.
[[nodiscard]] Names variables_of(const python_value& value);
// Returns a value as a message shows it: "False", "'a'", "a list"; never a secret.
[[nodiscard]] std::string show(const python_value& value);

struct DjangoCheck {
  std::string_view name;     // "security.W004"
  std::string_view summary;  // what is wrong where it complains
  Judgement (*judge)(const DjangoQuestion& question);
};
[[nodiscard]] std::span<const DjangoCheck> deploy_checks();   // those of manage.py check --deploy
[[nodiscard]] std::span<const DjangoCheck> origin_checks();   // where values come from
[[nodiscard]] std::span<const DjangoCheck> service_checks();  // databases, mail, apps, libraries

}  // namespace gate::checks
