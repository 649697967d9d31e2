// What operators stand between: names, literals, displays, calls, subscripts.
#include <optional>

#include "gate/readers/formats/python/parser.h"

namespace gate::readers::python {

NodeIndex Parser::primary() {
  const std::uint32_t first = begin();
  NodeIndex value = atom();
  while (true) {
    if (accept(Kind::dot)) {
      value = make(NodeKind::attribute, first, {value, identifier()});
    } else if (at(Kind::left_paren)) {
      value = call(value, first);
    } else if (at(Kind::left_bracket)) {
      value = subscript(value, first);
    } else {
      return value;
    }
  }
}

NodeIndex Parser::call(NodeIndex callee, std::uint32_t begin) {
  NodeList children;
  append(children, callee);
  arguments(children);
  return make(NodeKind::call, begin, children);
}

// From `(` to `)`.
void Parser::arguments(NodeList& into) {
  const std::uint32_t paren = begin();
  step();
  bool keywords_begun = false;
  const std::uint32_t before = into.size;
  while (!at(Kind::right_paren) && !failed()) {
    const NodeIndex made = argument(keywords_begun);
    if (into.size == before && at_clause()) {
      // A generator alone takes the parentheses of the call.
      NodeList children;
      append(children, made);
      clauses(children);
      expect(Kind::right_paren, "`)` of the arguments");
      append(into, make(NodeKind::generator, paren, children));
      return;
    }
    append(into, made);
    if (!accept(Kind::comma)) break;
  }
  expect(Kind::right_paren, "`)` of the arguments");
}

NodeIndex Parser::argument(bool& keywords_begun) {
  const std::uint32_t first = begin();
  if (accept(Kind::double_star)) {
    keywords_begun = true;
    return make(NodeKind::double_starred, first, {expression()});
  }
  if (accept(Kind::star)) return make(NodeKind::starred, first, {expression()});
  if (at(Kind::name) && peek(1) == Kind::assign) {
    keywords_begun = true;
    const NodeIndex name = leaf(NodeKind::identifier);
    step();
    return make(NodeKind::keyword, first, {name, expression()});
  }
  if (keywords_begun) fail("an argument without a name stands behind one with a name");
  return named_expression();
}

NodeIndex Parser::subscript(NodeIndex value, std::uint32_t begin) {
  step();
  const std::uint32_t first = current().span.begin;
  NodeIndex index = subscript_item();
  if (at(Kind::comma) || (index != 0 && kind(index) == NodeKind::starred)) {
    NodeList items;
    append(items, index);
    while (accept(Kind::comma) && !at(Kind::right_bracket) && !failed()) {
      append(items, subscript_item());
    }
    index = make(NodeKind::tuple, first, items);
  }
  expect(Kind::right_bracket, "`]`");
  return make(NodeKind::subscript, begin, {value, index});
}

NodeIndex Parser::subscript_item() {
  const std::uint32_t first = begin();
  if (at(Kind::star)) return star_or_named();
  NodeIndex lower = 0;
  if (!at(Kind::colon)) {
    lower = named_expression();
    if (!at(Kind::colon)) return lower;
  }
  const auto bound = [&] {
    return at(Kind::colon) || at(Kind::comma) || at(Kind::right_bracket) ? absent() : expression();
  };
  if (lower == 0) lower = absent();
  expect(Kind::colon, "`:` of a slice");
  const NodeIndex upper = bound();
  const NodeIndex step = accept(Kind::colon) ? bound() : absent();
  return make(NodeKind::slice, first, {lower, upper, step});
}

NodeIndex Parser::atom() {
  switch (peek()) {
    case Kind::name:
      return leaf(NodeKind::name);
    case Kind::number:
      return leaf(NodeKind::number);
    case Kind::string:
    case Kind::format_begin:
      return strings();
    case Kind::kw_true:
      return leaf(NodeKind::true_value);
    case Kind::kw_false:
      return leaf(NodeKind::false_value);
    case Kind::kw_none:
      return leaf(NodeKind::none_value);
    case Kind::ellipsis:
      return leaf(NodeKind::ellipsis_value);
    case Kind::left_paren:
      return in_parentheses();
    case Kind::left_bracket:
      return in_brackets();
    case Kind::left_brace:
      return in_braces();
    default:
      fail(at(Kind::end) || at(Kind::newline) ? "an expression is missing"
                                              : "an expression is missing before this");
      return 0;
  }
}

bool Parser::at_clause() const {
  return at(Kind::kw_for) || (at(Kind::kw_async) && peek(1) == Kind::kw_for);
}

void Parser::clauses(NodeList& into) {
  while (at_clause()) {
    const std::uint32_t first = begin();
    const std::uint8_t flags = accept(Kind::kw_async) ? flag::async : std::uint8_t{0};
    step();
    NodeList children;
    append(children, targets());
    expect(Kind::kw_in, "`in`");
    append(children, disjunction());
    while (accept(Kind::kw_if)) {
      append(children, at(Kind::kw_lambda) ? expression() : disjunction());
    }
    append(into, make(NodeKind::clause, first, children, Op::none, flags));
  }
}

NodeIndex Parser::in_parentheses() {
  const std::uint32_t first = begin();
  step();
  if (accept(Kind::right_paren)) {
    return make(NodeKind::tuple, first, {}, Op::none, flag::parens);
  }
  if (at(Kind::kw_yield)) {
    const NodeIndex made = yield();
    expect(Kind::right_paren, "`)`");
    return made;
  }
  const NodeIndex element = star_or_named();
  NodeList elements;
  if (at_clause()) {
    append(elements, element);
    clauses(elements);
    expect(Kind::right_paren, "`)`");
    return make(NodeKind::generator, first, elements);
  }
  if (!at(Kind::comma)) {
    expect(Kind::right_paren, "`)`");
    if (element != 0 && kind(element) == NodeKind::starred) {
      fail_at(node(element).span, "`*` stands in no call and no list");
    }
    return element;
  }
  append(elements, element);
  while (accept(Kind::comma) && !at(Kind::right_paren) && !failed()) {
    append(elements, star_or_named());
  }
  expect(Kind::right_paren, "`)`");
  return make(NodeKind::tuple, first, elements, Op::none, flag::parens);
}

NodeIndex Parser::in_brackets() {
  const std::uint32_t first = begin();
  step();
  NodeList elements;
  NodeKind kind = NodeKind::list;
  while (!at(Kind::right_bracket) && !failed()) {
    append(elements, star_or_named());
    if (elements.size == 1 && at_clause()) {
      clauses(elements);
      kind = NodeKind::list_comprehension;
      break;
    }
    if (!accept(Kind::comma)) break;
  }
  expect(Kind::right_bracket, "`]`");
  return make(kind, first, elements);
}

NodeIndex Parser::in_braces() {
  const std::uint32_t first = begin();
  step();
  NodeList elements;
  std::optional<NodeKind> kind;
  if (at(Kind::right_brace)) kind = NodeKind::dict;
  while (!at(Kind::right_brace) && !failed()) {
    const NodeIndex element = dict_item();
    const bool pair = element != 0 && (this->kind(element) == NodeKind::pair ||
                                       this->kind(element) == NodeKind::double_starred);
    if (!kind) {
      kind = pair ? NodeKind::dict : NodeKind::set;
    } else if (pair != (*kind == NodeKind::dict)) {
      fail("a set and a dictionary are mixed");
    }
    append(elements, element);
    if (elements.size == 1 && at_clause()) {
      clauses(elements);
      kind = pair ? NodeKind::dict_comprehension : NodeKind::set_comprehension;
      break;
    }
    if (!accept(Kind::comma)) break;
  }
  expect(Kind::right_brace, "`}`");
  return make(kind.value_or(NodeKind::dict), first, elements);
}

NodeIndex Parser::dict_item() {
  const std::uint32_t first = begin();
  if (accept(Kind::double_star)) return make(NodeKind::double_starred, first, {binary(kLowest)});
  const NodeIndex key = star_or_named();
  if (!accept(Kind::colon)) return key;
  return make(NodeKind::pair, first, {key, expression()});
}

NodeIndex Parser::strings() {
  const std::uint32_t first = begin();
  NodeList pieces;
  while (at(Kind::string) || at(Kind::format_begin)) {
    append(pieces, at(Kind::string) ? leaf(NodeKind::string) : format());
  }
  return pieces.size == 1 ? pieces.first : make(NodeKind::strings, first, pieces);
}

NodeIndex Parser::format() {
  const std::uint32_t first = begin();
  step();
  NodeList parts;
  format_parts(parts, Kind::format_end);
  expect(Kind::format_end, "the end of the string");
  return make(NodeKind::format, first, parts);
}

void Parser::format_parts(NodeList& into, TokenKind end) {
  while (!at(end) && !failed()) {
    if (at(Kind::format_text)) {
      append(into, leaf(NodeKind::format_text));
    } else {
      append(into, format_field());
    }
  }
}

NodeIndex Parser::format_field() {
  const Depth depth(*this);
  const std::uint32_t first = begin();
  expect(Kind::field_open, "`{`");
  NodeList children;
  append(children, yield_or_star_expressions());
  const std::uint8_t flags = accept(Kind::assign) ? flag::debug : std::uint8_t{0};
  std::uint8_t conversion = 0;
  if (accept(Kind::field_convert)) {
    if (!at_word("r") && !at_word("s") && !at_word("a")) {
      fail("`r`, `s` or `a` is missing behind `!`");
      return 0;
    }
    conversion = static_cast<std::uint8_t>(word().front());
    step();
  }
  const std::uint32_t spec = begin();
  if (accept(Kind::field_spec)) {
    NodeList parts;
    format_parts(parts, Kind::field_close);
    append(children, make(NodeKind::format_spec, spec, parts));
  }
  expect(Kind::field_close, "`}` of the expression in the string");
  const NodeIndex made = make(NodeKind::field, first, children, Op::none, flags);
  if (made != 0) node(made).extra = conversion;
  return made;
}

}  // namespace gate::readers::python
