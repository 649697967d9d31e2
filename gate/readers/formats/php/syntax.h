// The syntax tree of a PHP file: what stands where, nothing of what it means.
//
// Knows the grammar of PHP 8.5 and before; knows no framework and evaluates nothing. A tree is a
// flat array of nodes: cheap to make, to walk and to drop. Names of classes, functions and
// constants are resolved by the file's namespace and `use` declarations, so that a reader compares
// `Illuminate\Support\Facades\Route` whatever the file calls it.
//
// Mistakes: a statement or member that cannot be read becomes one `opaque` node and one problem;
// the reading goes on behind it. A file that PHP itself would refuse has at least one problem, so
// who needs certainty (an evaluator) asks ok() first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"
#include "gate/readers/formats/php/token.h"

namespace gate::readers::php {

// Children stand in this order; [x] is a child that may be absent: its place then holds a `none`.
// `text` is what the comment names. Lists at the end (x...) may be empty.
enum class NodeKind : std::uint8_t {
  none,    // absent
  opaque,  // could not be read; its span is what was passed over
  list,    // a plain sequence: the parts of another node

  // Statements.
  file,                  // statement...
  inline_html,           // text: as written
  echo,                  // expression...
  expression_statement,  // expression
  block,                 // statement...
  if_statement,          // if_clause...: the last is the `else` where its condition is a none
  if_clause,             // [condition], block
  while_loop,            // condition, block
  do_loop,               // block, condition
  for_loop,              // list of expressions, list, list, block
  foreach_loop,          // subject, [key], target, block; by_reference
  switch_statement,      // subject, switch_case...
  switch_case,           // [value] (none: default), statement...
  break_statement,       // [levels]
  continue_statement,    // [levels]
  return_statement,      // [expression]
  try_statement,         // block, catch_clause..., finally_clause at the end where there is one
  catch_clause,          // list of names, block; text: the variable, or empty
  finally_clause,        // block
  unset_statement,       // expression...
  global_statement,      // variable...
  static_statement,      // variable_element...
  goto_statement,        // text: the label
  label,                 // text
  declare_statement,     // list of constant_element, [block]
  const_statement,       // list of attribute, constant_element...
  namespace_statement,   // [block]; text: the name, empty for the global one
  use_statement,         // use_clause...
  use_clause,  // text: the full name; alias: child 0, an identifier; function_import, const_import
  halt_compiler,

  // Declarations. Attributes come first: a list of attribute.
  function_declaration,  // attributes, list of parameter, [return type], block; text: name resolved
  class_declaration,     // attributes, list of parents, list of interfaces, list of members;
  interface_declaration,  //   text: the name resolved by the namespace; empty for `new class`;
  trait_declaration,      //   an enum's first parent is its backing type
  enum_declaration,
  method,                // attributes, list of parameter, [return type], [block]; text: name
  property_declaration,  // attributes, [type], variable_element..., [list of property_hook]
  class_constants,       // attributes, [type], constant_element...
  enum_case,             // attributes, [value]; text: name
  trait_use,             // name...; what stands in braces behind it is not kept
  constant_element,      // value; text: name
  variable_element,      // [value]; text: name without `$`
  property_hook,         // attributes, list of parameter, [block or expression]; text: get or set
  parameter,      // attributes, [type], [default], [list of property_hook]; text: name without `$`
  attribute,      // name, [arguments]
  named_type,     // text: resolved; `int`, `self` and the like as written, lower case
  nullable_type,  // type
  union_type,     // type...
  intersection_type,  // type...

  // Expressions.
  variable,           // text: name without `$`
  variable_variable,  // expression
  integer,            // text: as written; see read_integer
  floating,           // text: as written; see read_floating
  string,             // text: the value, escapes resolved
  template_string,    // string or expression...
  shell_command,      // the same, in backticks
  array_literal,      // array_item or none (a gap in a list)...; is_list for `list(...)`
  array_item,         // [key], value; by_reference, spread
  constant,           // text: resolved; `true`, `null`, `__DIR__` too, as written
  name,               // of a class or function where one is expected; text: resolved
  class_constant,     // scope, [expression]; text: `class` in Foo::class, empty where an expression
  property,           // object, [name expression]; text: name; nullsafe
  static_property,    // scope, [name expression]; text: name without `$`
  index,              // base, [index]
  call,               // name or expression, arguments
  method_call,        // object, arguments, [name expression]; text: name; nullsafe
  static_call,        // scope, arguments, [name expression]; text: name
  new_object,         // name, expression or class_declaration, [arguments]
  arguments,          // argument...; first_class for `f(...)`
  argument,           // value; text: the name of a named one; spread
  unary,              // operand; see Operator
  binary,             // operand, operand...: a chain of one operator, to be folded from the left
  assignment,         // target, value; see Operator; by_reference
  ternary,            // condition, [then], else
  cast,               // operand; see Operator
  isset,              // expression...
  empty,              // expression
  include,            // expression; see Operator
  eval,               // expression
  print,              // expression
  exit,               // [arguments]
  clone,              // expression
  throw_expression,   // expression
  yield,              // [key], [value]
  yield_from,         // expression
  match,              // subject, match_arm...
  match_arm,          // list of conditions (empty: default), value
  closure,            // attributes, list of parameter, [return type], block, list of closure_use
  arrow_function,     // attributes, list of parameter, [return type], expression
  closure_use,        // text: name without `$`; by_reference
  identifier,         // text: as written
};

enum class Operator : std::uint8_t {
  none,
  // binary, and with assign the compound assignments
  add,
  subtract,
  multiply,
  divide,
  modulo,
  power,
  concat,
  shift_left,
  shift_right,
  bit_and,
  bit_or,
  bit_xor,
  coalesce,
  logical_and,
  logical_or,
  logical_xor,  // both spellings
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  identical,
  not_identical,
  spaceship,
  instance_of,
  pipe,
  // unary
  plus,
  minus,
  logical_not,
  bit_not,
  silence,
  pre_increment,
  pre_decrement,
  post_increment,
  post_decrement,
  // casts
  to_int,
  to_float,
  to_string,
  to_bool,
  to_array,
  to_object,
  to_null,
  to_void,
  // includes
  include_file,
  include_once,
  require_file,
  require_once,
};

// What a node has beside its children; bits.
enum Flag : std::uint16_t {
  by_reference = 1,
  spread = 2,  // `...` in front: an argument, an item, a parameter
  nullsafe = 4,
  first_class = 8,
  is_list = 16,
  is_static = 32,
  is_public = 64,
  is_protected = 128,
  is_private = 256,
  is_abstract = 512,
  is_final = 1024,
  is_readonly = 2048,
  function_import = 4096,
  const_import = 8192,
  fully_qualified = 16384,  // a name or constant with a namespace, an import or a leading `\`
};

using NodeId = std::uint32_t;

// One node as stored. Children form a chain: `first`, then `next`; 0 ends it.
struct NodeData {
  NodeKind kind = NodeKind::none;
  Operator op = Operator::none;
  std::uint16_t flags = 0;
  NodeId first = 0;
  NodeId next = 0;
  base::Span span;
  std::string_view text;
};

class SyntaxTree;

// A node of a tree: a small cursor, valid while the tree lives. A child that is not there is a
// `none`, whose children are none too, so a reader may look deep without asking at every step.
class Node {
 public:
  Node(const SyntaxTree* tree, NodeId id) : tree_(tree), id_(id) {}

  [[nodiscard]] const NodeData& data() const;
  [[nodiscard]] NodeKind kind() const { return data().kind; }
  [[nodiscard]] bool is(NodeKind kind) const { return data().kind == kind; }
  [[nodiscard]] Operator op() const { return data().op; }
  [[nodiscard]] bool has(Flag flag) const { return (data().flags & flag) != 0; }
  [[nodiscard]] std::string_view text() const { return data().text; }
  [[nodiscard]] base::Span span() const { return data().span; }
  [[nodiscard]] NodeId id() const { return id_; }
  [[nodiscard]] const SyntaxTree& tree() const { return *tree_; }
  // Returns whether there is a node.
  explicit operator bool() const { return data().kind != NodeKind::none; }

  // Returns the child at this place, counted from 0; linear in the place.
  [[nodiscard]] Node child(std::size_t place) const;
  [[nodiscard]] Node first() const { return {tree_, data().first}; }
  [[nodiscard]] Node next() const { return {tree_, data().next}; }  // the sibling behind it
  [[nodiscard]] std::size_t size() const;

  // The children: `for (Node child : node.children())`.
  class Iterator {
   public:
    Iterator(const SyntaxTree* tree, NodeId id) : tree_(tree), id_(id) {}
    Node operator*() const { return {tree_, id_}; }
    Iterator& operator++();
    bool operator!=(const Iterator& other) const { return id_ != other.id_; }

   private:
    const SyntaxTree* tree_;
    NodeId id_;
  };
  struct Children {
    const SyntaxTree* tree;
    NodeId first_child;
    [[nodiscard]] Iterator begin() const { return {tree, first_child}; }
    [[nodiscard]] Iterator end() const { return {tree, 0}; }
  };
  [[nodiscard]] Children children() const { return {tree_, data().first}; }

 private:
  const SyntaxTree* tree_;
  NodeId id_;
};

class SyntaxTree {
 public:
  // Takes the nodes (0 is a `none`, 1 the file), the texts that they point into besides the
  // source's, and what could not be read.
  SyntaxTree(std::shared_ptr<const base::Source> source, std::vector<NodeData> nodes,
             std::deque<std::string> texts, std::vector<Problem> problems)
      : source_(std::move(source)),
        nodes_(std::move(nodes)),
        texts_(std::move(texts)),
        problems_(std::move(problems)) {}
  SyntaxTree(const SyntaxTree&) = delete;
  SyntaxTree& operator=(const SyntaxTree&) = delete;

  [[nodiscard]] Node root() const { return {this, 1}; }
  [[nodiscard]] const std::vector<NodeData>& nodes() const { return nodes_; }
  [[nodiscard]] const std::shared_ptr<const base::Source>& source() const { return source_; }

  // Returns whether all of the file was read.
  [[nodiscard]] bool ok() const { return problems_.empty(); }
  // What could not be read, in file order; at most kMaxProblems.
  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }
  // Returns the first of them as "line 3, column 7: …", or nothing.
  [[nodiscard]] std::string first_problem() const;
  // Returns the bytes of a node as written.
  [[nodiscard]] std::string_view written(Node node) const;
  // Returns where a node begins.
  [[nodiscard]] base::Position position(Node node) const {
    return source_->lines().position(node.span().begin);
  }

  static constexpr std::size_t kMaxProblems = 20;

 private:
  std::shared_ptr<const base::Source> source_;
  std::vector<NodeData> nodes_;
  std::deque<std::string> texts_;
  std::vector<Problem> problems_;
};

inline const NodeData& Node::data() const { return tree_->nodes()[id_]; }

// Compares names as PHP does: letters of ASCII in either case are the same.
[[nodiscard]] bool same_name(std::string_view left, std::string_view right);
// Returns a name without its namespace: `Route` of `Illuminate\Support\Facades\Route`.
[[nodiscard]] std::string_view short_name(std::string_view name);

}  // namespace gate::readers::php
