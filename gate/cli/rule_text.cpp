#include "gate/cli/rule_text.h"

#include <algorithm>

#include <fmt/format.h>

namespace gate::cli {
namespace {

using readers::NodeKind;
using readers::Value;

bool is_bare_key(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

// TOML 1.0: a literal string where the text allows one (patterns stay readable), else a basic one.
std::string quote(std::string_view text) {
  const bool control = std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
  if (!control && text.find('\'') == std::string_view::npos &&
      text.find_first_of("\\\"") != std::string_view::npos) {
    return fmt::format("'{}'", text);
  }
  std::string quoted = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        quoted += "\\\"";
        break;
      case '\\':
        quoted += "\\\\";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\r':
        quoted += "\\r";
        break;
      case '\t':
        quoted += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
          quoted += c;
        }
    }
  }
  return quoted + '"';
}

std::string inline_value(const Value& value) {
  const std::string_view open = value->kind == NodeKind::map ? "{ " : "[";
  const std::string_view close = value->kind == NodeKind::map ? " }" : "]";
  switch (value->kind) {
    case NodeKind::null:
      return "\"\"";
    case NodeKind::boolean:
      return value->boolean ? "true" : "false";
    case NodeKind::integer:
      return fmt::format("{}", value->integer);
    case NodeKind::number:
      return fmt::format("{}", value->number);
    case NodeKind::string:
      return quote(value->text);
    case NodeKind::date:
      return std::string(value->text);
    case NodeKind::list:
    case NodeKind::map:
    case NodeKind::unknown:
      break;
  }
  std::string text(open);
  bool first = true;
  for (const Value& child : value.children()) {
    if (!first) text += ", ";
    first = false;
    if (value->kind == NodeKind::map)
      text += fmt::format("{} = ",
                          is_bare_key(child->key) ? std::string(child->key) : quote(child->key));
    text += inline_value(child);
  }
  return text.append(close);
}

}  // namespace

std::string rule_text(const policy::Rule& rule) {
  std::string text = "[[rule]]\n";
  for (const Value& child : rule.table.children()) {
    if (child->key == "example") continue;
    text += fmt::format("{} = {}\n",
                        is_bare_key(child->key) ? std::string(child->key) : quote(child->key),
                        inline_value(child));
  }
  return text;
}

}  // namespace gate::cli
