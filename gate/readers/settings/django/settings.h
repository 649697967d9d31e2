// The settings that Django holds in production: which module they are in, and what it and the
// environment make of them.
//
// Knows how Django finds its settings module and what it takes where a module is silent; knows no
// rule.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/settings/environment_values.h"
#include "gate/readers/settings/project_files.h"
#include "gate/readers/settings/python/value.h"
#include "gate/readers/settings/setting.h"

namespace gate::readers::django {

// Returns the folder that holds manage.py ("" is the judged folder itself), or nothing where the
// project is none of Django's.
[[nodiscard]] std::optional<std::string> find_project(const ProjectFiles& files);

// Something that the evaluation met besides values.
struct Notice {
  std::string message;
  SettingPlace place;
};

class DjangoSettings {
 public:
  DjangoSettings();
  ~DjangoSettings();
  DjangoSettings(DjangoSettings&&) noexcept;
  DjangoSettings& operator=(DjangoSettings&&) noexcept;

  // Returns the value of a setting: of the module, else Django's default; unknown with the reason
  // where it cannot be known. A setting that Django has no default for and nobody sets is None
  // without a trace.
  [[nodiscard]] python::Value find(std::string_view name) const;
  // Returns whether the module sets it; nothing where that is not known.
  [[nodiscard]] std::optional<bool> is_set(std::string_view name) const;
  // Returns the release of Django, 402 for 4.2; nothing where no requirement tells.
  [[nodiscard]] std::optional<int> release() const;

  [[nodiscard]] const std::string& module() const;      // "config.settings.production"
  [[nodiscard]] const std::string& decided_by() const;  // what names it: "wsgi.py:16"
  [[nodiscard]] const std::string& path() const;        // of the module; empty where there is none
  // Returns whether there is a project of Django at all.
  [[nodiscard]] bool is_django() const;
  // Returns why nothing is known of any setting; empty where something is.
  [[nodiscard]] const std::string& trouble() const;
  // Returns what would end the program, in the order in which it was met.
  [[nodiscard]] const std::vector<Notice>& problems() const;
  // Returns where bool() is asked of the text of a variable.
  [[nodiscard]] const std::vector<Notice>& text_truths() const;
  // Returns the files that were run, entry point first.
  [[nodiscard]] const std::vector<std::string>& files_run() const;

  // Returns all settings, those of the module first, then Django's defaults.
  [[nodiscard]] Settings settings() const;

 private:
  friend DjangoSettings evaluate(const ProjectFiles& files, const EnvironmentValues& environment);
  struct State;
  std::unique_ptr<State> state_;
};

// Evaluates the settings of the Django project among `files`. Linear in the files that the settings
// import, within the evaluator's limits. `files` and `environment` are not needed afterwards.
[[nodiscard]] DjangoSettings evaluate(const ProjectFiles& files,
                                      const EnvironmentValues& environment);

// Returns Django's default for a setting in a release (nothing: the newest), or nothing where it
// has none.
[[nodiscard]] std::optional<python::Value> default_of(std::string_view name,
                                                      std::optional<int> release);
// Returns the names that default_of() knows.
[[nodiscard]] std::vector<std::string_view> default_names(std::optional<int> release);

}  // namespace gate::readers::django
