// Operands: names, variables, literals, calls, closures.
#include "gate/readers/formats/php/parser.h"

namespace gate::readers::php {

NodeId Parser::postfix(NodeId base) {
  while (!failed_) {
    switch (peek().symbol) {
      case Symbol::bracket_open: {
        Builder node(*this, NodeKind::index, begin_of(base));
        next();
        node.add(base).add(at(Symbol::bracket_close) ? absent() : expression());
        expect(Symbol::bracket_close, "`]` is missing");
        base = node.done();
        break;
      }
      case Symbol::arrow:
      case Symbol::nullsafe_arrow:
        base = member_access(base);
        break;
      case Symbol::double_colon:
        base = static_access(base);
        break;
      case Symbol::paren_open: {
        Builder node(*this, NodeKind::call, begin_of(base));
        node.add(base).add(arguments());
        base = node.done();
        break;
      }
      case Symbol::increment:
      case Symbol::decrement: {
        Builder node(*this, NodeKind::unary, begin_of(base));
        const bool up = next().symbol == Symbol::increment;
        node.op(up ? Operator::post_increment : Operator::post_decrement).add(base);
        return node.done();
      }
      default:
        return base;
    }
  }
  return base;
}

// The name of a member that is computed: `$name`, `{expression}`.
NodeId Parser::member_name() {
  if (!at(Symbol::brace_open)) return simple_variable();
  next();
  const NodeId inner = expression();
  expect(Symbol::brace_close, "`}` is missing");
  return inner;
}

NodeId Parser::member_access(NodeId base) {
  const bool is_nullsafe = next().symbol == Symbol::nullsafe_arrow;
  std::string_view text;
  NodeId computed = 0;
  if (at(TokenKind::name))
    text = text_of(next());
  else
    computed = member_name();
  const bool is_call = at(Symbol::paren_open);
  Builder node(*this, is_call ? NodeKind::method_call : NodeKind::property, begin_of(base));
  node.text(text).flags(is_nullsafe ? unsigned{nullsafe} : 0U).add(base);
  if (is_call) node.add(arguments());
  node.add(computed == 0 ? absent() : computed);
  return node.done();
}

NodeId Parser::static_access(NodeId scope) {
  next();
  if (at(TokenKind::name)) {
    const std::string_view text = text_of(next());
    const bool is_call = at(Symbol::paren_open);
    Builder node(*this, is_call ? NodeKind::static_call : NodeKind::class_constant,
                 begin_of(scope));
    node.text(text).add(scope);
    if (is_call) node.add(arguments());
    node.add(absent());
    return node.done();
  }
  const bool is_property = !at(Symbol::brace_open);
  const std::string_view text = at(TokenKind::variable) ? text_of(peek()).substr(1) : "";
  const NodeId computed = member_name();
  if (at(Symbol::paren_open)) {
    Builder node(*this, NodeKind::static_call, begin_of(scope));
    node.add(scope).add(arguments()).add(computed);
    return node.done();
  }
  Builder node(*this, is_property ? NodeKind::static_property : NodeKind::class_constant,
               begin_of(scope));
  // Of `A::$$b` the name is what `$b` holds.
  const bool is_wrapped = is_property && nodes_[computed].kind == NodeKind::variable_variable;
  const NodeId name = is_wrapped ? nodes_[computed].first : computed;
  node.text(text).add(scope).add(text.empty() ? name : absent());
  return node.done();
}

// `$a`, `$$a`, `${expression}`.
NodeId Parser::simple_variable() {
  if (at(TokenKind::variable)) return leaf(NodeKind::variable, text_of(peek()).substr(1));
  Builder node(*this, NodeKind::variable_variable, here());
  std::size_t dollars = 0;
  expect(Symbol::dollar, "a variable is missing");
  while (take(Symbol::dollar))
    ++dollars;
  NodeId inner = 0;
  if (take(Symbol::brace_open)) {
    inner = expression();
    expect(Symbol::brace_close, "`}` is missing");
    if (dollars == 0 && nodes_[inner].kind == NodeKind::string) {
      node.data().kind = NodeKind::variable;  // `${'a'}`
      return node.text(nodes_[inner].text).done();
    }
  } else if (at(TokenKind::variable)) {
    inner = leaf(NodeKind::variable, text_of(peek()).substr(1));
  } else {
    return fail("a variable is missing");
  }
  for (; dollars > 0; --dollars) {
    Builder outer(*this, NodeKind::variable_variable, begin_of(inner));
    inner = outer.add(inner).done();
    if (failed_) return inner;
  }
  return node.add(inner).done();
}

NodeId Parser::primary() {
  const Token& token = peek();
  switch (token.kind) {
    case TokenKind::variable:
      return leaf(NodeKind::variable, text_of(token).substr(1));
    case TokenKind::integer:
      return leaf(NodeKind::integer, text_of(token));
    case TokenKind::floating:
      return leaf(NodeKind::floating, text_of(token));
    case TokenKind::string:
      return string();
    case TokenKind::template_begin:
      return template_string();
    case TokenKind::name:
      return token.keyword == Keyword::none ? name_or_constant() : word(token.keyword);
    case TokenKind::qualified_name:
      return name_or_constant();
    default:
      break;
  }
  switch (token.symbol) {
    case Symbol::dollar:
      return simple_variable();
    case Symbol::paren_open:
      return parenthesised();
    case Symbol::bracket_open: {
      const std::uint32_t begin = here();
      next();
      return array_literal(Symbol::bracket_close, 0, begin);
    }
    case Symbol::attribute_open: {
      const std::uint32_t begin = here();
      return function_expression(attributes(), begin);
    }
    default:
      return fail("an expression is missing");
  }
}

// The node begins and ends inside the brackets: they only group.
NodeId Parser::parenthesised() {
  next();
  const NodeId inner = expression();
  expect(Symbol::paren_close, "`)` is missing");
  return inner;
}

NodeId Parser::name(NameKind kind) {
  if (!at(TokenKind::name) && !at(TokenKind::qualified_name)) return fail("a name is missing");
  const std::string_view written = text_of(peek());
  NameScope::Resolved resolved = names_.resolve(kind, written);
  const NodeId node = leaf(NodeKind::name, keep_like(std::move(resolved.name), written));
  if (resolved.qualified) nodes_[node].flags = fully_qualified;
  return node;
}

NodeId Parser::name_or_constant() {
  if (peek(1).symbol == Symbol::paren_open) return name(NameKind::function);
  if (peek(1).symbol == Symbol::double_colon) return name(NameKind::class_name);
  const NodeId node = name(NameKind::constant);
  nodes_[node].kind = NodeKind::constant;
  return node;
}

// A keyword where an operand begins.
NodeId Parser::word(Keyword keyword) {
  const std::uint32_t begin = here();
  const Symbol behind = peek(1).symbol;
  switch (keyword) {
    case Keyword::kw_array:
    case Keyword::kw_list:
      if (behind != Symbol::paren_open) break;
      next();
      next();
      return array_literal(Symbol::paren_close,
                           keyword == Keyword::kw_list ? unsigned{is_list} : 0U, begin);
    case Keyword::kw_isset:
    case Keyword::kw_empty:
    case Keyword::kw_eval: {
      next();
      const NodeId node = list_in_parentheses(keyword == Keyword::kw_isset   ? NodeKind::isset
                                              : keyword == Keyword::kw_empty ? NodeKind::empty
                                                                             : NodeKind::eval);
      nodes_[node].span.begin = begin;
      return node;
    }
    case Keyword::kw_exit:
    case Keyword::kw_die: {
      Builder node(*this, NodeKind::exit, begin);
      next();
      node.add(at(Symbol::paren_open) ? arguments() : absent());
      return node.done();
    }
    case Keyword::kw_match:
      if (behind == Symbol::paren_open) return match();
      break;
    case Keyword::kw_fn:
    case Keyword::kw_function:
      return function_expression(attributes(), begin);
    case Keyword::kw_static:
      if (behind == Symbol::double_colon) return name(NameKind::class_name);
      return function_expression(attributes(), begin);
    case Keyword::kw_enum:
    case Keyword::kw_readonly:
      return name_or_constant();
    default:
      break;
  }
  return fail("an expression is missing");
}

NodeId Parser::list_in_parentheses(NodeKind kind) {
  Builder node(*this, kind, here());
  expect(Symbol::paren_open, "`(` is missing");
  do {
    if (at(Symbol::paren_close)) break;
    node.add(expression());
  } while (take(Symbol::comma));
  expect(Symbol::paren_close, "`)` is missing");
  return node.done();
}

NodeId Parser::array_literal(Symbol end, unsigned flags, std::uint32_t begin) {
  Builder node(*this, NodeKind::array_literal, begin);
  node.flags(flags);
  while (!at(end) && !at_end()) {
    if (take(Symbol::comma)) {
      node.add(absent());
      continue;
    }
    node.add(array_item());
    if (!take(Symbol::comma)) break;
  }
  expect(end, end == Symbol::bracket_close ? "`]` is missing" : "`)` is missing");
  return node.done();
}

NodeId Parser::array_item() {
  Builder node(*this, NodeKind::array_item, here());
  if (take(Symbol::ellipsis)) {
    node.flags(spread).add(absent()).add(expression());
    return node.done();
  }
  if (take(Symbol::ampersand)) {
    node.flags(by_reference).add(absent()).add(expression());
    return node.done();
  }
  const NodeId first = expression();
  if (!take(Symbol::double_arrow)) {
    node.add(absent()).add(first);
    return node.done();
  }
  if (take(Symbol::ampersand)) node.flags(by_reference);
  node.add(first).add(expression());
  return node.done();
}

NodeId Parser::arguments() {
  Builder node(*this, NodeKind::arguments, here());
  expect(Symbol::paren_open, "`(` is missing");
  if (at(Symbol::ellipsis) && peek(1).symbol == Symbol::paren_close) {
    next();
    node.flags(first_class);
  }
  while (!at(Symbol::paren_close) && !at_end()) {
    node.add(argument());
    if (!take(Symbol::comma)) break;
  }
  expect(Symbol::paren_close, "`)` is missing");
  return node.done();
}

NodeId Parser::argument() {
  Builder node(*this, NodeKind::argument, here());
  if (take(Symbol::ellipsis)) {
    node.flags(spread);
  } else if (at(TokenKind::name) && peek(1).symbol == Symbol::colon) {
    node.text(text_of(next()));
    next();
  }
  return node.add(expression()).done();
}

NodeId Parser::match() {
  Builder node(*this, NodeKind::match, here());
  next();
  node.add(condition());
  expect(Symbol::brace_open, "`{` is missing");
  while (!at(Symbol::brace_close) && !at_end()) {
    node.add(match_arm());
    if (!take(Symbol::comma)) break;
  }
  expect(Symbol::brace_close, "`}` is missing");
  return node.done();
}

NodeId Parser::match_arm() {
  Builder arm(*this, NodeKind::match_arm, here());
  Builder conditions(*this, NodeKind::list, here());
  const bool is_default = at(Keyword::kw_default) && (peek(1).symbol == Symbol::double_arrow ||
                                                      peek(1).symbol == Symbol::comma);
  if (is_default) {
    next();
    take(Symbol::comma);
  } else {
    while (!at(Symbol::double_arrow) && !at_end()) {
      conditions.add(expression());
      if (!take(Symbol::comma)) break;
    }
  }
  arm.add(conditions.done());
  expect(Symbol::double_arrow, "`=>` is missing");
  return arm.add(expression()).done();
}

// `function (…) use (…) { … }` and `fn (…) => …`, `static` in front or not.
NodeId Parser::function_expression(NodeId attributes_read, std::uint32_t begin) {
  const unsigned flags = take(Keyword::kw_static) ? unsigned{is_static} : 0U;
  const bool is_arrow = at(Keyword::kw_fn);
  if (!is_arrow && !at(Keyword::kw_function)) return fail("an expression is missing");
  Builder node(*this, is_arrow ? NodeKind::arrow_function : NodeKind::closure, begin);
  next();
  node.flags(flags);
  if (take(Symbol::ampersand)) node.flags(by_reference);
  node.add(attributes_read).add(parameters());
  if (is_arrow) {
    node.add(return_type());
    expect(Symbol::double_arrow, "`=>` is missing");
    return node.add(expression()).done();
  }
  const NodeId uses = closure_uses();
  return node.add(return_type()).add(block()).add(uses).done();
}

NodeId Parser::closure_uses() {
  Builder list(*this, NodeKind::list, here());
  if (!take(Keyword::kw_use)) return list.done();
  expect(Symbol::paren_open, "`(` is missing");
  while (!at(Symbol::paren_close) && !at_end()) {
    Builder use(*this, NodeKind::closure_use, here());
    if (take(Symbol::ampersand)) use.flags(by_reference);
    if (!at(TokenKind::variable)) return fail("a variable is missing");
    use.text(text_of(next()).substr(1));
    list.add(use.done());
    if (!take(Symbol::comma)) break;
  }
  expect(Symbol::paren_close, "`)` is missing");
  return list.done();
}

// --- strings -------------------------------------------------------------------------------------

NodeId Parser::string() {
  const Token& token = peek();
  const QuotedPart part = part_of_token(text_of(token), token.indent);
  return leaf(NodeKind::string, value_of(part));
}

// Returns the value of a part; a problem of it fails the statement.
std::string_view Parser::value_of(const QuotedPart& part) {
  if (is_plain(part)) return part.text;
  std::string value;
  if (const std::string_view problem = append_value(part, value); !problem.empty()) {
    fail(problem);
    return {};
  }
  return keep_like(std::move(value), part.text);
}

NodeId Parser::template_string() {
  const Token& opening = next();
  const std::string_view quote = text_of(opening);
  Quoting quoting = Quoting::heredoc;
  if (quote.ends_with('"') && quote.size() <= 2) quoting = Quoting::double_quotes;
  if (quote == "`") quoting = Quoting::backtick;
  Builder node(*this,
               quoting == Quoting::backtick ? NodeKind::shell_command : NodeKind::template_string,
               opening.span.begin);
  bool is_first = true;
  while (!at(TokenKind::template_end) && !at_end()) {
    if (at(TokenKind::template_text)) {
      QuotedPart part;
      part.text = text_of(peek());
      part.quoting = quoting;
      part.indent = opening.indent;
      part.at_line_start = is_first;
      part.is_last = peek(1).kind == TokenKind::template_end;
      const std::string_view value = value_of(part);
      if (value.empty())
        next();  // nothing but indentation
      else
        node.add(leaf(NodeKind::string, value));
    } else {
      if (is_first && opening.indent > 0)
        return fail("the line is indented less than the heredoc's end");
      node.add(template_part());
    }
    is_first = false;
  }
  if (!at(TokenKind::template_end)) return fail("the string is not closed");
  next();
  return node.done();
}

NodeId Parser::template_part() {
  if (at(TokenKind::variable)) return template_variable();
  const bool is_name = at(TokenKind::template_name);
  if (!is_name && !at(TokenKind::template_code)) return fail("the string cannot be read");
  const std::uint32_t begin = here();
  next();
  NodeId inner = 0;
  if (is_name && at(TokenKind::name) &&
      (peek(1).symbol == Symbol::bracket_open || peek(1).symbol == Symbol::brace_close)) {
    inner = postfix(leaf(NodeKind::variable, text_of(peek())));
  } else if (is_name) {
    Builder node(*this, NodeKind::variable_variable, begin);
    inner = node.add(expression()).done();
  } else {
    inner = expression();
  }
  expect(Symbol::brace_close, "`}` is missing");
  return inner;
}

// `$a`, `$a[0]`, `$a->b` as they stand in a string.
NodeId Parser::template_variable() {
  const NodeId base = leaf(NodeKind::variable, text_of(peek()).substr(1));
  if (at(Symbol::arrow) || at(Symbol::nullsafe_arrow)) {
    Builder node(*this, NodeKind::property, begin_of(base));
    if (next().symbol == Symbol::nullsafe_arrow) node.flags(nullsafe);
    return node.text(text_of(next())).add(base).add(absent()).done();
  }
  if (!at(Symbol::bracket_open)) return base;
  Builder node(*this, NodeKind::index, begin_of(base));
  next();
  node.add(base).add(template_offset());
  expect(Symbol::bracket_close, "`]` is missing");
  return node.done();
}

// An index in a string: only a decimal number as PHP would write it is a number, `01` is a key.
NodeId Parser::template_offset() {
  const std::uint32_t begin = here();
  const bool is_negative = take(Symbol::minus);
  if (at(TokenKind::variable) && !is_negative)
    return leaf(NodeKind::variable, text_of(peek()).substr(1));
  const std::string_view written = text_of(next());
  const std::string_view signed_text = text_.substr(begin, written.size() + (is_negative ? 1 : 0));
  const bool is_number = written.find_first_not_of("0123456789") == std::string_view::npos &&
                         (written.size() == 1 || written[0] != '0') &&
                         !(is_negative && written == "0") &&
                         std::holds_alternative<std::int64_t>(read_integer(written));
  Builder node(*this, is_number ? NodeKind::integer : NodeKind::string, begin);
  return node.text(signed_text).done();
}

}  // namespace gate::readers::php
