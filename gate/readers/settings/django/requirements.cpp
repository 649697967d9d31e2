#include "gate/readers/settings/django/requirements.h"

#include <algorithm>
#include <array>

#include "gate/base/ascii.h"

namespace gate::readers::django {
namespace {

// PEP 503: small letters, one hyphen for a run of `-_.`.
std::string normalised(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool separator = c == '-' || c == '_' || c == '.';
    if (!separator) {
      out += base::to_lower(c);
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  return out;
}

bool is_name(char c) { return base::is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; }

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// Whether a word in a path or section says that its packages are for development.
bool sounds_like_development(std::string_view text) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"dev", "test", "local", "lint", "docs", "ci"});
  const std::string low = base::to_lower(text);
  std::string word;
  for (std::size_t at = 0; at <= low.size(); ++at) {
    if (at < low.size() && base::is_letter(low[at])) {
      word += low[at];
      continue;
    }
    for (const std::string_view one : kWords) {
      if (word == one || (one.size() > 2 && word.starts_with(one))) return true;
    }
    word.clear();
  }
  return false;
}

template <class Each>
void for_each_line(std::string_view text, Each each) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    each(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

// Returns the version that a specifier settles: `==4.2`, `~=4.2.1`, `^4.2`, `>=4.2,<5`.
std::string version_of(std::string_view specifier) {
  const bool bounded = specifier.find('<') != std::string_view::npos;
  for (const std::string_view sign : {"===", "==", "~=", "^", "~", ">="}) {
    const std::size_t at = specifier.find(sign);
    if (at == std::string_view::npos) continue;
    if (sign == ">=" && !bounded) return {};
    const std::string_view rest = trimmed(specifier.substr(at + sign.size()));
    std::size_t end = 0;
    while (end < rest.size() && (is_name(rest[end]) || rest[end] == '*'))
      ++end;
    return std::string(rest.substr(0, end));
  }
  const std::string_view plain = trimmed(specifier);
  if (!plain.empty() && base::is_digit(plain.front())) return std::string(plain);
  return {};
}

struct Module {
  std::string_view module;
  std::string_view distribution;
};
// Modules that are not called like their distribution.
constexpr auto kModules = std::to_array<Module>({
    {"MySQLdb", "mysqlclient"},
    {"PIL", "pillow"},
    {"allauth", "django-allauth"},
    {"bootstrap4", "django-bootstrap4"},
    {"ckeditor", "django-ckeditor"},
    {"configurations", "django-configurations"},
    {"corsheaders", "django-cors-headers"},
    {"crispy_forms", "django-crispy-forms"},
    {"dateutil", "python-dateutil"},
    {"debug_toolbar", "django-debug-toolbar"},
    {"decouple", "python-decouple"},
    {"django_celery_beat", "django-celery-beat"},
    {"django_extensions", "django-extensions"},
    {"django_filters", "django-filter"},
    {"dotenv", "python-dotenv"},
    {"drf_yasg", "drf-yasg"},
    {"environ", "django-environ"},
    {"jwt", "pyjwt"},
    {"psycopg2", "psycopg2-binary"},
    {"rest_framework", "djangorestframework"},
    {"rest_framework_simplejwt", "djangorestframework-simplejwt"},
    {"silk", "django-silk"},
    {"split_settings", "django-split-settings"},
    {"storages", "django-storages"},
    {"yaml", "pyyaml"},
});

}  // namespace

Requirements::Requirements(const ProjectFiles& files, std::string_view root) {
  const auto read = [&](const std::string& folder) {
    const std::string prefix = folder.empty() ? "" : folder + "/";
    for (const std::string_view name :
         {"requirements.txt", "requirements-prod.txt", "requirements-production.txt",
          "requirements-dev.txt", "requirements_dev.txt", "dev-requirements.txt",
          "requirements.in"}) {
      if (const auto text = files.read(prefix + std::string(name))) {
        read_list(*text, !sounds_like_development(name));
      }
    }
    for (const std::string& path : files.below(prefix + "requirements")) {
      if (!path.ends_with(".txt") && !path.ends_with(".in")) continue;
      const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
      if (const auto text = files.read(path)) read_list(*text, !sounds_like_development(name));
    }
    for (const std::string_view name : {"pyproject.toml", "Pipfile"}) {
      if (const auto text = files.read(prefix + std::string(name))) read_toml(*text);
    }
    for (const std::string_view name : {"poetry.lock", "uv.lock", "pdm.lock"}) {
      if (const auto text = files.read(prefix + std::string(name))) read_lock(*text);
    }
  };
  read("");
  if (!root.empty()) read(std::string(root));
}

void Requirements::add(std::string_view name, std::string_view specifier, bool production) {
  Requirement& found = packages_[normalised(name)];
  found.production = found.production || production;
  if (found.version.empty()) found.version = version_of(specifier);
}

void Requirements::read_list(std::string_view text, bool production) {
  for_each_line(text, [&](std::string_view line) {
    line = trimmed(line.substr(0, line.find(" #")));
    if (line.starts_with("-e") || line.starts_with("--editable") || line.starts_with('.') ||
        (line.starts_with("-r") && line.find('/') != std::string_view::npos &&
         line.find("requirements") == std::string_view::npos))
      unnamed_ = true;
    if (line.empty() || !base::is_alphanumeric(line.front())) return;
    std::size_t end = 0;
    while (end < line.size() && is_name(line[end]))
      ++end;
    std::string_view rest = line.substr(end);
    if (rest.starts_with('[')) rest = rest.substr(std::min(rest.find(']'), rest.size() - 1) + 1);
    rest = rest.substr(0, rest.find(';'));
    if (line.find("://") == std::string_view::npos || rest.find('@') != std::string_view::npos) {
      add(line.substr(0, end), rest, production);
    } else {
      unnamed_ = true;
    }
  });
}

// Keys of tables of dependencies (poetry, pipenv), and texts in lists of them (PEP 621, 735).
void Requirements::read_toml(std::string_view text) {
  std::string section;
  bool in_list = false;
  bool production = true;
  for_each_line(text, [&](std::string_view line) {
    line = trimmed(line.substr(0, line.find(" #")));
    if (line.starts_with('[') && !in_list) {
      section = base::to_lower(line);
      production = !sounds_like_development(section);
      return;
    }
    const std::size_t equals = line.find('=');
    const bool dependencies = section.find("dependencies") != std::string::npos ||
                              section.find("packages]") != std::string::npos ||
                              section.find("dependency-groups") != std::string::npos;
    if (!in_list && equals != std::string_view::npos && equals > 0) {
      const std::string_view key = trimmed(line.substr(0, equals));
      const std::string_view value = trimmed(line.substr(equals + 1));
      if (value.starts_with('[')) {
        in_list = dependencies || key == "dependencies";
        production = !sounds_like_development(section) && !sounds_like_development(key);
        line = value.substr(1);
      } else if (dependencies) {
        const std::size_t begin = value.find_first_of("\"'");
        std::string_view version =
            begin == std::string_view::npos ? std::string_view() : value.substr(begin + 1);
        if (value.starts_with('{')) {
          const std::size_t at = value.find("version");
          version = at == std::string_view::npos ? std::string_view() : value.substr(at + 7);
          version = version.substr(std::min(version.find_first_of("\"'"), version.size()));
          if (!version.empty()) version.remove_prefix(1);
        }
        add(key, version.substr(0, version.find_first_of("\"'")), production);
        return;
      }
    }
    if (!in_list) return;
    while (true) {
      const std::size_t begin = line.find_first_of("\"']");
      if (begin == std::string_view::npos) return;
      if (line[begin] == ']') {
        in_list = false;
        return;
      }
      const std::size_t end = line.find(line[begin], begin + 1);
      if (end == std::string_view::npos) return;
      read_list(line.substr(begin + 1, end - begin - 1), production);
      line.remove_prefix(end + 1);
    }
  });
}

// `name = "django"`, then `version = "4.2"`. A lock names everything, so it tells of versions only.
void Requirements::read_lock(std::string_view text) {
  std::string name;
  for_each_line(text, [&](std::string_view line) {
    const auto quoted = [&](std::string_view key) -> std::string_view {
      if (!line.starts_with(key)) return {};
      const std::size_t begin = line.find('"');
      if (begin == std::string_view::npos) return {};
      return line.substr(begin + 1, line.find('"', begin + 1) - begin - 1);
    };
    if (const std::string_view found = quoted("name ="); !found.empty()) name = normalised(found);
    if (const std::string_view version = quoted("version ="); !version.empty() && !name.empty()) {
      if (const auto package = packages_.find(name); package != packages_.end()) {
        package->second.version = version;
      }
      name.clear();
    }
  });
}

bool Requirements::any_but(std::span<const std::string_view> names) const {
  return unnamed_ || std::any_of(packages_.begin(), packages_.end(), [&](const auto& item) {
           return std::find(names.begin(), names.end(), item.first) == names.end();
         });
}

const Requirement* Requirements::find(std::string_view distribution) const {
  const auto found = packages_.find(normalised(distribution));
  return found == packages_.end() ? nullptr : &found->second;
}

const Requirement* Requirements::find_module(std::string_view module) const {
  const auto known = std::find_if(kModules.begin(), kModules.end(),
                                  [&](const Module& one) { return one.module == module; });
  if (known != kModules.end()) {
    if (const Requirement* found = find(known->distribution)) return found;
  }
  return find(module);
}

std::optional<int> release_of(std::string_view version) {
  int major = 0;
  int minor = 0;
  std::size_t at = 0;
  while (at < version.size() && base::is_digit(version[at]) && at < 4) {
    major = major * 10 + (version[at++] - '0');
  }
  if (at == 0) return std::nullopt;
  if (at < version.size() && version[at] == '.') {
    for (++at; at < version.size() && base::is_digit(version[at]) && minor < 100; ++at) {
      minor = minor * 10 + (version[at] - '0');
    }
  }
  return major * 100 + std::min(minor, 99);
}

}  // namespace gate::readers::django
