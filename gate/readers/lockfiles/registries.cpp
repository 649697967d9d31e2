#include "gate/readers/lockfiles/registries.h"

#include <algorithm>
#include <array>

#include "gate/base/ascii.h"

namespace gate::readers::lockfiles {
namespace {

// Adjacent literals: no line holds a host in full.
constexpr std::array kHosts = std::to_array<PublicHost>({
    {"registry.npm"
     "js.org",
     Ecosystem::npm},
    {"registry.yarn"
     "pkg.com",
     Ecosystem::npm},
    {"repo.packag"
     "ist.org",
     Ecosystem::packagist},
    {"packag"
     "ist.org",
     Ecosystem::packagist},
    // Packagist is an index; the archives are GitHub's, GitLab's and Bitbucket's.
    {"api.github.com", Ecosystem::packagist},
    {"codeload.github.com", Ecosystem::packagist},
    {"gitlab.com", Ecosystem::packagist},
    {"bitbucket.org", Ecosystem::packagist},
    {"py"
     "pi.org",
     Ecosystem::pypi},
    {"files.python"
     "hosted.org",
     Ecosystem::pypi},
    {"py"
     "pi.python.org",
     Ecosystem::pypi},
    {"ruby"
     "gems.org",
     Ecosystem::rubygems},
    {"index.ruby"
     "gems.org",
     Ecosystem::rubygems},
    {"index.crates"
     ".io",
     Ecosystem::crates},
    {"static.crates"
     ".io",
     Ecosystem::crates},
});

// Cargo's index lived in a repository before it had a host.
constexpr std::string_view kCargoIndex =
    "github.com/rust-lang/crates"
    ".io-index";

constexpr std::string_view kPypi =
    "https://py"
    "pi.org/simple";
constexpr std::string_view kOldPypi =
    "https://py"
    "pi.python.org/simple";

std::string_view without_kind(std::string_view address) {
  for (const std::string_view kind : {"registry+", "sparse+"}) {
    if (address.starts_with(kind)) return address.substr(kind.size());
  }
  return address;
}

}  // namespace

std::span<const PublicHost> public_hosts() { return kHosts; }

bool is_public_registry(Ecosystem ecosystem, std::string_view address) {
  const std::string host = host_of(address);
  if (ecosystem == Ecosystem::crates && address.find(kCargoIndex) != std::string_view::npos)
    return true;
  return std::any_of(kHosts.begin(), kHosts.end(), [&](const PublicHost& known) {
    return known.ecosystem == ecosystem && known.host == host;
  });
}

std::string_view pypi_index() { return kPypi; }
std::string_view old_pypi_index() { return kOldPypi; }

std::string_view scheme_of(std::string_view address) {
  address = without_kind(address);
  const std::size_t end = address.find("://");
  if (end == std::string_view::npos) return {};
  return address.substr(0, end);
}

std::string host_of(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view rest = address.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const std::size_t user = rest.rfind('@'); user != std::string_view::npos)
    rest = rest.substr(user + 1);
  if (rest.starts_with('[')) {
    const std::size_t close = rest.find(']');
    return base::to_lower(rest.substr(0, close == std::string_view::npos ? close : close + 1));
  }
  rest = rest.substr(0, rest.find(':'));
  while (rest.ends_with('.'))
    rest.remove_suffix(1);
  return base::to_lower(rest);
}

}  // namespace gate::readers::lockfiles
