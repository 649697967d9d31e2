// The public registries that gate knows, in one table.
//
// Their names are put together from parts, so that no file of this repository holds one in full:
// who searches a tree for them finds lockfiles, not this program.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gate/readers/lockfiles/ecosystem.h"

namespace gate::readers::lockfiles {

struct PublicHost {
  std::string_view host;
  Ecosystem ecosystem;
};

[[nodiscard]] std::span<const PublicHost> public_hosts();

// Returns whether an address lies at a public registry of the ecosystem.
[[nodiscard]] bool is_public_registry(Ecosystem ecosystem, std::string_view address);

// Returns the address of the public index of Python packages, and the one it had before 2018.
[[nodiscard]] std::string_view pypi_index();
[[nodiscard]] std::string_view old_pypi_index();

// Returns the host of an address in small letters, without user and port: "host" of
// "https://user@Host:443/path". Empty where the text is no address.
[[nodiscard]] std::string host_of(std::string_view address);

// Returns the scheme, "https", "git+ssh"; empty where there is none. Cargo's "sparse+" in front
// does not count.
[[nodiscard]] std::string_view scheme_of(std::string_view address);

}  // namespace gate::readers::lockfiles
