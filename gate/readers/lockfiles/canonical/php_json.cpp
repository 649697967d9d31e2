#include "gate/readers/lockfiles/canonical/php_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "gate/base/ascii.h"
#include "gate/readers/lockfiles/canonical/json_escape.h"

namespace gate::readers::lockfiles {
namespace {

// Shortest digits that read back as the same number; an exponent where the point lies before the
// fourth zero or behind the seventeenth digit (PHP's smart_str_append_double, precision 17, mode
// 0).
void append_php_number(double value, std::string& out) {
  if (value == 0) {
    out += std::signbit(value) ? "-0.0" : "0.0";
    return;
  }
  std::array<char, 64> buffer{};
  const auto [end, problem] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                            std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  std::string digits;
  for (const char c : text.substr(0, e)) {
    if (base::is_digit(c)) digits += c;
  }
  int exponent = 0;
  const std::string_view written = text.substr(e + (text[e + 1] == '+' ? 2 : 1));
  (void)std::from_chars(written.data(), written.data() + written.size(), exponent);
  if (value < 0) out += '-';
  constexpr int kDigits = 17;
  const int point = exponent + 1;  // digits in front of the point
  if (point < -3 || point > kDigits) {
    out += digits.front();
    out += '.';
    out += digits.size() > 1 ? std::string_view(digits).substr(1) : "0";
    out += fmt::format("e{}{}", exponent < 0 ? '-' : '+', std::abs(exponent));
  } else if (point <= 0) {
    out += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  } else if (static_cast<std::size_t>(point) >= digits.size()) {
    out += digits + std::string(static_cast<std::size_t>(point) - digits.size(), '0');
  } else {
    out += digits.substr(0, static_cast<std::size_t>(point)) + "." +
           digits.substr(static_cast<std::size_t>(point));
  }
}

void append_number(const Node& node, std::string& out) {
  if (node.kind == NodeKind::integer) {
    // `-0` is the integer 0.
    out += std::to_string(node.integer);
    return;
  }
  if (node.number == 0) {
    out += std::signbit(node.number) ? "-0" : "0";
    return;
  }
  append_php_number(node.number, out);
}

// The members of an object as PHP keeps them.
std::vector<Value> php_members(const Value& map) {
  std::vector<Value> members;
  std::unordered_map<std::string_view, std::size_t> places;
  for (const Value& child : map.children()) {
    const auto [place, is_new] = places.try_emplace(child->key, members.size());
    if (is_new) {
      members.push_back(child);
    } else {
      members[place->second] = child;
    }
  }
  return members;
}

bool is_list(const std::vector<Value>& members) {
  for (std::size_t index = 0; index < members.size(); ++index) {
    if (members[index]->key != std::to_string(index)) return false;
  }
  return true;
}

}  // namespace

void append_php_string(std::string_view text, std::string& out) {
  append_json_string(text, JsonEscapes::php, out);
}

void append_php_json(const Value& value, std::string& out) {
  const Node& node = value.node();
  switch (node.kind) {
    case NodeKind::null:
    case NodeKind::unknown:  // no JSON has one
      out += "null";
      return;
    case NodeKind::boolean:
      out += node.boolean ? "true" : "false";
      return;
    case NodeKind::integer:
    case NodeKind::number:
      append_number(node, out);
      return;
    case NodeKind::string:
    case NodeKind::date:
      append_php_string(node.text, out);
      return;
    case NodeKind::list:
    case NodeKind::map:
      break;
  }
  const bool was_map = node.kind == NodeKind::map;
  const std::vector<Value> members = was_map ? php_members(value) : value.children();
  const bool as_list = !was_map || is_list(members);
  out += as_list ? '[' : '{';
  for (std::size_t index = 0; index < members.size(); ++index) {
    if (index > 0) out += ',';
    if (!as_list) {
      append_php_string(members[index]->key, out);
      out += ':';
    }
    append_php_json(members[index], out);
  }
  out += as_list ? ']' : '}';
}

}  // namespace gate::readers::lockfiles
