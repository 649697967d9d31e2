#include "gate/readers/lockfiles/pnpm_key.h"

#include <algorithm>

#include "gate/base/ascii.h"
#include "gate/base/words.h"
#include "gate/readers/lockfiles/npm_spec.h"

namespace gate::readers::lockfiles {
namespace {

constexpr std::size_t kCommitDigits = 40;

bool is_commit(std::string_view text) {
  return text.size() == kCommitDigits && std::all_of(text.begin(), text.end(), [](char c) {
           return base::is_digit(c) || (base::to_lower(c) >= 'a' && base::to_lower(c) <= 'f');
         });
}

std::string_view last_segment(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

// "name/1.2.3" or "@scope/name/1.2.3"; what follows `_` or another `/` are peers.
PnpmKey parse_with_slash(std::string_view path) {
  const std::size_t scope = path.starts_with('@') ? path.find('/') : 0;
  const std::size_t slash = path.find('/', scope == std::string_view::npos ? 0 : scope + 1);
  if (slash == std::string_view::npos) return {};
  const std::string_view version = path.substr(slash + 1);
  return {path.substr(0, slash), version.substr(0, version.find_first_of("_/")), {}, {}, false};
}

PnpmKey parse_with_at(std::string_view text) {
  const NpmAlias parts = split_npm_descriptor(text);
  if (parts.range.empty()) return {};
  const NpmSpec spec = parse_npm_location(parts.range);
  if (spec.is_address) {
    return {parts.name, {}, parts.range, spec.commit, spec.source == Source::git};
  }
  constexpr std::string_view kRuntime = "runtime:";
  const bool is_runtime = parts.range.starts_with(kRuntime);
  return {parts.name, parts.range.substr(is_runtime ? kRuntime.size() : 0), {}, {}, false};
}

// A key that begins with a host: a commit of a repository, or a package of another registry.
PnpmKey parse_with_host(std::string_view key) {
  const std::string_view last = last_segment(key);
  if (is_commit(last)) return {{}, {}, key, last, true};
  const std::size_t host = key.find('/');
  if (host == std::string_view::npos) return {};
  return parse_with_slash(key.substr(host + 1));
}

}  // namespace

std::string_view without_peers(std::string_view key) { return key.substr(0, key.find('(')); }

PnpmKey parse_pnpm_key(std::string_view key, std::string_view lockfile_version) {
  const std::string_view bare = without_peers(key);
  if (bare.starts_with("file:")) return {{}, {}, bare.substr(0, bare.find('_')), {}, false};
  const bool has_slashes = lockfile_version.starts_with("3") || lockfile_version.starts_with("4") ||
                           lockfile_version.starts_with("5");
  if (has_slashes) {
    return bare.starts_with('/') ? parse_with_slash(bare.substr(1)) : parse_with_host(bare);
  }
  if (bare.starts_with('/')) return parse_with_at(bare.substr(1));
  const PnpmKey parts = parse_with_at(bare);
  return parts.name.empty() ? parse_with_host(bare) : parts;
}

}  // namespace gate::readers::lockfiles
