// What a rule of kind `lockfile` asks, as data.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gate/base/glob.h"
#include "gate/checks/lockfile/package_names.h"
#include "gate/readers/lockfiles/advisories/advisory.h"
#include "gate/readers/lockfiles/lockfile.h"
#include "gate/readers/lockfiles/spdx.h"
#include "gate/readers/lockfiles/sync/sync.h"

namespace gate::checks::lockfile {

// One element of `deny`: a package that must not be there.
struct Ban {
  NamePattern name;
  std::string versions;  // a range in the words of its ecosystem; empty: all
  std::string reason;
  std::string use;                    // what to take instead
  std::vector<NamePattern> wrappers;  // packages that may ask for it
};

// A host that packages may come from.
struct AllowedHost {
  std::string text;
  std::optional<base::Glob> glob;  // nothing: the public registries of the ecosystem
};

// A licence that somebody looked up, because the lock names none or a wrong one.
struct Clarification {
  NamePattern name;
  std::string versions;
  readers::lockfiles::LicenseExpression license;
};

// Packages that may have a licence which others may not.
struct LicenseException {
  NamePattern name;
  std::vector<std::string> allow;
};

struct LicenseRule {
  std::vector<std::string> allow;  // SPDX identifiers; empty: all that are not denied
  std::vector<std::string> deny;
  bool unknown_fails = true;
  std::vector<LicenseException> exceptions;
  std::vector<Clarification> clarify;
};

struct AdvisoryRule {
  // What an advisory without a severity means.
  enum class Unrated : std::uint8_t { fail, ignore, only, warn };

  readers::lockfiles::Severity at_least = readers::lockfiles::Severity::unknown;
  readers::lockfiles::Severity at_most = readers::lockfiles::Severity::critical;
  Unrated unrated = Unrated::fail;
  bool missing_is_fine = false;  // no advisories were ever imported: the rule does not apply
  bool judges_packages = true;
  std::optional<std::chrono::milliseconds> max_age;  // of the data
};

struct LockfileRule {
  base::GlobSet paths;
  std::vector<readers::lockfiles::Ecosystem> ecosystems;  // empty: all
  bool is_shipped = false;                                // of a pack, not of the user's own policy
  bool production = false;                                // packages of development are left out

  bool readable = false;
  bool present = false;
  bool single = false;
  bool not_empty = false;
  std::optional<readers::lockfiles::Strictness> sync;
  bool pinned = false;
  bool no_wildcards = false;
  std::vector<std::string> hashes;                  // algorithms that count; empty: not asked
  std::vector<readers::lockfiles::Source> sources;  // allowed; empty: not asked
  std::vector<AllowedHost> hosts;                   // empty: not asked
  std::vector<std::string> schemes;                 // allowed; empty: not asked
  bool fitting_address = false;
  std::vector<Ban> deny;
  std::optional<std::int64_t> max_versions;
  std::vector<NamePattern> max_versions_of;
  std::optional<LicenseRule> licenses;
  bool maintained = false;
  std::optional<std::vector<NamePattern>> install_scripts;  // names that may run them
  std::optional<std::chrono::milliseconds> min_age;
  std::map<std::string, std::string> platform;  // "php" = "8.3.0", "ext-intl" = "*"
  bool declared_extensions = false;
  bool fitting_images = false;
  std::optional<AdvisoryRule> advisories;
};

}  // namespace gate::checks::lockfile
