#include "gate/checks/dialects.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "gate/base/glob.h"
#include "gate/base/pattern.h"
#include "gate/policy/manifests.h"

namespace gate::checks {
namespace {

using readers::EnvDialect;

struct Evidence {
  std::string_view package;
  EnvDialect dialect;
};

// The more special first: a project with django-environ and python-dotenv reads through the former.
constexpr auto kPackages = std::to_array<Evidence>({
    {"laravel/framework", EnvDialect::phpdotenv},
    {"vlucas/phpdotenv", EnvDialect::phpdotenv},
    {"django-environ", EnvDialect::django_environ},
    {"python-decouple", EnvDialect::decouple},
    {"environs", EnvDialect::python_dotenv},
    {"python-dotenv", EnvDialect::python_dotenv},
    {"next", EnvDialect::next},
    {"dotenv-expand", EnvDialect::node_expand},
    {"vite", EnvDialect::node_expand},
    {"dotenv", EnvDialect::node},
    {"django", EnvDialect::python_dotenv},
    {"flask", EnvDialect::python_dotenv},
    {"fastapi", EnvDialect::python_dotenv},
});

// What a project with this file reads with where no package tells.
struct Language {
  std::string_view manifest;
  EnvDialect dialect;
};
constexpr auto kLanguages = std::to_array<Language>({
    {"composer.json", EnvDialect::phpdotenv},
    {"pyproject.toml", EnvDialect::python_dotenv},
    {"Pipfile", EnvDialect::python_dotenv},
    {"requirements.txt", EnvDialect::python_dotenv},
    {"artisan", EnvDialect::phpdotenv},
    {"manage.py", EnvDialect::python_dotenv},
    {"package.json", EnvDialect::node},
});

void add(std::vector<DetectedDialect>& found, EnvDialect dialect, std::string because) {
  const auto same = [&](const DetectedDialect& known) { return known.dialect == dialect; };
  if (std::none_of(found.begin(), found.end(), same))
    found.push_back({dialect, std::move(because)});
}

void add_manifests(const repo::Snapshot& files, std::vector<DetectedDialect>& found) {
  const std::vector<policy::Manifest> manifests = policy::read_manifests(files);
  for (const Evidence& evidence : kPackages) {
    for (const policy::Manifest& manifest : manifests) {
      if (manifest.unknown || !policy::declares(manifest, evidence.package)) continue;
      // One reader in each language: the first package decides.
      add(found, evidence.dialect, fmt::format("{} in {}", evidence.package, manifest.path));
      return;
    }
  }
  for (const Language& language : kLanguages) {
    if (files.find(language.manifest) != nullptr) {
      add(found, language.dialect, std::string(language.manifest));
      return;
    }
  }
}

class Mentions {
 public:
  Mentions(const repo::Snapshot& files, const std::vector<std::string>& env_files) : files_(files) {
    for (const std::string& file : env_files)
      names_.push_back(std::filesystem::path(file).lexically_normal());
  }

  void add_compose(std::vector<DetectedDialect>& found) const {
    static const base::GlobSet kCompose = globs({"{docker-,}compose{,.*,-*}.{yml,yaml}"});
    // `env_file: .env`, `env_file: [a, b]`, and the items of a list below it.
    static const base::Pattern kPath = base::Pattern::trusted(
        R"(^\s*(?:-\s*)?(?:path:|env_file:)?\s*\[?\s*["']?([\w./-]+)["']?)", {});
    for_each(kCompose, [&](const repo::File& file, const std::string& text) {
      const std::size_t word = text.find("env_file:");
      if (word == std::string::npos) return;
      const std::size_t line_end = text.rfind('\n', word);
      const std::size_t begin = line_end == std::string::npos ? 0 : line_end + 1;
      if (names_any(file, text, kPath, begin))
        add(found, EnvDialect::compose, fmt::format("env_file in {}", file.path));
    });
  }

  void add_scripts(std::vector<DetectedDialect>& found) const {
    static const base::GlobSet kScripts =
        globs({"*.sh", "Makefile", "Justfile", "Procfile", ".github/workflows/*.{yml,yaml}",
               ".gitlab-ci.yml"});
    static const base::Pattern kSource =
        base::Pattern::trusted(R"((?:^|[\s;&])(?:source|\.)\s+["']?([\w./-]+))", {});
    static const base::Pattern kDocker = base::Pattern::trusted(
        R"(docker\s+(?:container\s+)?run\b.*--env-file[ =]["']?([\w./-]+))", {});
    for_each(kScripts, [&](const repo::File& file, const std::string& text) {
      if (names_any(file, text, kSource, 0))
        add(found, EnvDialect::bash, fmt::format("sourced in {}", file.path));
      if (names_any(file, text, kDocker, 0))
        add(found, EnvDialect::docker, fmt::format("docker run --env-file in {}", file.path));
    });
  }

 private:
  static base::GlobSet globs(std::initializer_list<std::string_view> texts) {
    base::GlobSet set;
    for (const std::string_view text : texts) {
      const Result<void> added = set.add(text);
      if (!added) break;
    }
    return set;
  }

  template <class Look>
  void for_each(const base::GlobSet& paths, Look look) const {
    constexpr std::uint64_t kMost = std::uint64_t{1} << 20;
    std::unique_ptr<repo::FileReader> reader;
    std::string buffer;
    for (const repo::File& file : files_.files()) {
      if (!file.is_plain() || !paths.matches(file.path)) continue;
      if (!reader) reader = files_.reader();
      // A file that cannot be read gives no evidence; whoever judges it says so.
      const Result<std::string_view> text = repo::read_all(*reader, file, buffer, kMost);
      if (text) look(file, std::string(*text));
    }
  }

  // Returns whether a match of the pattern's first group at or after `from` is one of the files:
  // from the top, or from the folder of the file that names it.
  [[nodiscard]] bool names_any(const repo::File& file, const std::string& text,
                               const base::Pattern& pattern, std::size_t from) const {
    const std::filesystem::path folder = std::filesystem::path(file.path).parent_path();
    std::vector<std::string_view> groups;
    while (from < text.size() && pattern.find(text, from, text.size(), groups)) {
      const std::filesystem::path path{std::string(groups[1])};
      const auto is_named = [&](const std::filesystem::path& name) {
        return path.lexically_normal() == name || (folder / path).lexically_normal() == name ||
               (path.is_absolute() && name.is_relative() && path.filename() == name);
      };
      if (std::any_of(names_.begin(), names_.end(), is_named)) return true;
      from = static_cast<std::size_t>(groups[0].data() - text.data()) +
             std::max<std::size_t>(groups[0].size(), 1);
    }
    return false;
  }

  const repo::Snapshot& files_;
  std::vector<std::filesystem::path> names_;
};

}  // namespace

std::vector<DetectedDialect> find_dialects(const repo::Snapshot& files,
                                           const std::vector<std::string>& env_files) {
  std::vector<DetectedDialect> found;
  const Mentions mentions(files, env_files);
  mentions.add_compose(found);
  add_manifests(files, found);
  mentions.add_scripts(found);
  return found;
}

DetectedDialect detect_dialect(const repo::Snapshot& files,
                               const std::vector<std::string>& env_files) {
  std::vector<DetectedDialect> found = find_dialects(files, env_files);
  return found.empty() ? DetectedDialect{} : std::move(found.front());
}

}  // namespace gate::checks
