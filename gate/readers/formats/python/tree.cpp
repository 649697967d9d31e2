#include "gate/readers/formats/python/tree.h"

#include <array>

namespace gate::readers::python {
namespace {

// In the order of the enumerators.
constexpr auto kKindNames = std::to_array<std::string_view>({
    "absent",
    "module",
    "block",
    "expression_statement",
    "assign",
    "annotated_assign",
    "augmented_assign",
    "return_statement",
    "delete_statement",
    "pass_statement",
    "break_statement",
    "continue_statement",
    "raise_statement",
    "global_statement",
    "nonlocal_statement",
    "import_statement",
    "import_from",
    "alias",
    "assert_statement",
    "if_statement",
    "while_statement",
    "for_statement",
    "try_statement",
    "handler",
    "with_statement",
    "with_item",
    "function",
    "class_definition",
    "decorators",
    "arguments",
    "type_parameters",
    "match_statement",
    "match_case",
    "pattern",
    "type_alias",
    "name",
    "identifier",
    "true_value",
    "false_value",
    "none_value",
    "ellipsis_value",
    "number",
    "string",
    "strings",
    "format",
    "format_text",
    "field",
    "format_spec",
    "attribute",
    "subscript",
    "slice",
    "call",
    "keyword",
    "starred",
    "double_starred",
    "unary",
    "binary",
    "logical",
    "comparison",
    "comparator",
    "conditional",
    "lambda",
    "list",
    "tuple",
    "set",
    "dict",
    "pair",
    "list_comprehension",
    "set_comprehension",
    "dict_comprehension",
    "generator",
    "clause",
    "await",
    "yield",
    "yield_from",
    "walrus",
    "parameters",
    "parameter",
    "slash_marker",
    "star_marker",
});
static_assert(kKindNames.size() == static_cast<std::size_t>(NodeKind::star_marker) + 1);

constexpr auto kOpNames = std::to_array<std::string_view>({
    "none",          "add",          "subtract",    "multiply",    "matrix_multiply",
    "divide",        "floor_divide", "modulo",      "power",       "shift_left",
    "shift_right",   "bit_and",      "bit_or",      "bit_xor",     "invert",
    "positive",      "negative",     "logical_not", "logical_and", "logical_or",
    "equal",         "not_equal",    "less",        "less_equal",  "greater",
    "greater_equal", "in",           "not_in",      "is",          "is_not",
});
static_assert(kOpNames.size() == static_cast<std::size_t>(Op::is_not) + 1);

}  // namespace

std::string_view describe(NodeKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }
std::string_view describe(Op op) { return kOpNames[static_cast<std::size_t>(op)]; }

NodeIndex Tree::child(NodeIndex index, unsigned place) const {
  NodeIndex at = nodes_[index].first;
  for (; at != 0 && place > 0; --place)
    at = nodes_[at].next;
  return at;
}

NodeIndex Tree::last_child(NodeIndex index) const {
  NodeIndex last = 0;
  for (const NodeIndex child : children(index))
    last = child;
  return last;
}

std::string Tree::dotted_name(NodeIndex index) const {
  std::vector<std::string_view> names;
  while (kind(index) == NodeKind::attribute) {
    names.push_back(text(child(index, 1)));
    index = nodes_[index].first;
  }
  if (kind(index) != NodeKind::name) return {};
  std::string joined(text(index));
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    joined += '.';
    joined += *name;
  }
  return joined;
}

}  // namespace gate::readers::python
