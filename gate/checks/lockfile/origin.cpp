// Where the bytes come from: the kind of source, the host, the scheme, and whether the address is
// one of the package that it is said to be.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gate/base/glob.h"
#include "gate/base/words.h"
#include "gate/checks/lockfile/target.h"
#include "gate/readers/lockfiles/archive_address.h"
#include "gate/readers/lockfiles/registries.h"

namespace gate::checks::lockfile {
namespace {

using readers::lockfiles::Package;
using readers::lockfiles::Source;

bool is_allowed_host(const Target& target, std::string_view address, const std::string& host) {
  const std::vector<AllowedHost>& hosts = target.rule.hosts;
  const auto found = std::find_if(hosts.begin(), hosts.end(), [&](const AllowedHost& allowed) {
    return allowed.glob ? allowed.glob->matches(host)
                        : readers::lockfiles::is_public_registry(target.lock.ecosystem, address);
  });
  if (found == hosts.end()) return false;
  target.uses.met(*found);
  return true;
}

void judge_source(const Target& target, const Package& package) {
  const std::vector<Source>& allowed = target.rule.sources;
  if (std::find(allowed.begin(), allowed.end(), package.source) != allowed.end()) return;
  std::vector<std::string_view> words;
  for (const Source source : allowed)
    words.push_back(name(source));
  target.report(package,
                fmt::format("{} comes from {}, not from {}", spell(package),
                            package.location.empty()
                                ? std::string(name(package.source))
                                : fmt::format("`{}` ({})", package.location, name(package.source)),
                            fmt::join(words, " or ")),
                "source");
}

void judge_host(const Target& target, const Package& package) {
  const std::string host = readers::lockfiles::host_of(package.location);
  if (host.empty() || is_allowed_host(target, package.location, host)) return;
  target.report(package, fmt::format("{} comes from the host `{}`", spell(package), host), "host");
}

void judge_scheme(const Target& target, const Package& package) {
  const std::string_view scheme = readers::lockfiles::scheme_of(package.location);
  const std::vector<std::string>& allowed = target.rule.schemes;
  if (scheme.empty() || scheme == "file" ||
      std::find(allowed.begin(), allowed.end(), scheme) != allowed.end())
    return;
  target.report(package, fmt::format("{} comes over `{}`", spell(package), scheme), "scheme");
}

void judge_address(const Target& target, const Package& package) {
  const std::string problem = readers::lockfiles::address_problem(target.lock.ecosystem, package);
  if (problem.empty()) return;
  target.report(package, fmt::format("{}: {}", spell(package), problem), "address");
}

// Indexes that a requirements.txt names.
void judge_indexes(const Target& target) {
  for (const readers::lockfiles::Setting& setting : target.lock.settings) {
    const auto keys = target.lock.keys(setting);
    constexpr std::array<std::string_view, 5> kOptions{"--index-url", "-i", "--extra-index-url",
                                                       "--find-links", "-f"};
    if (keys.size() != 1 || std::find(kOptions.begin(), kOptions.end(), keys[0]) == kOptions.end())
      continue;
    const std::string host = readers::lockfiles::host_of(setting.value);
    if (host.empty() || is_allowed_host(target, setting.value, host)) continue;
    target.report_at(nullptr, setting.span,
                     fmt::format("packages are looked for at the host `{}` too", host),
                     fmt::format("index {}", host));
  }
}

}  // namespace

void judge_origin(const Target& target) {
  const LockfileRule& rule = target.rule;
  for (const Package& package : target.lock.packages) {
    if (rule.production && target.inventory.is_development(target.entry, package)) continue;
    target.tally.judged();
    if (!rule.sources.empty()) judge_source(target, package);
    if (package.is(Package::local)) continue;
    if (!rule.hosts.empty()) judge_host(target, package);
    if (!rule.schemes.empty()) judge_scheme(target, package);
    if (rule.fitting_address) judge_address(target, package);
  }
  if (!rule.hosts.empty()) judge_indexes(target);
}

}  // namespace gate::checks::lockfile
