#include "gate/readers/lockfiles/archive_address.h"

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/lockfiles/hash_text.h"

namespace gate::readers::lockfiles {
namespace {

std::string_view path_of(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::size_t slash = address.find('/', scheme + 3);
  if (slash == std::string_view::npos) return {};
  const std::string_view path = address.substr(slash + 1);
  return path.substr(0, path.find_first_of("?#"));
}

// "%2f" and "%2F" are a slash, "%40" is an at sign: registries write scopes so.
std::string decoded(std::string_view path) {
  if (path.find('%') == std::string_view::npos) return std::string(path);
  std::string out;
  for (std::size_t at = 0; at < path.size(); ++at) {
    const std::string code = base::to_lower(path.substr(at, 3));
    if (code == "%2f" || code == "%40") {
      out += code == "%2f" ? '/' : '@';
      at += 2;
    } else {
      out += path[at];
    }
  }
  return out;
}

// Takes `end` off the end of a text; false where it ends otherwise.
bool drop_end(std::string_view& text, std::string_view end) {
  if (!text.ends_with(end)) return false;
  text.remove_suffix(end.size());
  return true;
}

// Returns whether an address is the one that nearly every package has, letter by letter:
// https://HOST/NAME/-/BASENAME-VERSION.tgz. False says nothing.
bool is_usual(const Package& package) {
  std::string_view text = package.location;
  const std::string_view bare = package.name.substr(package.name.rfind('/') + 1);  // npos + 1 is 0
  if (!drop_end(text, ".tgz") || !drop_end(text, package.version) || !drop_end(text, "-") ||
      !drop_end(text, bare) || !drop_end(text, "/-/") || !drop_end(text, package.name) ||
      !drop_end(text, "/"))
    return false;
  const std::size_t scheme = text.find("://");
  return scheme != std::string_view::npos &&
         text.find_first_of("/?#", scheme + 3) == std::string_view::npos;
}

// NAME/-/BASENAME-VERSION.tgz, where the basename is the name without its scope.
std::string npm_problem(const Package& package) {
  if (is_usual(package)) return {};
  const std::string path = decoded(path_of(package.location));
  const std::size_t dash = path.find("/-/");
  if (dash == std::string::npos) return {};
  const std::string_view front = std::string_view(path).substr(0, dash);
  std::string_view file = std::string_view(path).substr(path.rfind('/') + 1);
  const std::size_t last = front.rfind('/');
  std::string_view name = last == std::string_view::npos ? front : front.substr(last + 1);
  const std::size_t scope = last == std::string_view::npos ? last : front.rfind('/', last - 1);
  const std::size_t scope_begin = scope == std::string_view::npos ? 0 : scope + 1;
  if (last != std::string_view::npos && front[scope_begin] == '@') name = front.substr(scope_begin);
  if (name != package.name) return fmt::format("the address is that of `{}`", name);
  if (!file.ends_with(".tgz")) return {};
  file.remove_suffix(4);
  const std::string_view bare = name.substr(name.rfind('/') + 1);  // npos + 1 is 0
  if (!file.starts_with(bare) || file.size() <= bare.size() || file[bare.size()] != '-') {
    return fmt::format("the address ends in `{}`, which is no archive of it", file);
  }
  std::string_view version = file.substr(bare.size() + 1);
  // What follows `+` is not part of the name of an archive.
  const std::string_view wanted = package.version.substr(0, package.version.find('+'));
  version = version.substr(0, version.find('+'));
  if (version == wanted || package.version.empty()) return {};
  return fmt::format("the address is that of version {}", version);
}

// GitHub's archives end in the commit that they were made from.
std::string composer_problem(const Package& package) {
  const std::string_view path = path_of(package.location);
  const std::string_view last = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  if (!is_commit_id(last) || package.commit.empty() || last == package.commit) return {};
  return fmt::format("the archive is of the commit {}, the lock names {}", last, package.commit);
}

}  // namespace

std::string address_problem(Ecosystem ecosystem, const Package& package) {
  if (package.location.empty()) return {};
  if (ecosystem == Ecosystem::npm && package.source == Source::registry)
    return npm_problem(package);
  if (ecosystem == Ecosystem::packagist && package.source == Source::registry)
    return composer_problem(package);
  return {};
}

}  // namespace gate::readers::lockfiles
