// Expressions, lowest precedence first (docs.python.org/3/reference/expressions).
#include <array>
#include <optional>

#include <fmt/format.h>

#include "gate/readers/formats/python/parser.h"

namespace gate::readers::python {
namespace {

using Kind = TokenKind;

// An operator and its level, from bitwise or to multiplication.
struct Infix {
  Op op = Op::none;
  int level = 0;  // 0: no infix operator
};

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
