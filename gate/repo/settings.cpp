#include "gate/repo/settings.h"

#include <cstdlib>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "gate/repo/folder.h"

namespace gate::repo {
namespace {

namespace fs = std::filesystem;

Result<ConfigHandle> configuration(git_repository* repository) {
  git_config* raw = nullptr;
  if (git_repository_config(&raw, repository) != 0)
    return libgit2_error("read git's configuration");
  ConfigHandle config(raw);
  int has_own = 0;
  if (git_config_get_bool(&has_own, raw, "extensions.worktreeConfig") == 0 && has_own != 0) {
    const std::string path = std::string(git_repository_path(repository)) + "config.worktree";
    std::error_code unimportant;
    if (fs::exists(path, unimportant) &&
        git_config_add_file_ondisk(raw, path.c_str(), GIT_CONFIG_LEVEL_APP, repository, 1) != 0) {
      return libgit2_error("read config.worktree");
    }
  }
  // A snapshot answers from memory; the live configuration looks at every file again for each
  // question.
  git_config* snapshot = nullptr;
  if (git_config_snapshot(&snapshot, raw) != 0) return libgit2_error("read git's configuration");
  return ConfigHandle(snapshot);
}

bool flag(git_config* config, const char* key, bool otherwise) {
  int value = 0;
  return git_config_get_bool(&value, config, key) == 0 ? value != 0 : otherwise;
}

// Returns the value of a path key, `~/` resolved.
std::optional<fs::path> path_value(git_config* config, const char* key) {
  git_buf value = GIT_BUF_INIT;
  std::optional<fs::path> path;
  if (git_config_get_path(&value, config, key) == 0) path = std::string(value.ptr, value.size);
  git_buf_dispose(&value);
  return path;
}

// Returns git's file of this name in the user's own configuration folder.
std::optional<fs::path> user_file(std::string_view name) {
  const char* folder = std::getenv("XDG_CONFIG_HOME");
  if (folder != nullptr && *folder != '\0') return fs::path(folder) / "git" / name;
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home == '\0') return std::nullopt;
  return fs::path(home) / ".config" / "git" / name;
}

bool exists(const std::optional<fs::path>& path) {
  std::error_code unimportant;
  return path && fs::exists(*path, unimportant);
}

bool has_promisor(git_config* config) {
  git_config_iterator* iterator = nullptr;
  if (git_config_iterator_new(&iterator, config) != 0) return false;
  bool found = false;
  git_config_entry* entry = nullptr;
  while (!found && git_config_next(&entry, iterator) == 0) {
    const std::string_view name = entry->name;
    found = name.starts_with("remote.") && name.ends_with(".promisor");
  }
  git_config_iterator_free(iterator);
  return found;
}

}  // namespace

Result<Settings> read_settings(git_repository* repository) {
  GATE_TRY(const ConfigHandle config, configuration(repository));
  Settings settings;
  settings.ignore_case = flag(config.get(), "core.ignorecase", false);
  settings.trusts_mode = flag(config.get(), "core.filemode", true);
  settings.has_symlinks = flag(config.get(), "core.symlinks", true);
  settings.is_sparse_checkout = flag(config.get(), "core.sparsecheckout", false);
  settings.is_partial_clone = has_promisor(config.get());
  settings.excludes_file = path_value(config.get(), "core.excludesfile");
  if (!settings.excludes_file) settings.excludes_file = user_file("ignore");

  git_buf conversion = GIT_BUF_INIT;
  if (git_config_get_string_buf(&conversion, config.get(), "core.autocrlf") == 0) {
    // Anything but a plain "no" may convert ("input" is no boolean).
    settings.may_convert = flag(config.get(), "core.autocrlf", true);
  }
  git_buf_dispose(&conversion);
  auto attributes = path_value(config.get(), "core.attributesfile");
  if (!attributes) attributes = user_file("attributes");
  settings.may_convert =
      settings.may_convert || exists(attributes) || exists("/etc/gitattributes") ||
      exists(fs::path(git_repository_commondir(repository)) / "info" / "attributes");
  return settings;
}

Result<std::vector<std::shared_ptr<const IgnoreFile>>> read_shared_ignores(
    git_repository* repository, const Settings& settings) {
  std::vector<std::shared_ptr<const IgnoreFile>> rules;
  const auto add = [&](const fs::path& path) -> Result<void> {
    GATE_TRY(const auto text, read_git_file(path));
    if (!text) return {};
    auto file = std::make_shared<const IgnoreFile>(*text, settings.ignore_case);
    if (!file->empty()) rules.push_back(std::move(file));
    return {};
  };
  GATE_CHECK(add(fs::path(git_repository_commondir(repository)) / "info" / "exclude"));
  if (settings.excludes_file && !settings.excludes_file->empty()) {
    GATE_CHECK(add(*settings.excludes_file));
  }
  return rules;
}

Result<std::string> filter_program(git_repository* repository, const std::string& path) {
  const char* name = nullptr;
  if (git_attr_get(&name, repository, 0, path.c_str(), "working-tree-encoding") != 0) {
    return libgit2_error("read attributes");
  }
  if (git_attr_value(name) == GIT_ATTR_VALUE_STRING) return std::string("working-tree-encoding");
  if (git_attr_get(&name, repository, 0, path.c_str(), "filter") != 0)
    return libgit2_error("read attributes");
  if (git_attr_value(name) != GIT_ATTR_VALUE_STRING) return std::string();
  GATE_TRY(const ConfigHandle config, configuration(repository));
  for (const std::string_view kind : {"clean", "process"}) {
    git_buf program = GIT_BUF_INIT;
    const std::string key = fmt::format("filter.{}.{}", name, kind);
    const bool has_program =
        git_config_get_string_buf(&program, config.get(), key.c_str()) == 0 && program.size != 0;
    git_buf_dispose(&program);
    if (has_program) return std::string(name);
  }
  return std::string();
}

}  // namespace gate::repo
