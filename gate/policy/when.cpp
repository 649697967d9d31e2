#include "gate/policy/when.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/policy/manifests.h"

namespace gate::policy {

struct Conditions::State {
  const repo::Snapshot& files;
  std::optional<std::string> branch;
  std::optional<std::vector<Manifest>> manifests;
  std::map<std::string, std::string, std::less<>> matches;  // glob -> first path, empty where none

  const std::vector<Manifest>& all_manifests() {
    if (!manifests) manifests = read_manifests(files);
    return *manifests;
  }

  // Returns the first path that a glob matches, or an empty text.
  const std::string& first_match(const std::string& text) {
    const auto [entry, is_new] = matches.try_emplace(text);
    if (!is_new) return entry->second;
    base::GlobSet globs;
    if (!globs.add(text)) return entry->second;
    if (const std::string_view literal = globs.literal(); !literal.empty()) {
      if (const repo::File* file = files.find(literal)) entry->second = file->path;
      return entry->second;
    }
    const auto all = files.files();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const repo::File& file) { return globs.matches(file.path); });
    if (found != all.end()) entry->second = found->path;
    return entry->second;
  }

  const Manifest* declaring(std::string_view package) {
    for (const Manifest& manifest : all_manifests()) {
      if (declares(manifest, package)) return &manifest;
    }
    return nullptr;
  }

  [[nodiscard]] bool on_branch(const std::vector<std::string>& globs) const {
    return branch && std::any_of(globs.begin(), globs.end(), [this](const std::string& text) {
             const Result<base::Glob> glob = base::Glob::compile(text);
             return glob && glob->matches(*branch);
           });
  }
};

Conditions::Conditions(const repo::Snapshot& files, std::optional<std::string> branch)
    : state_(std::make_unique<State>(State{files, std::move(branch), std::nullopt, {}})) {}

Conditions::~Conditions() = default;

std::optional<std::string> Conditions::refusal(const When& when) {
  for (const std::string& glob : when.files) {
    if (state_->first_match(glob).empty()) return fmt::format("no file matches `{}`", glob);
  }
  for (const std::string& package : when.packages) {
    if (state_->declaring(package) == nullptr)
      return fmt::format("no manifest requires `{}`", package);
  }
  for (const std::string& glob : when.without_files) {
    const std::string& path = state_->first_match(glob);
    if (!path.empty()) return fmt::format("not asked where there is `{}`", path);
  }
  for (const std::string& package : when.without_packages) {
    const Manifest* manifest = state_->declaring(package);
    if (manifest != nullptr)
      return fmt::format("not asked where {} requires `{}`", manifest->path, package);
  }
  if (!when.branches.empty() && !state_->on_branch(when.branches)) {
    const std::string wanted = fmt::format("`{}`", fmt::join(when.branches, "`, `"));
    return state_->branch ? fmt::format("the branch is `{}`, not {}", *state_->branch, wanted)
                          : fmt::format("no branch is checked out; asked on {}", wanted);
  }
  return std::nullopt;
}

std::string Conditions::evidence(const When& when) {
  std::vector<std::string> seen;
  for (const std::string& glob : when.files) {
    if (const std::string& path = state_->first_match(glob); !path.empty()) seen.push_back(path);
  }
  for (const std::string& package : when.packages) {
    if (const Manifest* manifest = state_->declaring(package))
      seen.push_back(fmt::format("{} in {}", package, manifest->path));
  }
  if (!when.branches.empty() && state_->on_branch(when.branches))
    seen.push_back(fmt::format("branch {}", *state_->branch));
  return fmt::format("{}", fmt::join(seen, ", "));
}

}  // namespace gate::policy
