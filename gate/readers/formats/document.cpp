#include "gate/readers/formats/document.h"

namespace gate::readers {

std::string_view describe(NodeKind kind) {
  switch (kind) {
    case NodeKind::null:
      return "nothing";
    case NodeKind::boolean:
      return "true or false";
    case NodeKind::integer:
      return "an integer";
    case NodeKind::number:
      return "a number";
    case NodeKind::string:
      return "a string";
    case NodeKind::date:
      return "a date";
    case NodeKind::list:
      return "a list";
    case NodeKind::map:
      return "a table";
    case NodeKind::unknown:
      return "a value that is not known";
  }
  return "a value";
}

std::optional<Value> Value::find(std::string_view key) const {
  const std::span<const Node> nodes = document_->nodes();
  if (node().kind != NodeKind::map) return std::nullopt;
  std::optional<Value> found;
  for (std::uint32_t child = node().first; child != 0; child = nodes[child].next) {
    if (nodes[child].key == key) found.emplace(document_, child);
  }
  return found;
}

std::vector<Value> Value::children() const {
  const std::span<const Node> nodes = document_->nodes();
  std::vector<Value> children;
  if (node().kind != NodeKind::map && node().kind != NodeKind::list) return children;
  children.reserve(node().size);
  for (std::uint32_t child = node().first; child != 0; child = nodes[child].next) {
    children.emplace_back(document_, child);
  }
  return children;
}

}  // namespace gate::readers
