// What git's configuration says that this room must know.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gate/base/result.h"
#include "gate/repo/git.h"
#include "gate/repo/ignore.h"

namespace gate::repo {

struct Settings {
  bool ignore_case = false;
  bool trusts_mode = true;
  bool has_symlinks = true;
  bool is_sparse_checkout = false;
  bool is_partial_clone = false;
  bool may_convert = false;  // besides what a .gitattributes in the work tree says
  std::optional<std::filesystem::path> excludes_file;
};

// Reads the configuration of a repository, config.worktree included (which libgit2 leaves out by
// itself).
Result<Settings> read_settings(git_repository* repository);

// Reads the ignore rules that hold for the whole work tree, strongest first: info/exclude, then
// core.excludesFile.
Result<std::vector<std::shared_ptr<const IgnoreFile>>> read_shared_ignores(
    git_repository* repository, const Settings& settings);

// Returns the program that git would start to convert the file at `path` before storing it, by name
// ("lfs"); empty where none.
Result<std::string> filter_program(git_repository* repository, const std::string& path);

}  // namespace gate::repo
