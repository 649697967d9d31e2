// Which Python packages a project demands, and for what: enough to know what can be imported in
// production and which version of Django judges the settings.
//
// Reads requirements*.txt and requirements/*.txt, pyproject.toml, Pipfile, setup.cfg, and the locks
// of poetry, uv and pipenv, line by line. The lockfile readers know more; here a name and a version
// suffice.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gate/readers/settings/project_files.h"

namespace gate::readers::django {

struct Requirement {
  bool production = false;  // named where development tools are not
  std::string version;      // exact, or the lower end of a bounded range; empty: any
};

class Requirements {
 public:
  // Reads the manifests at the top of the project and in `root`, the folder of manage.py.
  Requirements(const ProjectFiles& files, std::string_view root);

  // Returns a package by its distribution's name ("django-environ"), or null.
  [[nodiscard]] const Requirement* find(std::string_view distribution) const;
  // Returns the same by the name of a module ("environ").
  [[nodiscard]] const Requirement* find_module(std::string_view module) const;
  // Returns whether a package is demanded that is none of these (normalised names), or one by an
  // address, whose name is not known.
  [[nodiscard]] bool any_but(std::span<const std::string_view> names) const;
  // Returns whether any manifest was found.
  [[nodiscard]] bool any() const { return !packages_.empty(); }

 private:
  void add(std::string_view name, std::string_view specifier, bool production);
  void read_list(std::string_view text, bool production);
  void read_toml(std::string_view text);
  void read_lock(std::string_view text);

  std::map<std::string, Requirement, std::less<>> packages_;  // by normalised name (PEP 503)
  bool unnamed_ = false;  // something is demanded by an address or in a file that is not read
};

// Returns a version's first two numbers ("4.2.11" is 402), or nothing.
[[nodiscard]] std::optional<int> release_of(std::string_view version);

}  // namespace gate::readers::django
