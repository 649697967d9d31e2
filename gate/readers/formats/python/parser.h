// The parser behind Tree::parse: recursive descent over the tokens.
//
// After the first mistake it stands at the end of the tokens, so that every loop ends; the tree is
// then thrown away.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/formats/python/tree.h"

namespace gate::readers::python {

// Children on their way into a node.
struct NodeList {
  NodeIndex first = 0;
  NodeIndex last = 0;
  std::uint32_t size = 0;
  std::uint16_t height = 0;  // of the highest
};

// Makes the nodes of a tree and watches how high it grows.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view text, const Tokens& tokens);

 protected:
  using Kind = TokenKind;

  // Tokens.
  [[nodiscard]] const Token& current() const { return tokens_[at_]; }
  [[nodiscard]] Kind peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)].kind;
  }
  [[nodiscard]] bool at(Kind kind) const { return tokens_[at_].kind == kind; }
  [[nodiscard]] std::uint32_t begin() const { return tokens_[at_].span.begin; }
  [[nodiscard]] std::string_view word() const {
    return text_.substr(current().span.begin, current().span.end - current().span.begin);
  }
  [[nodiscard]] bool at_word(std::string_view text) const {
    return at(Kind::name) && word() == text;
  }
  void step() {
    const Token& token = tokens_[at_];
    if (token.kind > Kind::dedent) last_end_ = token.span.end;
    if (at_ + 1 < tokens_.size()) ++at_;
  }
  bool accept(Kind kind) {
    if (!at(kind)) return false;
    step();
    return true;
  }
  // Steps over a token of this kind, or fails: "`)` is missing".
  void expect(Kind kind, std::string_view what);

  // Records the first mistake, at the current token, and moves to the end.
  void fail(std::string message);
  void fail_at(base::Span span, std::string message);
  [[nodiscard]] bool failed() const { return tree_.error_.has_value(); }

  // Nodes. The span ends with the last token stepped over that is written: no line end, no dedent.
  NodeIndex make(NodeKind kind, std::uint32_t begin, const NodeList& children = {},
                 Op op = Op::none, std::uint8_t flags = 0);
  NodeIndex make(NodeKind kind, std::uint32_t begin, std::initializer_list<NodeIndex> children,
                 Op op = Op::none, std::uint8_t flags = 0);
  NodeIndex absent();
  NodeIndex leaf(NodeKind kind);  // of the current token, which is stepped over
  void append(NodeList& list, NodeIndex child);
  [[nodiscard]] Node& node(NodeIndex index) { return tree_.nodes_[index]; }
  [[nodiscard]] NodeKind kind(NodeIndex index) const { return tree_.nodes_[index].kind; }

  // A point to go back to, for the one place where the grammar has to be tried.
  struct Mark {
    std::size_t at = 0;
    std::size_t nodes = 0;
    std::uint32_t last_end = 0;
  };
  [[nodiscard]] Mark mark() const { return {at_, tree_.nodes_.size(), last_end_}; }
  void go_back(const Mark& mark);

  // How deep the parser is in itself; fails beyond the limit.
  class Depth {
   public:
    explicit Depth(TreeBuilder& builder) : builder_(builder) {
      if (++builder_.depth_ > kMaxNesting) builder_.fail("nested too deeply");
    }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    ~Depth() { --builder_.depth_; }

   private:
    TreeBuilder& builder_;
  };

  Tree& tree() { return tree_; }

 private:
  std::string_view text_;
  std::span<const Token> tokens_;
  std::size_t at_ = 0;
  std::uint32_t last_end_ = 0;
  std::size_t depth_ = 0;
  Tree tree_;
  std::vector<std::uint16_t> heights_;
};

class Parser : private TreeBuilder {
 public:
  Parser(std::string_view text, const Tokens& tokens) : TreeBuilder(text, tokens) {}

  Tree run() &&;

 private:
  // parse_statements.cpp, parse_blocks.cpp
  void statement(NodeList& into);
  void simple_statements(NodeList& into);
  NodeIndex simple_statement();
  NodeIndex compound_statement();
  NodeIndex assignment();
  NodeIndex return_or_delete();
  NodeIndex raise_statement();
  NodeIndex names_statement(NodeKind kind);
  NodeIndex import_statement();
  NodeIndex import_from();
  NodeIndex alias(bool dotted);
  NodeIndex dotted_identifier();
  NodeIndex assert_statement();
  NodeIndex if_statement();
  NodeIndex while_statement();
  NodeIndex for_statement(std::uint32_t begin, std::uint8_t flags);
  NodeIndex try_statement();
  NodeIndex handler();
  NodeIndex with_statement(std::uint32_t begin, std::uint8_t flags);
  NodeIndex with_item();
  bool with_items_in_parentheses(NodeList& into);
  NodeIndex decorated();
  NodeIndex function(NodeIndex decorators, std::uint32_t begin, std::uint8_t flags);
  NodeIndex class_definition(NodeIndex decorators);
  NodeIndex type_parameters();
  [[nodiscard]] bool at_match_statement() const;
  NodeIndex match_statement();
  NodeIndex match_subject();
  NodeIndex match_case();
  [[nodiscard]] bool at_type_alias() const;
  NodeIndex type_alias();
  NodeIndex block();
  NodeIndex optional_block(TokenKind keyword);
  NodeIndex identifier();
  void require_target(NodeIndex target);

  // parse_expressions.cpp, parse_primaries.cpp
  NodeIndex expression();
  NodeIndex named_expression();
  NodeIndex star_expressions();  // with commas a tuple
  NodeIndex yield_or_star_expressions();
  NodeIndex star_or_named();
  NodeIndex targets();  // of for and comprehensions
  NodeIndex disjunction();
  NodeIndex conjunction();
  NodeIndex inversion();
  NodeIndex comparison();
  static constexpr int kLowest = 1;  // of the levels of operators: bitwise or
  NodeIndex binary(int least);
  NodeIndex unary();
  NodeIndex power();
  NodeIndex primary();
  NodeIndex call(NodeIndex callee, std::uint32_t begin);
  void arguments(NodeList& into);
  NodeIndex argument(bool& keywords_begun);
  NodeIndex subscript(NodeIndex value, std::uint32_t begin);
  NodeIndex subscript_item();
  NodeIndex atom();
  NodeIndex in_parentheses();
  NodeIndex in_brackets();
  NodeIndex in_braces();
  NodeIndex dict_item();
  [[nodiscard]] bool at_clause() const;
  void clauses(NodeList& into);
  NodeIndex strings();
  NodeIndex format();
  void format_parts(NodeList& into, TokenKind end);
  NodeIndex format_field();
  NodeIndex lambda();
  NodeIndex parameters(TokenKind end, bool annotations);
  NodeIndex parameter(bool annotations);
  NodeIndex yield();
  [[nodiscard]] bool begins_expression() const;
};

}  // namespace gate::readers::python
