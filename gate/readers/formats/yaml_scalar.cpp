#include "gate/readers/formats/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "gate/base/ascii.h"

namespace gate::readers {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool read_null(Node& node) {
  constexpr auto kWords = std::to_array<std::string_view>({"", "~", "null", "Null", "NULL"});
  if (!is_one_of(node.text, kWords)) return false;
  node.kind = NodeKind::null;
  return true;
}

bool read_boolean(Node& node) {
  constexpr auto kTrue = std::to_array<std::string_view>({"true", "True", "TRUE"});
  constexpr auto kFalse = std::to_array<std::string_view>({"false", "False", "FALSE"});
  node.boolean = is_one_of(node.text, kTrue);
  if (!node.boolean && !is_one_of(node.text, kFalse)) return false;
  node.kind = NodeKind::boolean;
  return true;
}

// Decimal with a sign, 0o and 0x; what an int64 does not hold becomes a number.
bool read_integer(Node& node) {
  std::string_view digits = node.text;
  const bool hex = digits.starts_with("0x");
  const int radix = hex ? 16 : digits.starts_with("0o") ? 8 : 10;
  if (radix != 10) digits.remove_prefix(2);
  if (radix == 10 && digits.starts_with('+')) digits.remove_prefix(1);
  const bool negative = radix == 10 && digits.starts_with('-') && digits.size() == node.text.size();
  const std::string_view first = digits.substr(negative ? 1 : 0, 1);
  if (first.empty() || (!base::is_digit(first[0]) && !(hex && base::is_letter(first[0]))))
    return false;
  const char* const end = digits.data() + digits.size();
  const auto [stop, problem] = std::from_chars(digits.data(), end, node.integer, radix);
  if (stop != end) return false;
  node.kind = NodeKind::integer;
  if (problem == std::errc::result_out_of_range) {
    node.kind = NodeKind::number;
    std::from_chars(digits.data(), end, node.number);
    if (radix != 10) node.number = std::numeric_limits<double>::infinity();
  }
  return true;
}

// [-+]? ( \. digits | digits ( \. digits* )? ) ( [eE] [-+]? digits )?, and the words for what is
// no number.
bool read_number(Node& node) {
  std::string_view text = node.text;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  constexpr auto kInfinite = std::to_array<std::string_view>({".inf", ".Inf", ".INF"});
  constexpr auto kNone = std::to_array<std::string_view>({".nan", ".NaN", ".NAN"});
  if (is_one_of(text, kInfinite) || is_one_of(node.text, kNone)) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    node.number = is_one_of(text, kInfinite) ? (negative ? -kInfinity : kInfinity)
                                             : std::numeric_limits<double>::quiet_NaN();
    node.kind = NodeKind::number;
    return true;
  }
  const auto digits = [&](std::size_t from) {
    while (from < text.size() && base::is_digit(text[from]))
      ++from;
    return from;
  };
  std::size_t at = digits(0);
  const bool whole = at > 0;
  if (at < text.size() && text[at] == '.') {
    const std::size_t begin = ++at;
    at = digits(at);
    if (!whole && at == begin) return false;
  } else if (!whole) {
    return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    const std::size_t begin = at;
    at = digits(at);
    if (at == begin) return false;
  }
  if (at != text.size()) return false;
  const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), node.number);
  if (problem == std::errc::result_out_of_range)
    node.number = std::numeric_limits<double>::infinity();
  if (negative) node.number = -node.number;
  node.kind = NodeKind::number;
  return true;
}

// Returns whether a plain scalar may be anything but a text, by its first character: most are not.
bool may_be_other(std::string_view text) {
  constexpr std::string_view kFirst = "~nNtTfF.+-0123456789";
  return text.empty() || kFirst.find(text.front()) != std::string_view::npos;
}

}  // namespace

bool resolve_yaml_scalar(Node& node, bool plain, std::string_view tag) {
  constexpr std::string_view kOwn = "tag:yaml.org,2002:";
  node.kind = NodeKind::string;
  if (tag == "!" || (tag.empty() && !plain)) return true;
  if (tag.empty() || !tag.starts_with(kOwn)) {
    if (plain && may_be_other(node.text) &&
        (read_null(node) || read_boolean(node) || read_integer(node) || read_number(node)))
      return true;
    node.kind = NodeKind::string;
    return true;
  }
  tag.remove_prefix(kOwn.size());
  if (tag == "null") return read_null(node);
  if (tag == "bool") return read_boolean(node);
  if (tag == "int") return read_integer(node);
  if (tag == "float") {
    if (!read_integer(node)) return read_number(node);
    if (node.kind == NodeKind::integer) node.number = static_cast<double>(node.integer);
    node.kind = NodeKind::number;
  }
  return true;
}

}  // namespace gate::readers
