// The order of versions, which every ecosystem has its own.
//
// Any text is a version: one that is none in its ecosystem has a place in the order too, so that
// comparing never fails.
#pragma once

#include <compare>
#include <string_view>

#include "gate/readers/lockfiles/ecosystem.h"

namespace gate::readers::lockfiles {

// Returns how `a` stands to `b`: less is older.
[[nodiscard]] std::weak_ordering compare_versions(Ecosystem ecosystem, std::string_view a,
                                                  std::string_view b);

// SemVer 2.0.0 (semver.org), a `v` in front passed over, missing parts 0, numbers of any size: npm,
// Cargo, Go.
[[nodiscard]] std::weak_ordering compare_semver(std::string_view a, std::string_view b);

// What follows `-` of two such versions, neither empty: parts between dots, numbers below words.
[[nodiscard]] std::weak_ordering compare_prereleases(std::string_view a, std::string_view b);

// PEP 440; what is no such version stands below all that are, in the order of setuptools before it.
[[nodiscard]] std::weak_ordering compare_pep440(std::string_view a, std::string_view b);

// PHP's version_compare (ext/standard/versioning.c), a `v` in front passed over, as the OSV schema
// orders versions of Packagist.
[[nodiscard]] std::weak_ordering compare_composer(std::string_view a, std::string_view b);

// Gem::Version (rubygems/version.rb).
[[nodiscard]] std::weak_ordering compare_gem(std::string_view a, std::string_view b);

// Maven's ComparableVersion.
[[nodiscard]] std::weak_ordering compare_maven(std::string_view a, std::string_view b);

// Compares two runs of digits as numbers of any size.
[[nodiscard]] std::weak_ordering compare_digits(std::string_view a, std::string_view b);

}  // namespace gate::readers::lockfiles
