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

std::size_t skip_digits(std::string_view text, std::size_t at, std::size_t most) {
  const std::size_t begin = at;
  while (at < text.size() && at - begin < most && base::is_digit(text[at]))
    ++at;
  return at;
}

// Behind the authority, or all of it: path, query, fragment.
void read_tail(std::string_view text, Parts& parts) {
  const bool is_empty = text.empty();
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    parts[fragment] = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const std::size_t mark = text.find('?'); mark != std::string_view::npos) {
    parts[query] = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  if (!text.empty() || is_empty) parts[path] = text;
}

constexpr std::size_t kPortDigits = 5;

// As strtol() reads it: blanks and a sign in front, anything behind.
bool read_port(std::string_view text, Parts& parts) {
  text = text.substr(std::min(text.find_first_not_of(base::kBlanks), text.size()));
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  int number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc())
    return false;
  constexpr int kLargest = 65535;
  if (number > kLargest || (negative && number > 0)) return false;
  parts[port] = std::to_string(number);
  return true;
}

bool read_authority(std::string_view text, Parts& parts) {
  const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
  std::string_view authority = text.substr(0, end);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    const std::string_view login = authority.substr(0, at);
    authority = authority.substr(at + 1);
    const std::size_t colon = login.find(':');
    parts[user] = login.substr(0, colon);
    if (colon != std::string_view::npos) parts[pass] = login.substr(colon + 1);
  }
  const bool is_address = authority.starts_with('[') && authority.ends_with(']');
  const std::size_t colon = is_address ? std::string_view::npos : authority.rfind(':');
  if (colon != std::string_view::npos && !parts[port]) {
    const std::string_view digits = authority.substr(colon + 1);
    if (digits.size() > kPortDigits || (!digits.empty() && !read_port(digits, parts))) return false;
  }
  const std::string_view name = authority.substr(0, colon);
  if (name.empty()) return false;
  parts[host] = name;
  if (end < text.size()) read_tail(text.substr(end), parts);
  return true;
}

// A text whose colon ends no scheme: `host:80/x`, `//host`, or a path.
bool read_without_scheme(std::string_view text, std::size_t colon, Parts& parts) {
  const bool is_relative = text.starts_with("//");
  if (colon != std::string_view::npos) {
    const std::size_t begin = colon + 1;
    const std::size_t end = skip_digits(text, begin, kPortDigits + 1);
    const std::size_t count = end - begin;
    if (count > 0 && count <= kPortDigits && (end == text.size() || text[end] == '/')) {
      if (!read_port(text.substr(begin, count), parts)) return false;
      return read_authority(text.substr(is_relative ? 2 : 0), parts);
    }
    if (count == 0 && end == text.size()) return false;
  }
  if (is_relative) return read_authority(text.substr(2), parts);
  read_tail(text, parts);
  return true;
}

// php_url_parse_ex2() of PHP 8, step by step; false where it refuses the text.
bool read_url(std::string_view text, Parts& parts) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return read_without_scheme(text, colon, parts);
  const std::string_view before = text.substr(0, colon);
  if (!std::all_of(before.begin(), before.end(), is_scheme_char)) {
    if (colon + 1 < text.size() && colon < text.find_first_of("?#"))
      return read_without_scheme(text, colon, parts);
    if (text.starts_with("//")) return read_authority(text.substr(2), parts);
    read_tail(text, parts);
    return true;
  }
  const std::string_view behind = text.substr(colon + 1);
  if (!behind.starts_with('/')) {
    // `localhost:8000/x` is a host with a port.
    const std::size_t end = skip_digits(behind, 0, kPortDigits + 1);
    const bool is_port =
        !behind.empty() && end <= kPortDigits && (end == behind.size() || behind[end] == '/');
    if (is_port) return read_without_scheme(text, colon, parts);
    parts[scheme] = before;
    if (!behind.empty()) read_tail(behind, parts);
    return true;
  }
  parts[scheme] = before;
  if (!behind.starts_with("//")) {
    read_tail(behind, parts);
    return true;
  }
  if (base::to_lower(before) == "file" && behind.starts_with("///")) {
    const bool is_drive = behind.size() > 4 && behind[4] == ':';
    read_tail(behind.substr(is_drive ? 3 : 2), parts);
    return true;
  }
  return read_authority(behind.substr(2), parts);
}

// Characters that control a terminal become `_`.
void replace_controls(Parts& parts) {
  for (std::optional<std::string>& part : parts) {
    if (!part) continue;
    std::replace_if(
        part->begin(), part->end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '_');
  }
}

Value value_of(const Parts& parts, std::size_t part) {
  if (!parts[part]) return {};
  if (part != port) return *parts[part];
  return static_cast<std::int64_t>(std::stoi(*parts[part]));
}

}  // namespace

Value split_url(std::string_view url, std::int64_t component) {
  Parts parts;
  if (!read_url(url, parts)) return false;
  replace_controls(parts);
  if (component >= 0 && component < static_cast<std::int64_t>(kParts))
    return value_of(parts, static_cast<std::size_t>(component));
  if (component != -1) return Value::unknown("it asks for a part that URLs do not have");
  Array all;
  for (std::size_t part = 0; part < kParts; ++part)
    if (parts[part]) all.set(Key(kNames[part]), value_of(parts, part));
  return all;
}

}  // namespace gate::readers::php
