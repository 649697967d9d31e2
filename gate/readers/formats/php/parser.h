// The parser behind php::parse: recursive descent over the tokens, one file a part of the grammar.
// Only for the sources of this folder.
#pragma once

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/formats/php/literals.h"
#include "gate/readers/formats/php/names.h"
#include "gate/readers/formats/php/syntax.h"
#include "gate/readers/formats/php/token.h"

namespace gate::readers::php {

// How tightly operators bind, the loosest first.
// Source: php.net/manual/en/language.operators.precedence.php.
enum class Level : std::uint8_t {
  lowest,
  logical_or,
  logical_xor,
  logical_and,
  print,
  yield,
  assignment,
  ternary,
  coalesce,
  or_or,
  and_and,
  bit_or,
  bit_xor,
  bit_and,
  equality,
  comparison,
  pipe,
  concat,
  shift,
  sum,
  product,
  logical_not,
  instance_of,
  sign,
  power,
  clone,
};

class Parser {
 public:
  explicit Parser(std::shared_ptr<const base::Source> source);
  [[nodiscard]] std::shared_ptr<const SyntaxTree> run();

 private:
  // A node under construction: children are added in order, each once and complete.
  class Builder {
   public:
    Builder(Parser& parser, NodeKind kind, std::uint32_t begin);
    Builder& add(NodeId child);
    Builder& text(std::string_view text);
    Builder& op(Operator op);
    Builder& flags(unsigned flags);
    [[nodiscard]] NodeData& data() { return parser_.nodes_[id_]; }
    // Returns the node, which ends with the last token taken.
    NodeId done();

   private:
    Parser& parser_;
    NodeId id_;
    NodeId last_ = 0;
  };

  // --- tokens: after a failure every token reads as `end`, so that each loop ends
  // -----------------
  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
  [[nodiscard]] bool at(Symbol symbol) const { return peek().symbol == symbol; }
  [[nodiscard]] bool at(Keyword keyword) const { return peek().keyword == keyword; }
  [[nodiscard]] bool at(TokenKind kind) const { return peek().kind == kind; }
  [[nodiscard]] bool at_end() const { return at(TokenKind::end); }
  const Token& next();
  bool take(Symbol symbol);
  bool take(Keyword keyword);
  void expect(Symbol symbol, std::string_view message);
  [[nodiscard]] std::string_view text_of(const Token& token) const;
  [[nodiscard]] std::uint32_t here() const { return peek().span.begin; }
  NodeId fail(std::string_view message);
  NodeId fail_at(base::Span span, std::string_view message);

  // --- nodes -------------------------------------------------------------------------------------
  NodeId absent();
  NodeId leaf(NodeKind kind, std::string_view text);  // of the token at hand, which it takes
  std::string_view keep(std::string text);
  // Returns the text as a view of `written` where it is the same, kept otherwise.
  std::string_view keep_like(std::string text, std::string_view written);
  std::uint32_t begin_of(NodeId node) const { return nodes_[node].span.begin; }

  // --- statements (parse_statements.cpp) ---------------------------------------------------------
  using Words = std::initializer_list<Keyword>;
  void statements(Builder& into, Words until, bool is_file = false);
  NodeId guarded_statement();
  NodeId statement();
  NodeId keyword_statement(Keyword keyword);
  NodeId block();            // in braces
  NodeId body(Words until);  // of a loop: a statement, or `:` … `endfor;`
  NodeId block_until(Words until);
  void end_statement();
  void recover();
  NodeId if_statement();
  NodeId if_rest(std::uint32_t begin);
  NodeId alternative_if(std::uint32_t begin, NodeId condition);
  NodeId condition();
  NodeId for_loop();
  NodeId for_part(Symbol end);
  NodeId foreach_loop();
  NodeId switch_statement();
  NodeId try_statement();
  NodeId declare_statement();
  NodeId namespace_statement();
  NodeId use_statement();
  NodeId use_clause(std::string_view prefix, unsigned kind);
  NodeId expression_list(NodeKind kind, bool statement);
  NodeId jump(NodeKind kind);
  NodeId expression_statement();
  NodeId halt_statement();
  NodeId static_statement();

  // --- declarations (parse_declarations.cpp) -----------------------------------------------------
  [[nodiscard]] bool at_declaration() const;
  NodeId declaration(NodeId attributes, std::uint32_t begin);
  NodeId function_declaration(NodeId attributes, std::uint32_t begin);
  NodeId class_declaration(NodeId attributes, unsigned flags, std::uint32_t begin);
  NodeId class_rest(NodeKind kind, NodeId attributes, unsigned flags, std::uint32_t begin,
                    std::string_view name);
  NodeId const_statement(NodeId attributes, std::uint32_t begin);
  NodeId name_list(bool wanted);
  NodeId members();
  NodeId guarded_member();
  NodeId member();
  NodeId method(NodeId attributes, unsigned flags, std::uint32_t begin);
  NodeId class_constants(NodeId attributes, unsigned flags, std::uint32_t begin);
  NodeId property_declaration(NodeId attributes, unsigned flags, std::uint32_t begin);
  NodeId enum_case(NodeId attributes, std::uint32_t begin);
  NodeId trait_use();
  NodeId property_hooks();
  NodeId property_hook();
  unsigned modifiers();
  void constant_elements(Builder& into);
  NodeId variable_element();
  NodeId attributes();
  NodeId attribute();
  NodeId parameters();
  NodeId parameter();
  NodeId return_type();
  NodeId optional_type();
  NodeId type();
  NodeId single_type();
  void skip_braces();

  // --- expressions (parse_expressions.cpp, parse_primary.cpp) ------------------------------------
  NodeId expression(Level least = Level::logical_or);
  NodeId ternary(NodeId condition);
  NodeId operators(Level least);
  NodeId unary();
  NodeId prefix(NodeKind kind, Operator op, Level operand);
  NodeId clone();
  NodeId yield();
  NodeId new_object();
  NodeId class_reference();
  NodeId assignment(NodeId target);
  NodeId postfix(NodeId base);
  NodeId member_name();
  NodeId member_access(NodeId base);
  NodeId static_access(NodeId scope);
  NodeId primary();
  NodeId name_or_constant();
  NodeId word(Keyword keyword);
  NodeId name(NameKind kind);
  NodeId parenthesised();
  NodeId array_literal(Symbol end, unsigned flags, std::uint32_t begin);
  NodeId array_item();
  NodeId arguments();
  NodeId argument();
  NodeId match();
  NodeId match_arm();
  NodeId function_expression(NodeId attributes, std::uint32_t begin);
  NodeId closure_uses();
  NodeId list_in_parentheses(NodeKind kind);
  NodeId string();
  std::string_view value_of(const QuotedPart& part);
  NodeId template_string();
  NodeId template_part();
  NodeId template_variable();
  NodeId template_offset();
  NodeId simple_variable();

  std::shared_ptr<const base::Source> source_;
  std::string_view text_;
  Tokens tokens_;
  std::size_t at_ = 0;
  bool failed_ = false;
  std::uint32_t depth_ = 0;
  NameScope names_;
  std::vector<NodeData> nodes_;
  std::vector<std::uint16_t> heights_;  // of nodes_
  std::deque<std::string> texts_;
  std::vector<Problem> problems_;
};

}  // namespace gate::readers::php
