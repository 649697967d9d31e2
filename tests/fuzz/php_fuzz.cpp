#include "gate/readers/formats/php/php.h"
#include "tests/fuzz/fuzz.h"

namespace {

namespace php = gate::readers::php;

// Returns how many nodes hang below this one; each lies in the text, and none hangs twice.
std::size_t count_below(php::Node node, std::vector<bool>& seen, std::size_t depth) {
  gate::fuzz::require(depth <= php::kMaxHeight + 2);
  gate::fuzz::require(!seen[node.id()]);
  seen[node.id()] = true;
  gate::fuzz::require_inside(node.span(), node.tree().source()->text());
  std::size_t count = 1;
  for (const php::Node child : node.children())
    count += count_below(child, seen, depth + 1);
  return count;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto tree = php::parse(gate::fuzz::source_of(data, size));
  std::vector<bool> seen(tree->nodes().size());
  gate::fuzz::require(count_below(tree->root(), seen, 0) < tree->nodes().size());
  gate::fuzz::require(tree->problems().size() <= php::SyntaxTree::kMaxProblems);
  for (const php::Problem& problem : tree->problems())
    gate::fuzz::require_inside(problem.span, tree->source()->text());
  return 0;
}
