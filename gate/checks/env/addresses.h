// Addresses in a production environment: hosts, URLs, e-mail addresses, ports. Knows their forms;
// resolves and connects to nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gate::checks {

// Returns whether the name, in small letters, is reserved for examples and tests (RFC 2606, RFC
// 6761).
[[nodiscard]] bool is_reserved_host(std::string_view host);

// Which hosts an address may name.
enum class Hosts : std::uint8_t {
  open,    // any but this machine and the reserved names
  public_  // only a domain name or an address that the internet can reach
};

// Returns why the host is not one of production ("is this machine"), or an empty text.
[[nodiscard]] std::string host_trouble(std::string_view host, Hosts hosts);

// Returns why the value is no absolute URL (RFC 3986) of a production host, or an empty text.
// `scheme`: the one that is needed; empty: any.
[[nodiscard]] std::string url_trouble(std::string_view value, std::string_view scheme);

// Returns why the value is no e-mail address at a production domain, or an empty text.
[[nodiscard]] std::string email_trouble(std::string_view value);

// Returns whether the value is a port: 1 to 65535, in digits.
[[nodiscard]] bool is_port(std::string_view value);

}  // namespace gate::checks
