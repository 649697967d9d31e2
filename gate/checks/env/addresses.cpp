#include "gate/checks/env/addresses.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/checks/env/value_tests.h"

namespace gate::checks {
namespace {

bool ends_with_label(std::string_view host, std::string_view tail) {
  return host == tail ||
         (host.size() > tail.size() && host.substr(host.size() - tail.size()) == tail &&
          host[host.size() - tail.size() - 1] == '.');
}

// As the name of a host, without its top-level domain.
constexpr auto kPlaceholderHosts =
    std::to_array<std::string_view>({"domain", "mydomain", "mysite", "website", "site", "host",
                                     "hostname", "foo", "bar", "foobar", "test"});

// RFC 2606 and 6761.
constexpr auto kReservedTails = std::to_array<std::string_view>(
    {"test", "example", "invalid", "example.com", "example.net", "example.org"});

std::optional<std::array<int, 4>> ipv4(std::string_view host) {
  std::array<int, 4> parts{};
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const std::size_t dot = host.find('.');
    if ((part == 3) != (dot == std::string_view::npos)) return std::nullopt;
    const std::string_view digits = host.substr(0, dot);
    if (digits.empty() || digits.size() > 3 ||
        !std::all_of(digits.begin(), digits.end(), base::is_digit))
      return std::nullopt;
    for (const char digit : digits)
      parts[part] = parts[part] * 10 + (digit - '0');
    if (parts[part] > 255) return std::nullopt;
    if (part != 3) host.remove_prefix(dot + 1);
  }
  return parts;
}

std::string ipv4_trouble(const std::array<int, 4>& ip, Hosts hosts) {
  if (ip[0] == 127 || ip[0] == 0) return "is this machine";
  const bool local = ip[0] == 10 || (ip[0] == 172 && ip[1] >= 16 && ip[1] < 32) ||
                     (ip[0] == 192 && ip[1] == 168) ||
                     (ip[0] == 169 && ip[1] == 254);  // RFC 1918, RFC 3927
  return local && hosts == Hosts::public_ ? "is an address of a private network" : "";
}

std::string ipv6_trouble(std::string_view host, Hosts hosts) {
  const bool hex = std::all_of(host.begin(), host.end(), [](char c) {
    return base::is_digit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
  });
  if (!hex || host.find(':') == std::string_view::npos) return "is no address";
  if (host == "::1" || host == "::" || host == "0:0:0:0:0:0:0:1" ||
      host.substr(0, 11) == "::ffff:127.") {
    return "is this machine";
  }
  const std::string_view start = host.substr(0, 2);
  const bool local =
      start == "fc" || start == "fd" || host.substr(0, 3) == "fe8";  // RFC 4193, RFC 4291
  return local && hosts == Hosts::public_ ? "is an address of a private network" : "";
}

bool is_host_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), [](char c) {
           return base::is_alphanumeric(c) || c == '-' || c == '_' ||
                  static_cast<unsigned char>(c) >= 0x80U;
         });
}

// One URL. `[user[:password]@]host[:port]` between `://` and the first of `/?#`.
std::string one_url_trouble(std::string_view value, std::string_view scheme) {
  const std::size_t colon = value.find("://");
  if (colon == std::string_view::npos || colon == 0)
    return "is no URL: it has no `https://` or the like in front";
  const std::string found = base::to_lower(value.substr(0, colon));
  const bool named =
      base::is_letter(found.front()) && std::all_of(found.begin(), found.end(), [](char c) {
        return base::is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
      });
  if (!named) return "is no URL: what stands before `://` is no scheme";
  if (!scheme.empty() && found != scheme)
    return fmt::format("begins with `{}://`, not with `{}://`", found, scheme);
  if (std::any_of(value.begin(), value.end(),
                  [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '"'; })) {
    return "is no URL: it holds white space or quotes";
  }
  std::string_view authority = value.substr(colon + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos)
    authority.remove_prefix(at + 1);
  std::string_view host = authority;
  std::string_view port;
  const std::size_t bracket = authority.find(']');
  if (!authority.empty() && authority.front() == '[' && bracket != std::string_view::npos) {
    host = authority.substr(0, bracket + 1);
    port = authority.substr(bracket + 1);
  } else if (const std::size_t at = authority.find(':'); at != std::string_view::npos) {
    host = authority.substr(0, at);
    port = authority.substr(at);
  }
  if (!port.empty() && (port.front() != ':' || !is_port(port.substr(1))))
    return "is no URL: its port is not 1 to 65535";
  if (host.empty()) return "is no URL: it names no host";
  const std::string trouble = host_trouble(host, scheme.empty() ? Hosts::open : Hosts::public_);
  return trouble.empty() ? "" : fmt::format("names the host `{}`, which {}", host, trouble);
}

}  // namespace

bool is_reserved_host(std::string_view host) {
  return std::any_of(kReservedTails.begin(), kReservedTails.end(),
                     [&](std::string_view tail) { return ends_with_label(host, tail); });
}

std::string host_trouble(std::string_view written, Hosts hosts) {
  std::string host = base::to_lower(written);
  if (!host.empty() && host.back() == '.') host.pop_back();
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    return ipv6_trouble(std::string_view(host).substr(1, host.size() - 2), hosts);
  }
  if (const auto ip = ipv4(host)) return ipv4_trouble(*ip, hosts);
  if (ends_with_label(host, "localhost") || host == "localhost.localdomain" ||
      host == "host.docker.internal") {
    return "is this machine";
  }
  if (is_reserved_host(host)) return "is reserved for examples and tests";
  std::size_t labels = 0;
  for (std::string_view rest = host;;) {
    const std::size_t dot = rest.find('.');
    if (!is_host_label(rest.substr(0, dot))) return "is no host name";
    ++labels;
    if (dot == std::string_view::npos) {
      if (std::all_of(rest.begin(), rest.end(), base::is_digit) && labels > 1)
        return "is no host name";
      break;
    }
    rest.remove_prefix(dot + 1);
  }
  if (has_placeholder_words(host) ||
      std::find(kPlaceholderHosts.begin(), kPlaceholderHosts.end(),
                host.substr(0, host.rfind('.'))) != kPlaceholderHosts.end()) {
    return "is a placeholder";
  }
  if (hosts == Hosts::open) return {};
  if (labels == 1) return "is no domain name";
  if (ends_with_label(host, "local") || ends_with_label(host, "internal") ||
      ends_with_label(host, "lan")) {
    return "is a name of a private network";
  }
  return {};
}

std::string url_trouble(std::string_view value, std::string_view scheme) {
  if (value.empty()) return "is empty";
  // A comma may be part of a URL; a list of URLs has `://` behind one.
  std::size_t begin = 0;
  while (true) {
    const std::size_t comma = value.find(',', begin);
    const bool list =
        comma != std::string_view::npos && value.find("://", comma) != std::string_view::npos;
    std::string_view one = value.substr(begin, list ? comma - begin : std::string_view::npos);
    while (begin != 0 && !one.empty() && one.front() == ' ')
      one.remove_prefix(1);
    if (std::string trouble = one_url_trouble(one, scheme); !trouble.empty()) return trouble;
    if (!list) return {};
    begin = comma + 1;
  }
}

std::string email_trouble(std::string_view value) {
  if (value.empty()) return "is empty";
  const std::size_t at = value.rfind('@');
  const std::string_view name = value.substr(0, at);
  const bool well_formed =
      at != std::string_view::npos && !name.empty() && name.size() <= 64 && name.front() != '.' &&
      name.back() != '.' && std::all_of(name.begin(), name.end(), [](char c) {
        return base::is_alphanumeric(c) ||
               std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos ||
               static_cast<unsigned char>(c) >= 0x80U;
      });
  if (!well_formed) return "is no e-mail address";
  const std::string_view domain = value.substr(at + 1);
  if (domain.empty() || ipv4(domain) || domain.front() == '[')
    return "is no e-mail address at a domain";
  const std::string trouble = host_trouble(domain, Hosts::public_);
  return trouble.empty() ? "" : fmt::format("is an address at `{}`, which {}", domain, trouble);
}

bool is_port(std::string_view value) {
  if (value.empty() || value.size() > 5 || !std::all_of(value.begin(), value.end(), base::is_digit))
    return false;
  int port = 0;
  for (const char digit : value)
    port = port * 10 + (digit - '0');
  return port >= 1 && port <= 65535;
}

}  // namespace gate::checks
