// Statements (docs.python.org/3/reference/simple_stmts, compound_stmts).
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

// Returns 0 where what follows is no compound statement.
NodeIndex Parser::compound_statement() {
  const std::uint32_t first = begin();
  switch (peek()) {
    case Kind::kw_if:
      return if_statement();
    case Kind::kw_while:
      return while_statement();
    case Kind::kw_for:
      return for_statement(first, 0);
    case Kind::kw_try:
      return try_statement();
    case Kind::kw_with:
      return with_statement(first, 0);
    case Kind::kw_def:
      return function(make(NodeKind::decorators, first), first, 0);
    case Kind::kw_class:
      return class_definition(make(NodeKind::decorators, first));
    case Kind::at:
      return decorated();
    case Kind::kw_async:
      step();
      if (at(Kind::kw_def)) return function(make(NodeKind::decorators, first), first, flag::async);
      if (at(Kind::kw_for)) return for_statement(first, flag::async);
      if (at(Kind::kw_with)) return with_statement(first, flag::async);
      fail("`def`, `for` or `with` is missing behind `async`");
      return 0;
    case Kind::name:
      return at_match_statement() ? match_statement() : 0;
    default:
      return 0;
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

NodeIndex Parser::block() {
  const Depth depth(*this);
  expect(Kind::colon, "`:`");
  const std::uint32_t first = begin();
  NodeList statements;
  if (!accept(Kind::newline)) {
    simple_statements(statements);
  } else {
    if (!accept(Kind::indent)) fail("an indented block is missing");
    while (!at(Kind::dedent) && !at(Kind::end))
      statement(statements);
    accept(Kind::dedent);
  }
  if (statements.first == 0) return 0;
  const NodeIndex made = make(NodeKind::block, first, statements);
  if (made != 0) {
    node(made).span = {node(statements.first).span.begin, node(statements.last).span.end};
  }
  return made;
}

NodeIndex Parser::optional_block(TokenKind keyword) { return accept(keyword) ? block() : absent(); }

NodeIndex Parser::if_statement() {
  const std::uint32_t first = begin();
  NodeList children;
  do {
    step();
    append(children, named_expression());
    append(children, block());
  } while (at(Kind::kw_elif));
  if (accept(Kind::kw_else)) append(children, block());
  return make(NodeKind::if_statement, first, children);
}

NodeIndex Parser::while_statement() {
  const std::uint32_t first = begin();
  step();
  NodeList children;
  append(children, named_expression());
  append(children, block());
  append(children, optional_block(Kind::kw_else));
  return make(NodeKind::while_statement, first, children);
}

NodeIndex Parser::for_statement(std::uint32_t begin, std::uint8_t flags) {
  step();
  NodeList children;
  append(children, targets());
  expect(Kind::kw_in, "`in`");
  append(children, star_expressions());
  append(children, block());
  append(children, optional_block(Kind::kw_else));
  return make(NodeKind::for_statement, begin, children, Op::none, flags);
}

NodeIndex Parser::try_statement() {
  const std::uint32_t first = begin();
  step();
  NodeList children;
  append(children, block());
  std::uint8_t flags = 0;
  while (at(Kind::kw_except)) {
    if (peek(1) == Kind::star) flags = flag::star;
    append(children, handler());
  }
  const bool handled = children.size > 1;
  append(children, handled ? optional_block(Kind::kw_else) : absent());
  const bool last = at(Kind::kw_finally);
  append(children, optional_block(Kind::kw_finally));
  if (!handled && !last) fail("`except` or `finally` is missing");
  return make(NodeKind::try_statement, first, children, Op::none, flags);
}

NodeIndex Parser::handler() {
  const std::uint32_t first = begin();
  step();
  accept(Kind::star);
  NodeList children;
  if (at(Kind::colon)) {
    append(children, absent());
    append(children, absent());
  } else {
    // Several types need no parentheses since 3.14 (PEP 758).
    append(children, star_expressions());
    append(children, accept(Kind::kw_as) ? identifier() : absent());
  }
  append(children, block());
  return make(NodeKind::handler, first, children);
}

NodeIndex Parser::with_statement(std::uint32_t begin, std::uint8_t flags) {
  step();
  NodeList children;
  if (!at(Kind::left_paren) || !with_items_in_parentheses(children)) {
    do {
      append(children, with_item());
    } while (accept(Kind::comma));
  }
  append(children, block());
  return make(NodeKind::with_statement, begin, children, Op::none, flags);
}

NodeIndex Parser::with_item() {
  const std::uint32_t first = begin();
  NodeList children;
  append(children, expression());
  if (accept(Kind::kw_as)) {
    const NodeIndex target = at(Kind::star) ? star_or_named() : primary();
    require_target(target);
    append(children, target);
  }
  return make(NodeKind::with_item, first, children);
}

// `with (a as b, c as d):`. Only what stands behind the parenthesis tells it from an expression in
// parentheses, so it is tried; a `with` does not stand inside an expression, so once.
bool Parser::with_items_in_parentheses(NodeList& into) {
  const Mark before = mark();
  step();
  NodeList items;
  do {
    append(items, with_item());
  } while (accept(Kind::comma) && !at(Kind::right_paren));
  if (failed() || !accept(Kind::right_paren) || !at(Kind::colon)) {
    go_back(before);
    return false;
  }
  into = items;
  return true;
}

NodeIndex Parser::decorated() {
  const std::uint32_t first = begin();
  NodeList expressions;
  while (accept(Kind::at)) {
    append(expressions, named_expression());
    expect(Kind::newline, "the end of the line behind a decorator");
  }
  const NodeIndex decorators = make(NodeKind::decorators, first, expressions);
  const std::uint32_t place = begin();
  if (at(Kind::kw_class)) return class_definition(decorators);
  const std::uint8_t flags = accept(Kind::kw_async) ? flag::async : std::uint8_t{0};
  if (at(Kind::kw_def)) return function(decorators, place, flags);
  fail("a function or a class is missing behind a decorator");
  return 0;
}

NodeIndex Parser::function(NodeIndex decorators, std::uint32_t begin, std::uint8_t flags) {
  step();
  NodeList children;
  append(children, decorators);
  append(children, identifier());
  append(children, at(Kind::left_bracket) ? type_parameters() : absent());
  expect(Kind::left_paren, "`(` of the parameters");
  append(children, parameters(Kind::right_paren, true));
  expect(Kind::right_paren, "`)` of the parameters");
  append(children, accept(Kind::arrow) ? expression() : absent());
  append(children, block());
  return make(NodeKind::function, begin, children, Op::none, flags);
}

NodeIndex Parser::class_definition(NodeIndex decorators) {
  const std::uint32_t first = begin();
  step();
  NodeList children;
  append(children, decorators);
  append(children, identifier());
  append(children, at(Kind::left_bracket) ? type_parameters() : absent());
  if (at(Kind::left_paren)) {
    const std::uint32_t paren = begin();
    NodeList bases;
    arguments(bases);
    append(children, make(NodeKind::arguments, paren, bases));
  } else {
    append(children, absent());
  }
  append(children, block());
  return make(NodeKind::class_definition, first, children);
}

// Opaque, from `[` to its `]`: brackets balance, the tokenizer saw to that.
NodeIndex Parser::type_parameters() {
  const std::uint32_t first = begin();
  std::size_t open = 0;
  do {
    if (at(Kind::left_bracket)) ++open;
    if (at(Kind::right_bracket)) --open;
    step();
  } while (open > 0 && !at(Kind::end));
  return make(NodeKind::type_parameters, first);
}

// `match` is a keyword only where a line that begins with it ends with `:` and opens a `case`.
bool Parser::at_match_statement() const {
  if (!at_word("match")) return false;
  std::size_t ahead = 1;
  while (peek(ahead) != Kind::newline && peek(ahead) != Kind::end)
    ++ahead;
  return ahead > 2 && peek(ahead - 1) == Kind::colon && peek(ahead + 1) == Kind::indent &&
         peek(ahead + 2) == Kind::name;
}

NodeIndex Parser::match_statement() {
  const Depth depth(*this);
  const std::uint32_t first = begin();
  step();
  NodeList children;
  append(children, match_subject());
  expect(Kind::colon, "`:`");
  expect(Kind::newline, "the end of the line behind `match`");
  expect(Kind::indent, "an indented `case`");
  while (!at(Kind::dedent) && !at(Kind::end))
    append(children, match_case());
  accept(Kind::dedent);
  return make(NodeKind::match_statement, first, children);
}

NodeIndex Parser::match_subject() {
  const std::uint32_t first = begin();
  const NodeIndex only = star_or_named();
  if (!at(Kind::comma)) return only;
  NodeList elements;
  append(elements, only);
  while (accept(Kind::comma) && begins_expression())
    append(elements, star_or_named());
  return make(NodeKind::tuple, first, elements);
}

NodeIndex Parser::match_case() {
  const std::uint32_t first = begin();
  if (!at_word("case")) {
    fail("`case` is missing");
    return 0;
  }
  step();
  const std::uint32_t place = begin();
  std::size_t open = 0;
  while (!at(Kind::end) && !at(Kind::newline)) {
    if (open == 0 && (at(Kind::colon) || at(Kind::kw_if))) break;
    const Kind next = peek();
    if (next == Kind::left_paren || next == Kind::left_bracket || next == Kind::left_brace) ++open;
    if (next == Kind::right_paren || next == Kind::right_bracket || next == Kind::right_brace) {
      --open;
    }
    step();
  }
  if (begin() == place) fail("a pattern is missing");
  NodeList children;
  append(children, make(NodeKind::pattern, place));
  append(children, accept(Kind::kw_if) ? named_expression() : absent());
  append(children, block());
  return make(NodeKind::match_case, first, children);
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
