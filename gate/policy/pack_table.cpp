#include "gate/policy/pack_table.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>
#include <vector>

namespace gate::policy {
namespace {

using readers::Document;
using readers::Node;
using readers::NodeKind;

// Returns nodes [begin, end) of a table as a document's; the first becomes the root, so links move
// by `begin`.
std::vector<Node> unpack_nodes(const PackTable& table, std::string_view text, std::uint32_t begin,
                               std::uint32_t end) {
  const auto moved = [begin](std::uint32_t link) { return link == 0 ? 0 : link - begin; };
  // A text that the file holds as it is becomes a view of `text`, so that places inside of it can
  // be told.
  const auto view = [&](std::uint32_t at, std::uint32_t size) {
    return (at < table.source_size ? text : table.text).substr(at, size);
  };
  std::vector<Node> nodes;
  nodes.reserve(end - begin);
  for (const PackedNode& packed : table.nodes.subspan(begin, end - begin)) {
    Node& node = nodes.emplace_back();
    node.kind = packed.kind;
    node.boolean = packed.kind == NodeKind::boolean && packed.integer != 0;
    node.integer = packed.kind == NodeKind::integer ? packed.integer : 0;
    node.number = packed.kind == NodeKind::number ? std::bit_cast<double>(packed.integer) : 0;
    node.text = view(packed.text, packed.text_size);
    node.key = view(packed.key, packed.key_size);
    node.key_span = {packed.key_begin, packed.key_end};
    node.span = {packed.begin, packed.end};
    node.first = moved(packed.first);
    node.next = moved(packed.next);
    node.size = packed.size;
  }
  nodes.front().next = 0;
  return nodes;
}

}  // namespace

std::shared_ptr<const Document> unpack(const PackTable& table) {
  auto source = std::make_shared<const base::Source>(
      std::string(table.path), std::string(table.text.substr(0, table.source_size)));
  const std::string_view text = source->text();
  std::vector<Node> nodes =
      unpack_nodes(table, text, 0, static_cast<std::uint32_t>(table.nodes.size()));
  return std::make_shared<const Document>(std::move(source), std::move(nodes),
                                          std::vector<std::unique_ptr<std::string>>());
}

bool is_implied(const PackTable& table) {
  const auto head = table.nodes.subspan(table.head, table.head_end - table.head);
  return std::any_of(head.begin(), head.end(), [&](const PackedNode& node) {
    return node.kind == NodeKind::boolean && node.integer != 0 &&
           table.text.substr(node.key, node.key_size) == "implied";
  });
}

PackHead unpack_head(const PackTable& table) {
  const Document head(nullptr, unpack_nodes(table, table.text, table.head, table.head_end), {});
  return read_pack_head(head.root(), nullptr);
}

}  // namespace gate::policy
