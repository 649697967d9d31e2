// The syntax tree of a Python file: settings modules, migrations, models, URL tables.
//
// Knows Python 3.8 to 3.14 (docs.python.org/3/reference/grammar): every statement and expression;
// of `match` the subject, guards and bodies, its patterns are opaque. Knows no meaning: nothing is
// evaluated, nothing imported. A tree is a flat array of small nodes that point into it by index.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/base/text.h"
#include "gate/readers/formats/python/token.h"

namespace gate::readers::python {

// Behind each kind: its children in order. `x|absent` may be a node of kind absent, [x] may be
// missing, x... is any number.
enum class NodeKind : std::uint8_t {
  absent,
  module,  // statement...
  block,   // statement...; the body of something

  // Statements
  expression_statement,  // value
  assign,                // target..., value: the value is the last child
  annotated_assign,      // target, annotation, value|absent
  augmented_assign,      // target, value; op says which
  return_statement,      // [value]
  delete_statement,      // target...
  pass_statement,
  break_statement,
  continue_statement,
  raise_statement,   // [exception, [cause]]
  global_statement,  // name...
  nonlocal_statement,
  import_statement,  // alias...
  import_from,       // identifier|absent of the module, then alias...; dots() counts the leading
                     // dots, `star` stands for `*`
  alias,             // identifier (dotted in `import`), [identifier of `as`]
  assert_statement,  // test, [message]
  if_statement,      // (test, block)..., [block of else]: an elif is a further pair
  while_statement,   // test, block, block|absent of else
  for_statement,     // target, iterable, block, block|absent of else
  try_statement,     // block, handler..., block|absent of else, block|absent of finally
  handler,           // type|absent, identifier|absent, block
  with_statement,    // with_item..., block
  with_item,         // context, [target]
  function,          // decorators, identifier, type_parameters|absent, parameters,
                     // annotation|absent, block
  class_definition,  // decorators, identifier, type_parameters|absent, arguments|absent, block
  decorators,        // expression...
  arguments,         // of a class: as in a call
  type_parameters,   // opaque
  match_statement,   // subject, case...
  match_case,        // pattern, guard|absent, block
  pattern,           // opaque
  type_alias,        // identifier, type_parameters|absent, value

  // Expressions
  name,
  identifier,  // a name that is no expression: of an attribute, keyword, parameter, function ...
  true_value,
  false_value,
  none_value,
  ellipsis_value,
  number,       // literals.h reads it
  string,       // one literal; literals.h reads it
  strings,      // (string | format)...: joined without an operator
  format,       // (format_text | field)...: an f-string or t-string
  format_text,  // literal text
  field,        // value, [format_spec]; conversion() is r, s, a or nothing; `=` is the flag debug
  format_spec,  // (format_text | field)...
  attribute,    // value, identifier
  subscript,    // value, index
  slice,        // lower|absent, upper|absent, step|absent
  call,         // callee, (value | keyword | starred | double_starred | generator)...
  keyword,      // identifier, value
  starred,      // value
  double_starred,      // value
  unary,               // operand; op says which
  binary,              // left, right; op says which
  logical,             // operand...; op is logical_and or logical_or
  comparison,          // first operand, comparator...
  comparator,          // operand; op says which
  conditional,         // value, test, other value: as written
  lambda,              // parameters, body
  list,                // element...
  tuple,               // element...
  set,                 // element...
  dict,                // (pair | double_starred)...
  pair,                // key, value
  list_comprehension,  // element, clause...
  set_comprehension,   // element, clause...
  dict_comprehension,  // pair, clause...
  generator,           // element, clause...
  clause,              // target, iterable, condition...
  await,               // value
  yield,               // [value]
  yield_from,          // value
  walrus,              // name, value
  parameters,          // (parameter | slash_marker | star_marker)...
  parameter,           // identifier, annotation|absent, default|absent
  slash_marker,        // `/`: what stands before is positional only
  star_marker,         // `*`: what follows is keyword only
};

enum class Op : std::uint8_t {
  none,
  add,
  subtract,
  multiply,
  matrix_multiply,
  divide,
  floor_divide,
  modulo,
  power,
  shift_left,
  shift_right,
  bit_and,
  bit_or,
  bit_xor,
  invert,
  positive,
  negative,
  logical_not,
  logical_and,
  logical_or,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  not_in,
  is,
  is_not,
};

namespace flag {
inline constexpr std::uint8_t async = 1;        // for, with, function, clause
inline constexpr std::uint8_t star = 2;         // import *, try with except*, parameter *args
inline constexpr std::uint8_t double_star = 4;  // parameter **kwargs
inline constexpr std::uint8_t debug = 8;        // field with `=`
inline constexpr std::uint8_t parens = 16;      // a tuple in parentheses
}  // namespace flag

// A node by its place in the tree; 0 is the module, and as a link it means nothing.
using NodeIndex = std::uint32_t;

struct Node {
  NodeKind kind = NodeKind::absent;
  Op op = Op::none;
  std::uint8_t flags = 0;
  std::uint8_t extra = 0;  // dots of a relative import; letter of a conversion
  base::Span span;         // as CPython's ast gives it; of an absent node empty
  NodeIndex first = 0;     // first child, or 0
  NodeIndex next = 0;      // next child of the same parent, or 0

  [[nodiscard]] bool has(std::uint8_t wanted) const { return (flags & wanted) != 0; }
  [[nodiscard]] unsigned dots() const { return extra; }
  [[nodiscard]] char conversion() const { return static_cast<char>(extra); }
};

// The children of a node, for range loops: `for (NodeIndex child : tree.children(node))`.
class Children {
 public:
  class Iterator {
   public:
    Iterator(const Node* nodes, NodeIndex at) : nodes_(nodes), at_(at) {}
    NodeIndex operator*() const { return at_; }
    Iterator& operator++() {
      at_ = nodes_[at_].next;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const Node* nodes_;
    NodeIndex at_;
  };

  Children(const Node* nodes, NodeIndex first) : nodes_(nodes), first_(first) {}
  [[nodiscard]] Iterator begin() const { return {nodes_, first_}; }
  [[nodiscard]] Iterator end() const { return {nodes_, 0}; }
  [[nodiscard]] bool empty() const { return first_ == 0; }

 private:
  const Node* nodes_;
  NodeIndex first_;
};

// Limits. No path from the root is longer than kMaxHeight nodes, so a walk may recurse.
inline constexpr std::size_t kMaxNesting = 200;
inline constexpr std::size_t kMaxHeight = 500;

// A parsed file. Views into `text`, which must outlive the tree. Immutable; use from any thread.
class Tree {
 public:
  // Reads a file; linear in the text. A file that is no Python gives a module without statements
  // and error().
  [[nodiscard]] static Tree parse(std::string_view text);

  [[nodiscard]] const SyntaxError* error() const { return error_ ? &*error_ : nullptr; }
  [[nodiscard]] std::string_view source() const { return text_; }
  [[nodiscard]] Encoding encoding() const { return encoding_; }

  [[nodiscard]] static constexpr NodeIndex root() { return 0; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] const Node& operator[](NodeIndex index) const { return nodes_[index]; }
  [[nodiscard]] const Node& node(NodeIndex index) const { return nodes_[index]; }
  [[nodiscard]] NodeKind kind(NodeIndex index) const { return nodes_[index].kind; }

  // Returns the text of a node as written: of a name or identifier the name.
  [[nodiscard]] std::string_view text(NodeIndex index) const {
    const base::Span span = nodes_[index].span;
    return text_.substr(span.begin, span.end - span.begin);
  }
  [[nodiscard]] Children children(NodeIndex index) const {
    return {nodes_.data(), nodes_[index].first};
  }
  // Returns a child by its place from 0, or 0 where there is none.
  [[nodiscard]] NodeIndex child(NodeIndex index, unsigned place) const;
  // Returns the last child, or 0.
  [[nodiscard]] NodeIndex last_child(NodeIndex index) const;
  // Returns whether a node is a name of this text.
  [[nodiscard]] bool is_name(NodeIndex index, std::string_view name) const {
    return kind(index) == NodeKind::name && text(index) == name;
  }
  // Returns names joined by dots (`os.environ.get`) as written without blanks, or an empty text
  // where the node is anything else.
  [[nodiscard]] std::string dotted_name(NodeIndex index) const;

 private:
  friend class TreeBuilder;
  friend class Parser;

  std::string_view text_;
  Encoding encoding_ = Encoding::utf8;
  std::vector<Node> nodes_;
  std::optional<SyntaxError> error_;
};

// Returns the word of a kind or operator in dumps: "augmented_assign", "not_in".
[[nodiscard]] std::string_view describe(NodeKind kind);
[[nodiscard]] std::string_view describe(Op op);

}  // namespace gate::readers::python
