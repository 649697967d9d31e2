#include "gate/readers/settings/php/url.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "gate/base/ascii.h"

namespace gate::readers::php {
namespace {

// In the order of PHP_URL_SCHEME and the rest: scheme host port user pass path query fragment.
enum Part : std::size_t { scheme, host, port, user, pass, path, query, fragment, kParts };
constexpr std::array<std::string_view, kParts> kNames = {"scheme", "host", "port",  "user",
                                                         "pass",   "path", "query", "fragment"};

using Parts = std::array<std::optional<std::string>, kParts>;

bool is_scheme_char(char c) { return base::is_alphanumeric(c) || c == '+' || c == '-' || c == '.'; }

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), base::is_digit);
}

// Behind the authority, or all of it: path, query, fragment.
void read_tail(std::string_view text, Parts& parts) {
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    parts[fragment] = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const std::size_t mark = text.find('?'); mark != std::string_view::npos) {
    parts[query] = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  if (!text.empty()) parts[path] = text;
}

enum class Read { good, refused, odd };

Read read_port(std::string_view text, Parts& parts) {
  if (text.empty()) return Read::odd;
  if (!all_digits(text) || text.size() > 5) return Read::refused;
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  if (number > 65535) return Read::refused;
  if (number == 0) return Read::odd;
  parts[port] = std::to_string(number);
  return Read::good;
}

Read read_authority(std::string_view text, Parts& parts) {
  const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
  std::string_view authority = text.substr(0, end);
  read_tail(text.substr(end), parts);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    const std::string_view login = authority.substr(0, at);
    authority = authority.substr(at + 1);
    const std::size_t colon = login.find(':');
    parts[user] = login.substr(0, colon);
    if (colon != std::string_view::npos) parts[pass] = login.substr(colon + 1);
  }
  if (authority.find_first_of("[]") != std::string_view::npos) return Read::odd;
  const std::size_t colon = authority.find(':');
  if (colon != std::string_view::npos) {
    if (const Read port_read = read_port(authority.substr(colon + 1), parts);
        port_read != Read::good)
      return port_read;
  }
  const std::string_view name = authority.substr(0, colon);
  if (name.empty()) return Read::refused;
  parts[host] = name;
  return Read::good;
}

Read read_url(std::string_view text, Parts& parts) {
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F;
  });
  if (!is_plain && !text.empty()) return Read::odd;
  if (text.starts_with("//")) return read_authority(text.substr(2), parts);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    if (text.empty()) parts[path] = "";
    read_tail(text, parts);
    return Read::good;
  }
  const std::string_view before = text.substr(0, colon);
  const bool is_scheme =
      !before.empty() && std::all_of(before.begin(), before.end(), is_scheme_char);
  if (!is_scheme) return Read::odd;
  const std::string_view behind = text.substr(colon + 1);
  if (behind.starts_with("///")) return Read::odd;
  if (behind.starts_with("//")) {
    parts[scheme] = before;
    return read_authority(behind.substr(2), parts);
  }
  // `localhost:8000/x` is a host with a port.
  const std::size_t end = std::min(behind.find('/'), behind.size());
  const std::string_view number = behind.substr(0, end);
  if (!all_digits(number) || number.size() > 5) return Read::odd;
  if (const Read port_read = read_port(number, parts); port_read != Read::good) return port_read;
  parts[host] = before;
  read_tail(behind.substr(end), parts);
  return Read::good;
}

Value value_of(const Parts& parts, std::size_t part) {
  if (!parts[part]) return {};
  if (part != port) return *parts[part];
  return static_cast<std::int64_t>(std::stoi(*parts[part]));
}

}  // namespace

Value split_url(std::string_view url, std::int64_t component) {
  Parts parts;
  switch (read_url(url, parts)) {
    case Read::odd:
      return Value::unknown("it takes an odd URL apart");
    case Read::refused:
      return false;
    case Read::good:
      break;
  }
  if (component >= 0 && component < static_cast<std::int64_t>(kParts))
    return value_of(parts, static_cast<std::size_t>(component));
  if (component != -1) return Value::unknown("it asks for a part that URLs do not have");
  Array all;
  for (std::size_t part = 0; part < kParts; ++part)
    if (parts[part]) all.set(Key(kNames[part]), value_of(parts, part));
  return all;
}

}  // namespace gate::readers::php
