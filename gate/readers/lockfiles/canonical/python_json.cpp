#include "gate/readers/lockfiles/canonical/python_json.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "gate/readers/lockfiles/canonical/json_escape.h"

namespace gate::readers::lockfiles {
namespace {

// repr(float): shortest digits, an exponent below 1e-4 and from 1e16 on.
std::string python_float(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  std::array<char, 64> buffer{};
  const double size = std::abs(value);
  const bool scientific = size != 0 && (size < 1e-4 || size >= 1e16);
  const auto [end, problem] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                    scientific ? std::chars_format::scientific : std::chars_format::fixed);
  std::string text(buffer.data(), end);
  if (!scientific && text.find('.') == std::string::npos) text += ".0";
  return text;
}

std::string integer_text(const Node& node) { return std::to_string(node.integer); }

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(text, JsonEscapes::python, out);
  return out;
}

}  // namespace

std::string python_json(const PythonMap& map, const PythonJsonStyle& style) {
  std::string out = "{";
  for (const auto& [key, value] : map) {
    if (out.size() > 1) out += style.item;
    out += quoted(key);
    out += style.key;
    out += value;
  }
  return out + "}";
}

std::string python_json(const Value& value, const PythonJsonStyle& style) {
  const Node& node = value.node();
  switch (node.kind) {
    case NodeKind::null:
    case NodeKind::unknown:  // no JSON has one
      return "null";
    case NodeKind::boolean:
      return node.boolean ? "true" : "false";
    case NodeKind::integer:
      return integer_text(node);
    case NodeKind::number:
      return python_float(node.number);
    case NodeKind::string:
    case NodeKind::date:
      return quoted(node.text);
    case NodeKind::list: {
      std::string out = "[";
      for (const Value& child : value.children()) {
        if (out.size() > 1) out += style.item;
        out += python_json(child, style);
      }
      return out + "]";
    }
    case NodeKind::map: {
      // Code points of UTF-8 sort as bytes do.
      PythonMap map;
      for (const Value& child : value.children())
        map.insert_or_assign(std::string(child->key), python_json(child, style));
      return python_json(map, style);
    }
  }
  return {};
}

}  // namespace gate::readers::lockfiles
