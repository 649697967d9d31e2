#include "tests/oracle/php/spell.h"

#include <array>
#include <variant>

#include <fmt/format.h>

#include "gate/readers/formats/php/literals.h"

namespace gate::readers::php {
namespace {

// In the order of NodeKind.
constexpr std::array kKinds = {"none",
                               "opaque",
                               "list",
                               "file",
                               "inline_html",
                               "echo",
                               "expression_statement",
                               "block",
                               "if_statement",
                               "if_clause",
                               "while_loop",
                               "do_loop",
                               "for_loop",
                               "foreach_loop",
                               "switch_statement",
                               "switch_case",
                               "break_statement",
                               "continue_statement",
                               "return_statement",
                               "try_statement",
                               "catch_clause",
                               "finally_clause",
                               "unset_statement",
                               "global_statement",
                               "static_statement",
                               "goto_statement",
                               "label",
                               "declare_statement",
                               "const_statement",
                               "namespace_statement",
                               "use_statement",
                               "use_clause",
                               "halt_compiler",
                               "function_declaration",
                               "class_declaration",
                               "interface_declaration",
                               "trait_declaration",
                               "enum_declaration",
                               "method",
                               "property_declaration",
                               "class_constants",
                               "enum_case",
                               "trait_use",
                               "constant_element",
                               "variable_element",
                               "property_hook",
                               "parameter",
                               "attribute",
                               "named_type",
                               "nullable_type",
                               "union_type",
                               "intersection_type",
                               "variable",
                               "variable_variable",
                               "integer",
                               "floating",
                               "string",
                               "template_string",
                               "shell_command",
                               "array_literal",
                               "array_item",
                               "constant",
                               "name",
                               "class_constant",
                               "property",
                               "static_property",
                               "index",
                               "call",
                               "method_call",
                               "static_call",
                               "new_object",
                               "arguments",
                               "argument",
                               "unary",
                               "binary",
                               "assignment",
                               "ternary",
                               "cast",
                               "isset",
                               "empty",
                               "include",
                               "eval",
                               "print",
                               "exit",
                               "clone",
                               "throw_expression",
                               "yield",
                               "yield_from",
                               "match",
                               "match_arm",
                               "closure",
                               "arrow_function",
                               "closure_use",
                               "identifier"};
static_assert(kKinds.size() == static_cast<std::size_t>(NodeKind::identifier) + 1);

// In the order of Operator.
constexpr std::array kOperators = {"",
                                   "add",
                                   "subtract",
                                   "multiply",
                                   "divide",
                                   "modulo",
                                   "power",
                                   "concat",
                                   "shift_left",
                                   "shift_right",
                                   "bit_and",
                                   "bit_or",
                                   "bit_xor",
                                   "coalesce",
                                   "logical_and",
                                   "logical_or",
                                   "logical_xor",
                                   "less",
                                   "less_equal",
                                   "greater",
                                   "greater_equal",
                                   "equal",
                                   "not_equal",
                                   "identical",
                                   "not_identical",
                                   "spaceship",
                                   "instance_of",
                                   "pipe",
                                   "plus",
                                   "minus",
                                   "logical_not",
                                   "bit_not",
                                   "silence",
                                   "pre_increment",
                                   "pre_decrement",
                                   "post_increment",
                                   "post_decrement",
                                   "to_int",
                                   "to_float",
                                   "to_string",
                                   "to_bool",
                                   "to_array",
                                   "to_object",
                                   "to_null",
                                   "to_void",
                                   "include_file",
                                   "include_once",
                                   "require_file",
                                   "require_once"};
static_assert(kOperators.size() == static_cast<std::size_t>(Operator::require_once) + 1);

constexpr std::array kFlags = {"&",      "...",      "?->",       "first_class", "list",
                               "static", "public",   "protected", "private",     "abstract",
                               "final",  "readonly", "function",  "const"};

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\')
      out += fmt::format("\\x{:02x}", byte);
    else
      out += c;
  }
  return out + '"';
}

std::string spell_number(double value) { return fmt::format("{:.17g}f", value); }

std::string spell_integer(std::string_view written) {
  const auto value = read_integer(written);
  if (const auto* const integer = std::get_if<std::int64_t>(&value))
    return fmt::format("{}", *integer);
  return spell_number(std::get<double>(value));
}

bool holds_statements(NodeKind kind) {
  return kind == NodeKind::block || kind == NodeKind::file || kind == NodeKind::switch_case;
}

// PHP joins two strings while it reads them.
std::string spell_chain(Node node) {
  std::string left;
  std::string joined;
  bool is_text = false;
  bool is_first = true;
  for (const Node operand : node.children()) {
    const bool text = operand.is(NodeKind::string) && node.op() == Operator::concat;
    if (is_first || (text && is_text)) {
      joined += text ? operand.text() : "";
      left = text ? quoted(joined) : spell(operand);
      is_text = text;
    } else {
      is_text = false;
      left = fmt::format("(binary {} {} {})", kOperators[static_cast<std::size_t>(node.op())], left,
                         spell(operand));
    }
    is_first = false;
  }
  return left;
}

bool is_member(NodeKind kind) {
  return kind == NodeKind::method || kind == NodeKind::class_constants ||
         kind == NodeKind::property_declaration;
}

bool is_declared(NodeKind kind) {
  return kind == NodeKind::function_declaration || kind == NodeKind::class_declaration ||
         kind == NodeKind::interface_declaration || kind == NodeKind::trait_declaration ||
         kind == NodeKind::enum_declaration;
}

// Statements and questions about several things, which PHP takes one by one.
std::string spell_each(Node node, std::string_view word) {
  std::string out;
  for (const Node child : node.children())
    out += fmt::format("{}({} {})", out.empty() ? "" : " ", word, spell(child));
  return out;
}

std::string spell_isset(Node node) {
  std::string out;
  for (const Node child : node.children()) {
    std::string one = fmt::format("(isset {})", spell(child));
    out = out.empty() ? std::move(one) : fmt::format("(binary logical_and {} {})", out, one);
  }
  return out;
}

bool names_as_written(NodeKind kind) {
  return kind == NodeKind::name || kind == NodeKind::constant || kind == NodeKind::named_type;
}

std::string spell_children(Node block) {
  std::string out;
  for (const Node child : block.children())
    out += child.is(NodeKind::block) ? spell_children(child) : fmt::format(" {}", spell(child));
  return out;
}

// `else { if … }` reads the same as `else if …`.
std::string spell_clauses(Node node) {
  std::string out;
  for (const Node clause : node.children()) {
    Node inner = clause.child(1);
    while (inner.is(NodeKind::block) && inner.size() == 1)
      inner = inner.first();
    const bool goes_on = !clause.child(0) && inner.is(NodeKind::if_statement);
    out += goes_on ? spell_clauses(inner) : fmt::format(" {}", spell(clause));
  }
  return out;
}

// A computed name that is none: `->{'name'}`.
Node computed_name(Node node) {
  const Node none(&node.tree(), 0);
  Node name = none;
  if (node.is(NodeKind::property)) name = node.child(1);
  if (node.is(NodeKind::method_call)) name = node.child(2);
  return name.is(NodeKind::string) ? name : none;
}

}  // namespace

std::string spell(Node node) {
  switch (node.kind()) {
    case NodeKind::none:
      return "-";
    case NodeKind::string:
      return quoted(node.text());
    case NodeKind::integer:
      return spell_integer(node.text());
    case NodeKind::floating:
      return spell_number(read_floating(node.text()));
    case NodeKind::binary:
      return spell_chain(node);
    case NodeKind::echo:
    case NodeKind::unset_statement:
    case NodeKind::global_statement:
    case NodeKind::static_statement:
      return spell_each(node, kKinds[static_cast<std::size_t>(node.kind())]);
    case NodeKind::inline_html:
      return fmt::format("(echo {})", quoted(node.text()));
    case NodeKind::isset:
      return spell_isset(node);
    case NodeKind::exit:  // `exit()` is `exit`
      return fmt::format("(exit {})", node.first().first() ? spell(node.first()) : "-");
    case NodeKind::if_statement:
      return fmt::format("(if_statement{})", spell_clauses(node));
    default:
      break;
  }
  const unsigned visibility = is_public | is_protected | is_private;
  unsigned flags = node.data().flags;
  if (is_member(node.kind()) && (flags & visibility) == 0) flags |= is_public;
  std::string out = fmt::format("({}", kKinds[static_cast<std::size_t>(node.kind())]);
  if (node.op() != Operator::none)
    out += fmt::format(" {}", kOperators[static_cast<std::size_t>(node.op())]);
  for (std::size_t bit = 0; bit < kFlags.size(); ++bit)
    if ((flags >> bit & 1U) != 0) out += fmt::format(" {}", kFlags[bit]);
  if (names_as_written(node.kind()))
    out += fmt::format(" {}", quoted(node.tree().written(node)));
  else if (!node.text().empty())
    out += fmt::format(" {}",
                       quoted(is_declared(node.kind()) ? short_name(node.text()) : node.text()));
  const Node computed = computed_name(node);
  if (computed) out += fmt::format(" {}", quoted(computed.text()));
  for (const Node child : node.children())
    if (computed && child.id() == computed.id())
      out += " -";
    else if (holds_statements(node.kind()) && child.is(NodeKind::block))
      out += spell_children(child);  // braces alone mean nothing
    else
      out += fmt::format(" {}", spell(child));
  if (node.is(NodeKind::new_object) && !node.child(1))
    out.replace(out.size() - 1, 1, "(arguments)");
  return out + ")";
}

}  // namespace gate::readers::php
