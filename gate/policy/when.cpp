#include "gate/policy/when.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/policy/config_keys.h"
#include "gate/policy/manifests.h"

namespace gate::policy {
namespace {

// Returns a key of a file for people: "`tool.mypy` in pyproject.toml".
std::string sign_of(std::string_view text) {
  const std::optional<ConfigKey> key = parse_config_key(text);
  return key ? fmt::format("`{}` in {}", key->path, key->file) : fmt::format("`{}`", text);
}

// Returns what would make the conditions hold, for people.
std::vector<std::string> signs(const std::vector<When>& conditions) {
  std::vector<std::string> found;
  for (const When& when : conditions) {
    for (const std::string& glob : when.files)
      found.push_back(fmt::format("`{}`", glob));
    for (const std::string& key : when.keys)
      found.push_back(sign_of(key));
    for (const std::string& package : when.packages)
      found.push_back(fmt::format("package `{}`", package));
    for (const std::string& branch : when.branches)
      found.push_back(fmt::format("branch `{}`", branch));
  }
  return found;
}

}  // namespace

struct Conditions::State {
  const repo::Snapshot& files;
  std::optional<std::string> branch;
  ConfigKeys config{files};
  std::optional<std::vector<Manifest>> manifests{};
  std::map<std::string, std::string, std::less<>>
      matches{};  // glob -> first path, empty where none

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
    : state_(std::make_unique<State>(State{files, std::move(branch)})) {}

Conditions::~Conditions() = default;

const When* Conditions::first_of(const std::vector<When>& alternatives) {
  const auto found = std::find_if(alternatives.begin(), alternatives.end(),
                                  [this](const When& one) { return !refusal(one); });
  return found == alternatives.end() ? nullptr : &*found;
}

std::optional<std::string> Conditions::refusal(const When& when) {
  for (const std::string& glob : when.files) {
    if (state_->first_match(glob).empty()) return fmt::format("no file matches `{}`", glob);
  }
  for (const std::string& package : when.packages) {
    if (state_->declaring(package) == nullptr)
      return fmt::format("no manifest requires `{}`", package);
  }
  for (const std::string& text : when.keys) {
    const std::optional<ConfigKey> key = parse_config_key(text);
    if (!key || !state_->config.holds(*key)) return fmt::format("there is no {}", sign_of(text));
  }
  if (!when.any.empty() && first_of(when.any) == nullptr)
    return fmt::format("there is none of {}", fmt::join(signs(when.any), ", "));
  if (const When* one = first_of(when.none))
    return fmt::format("there is {}", fmt::join(signs({*one}), " and "));
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
  for (const std::string& text : when.keys)
    seen.push_back(sign_of(text));
  if (const When* one = first_of(when.any)) seen.push_back(evidence(*one));
  if (!when.branches.empty() && state_->on_branch(when.branches))
    seen.push_back(fmt::format("branch {}", *state_->branch));
  return fmt::format("{}", fmt::join(seen, ", "));
}

}  // namespace gate::policy
