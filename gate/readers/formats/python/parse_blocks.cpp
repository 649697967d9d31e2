// Compound statements (docs.python.org/3/reference/compound_stmts).
#include "gate/readers/formats/python/parser.h"

namespace gate::readers::python {
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

}  // namespace gate::readers::python
