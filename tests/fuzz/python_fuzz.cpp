#include "gate/readers/formats/python/literals.h"
#include "gate/readers/formats/python/tree.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace gate::readers::python;

// Every node but the module is the child of one node, and its literals can be asked.
std::size_t walk(const Tree& tree, NodeIndex index, std::size_t height) {
  gate::fuzz::require(height <= kMaxHeight + 1);
  gate::fuzz::require_inside(tree[index].span, tree.source());
  std::size_t nodes = 1;
  switch (tree.kind(index)) {
    case NodeKind::string:
    case NodeKind::strings:
      (void)constant_text(tree, index);
      break;
    case NodeKind::number:
      (void)number_value(tree, index);
      break;
    case NodeKind::format_text:
      (void)format_text_value(tree, index, false);
      break;
    case NodeKind::field:
      (void)debug_text(tree, index);
      break;
    case NodeKind::attribute:
      (void)tree.dotted_name(index);
      break;
    default:
      break;
  }
  for (const NodeIndex child : tree.children(index))
    nodes += walk(tree, child, height + 1);
  return nodes;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Tree tree = Tree::parse(gate::fuzz::text_of(data, size));
  const std::size_t nodes = walk(tree, Tree::root(), 0);
  gate::fuzz::require(nodes <= tree.size());
  if (const SyntaxError* error = tree.error()) gate::fuzz::require(error->span.begin <= size);
  return 0;
}
