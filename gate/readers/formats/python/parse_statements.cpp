// Statements of one line (docs.python.org/3/reference/simple_stmts).
#include <optional>

#include <fmt/format.h>

#include "gate/readers/formats/python/parser.h"

namespace gate::readers::python {
namespace {

using Kind = TokenKind;

constexpr Op augmented(Kind kind) {
  switch (kind) {
    case Kind::plus_assign:
      return Op::add;
    case Kind::minus_assign:
      return Op::subtract;
    case Kind::star_assign:
      return Op::multiply;
    case Kind::slash_assign:
      return Op::divide;
    case Kind::double_slash_assign:
      return Op::floor_divide;
    case Kind::percent_assign:
      return Op::modulo;
    case Kind::at_assign:
      return Op::matrix_multiply;
    case Kind::ampersand_assign:
      return Op::bit_and;
    case Kind::bar_assign:
      return Op::bit_or;
    case Kind::caret_assign:
      return Op::bit_xor;
    case Kind::shift_left_assign:
      return Op::shift_left;
    case Kind::shift_right_assign:
      return Op::shift_right;
    case Kind::double_star_assign:
      return Op::power;
    default:
      return Op::none;
  }
}

}  // namespace

void Parser::statement(NodeList& into) {
  if (at(Kind::indent)) {
    fail("this line is indented, and nothing above it asks for that");
    return;
  }
  if (const NodeIndex made = compound_statement(); made != 0) {
    append(into, made);
  } else if (!failed()) {
    simple_statements(into);
  }
}

// The statements of one line.
void Parser::simple_statements(NodeList& into) {
  do {
    append(into, simple_statement());
  } while (accept(Kind::semicolon) && !at(Kind::newline));
  if (!accept(Kind::newline)) fail("this does not belong to the statement before it");
}

NodeIndex Parser::simple_statement() {
  const std::uint32_t first = begin();
  switch (peek()) {
    case Kind::kw_pass:
      step();
      return make(NodeKind::pass_statement, first);
    case Kind::kw_break:
      step();
      return make(NodeKind::break_statement, first);
    case Kind::kw_continue:
      step();
      return make(NodeKind::continue_statement, first);
    case Kind::kw_return:
    case Kind::kw_del:
      return return_or_delete();
    case Kind::kw_raise:
      return raise_statement();
    case Kind::kw_global:
      return names_statement(NodeKind::global_statement);
    case Kind::kw_nonlocal:
      return names_statement(NodeKind::nonlocal_statement);
    case Kind::kw_import:
      return import_statement();
    case Kind::kw_from:
      return import_from();
    case Kind::kw_assert:
      return assert_statement();
    default:
      return at_type_alias() ? type_alias() : assignment();
  }
}

NodeIndex Parser::assignment() {
  const std::uint32_t first = begin();
  const NodeIndex left = yield_or_star_expressions();
  if (at(Kind::colon)) {
    if (left == 0 || kind(left) == NodeKind::tuple || kind(left) == NodeKind::list) {
      fail("this does not belong to the statement before it");
      return 0;
    }
    require_target(left);
    step();
    const NodeIndex annotation = expression();
    const NodeIndex value = accept(Kind::assign) ? yield_or_star_expressions() : absent();
    return make(NodeKind::annotated_assign, first, {left, annotation, value});
  }
  if (const Op op = augmented(peek()); op != Op::none) {
    if (left != 0 && (kind(left) == NodeKind::tuple || kind(left) == NodeKind::list)) {
      fail_at(node(left).span, "nothing can be assigned to this");
      return 0;
    }
    require_target(left);
    step();
    return make(NodeKind::augmented_assign, first, {left, yield_or_star_expressions()}, op);
  }
  if (!at(Kind::assign)) {
    if (left != 0 && kind(left) == NodeKind::starred) {
      fail_at(node(left).span, "`*` stands in no call and no list");
    }
    return make(NodeKind::expression_statement, first, {left});
  }
  NodeList children;
  append(children, left);
  NodeIndex last = left;
  while (accept(Kind::assign)) {
    require_target(last);
    last = yield_or_star_expressions();
    append(children, last);
  }
  return make(NodeKind::assign, first, children);
}

// Fails unless something can be assigned to this.
void Parser::require_target(NodeIndex target) {
  if (target == 0 || failed()) return;
  switch (kind(target)) {
    case NodeKind::name:
    case NodeKind::attribute:
    case NodeKind::subscript:
      return;
    case NodeKind::starred:
      return require_target(node(target).first);
    case NodeKind::tuple:
    case NodeKind::list:
      for (NodeIndex child = node(target).first; child != 0; child = node(child).next) {
        require_target(child);
      }
      return;
    default:
      fail_at(node(target).span, "nothing can be assigned to this");
  }
}

NodeIndex Parser::return_or_delete() {
  const std::uint32_t first = begin();
  if (accept(Kind::kw_return)) {
    NodeList value;
    if (begins_expression()) append(value, star_expressions());
    return make(NodeKind::return_statement, first, value);
  }
  step();
  NodeList children;
  do {
    const NodeIndex target = primary();
    require_target(target);
    append(children, target);
  } while (accept(Kind::comma) && begins_expression());
  return make(NodeKind::delete_statement, first, children);
}

NodeIndex Parser::raise_statement() {
  const std::uint32_t first = begin();
  step();
  NodeList children;
  if (begins_expression()) {
    append(children, expression());
    if (accept(Kind::kw_from)) append(children, expression());
  }
  return make(NodeKind::raise_statement, first, children);
}

NodeIndex Parser::names_statement(NodeKind kind) {
  const std::uint32_t first = begin();
  step();
  NodeList names;
  do {
    append(names, identifier());
  } while (accept(Kind::comma));
  return make(kind, first, names);
}

NodeIndex Parser::identifier() {
  if (!at(Kind::name)) {
    fail("a name is missing");
    return 0;
  }
  return leaf(NodeKind::identifier);
}

NodeIndex Parser::dotted_identifier() {
  const std::uint32_t first = begin();
  NodeIndex made = identifier();
  if (!at(Kind::dot)) return made;
  while (accept(Kind::dot)) {
    if (!at(Kind::name)) {
      fail("a name is missing");
      return 0;
    }
    step();
  }
  return make(NodeKind::identifier, first);
}

NodeIndex Parser::alias(bool dotted) {
  const std::uint32_t first = begin();
  NodeList children;
  append(children, dotted ? dotted_identifier() : identifier());
  if (accept(Kind::kw_as)) append(children, identifier());
  return make(NodeKind::alias, first, children);
}

NodeIndex Parser::import_statement() {
  const std::uint32_t first = begin();
  step();
  NodeList children;
  do {
    append(children, alias(true));
  } while (accept(Kind::comma));
  return make(NodeKind::import_statement, first, children);
}

NodeIndex Parser::import_from() {
  const std::uint32_t first = begin();
  step();
  unsigned dots = 0;
  while (at(Kind::dot) || at(Kind::ellipsis)) {
    dots += at(Kind::dot) ? 1U : 3U;
    step();
  }
  if (dots > 100) fail("nested too deeply");
  NodeList children;
  append(children, dots > 0 && at(Kind::kw_import) ? absent() : dotted_identifier());
  expect(Kind::kw_import, "`import`");
  std::uint8_t flags = 0;
  if (accept(Kind::star)) {
    flags = flag::star;
  } else {
    const bool parens = accept(Kind::left_paren);
    do {
      append(children, alias(false));
    } while (accept(Kind::comma) && !(parens && at(Kind::right_paren)));
    if (parens) expect(Kind::right_paren, "`)`");
  }
  const NodeIndex made = make(NodeKind::import_from, first, children, Op::none, flags);
  if (made != 0) node(made).extra = static_cast<std::uint8_t>(dots);
  return made;
}

NodeIndex Parser::assert_statement() {
  const std::uint32_t first = begin();
  step();
  NodeList children;
  append(children, expression());
  if (accept(Kind::comma)) append(children, expression());
  return make(NodeKind::assert_statement, first, children);
}

bool Parser::at_type_alias() const {
  return at_word("type") && peek(1) == Kind::name &&
         (peek(2) == Kind::assign || peek(2) == Kind::left_bracket);
}

NodeIndex Parser::type_alias() {
  const std::uint32_t first = begin();
  step();
  NodeList children;
  append(children, identifier());
  append(children, at(Kind::left_bracket) ? type_parameters() : absent());
  expect(Kind::assign, "`=`");
  append(children, expression());
  return make(NodeKind::type_alias, first, children);
}

}  // namespace gate::readers::python
