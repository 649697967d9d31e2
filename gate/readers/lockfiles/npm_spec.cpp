#include "gate/readers/lockfiles/npm_spec.h"

#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/base/words.h"

namespace gate::readers::lockfiles {
namespace {

constexpr std::array<std::string_view, 9> kGitSchemes{
    "git+", "git://", "git@", "ssh://", "github:", "gitlab:", "bitbucket:", "gist:", "sourcehut:"};
constexpr std::array<std::string_view, 8> kPathForms{
    "file:", "link:", "portal:", "workspace:", "./", "../", "/", "~/"};

template <std::size_t Count>
bool begins_with_one(const std::array<std::string_view, Count>& forms, std::string_view text) {
  return std::any_of(forms.begin(), forms.end(),
                     [&](std::string_view form) { return text.starts_with(form); });
}

// "owner/repository": a repository at GitHub.
bool is_shorthand(std::string_view text) {
  const std::string_view path = text.substr(0, text.find('#'));
  const std::size_t slash = path.find('/');
  return slash != std::string_view::npos && slash != 0 && slash + 1 < path.size() &&
         path.find('/', slash + 1) == std::string_view::npos && path.front() != '@' &&
         path.find_first_of(": ^~<>=*|") == std::string_view::npos;
}

// The archive of a commit that GitHub packs: codeload.github.com/OWNER/REPOSITORY/tar.gz/COMMIT.
// `path`: the address without what follows `#` or `?`.
std::string_view packed_commit(std::string_view path) {
  constexpr std::string_view kHost = "://codeload.github.com/";
  if (!path.substr(path.find(':')).starts_with(kHost)) return {};
  return path.substr(path.rfind('/') + 1);
}

std::string_view fragment(std::string_view text) {
  std::string_view commit = base::split_once(text, "#").behind;
  constexpr std::string_view kNamed = "commit=";
  if (commit.starts_with(kNamed)) commit.remove_prefix(kNamed.size());
  return commit;
}

bool is_registry_archive(std::string_view address) {
  // GitHub's registry alone has a form of its own.
  return address.find("/-/") != std::string_view::npos ||
         address.find("://npm.pkg.github.com/download/") != std::string_view::npos;
}

}  // namespace

NpmSpec parse_npm_location(std::string_view text) {
  // Most texts are addresses of archives, or ranges: what is found soon is asked first.
  if (text.starts_with("http://") || text.starts_with("https://")) {
    std::string_view path = text.substr(0, text.find('#'));
    path = path.substr(0, path.find('?'));
    if (const std::string_view commit = packed_commit(path); !commit.empty())
      return {Source::git, true, commit};
    if (path.ends_with(".git")) return {Source::git, true, fragment(text)};
    return {is_registry_archive(path) ? Source::registry : Source::url, true, {}};
  }
  if (text.find('/') == std::string_view::npos && text.find(':') == std::string_view::npos)
    return {};
  if (begins_with_one(kGitSchemes, text)) return {Source::git, true, fragment(text)};
  if (begins_with_one(kPathForms, text)) return {Source::path, true, {}};
  if (is_shorthand(text)) return {Source::git, true, fragment(text)};
  return {};
}

std::optional<Need> npm_section(std::string_view key) {
  if (!key.ends_with("ependencies")) return std::nullopt;
  if (key == "dependencies") return Need::production;
  if (key == "devDependencies") return Need::development;
  if (key == "optionalDependencies") return Need::optional;
  if (key == "peerDependencies") return Need::peer;
  return std::nullopt;
}

std::optional<NpmAlias> split_npm_alias(std::string_view text) {
  constexpr std::string_view kScheme = "npm:";
  if (!text.starts_with(kScheme)) return std::nullopt;
  return split_npm_descriptor(text.substr(kScheme.size()));
}

NpmAlias split_npm_descriptor(std::string_view text) {
  const std::size_t at = text.find('@', 1);
  if (text.empty() || at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

}  // namespace gate::readers::lockfiles
