#include "gate/cli/place.h"

#include <system_error>

#include <fmt/format.h>

#include "gate/policy/policy.h"

namespace gate::cli {
namespace {

namespace fs = std::filesystem;

// Returns the nearest folder from `start` up to `top` that holds a policy, or `top`.
fs::path folder_with_policy(const fs::path& start, const fs::path& top) {
  std::error_code ignored;
  for (fs::path folder = start;; folder = folder.parent_path()) {
    if (fs::is_regular_file(folder / policy::kPolicyFile, ignored)) return folder;
    if (folder == top || folder == folder.parent_path()) return top;
  }
}

std::string prefix_of(const fs::path& folder, const fs::path& top) {
  const std::string relative = folder.lexically_relative(top).generic_string();
  return relative == "." || relative.empty() ? "" : relative + "/";
}

// Returns the files at a moment; null with `mistake` filled where `at` names no moment.
Result<std::unique_ptr<repo::Snapshot>> snapshot(const repo::Repository& repository,
                                                 std::string_view prefix, std::string_view at,
                                                 bool lazily, std::string& mistake) {
  if (at == "worktree") return repository.work_tree_snapshot(prefix, lazily);
  if (at == "index") return repository.index_snapshot(prefix);
  const Result<std::string> commit = repository.resolve(at);
  if (!commit) {
    mistake = commit.error().message;
    const Result<repo::Head> head = repository.head();
    if (head && head->commit.empty() && !repository.is_bare())
      mistake += "; without --at the work tree is judged";
    return std::unique_ptr<repo::Snapshot>();
  }
  return repository.commit_snapshot(*commit, prefix);
}

}  // namespace

fs::path Place::command_folder() const { return files->at() == "worktree" ? folder : fs::path(); }

Result<std::optional<Place>> find_place(const std::optional<std::string>& path,
                                        const std::optional<std::string>& at, bool lazily,
                                        std::string& mistake) {
  std::error_code problem;
  const std::string typed = path.value_or(".");
  Place place;
  place.folder = fs::canonical(typed, problem);
  if (problem) {
    mistake = fmt::format("there is no folder `{}`", typed);
    return std::optional<Place>();
  }
  if (!fs::is_directory(place.folder, problem)) {
    mistake = fmt::format("`{}` is a file; gate judges a folder", typed);
    return std::optional<Place>();
  }

  GATE_TRY(place.repository, repo::Repository::open(place.folder));
  if (!place.repository) {
    if (at && *at != "worktree") {
      mistake = fmt::format("`--at {}` needs a git repository, and `{}` is in none", *at,
                            place.folder.string());
      return std::optional<Place>();
    }
    if (!path) place.folder = folder_with_policy(place.folder, place.folder);
    GATE_TRY(place.files, repo::folder_snapshot(place.folder));
    place.notes.emplace_back(
        "not a git repository: the files of the folder are judged as they lie there");
    return std::optional<Place>(std::move(place));
  }
  const repo::Repository& repository = *place.repository;
  if (repository.is_bare()) {
    place.folder = repository.git_folder();
    if (at == "worktree" || at == "index") {
      mistake = fmt::format("`--at {}`: a bare repository has no {}; name a commit or a branch",
                            *at, at == "index" ? "index" : "work tree");
      return std::optional<Place>();
    }
    GATE_TRY(place.files, snapshot(repository, "", at.value_or("HEAD"), lazily, mistake));
    if (!place.files) return std::optional<Place>();
    if (!at) place.notes.emplace_back("a bare repository: HEAD is judged");
    return std::optional<Place>(std::move(place));
  }
  if (!path) place.folder = folder_with_policy(place.folder, repository.work_tree());
  place.prefix = prefix_of(place.folder, repository.work_tree());
  GATE_TRY(place.files,
           snapshot(repository, place.prefix, at.value_or("worktree"), lazily, mistake));
  if (!place.files) return std::optional<Place>();
  return std::optional<Place>(std::move(place));
}

}  // namespace gate::cli
