// Operators: php.net/manual/en/language.operators.precedence.php.
#include <algorithm>

#include "gate/readers/formats/php/parser.h"
#include "gate/readers/formats/php/php.h"

namespace gate::readers::php {
namespace {

struct Binary {
  Operator op = Operator::none;
  Level level = Level::lowest;
};

Binary binary_of(const Token& token) {
  switch (token.keyword) {
    case Keyword::kw_or:
      return {Operator::logical_or, Level::logical_or};
    case Keyword::kw_xor:
      return {Operator::logical_xor, Level::logical_xor};
    case Keyword::kw_and:
      return {Operator::logical_and, Level::logical_and};
    case Keyword::kw_instanceof:
      return {Operator::instance_of, Level::instance_of};
    default:
      break;
  }
  switch (token.symbol) {
    case Symbol::question:
      return {Operator::none, Level::ternary};
    case Symbol::coalesce:
      return {Operator::coalesce, Level::coalesce};
    case Symbol::or_or:
      return {Operator::logical_or, Level::or_or};
    case Symbol::and_and:
      return {Operator::logical_and, Level::and_and};
    case Symbol::pipe:
      return {Operator::bit_or, Level::bit_or};
    case Symbol::caret:
      return {Operator::bit_xor, Level::bit_xor};
    case Symbol::ampersand:
      return {Operator::bit_and, Level::bit_and};
    case Symbol::equal:
      return {Operator::equal, Level::equality};
    case Symbol::not_equal:
      return {Operator::not_equal, Level::equality};
    case Symbol::identical:
      return {Operator::identical, Level::equality};
    case Symbol::not_identical:
      return {Operator::not_identical, Level::equality};
    case Symbol::spaceship:
      return {Operator::spaceship, Level::equality};
    case Symbol::less:
      return {Operator::less, Level::comparison};
    case Symbol::less_equal:
      return {Operator::less_equal, Level::comparison};
    case Symbol::greater:
      return {Operator::greater, Level::comparison};
    case Symbol::greater_equal:
      return {Operator::greater_equal, Level::comparison};
    case Symbol::pipe_forward:
      return {Operator::pipe, Level::pipe};
    case Symbol::dot:
      return {Operator::concat, Level::concat};
    case Symbol::shift_left:
      return {Operator::shift_left, Level::shift};
    case Symbol::shift_right:
      return {Operator::shift_right, Level::shift};
    case Symbol::plus:
      return {Operator::add, Level::sum};
    case Symbol::minus:
      return {Operator::subtract, Level::sum};
    case Symbol::star:
      return {Operator::multiply, Level::product};
    case Symbol::slash:
      return {Operator::divide, Level::product};
    case Symbol::percent:
      return {Operator::modulo, Level::product};
    case Symbol::power:
      return {Operator::power, Level::power};
    default:
      return {};
  }
}

Operator assignment_of(Symbol symbol) {
  switch (symbol) {
    case Symbol::plus_assign:
      return Operator::add;
    case Symbol::minus_assign:
      return Operator::subtract;
    case Symbol::star_assign:
      return Operator::multiply;
    case Symbol::slash_assign:
      return Operator::divide;
    case Symbol::percent_assign:
      return Operator::modulo;
    case Symbol::power_assign:
      return Operator::power;
    case Symbol::dot_assign:
      return Operator::concat;
    case Symbol::shift_left_assign:
      return Operator::shift_left;
    case Symbol::shift_right_assign:
      return Operator::shift_right;
    case Symbol::and_assign:
      return Operator::bit_and;
    case Symbol::or_assign:
      return Operator::bit_or;
    case Symbol::xor_assign:
      return Operator::bit_xor;
    case Symbol::coalesce_assign:
      return Operator::coalesce;
    default:
      return Operator::none;
  }
}

Operator cast_of(Symbol symbol) {
  switch (symbol) {
    case Symbol::cast_int:
      return Operator::to_int;
    case Symbol::cast_float:
      return Operator::to_float;
    case Symbol::cast_string:
      return Operator::to_string;
    case Symbol::cast_bool:
      return Operator::to_bool;
    case Symbol::cast_array:
      return Operator::to_array;
    case Symbol::cast_object:
      return Operator::to_object;
    case Symbol::cast_unset:
      return Operator::to_null;
    case Symbol::cast_void:
      return Operator::to_void;
    default:
      return Operator::none;
  }
}

Level above(Level level) { return static_cast<Level>(static_cast<unsigned>(level) + 1); }

bool is_target(NodeKind kind) {
  return kind == NodeKind::variable || kind == NodeKind::variable_variable ||
         kind == NodeKind::property || kind == NodeKind::static_property ||
         kind == NodeKind::index || kind == NodeKind::array_literal;
}

}  // namespace

// Every nesting of expressions passes here: in brackets, behind a prefix, to the right of an
// operator.
NodeId Parser::expression(Level least) {
  if (depth_ >= kMaxDepth) return fail("nested too deeply");
  ++depth_;
  const NodeId read = operators(least);
  --depth_;
  return read;
}

// Reads an expression whose loosest operator is at least this tight.
NodeId Parser::operators(Level least) {
  NodeId left = unary();
  Operator chain = Operator::none;  // of `left`, where this loop made it
  NodeId last = 0;                  // the last operand of that chain
  Level compared =
      Level::lowest;           // of `left`, where it is a comparison or ternary without brackets
  bool short_ternary = false;  // `left` is `a ?: b`
  while (!failed_) {
    const Binary binary = binary_of(peek());
    if (binary.level == Level::lowest || binary.level < least) break;
    if (binary.level == Level::ternary) {
      // `a ?: b ?: c` is the only chain of them.
      const bool is_short = peek(1).symbol == Symbol::colon;
      if (compared == Level::ternary && !(is_short && short_ternary))
        return fail("a ternary in a ternary needs brackets");
      short_ternary = is_short;
      left = ternary(left);
      compared = Level::ternary;
      chain = Operator::none;
      continue;
    }
    if (compared == binary.level) return fail("comparisons in a row need brackets");
    next();
    NodeId right = 0;
    if (binary.op == Operator::instance_of) {
      right = class_reference();
    } else {
      const bool to_the_right = binary.level == Level::coalesce || binary.level == Level::power;
      right = expression(to_the_right ? binary.level : above(binary.level));
    }
    compared = binary.level == Level::equality || binary.level == Level::comparison ? binary.level
                                                                                    : Level::lowest;
    if (chain == binary.op && chain != Operator::none) {
      // Further operands of the chain: what it holds already stays where it is.
      nodes_[last].next = right;
      heights_[left] = std::max(heights_[left], static_cast<std::uint16_t>(heights_[right] + 1));
      nodes_[left].span.end = nodes_[right].span.end;
      last = right;
      continue;
    }
    Builder node(*this, NodeKind::binary, begin_of(left));
    node.op(binary.op).add(left).add(right);
    left = node.done();
    chain = binary.op;
    last = right;
  }
  return left;
}

NodeId Parser::ternary(NodeId condition_read) {
  Builder node(*this, NodeKind::ternary, begin_of(condition_read));
  next();
  node.add(condition_read);
  node.add(at(Symbol::colon) ? absent() : expression(Level::assignment));
  expect(Symbol::colon, "`:` is missing");
  node.add(expression(above(Level::ternary)));
  return node.done();
}

NodeId Parser::prefix(NodeKind kind, Operator op, Level operand) {
  Builder node(*this, kind, here());
  next();
  node.op(op).add(expression(operand));
  return node.done();
}

NodeId Parser::unary() {
  const Token& token = peek();
  if (const Operator cast = cast_of(token.symbol); cast != Operator::none)
    return prefix(NodeKind::cast, cast, Level::power);
  switch (token.symbol) {
    case Symbol::exclamation:
      return prefix(NodeKind::unary, Operator::logical_not, above(Level::logical_not));
    case Symbol::minus:
      return prefix(NodeKind::unary, Operator::minus, Level::power);
    case Symbol::plus:
      return prefix(NodeKind::unary, Operator::plus, Level::power);
    case Symbol::tilde:
      return prefix(NodeKind::unary, Operator::bit_not, Level::power);
    case Symbol::at:
      return prefix(NodeKind::unary, Operator::silence, Level::power);
    case Symbol::increment:
      return prefix(NodeKind::unary, Operator::pre_increment, Level::clone);
    case Symbol::decrement:
      return prefix(NodeKind::unary, Operator::pre_decrement, Level::clone);
    default:
      break;
  }
  switch (token.keyword) {
    case Keyword::kw_new:
      return new_object();
    case Keyword::kw_clone:
      return clone();
    case Keyword::kw_print:
      return prefix(NodeKind::print, Operator::none, above(Level::print));
    case Keyword::kw_yield:
      return yield();
    case Keyword::kw_throw:
      return prefix(NodeKind::throw_expression, Operator::none, Level::logical_or);
    case Keyword::kw_include:
      return prefix(NodeKind::include, Operator::include_file, Level::logical_or);
    case Keyword::kw_include_once:
      return prefix(NodeKind::include, Operator::include_once, Level::logical_or);
    case Keyword::kw_require:
      return prefix(NodeKind::include, Operator::require_file, Level::logical_or);
    case Keyword::kw_require_once:
      return prefix(NodeKind::include, Operator::require_once, Level::logical_or);
    default:
      return assignment(postfix(primary()));
  }
}

// A target followed by an assignment takes it, however tightly the operator in front binds:
// `!$a = f()` is `!($a = f())`.
NodeId Parser::assignment(NodeId target) {
  const Symbol symbol = peek().symbol;
  const Operator compound = assignment_of(symbol);
  if (symbol != Symbol::assign && compound == Operator::none) return target;
  if (!is_target(nodes_[target].kind)) return fail("nothing can be assigned to this");
  Builder node(*this, NodeKind::assignment, begin_of(target));
  next();
  node.op(compound).add(target);
  if (symbol == Symbol::assign && take(Symbol::ampersand)) node.flags(by_reference);
  node.add(expression(Level::assignment));
  return node.done();
}

// `clone $a`; since 8.5 also `clone($a, ['b' => 1])`.
NodeId Parser::clone() {
  Builder node(*this, NodeKind::clone, here());
  next();
  if (!at(Symbol::paren_open)) {
    node.add(expression(Level::clone));
    return node.done();
  }
  next();
  const NodeId object = expression();
  if (take(Symbol::comma)) {
    node.add(object);
    if (!at(Symbol::paren_close)) node.add(expression());
    take(Symbol::comma);
    expect(Symbol::paren_close, "`)` is missing");
    return node.done();
  }
  expect(Symbol::paren_close, "`)` is missing");
  node.add(postfix(object));
  return node.done();
}

NodeId Parser::yield() {
  const std::uint32_t begin = here();
  next();
  if (at(TokenKind::name) && same_name(text_of(peek()), "from")) {
    Builder node(*this, NodeKind::yield_from, begin);
    next();
    node.add(expression(Level::assignment));
    return node.done();
  }
  Builder node(*this, NodeKind::yield, begin);
  const bool is_bare = at(Symbol::semicolon) || at(Symbol::comma) || at(Symbol::paren_close) ||
                       at(Symbol::bracket_close) || at(Symbol::brace_close);
  if (is_bare) {
    node.add(absent()).add(absent());
    return node.done();
  }
  const NodeId first = expression(Level::assignment);
  if (take(Symbol::double_arrow))
    node.add(first).add(expression(Level::assignment));
  else
    node.add(absent()).add(first);
  return node.done();
}

NodeId Parser::new_object() {
  const std::uint32_t begin = here();
  next();
  Builder node(*this, NodeKind::new_object, begin);
  const std::uint32_t inner = here();
  const NodeId list = attributes();
  const unsigned flags = at(Keyword::kw_readonly) ? modifiers() : 0;
  if (take(Keyword::kw_class)) {
    const NodeId given = at(Symbol::paren_open) ? arguments() : absent();
    node.add(class_rest(NodeKind::class_declaration, list, flags, inner, {}));
    node.add(given);
    return postfix(node.done());
  }
  node.add(class_reference());
  const bool has_arguments = at(Symbol::paren_open);
  node.add(has_arguments ? arguments() : absent());
  const NodeId made = node.done();
  return has_arguments ? postfix(made) : made;
}

// Behind `new` and `instanceof`: a name, an expression in brackets, or a variable with members but
// without calls.
NodeId Parser::class_reference() {
  if (at(Symbol::paren_open)) return parenthesised();
  const std::uint32_t begin = here();
  NodeId base = 0;
  if (at(TokenKind::name) || at(TokenKind::qualified_name)) {
    base = name(NameKind::class_name);
    if (!at(Symbol::double_colon)) return base;
  } else if (at(TokenKind::variable) || at(Symbol::dollar)) {
    base = simple_variable();
  } else {
    return fail("a class is missing");
  }
  while (!failed_) {
    if (at(Symbol::bracket_open)) {
      Builder node(*this, NodeKind::index, begin);
      next();
      node.add(base).add(at(Symbol::bracket_close) ? absent() : expression());
      expect(Symbol::bracket_close, "`]` is missing");
      base = node.done();
    } else if (at(Symbol::arrow) || at(Symbol::nullsafe_arrow)) {
      Builder node(*this, NodeKind::property, begin);
      if (next().symbol == Symbol::nullsafe_arrow) node.flags(nullsafe);
      node.add(base);
      if (at(TokenKind::name))
        node.text(text_of(next())).add(absent());
      else
        node.add(member_name());
      base = node.done();
    } else if (at(Symbol::double_colon)) {
      Builder node(*this, NodeKind::static_property, begin);
      next();
      node.add(base);
      if (at(TokenKind::variable))
        node.text(text_of(next()).substr(1)).add(absent());
      else
        node.add(simple_variable());
      base = node.done();
    } else {
      break;
    }
  }
  return base;
}

}  // namespace gate::readers::php
