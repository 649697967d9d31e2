// Expressions, lowest precedence first (docs.python.org/3/reference/expressions).
#include <array>
#include <optional>

#include <fmt/format.h>

#include "gate/readers/formats/python/parser.h"

namespace gate::readers::python {
namespace {

using Kind = TokenKind;

struct Infix {
  Op op = Op::none;
  int level = 0;  // 0: no infix operator
};

// Levels of operators that stand between bitwise or and multiplication.
constexpr int kLowest = 1;

constexpr Infix infix(Kind kind) {
  switch (kind) {
    case Kind::bar:
      return {Op::bit_or, 1};
    case Kind::caret:
      return {Op::bit_xor, 2};
    case Kind::ampersand:
      return {Op::bit_and, 3};
    case Kind::shift_left:
      return {Op::shift_left, 4};
    case Kind::shift_right:
      return {Op::shift_right, 4};
    case Kind::plus:
      return {Op::add, 5};
    case Kind::minus:
      return {Op::subtract, 5};
    case Kind::star:
      return {Op::multiply, 6};
    case Kind::at:
      return {Op::matrix_multiply, 6};
    case Kind::slash:
      return {Op::divide, 6};
    case Kind::double_slash:
      return {Op::floor_divide, 6};
    case Kind::percent:
      return {Op::modulo, 6};
    default:
      return {};
  }
}

}  // namespace

bool Parser::begins_expression() const {
  switch (peek()) {
    case Kind::name:
    case Kind::number:
    case Kind::string:
    case Kind::format_begin:
    case Kind::left_paren:
    case Kind::left_bracket:
    case Kind::left_brace:
    case Kind::ellipsis:
    case Kind::plus:
    case Kind::minus:
    case Kind::tilde:
    case Kind::star:
    case Kind::kw_await:
    case Kind::kw_false:
    case Kind::kw_lambda:
    case Kind::kw_none:
    case Kind::kw_not:
    case Kind::kw_true:
    case Kind::kw_yield:
      return true;
    default:
      return false;
  }
}

NodeIndex Parser::expression() {
  const Depth depth(*this);
  if (at(Kind::kw_lambda)) return lambda();
  const std::uint32_t first = begin();
  const NodeIndex value = disjunction();
  if (!accept(Kind::kw_if)) return value;
  const NodeIndex test = disjunction();
  expect(Kind::kw_else, "`else` of a conditional expression");
  return make(NodeKind::conditional, first, {value, test, expression()});
}

NodeIndex Parser::named_expression() {
  if (!at(Kind::name) || peek(1) != Kind::walrus) return expression();
  const std::uint32_t first = begin();
  const NodeIndex name = leaf(NodeKind::name);
  step();
  return make(NodeKind::walrus, first, {name, expression()});
}

NodeIndex Parser::star_or_named() {
  if (!at(Kind::star)) return named_expression();
  const std::uint32_t first = begin();
  step();
  return make(NodeKind::starred, first, {binary(kLowest)});
}

NodeIndex Parser::star_expressions() {
  const std::uint32_t first = begin();
  const auto element = [&] { return at(Kind::star) ? star_or_named() : expression(); };
  const NodeIndex value = element();
  if (!at(Kind::comma)) return value;
  NodeList elements;
  append(elements, value);
  while (accept(Kind::comma) && begins_expression())
    append(elements, element());
  return make(NodeKind::tuple, first, elements);
}

NodeIndex Parser::yield_or_star_expressions() {
  return at(Kind::kw_yield) ? yield() : star_expressions();
}

NodeIndex Parser::targets() {
  const std::uint32_t first = begin();
  const auto target = [&] {
    const NodeIndex made = at(Kind::star) ? star_or_named() : binary(kLowest);
    require_target(made);
    return made;
  };
  const NodeIndex only = target();
  if (!at(Kind::comma)) return only;
  NodeList elements;
  append(elements, only);
  while (accept(Kind::comma) && !at(Kind::kw_in))
    append(elements, target());
  return make(NodeKind::tuple, first, elements);
}

NodeIndex Parser::disjunction() {
  const std::uint32_t first = begin();
  const NodeIndex operand = conjunction();
  if (!at(Kind::kw_or)) return operand;
  NodeList operands;
  append(operands, operand);
  while (accept(Kind::kw_or))
    append(operands, conjunction());
  return make(NodeKind::logical, first, operands, Op::logical_or);
}

NodeIndex Parser::conjunction() {
  const std::uint32_t first = begin();
  const NodeIndex operand = inversion();
  if (!at(Kind::kw_and)) return operand;
  NodeList operands;
  append(operands, operand);
  while (accept(Kind::kw_and))
    append(operands, inversion());
  return make(NodeKind::logical, first, operands, Op::logical_and);
}

NodeIndex Parser::inversion() {
  if (!at(Kind::kw_not)) return comparison();
  const Depth depth(*this);
  const std::uint32_t first = begin();
  step();
  return make(NodeKind::unary, first, {inversion()}, Op::logical_not);
}

NodeIndex Parser::comparison() {
  const std::uint32_t first = begin();
  const NodeIndex operand = binary(kLowest);
  NodeList operands;
  append(operands, operand);
  while (true) {
    const std::uint32_t place = begin();
    Op op = Op::none;
    switch (peek()) {
      case Kind::equal:
        op = Op::equal;
        break;
      case Kind::not_equal:
        op = Op::not_equal;
        break;
      case Kind::less:
        op = Op::less;
        break;
      case Kind::less_equal:
        op = Op::less_equal;
        break;
      case Kind::greater:
        op = Op::greater;
        break;
      case Kind::greater_equal:
        op = Op::greater_equal;
        break;
      case Kind::kw_in:
        op = Op::in;
        break;
      case Kind::kw_is:
        op = peek(1) == Kind::kw_not ? Op::is_not : Op::is;
        break;
      case Kind::kw_not:
        if (peek(1) == Kind::kw_in) op = Op::not_in;
        break;
      default:
        break;
    }
    if (op == Op::none) break;
    step();
    if (op == Op::is_not || op == Op::not_in) step();
    const NodeIndex right = binary(kLowest);
    append(operands, make(NodeKind::comparator, place, {right}, op));
  }
  return operands.size == 1 ? operand : make(NodeKind::comparison, first, operands);
}

// Precedence climbing: one frame for a chain of operators of one level.
NodeIndex Parser::binary(int least) {
  const std::uint32_t first = begin();
  NodeIndex left = unary();
  while (true) {
    const Infix found = infix(peek());
    if (found.level < least) return left;
    step();
    left = make(NodeKind::binary, first, {left, binary(found.level + 1)}, found.op);
  }
}

NodeIndex Parser::unary() {
  Op op = Op::none;
  switch (peek()) {
    case Kind::plus:
      op = Op::positive;
      break;
    case Kind::minus:
      op = Op::negative;
      break;
    case Kind::tilde:
      op = Op::invert;
      break;
    default:
      return power();
  }
  const Depth depth(*this);
  const std::uint32_t first = begin();
  step();
  return make(NodeKind::unary, first, {unary()}, op);
}

NodeIndex Parser::power() {
  const std::uint32_t first = begin();
  NodeIndex base = 0;
  if (accept(Kind::kw_await)) {
    base = make(NodeKind::await, first, {primary()});
  } else {
    base = primary();
  }
  if (!accept(Kind::double_star)) return base;
  const Depth depth(*this);
  return make(NodeKind::binary, first, {base, unary()}, Op::power);
}

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

NodeIndex Parser::lambda() {
  const std::uint32_t first = begin();
  step();
  const NodeIndex accepted = parameters(Kind::colon, false);
  expect(Kind::colon, "`:` of the lambda");
  return make(NodeKind::lambda, first, {accepted, expression()});
}

NodeIndex Parser::parameters(TokenKind end, bool annotations) {
  const std::uint32_t first = begin();
  NodeList made;
  while (!at(end) && !failed()) {
    append(made, parameter(annotations));
    if (!accept(Kind::comma)) break;
  }
  return make(NodeKind::parameters, first, made);
}

NodeIndex Parser::parameter(bool annotations) {
  const std::uint32_t first = begin();
  std::uint8_t flags = 0;
  if (at(Kind::slash)) return leaf(NodeKind::slash_marker);
  if (at(Kind::star)) {
    if (peek(1) != Kind::name) return leaf(NodeKind::star_marker);
    step();
    flags = flag::star;
  } else if (accept(Kind::double_star)) {
    flags = flag::double_star;
  }
  const NodeIndex name = identifier();
  NodeIndex annotation = 0;
  if (annotations && accept(Kind::colon)) {
    annotation = flags == flag::star && at(Kind::star) ? star_or_named() : expression();
  } else {
    annotation = absent();
  }
  const NodeIndex value = flags == 0 && accept(Kind::assign) ? expression() : absent();
  return make(NodeKind::parameter, first, {name, annotation, value}, Op::none, flags);
}

NodeIndex Parser::yield() {
  const Depth depth(*this);
  const std::uint32_t first = begin();
  step();
  if (accept(Kind::kw_from)) return make(NodeKind::yield_from, first, {expression()});
  if (!begins_expression()) return make(NodeKind::yield, first);
  return make(NodeKind::yield, first, {star_expressions()});
}

}  // namespace gate::readers::python
