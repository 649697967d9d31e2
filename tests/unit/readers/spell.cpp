#include "tests/unit/readers/spell.h"

#include <string_view>

#include <fmt/format.h>

namespace gate::readers {

void spell(const Value& value, std::size_t depth, std::string& out) {
  const std::string_view source = value.document().source()->text();
  const Node& node = value.node();
  const std::string_view written = source.substr(node.span.begin, node.span.end - node.span.begin);
  const std::string_view key =
      source.substr(node.key_span.begin, node.key_span.end - node.key_span.begin);
  out += fmt::format("{:{}}{}", "", depth * 2, describe(node.kind));
  if (!node.key.empty()) out += fmt::format(" {} <{}>", node.key, key);
  if (node.kind == NodeKind::string) out += fmt::format(" \"{}\"", node.text);
  if (node.kind == NodeKind::integer) out += fmt::format(" {}", node.integer);
  if (node.kind == NodeKind::number) out += fmt::format(" {}", node.number);
  if (node.kind == NodeKind::boolean) out += node.boolean ? " true" : " false";
  if (depth > 0 && written.find('\n') == std::string_view::npos)
    out += fmt::format(" at {}", written);
  out += '\n';
  for (const Value& child : value.children())
    spell(child, depth + 1, out);
}

}  // namespace gate::readers
