#include "gate/cli/change.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/cli/place.h"
#include "gate/repo/sample.h"
#include "gate/system/process_environment.h"

namespace gate::cli {
namespace {

constexpr std::size_t kShortId = 12;

// The revisions that a change most likely starts from, the surest first. The variables are those of
// GitLab ("Predefined CI/CD variables") and GitHub Actions ("Default environment variables").
std::vector<std::string> customary_bases() {
  std::vector<std::string> bases;
  for (const auto& [name, value] : system::process_environment()) {
    if (value.empty()) continue;
    if (name == "CI_MERGE_REQUEST_DIFF_BASE_SHA") bases.insert(bases.begin(), value);
    if (name == "CI_MERGE_REQUEST_TARGET_BRANCH_NAME" || name == "GITHUB_BASE_REF")
      bases.push_back("refs/remotes/origin/" + value);
  }
  for (const char* const name :
       {"refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master",
        "refs/heads/main", "refs/heads/master"})
    bases.emplace_back(name);
  return bases;
}

std::optional<std::string> customary_base(const repo::Repository& repository) {
  for (const std::string& revision : customary_bases()) {
    if (repository.resolve(revision)) return revision;
  }
  return std::nullopt;
}

// Returns the files of the judged folder at a commit; none where it was not there yet.
Result<std::unique_ptr<repo::Snapshot>> files_at(const Place& place, const std::string& commit) {
  Result<std::unique_ptr<repo::Snapshot>> files =
      place.repository->commit_snapshot(commit, place.prefix);
  if (files || place.prefix.empty()) return files;
  GATE_TRY(const std::unique_ptr<repo::Snapshot> whole,
           place.repository->commit_snapshot(commit, ""));
  if (!whole->below(place.prefix).empty()) return files;
  return repo::sample_snapshot({});
}

// Returns a revision as people name it: without what leads to a branch.
std::string_view branch_name(std::string_view revision) {
  for (const std::string_view prefix : {"refs/heads/", "refs/remotes/"}) {
    if (revision.starts_with(prefix)) revision.remove_prefix(prefix.size());
  }
  return revision;
}

std::string count(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace

Result<std::optional<Change>> find_change(const std::optional<std::string>& since,
                                          const Place& place, std::string& mistake) {
  if (!place.repository) {
    mistake = "what a change brings in needs a git repository, and the judged folder is in none";
    return std::optional<Change>();
  }
  const repo::Repository& repository = *place.repository;
  const std::optional<std::string> from = since ? since : customary_base(repository);
  if (!from) {
    mistake = "--new-only: no branch says what the change starts from; name it with --since REV";
    return std::optional<Change>();
  }
  const Result<std::string> named = repository.resolve(*from);
  if (!named) {
    mistake = fmt::format("--since: {}", named.error().message);
    return std::optional<Change>();
  }
  const std::string_view at = place.files->at();
  const bool is_commit = at != "worktree" && at != "index";
  const Result<std::string> tip = repository.resolve(is_commit ? at : "HEAD");
  if (!tip) {
    mistake = tip.error().message;
    return std::optional<Change>();
  }
  GATE_TRY(const std::optional<std::string> base, repository.merge_base(*named, *tip));
  if (!base) {
    mistake = fmt::format("--since: `{}` and {} have no commit in common", *from,
                          is_commit ? "the judged commit" : "HEAD");
    return std::optional<Change>();
  }
  // On the main branch itself, without an origin, every finding is as old as the branch.
  if (!since && from->starts_with("refs/heads/") && *named == *tip) {
    mistake = fmt::format(
        "--new-only: what is judged stands where `{}` does, and there is no origin; name what the "
        "change starts from with --since REV",
        branch_name(*from));
    return std::optional<Change>();
  }
  Change change;
  change.from = *from;
  change.base = *base;
  GATE_TRY(change.files, files_at(place, *base));
  if (*named != *base) {
    GATE_TRY(change.target, files_at(place, *named));
  }
  return std::optional(std::move(change));
}

std::string since_note(const Change& change) {
  return fmt::format("only what is new since `{}` counts (commit {})", branch_name(change.from),
                     change.base.substr(0, kShortId));
}

std::string package_note(const finding::PackageChanges& changes) {
  if (changes.packages.empty() && changes.unknown.empty()) return {};
  std::size_t added = 0;
  std::size_t removed = 0;
  for (const finding::PackageChange& change : changes.packages) {
    added += change.before.empty() ? 1U : 0U;
    removed += change.after.empty() ? 1U : 0U;
  }
  std::vector<std::string> parts;
  const std::size_t changed = changes.packages.size() - added - removed;
  if (added != 0) parts.push_back(count(added, "package comes in", "packages come in"));
  if (removed != 0) parts.push_back(count(removed, "goes", "go"));
  if (changed != 0) parts.push_back(count(changed, "changes its version", "change their version"));
  for (const std::string& unknown : changes.unknown)
    parts.push_back("not compared: " + unknown);
  return fmt::format("since {}: {}", changes.base.substr(0, kShortId), fmt::join(parts, ", "));
}

}  // namespace gate::cli
