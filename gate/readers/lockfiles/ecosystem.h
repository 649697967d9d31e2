// Ecosystems: the worlds in which a package name means something. Knows their names elsewhere and
// how each compares package names; knows no lockfile.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gate::readers::lockfiles {

enum class Ecosystem : std::uint8_t { npm, packagist, pypi, rubygems, go, crates, maven };

struct EcosystemNames {
  std::string_view osv;   // "Packagist": the OSV schema, "ecosystem" (ossf.github.io/osv-schema)
  std::string_view purl;  // "composer": package-url/purl-spec, the types
  std::string_view word;  // "composer": in policies and messages
};

[[nodiscard]] const EcosystemNames& names(Ecosystem ecosystem);
// Returns every ecosystem, in the order of the enumerators.
[[nodiscard]] std::span<const Ecosystem> ecosystems();
// Returns the ecosystem of an OSV name, its suffix ("Packagist:https://…") left out.
[[nodiscard]] std::optional<Ecosystem> from_osv(std::string_view name);
// Returns the ecosystem that a policy names: by `word`, `osv` or `purl`, in any case of letters.
[[nodiscard]] std::optional<Ecosystem> from_word(std::string_view word);

// Returns a name in the one form in which the ecosystem compares names: PyPI by PEP 503, Packagist
// in small letters, the others as they are.
[[nodiscard]] std::string canonical_name(Ecosystem ecosystem, std::string_view name);
// Returns whether the name already has that form.
[[nodiscard]] bool is_canonical_name(Ecosystem ecosystem, std::string_view name);

// Returns a name by PEP 503: small letters, one `-` for each run of `-`, `_` and `.`.
[[nodiscard]] std::string pep503(std::string_view name);

}  // namespace gate::readers::lockfiles
