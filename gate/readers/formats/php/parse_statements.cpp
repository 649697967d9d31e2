// Statements: php.net/manual/en/language.control-structures.php.
#include <algorithm>

#include "gate/readers/formats/php/parser.h"
#include "gate/readers/formats/php/php.h"

namespace gate::readers::php {

// Reads up to one of the words, to a `}` that a file has none of, or to the end; what cannot be
// read is passed over.
void Parser::statements(Builder& into, Words until, bool is_file) {
  while (!at_end()) {
    if (at(Symbol::brace_close) && !is_file) return;
    if (std::find(until.begin(), until.end(), peek().keyword) != until.end()) return;
    const NodeId read = guarded_statement();
    if (failed_) {
      recover();
      if (is_file) take(Symbol::brace_close);
      nodes_[read].span.end = tokens_.list[at_ - 1].span.end;
      if (problems_.size() >= SyntaxTree::kMaxProblems) at_ = tokens_.list.size() - 1;
    }
    into.add(read);
  }
}

// A statement, or an `opaque` and failed_ set.
NodeId Parser::guarded_statement() {
  const std::uint32_t begin = here();
  if (depth_ >= kMaxDepth) return fail("nested too deeply");
  ++depth_;
  const NodeId read = statement();
  --depth_;
  if (!failed_) return read;
  return Builder(*this, NodeKind::opaque, begin).done();
}

// Goes behind the next `;` or block of this level, or to the `}` that ends it.
void Parser::recover() {
  failed_ = false;
  std::size_t open = 0;
  while (!at_end()) {
    const Symbol symbol = peek().symbol;
    const bool opens = symbol == Symbol::brace_open || symbol == Symbol::paren_open ||
                       symbol == Symbol::bracket_open || symbol == Symbol::attribute_open;
    const bool closes = symbol == Symbol::brace_close || symbol == Symbol::paren_close ||
                        symbol == Symbol::bracket_close;
    if (symbol == Symbol::brace_close && open == 0) break;
    next();
    if (opens) ++open;
    if (closes && open > 0) --open;
    if (open == 0 && (symbol == Symbol::semicolon || symbol == Symbol::brace_close)) break;
  }
}

void Parser::end_statement() { expect(Symbol::semicolon, "`;` is missing"); }

NodeId Parser::block() {
  Builder node(*this, NodeKind::block, here());
  expect(Symbol::brace_open, "`{` is missing");
  statements(node, {});
  expect(Symbol::brace_close, "`}` is missing");
  return node.done();
}

NodeId Parser::block_until(Words until) {
  Builder node(*this, NodeKind::block, here());
  statements(node, until);
  return node.done();
}

NodeId Parser::body(Words until) {
  if (at(Symbol::brace_open)) return block();
  if (take(Symbol::colon)) {
    const NodeId inner = block_until(until);
    if (std::find(until.begin(), until.end(), peek().keyword) == until.end())
      return fail("the end of the block is missing");
    next();
    end_statement();
    return inner;
  }
  Builder node(*this, NodeKind::block, here());
  node.add(guarded_statement());
  return node.done();
}

NodeId Parser::statement() {
  const Token& token = peek();
  switch (token.kind) {
    case TokenKind::inline_html:
      return leaf(NodeKind::inline_html, text_of(token));
    case TokenKind::open_echo:
      next();
      return expression_list(NodeKind::echo, true);
    case TokenKind::name:
      if (token.keyword != Keyword::none) return keyword_statement(token.keyword);
      if (peek(1).symbol != Symbol::colon) return expression_statement();
      {
        const NodeId label = leaf(NodeKind::label, text_of(token));
        next();
        return label;
      }
    default:
      break;
  }
  if (token.symbol == Symbol::brace_open) return block();
  if (token.symbol == Symbol::brace_close) return fail("`}` closes nothing");
  if (token.symbol == Symbol::semicolon) {
    next();
    return Builder(*this, NodeKind::block, token.span.begin).done();
  }
  if (token.symbol == Symbol::attribute_open) {
    const std::uint32_t begin = here();
    const NodeId list = attributes();
    if (at_declaration() || at(Keyword::kw_const)) return declaration(list, begin);
    Builder node(*this, NodeKind::expression_statement, begin);
    node.add(postfix(function_expression(list, begin)));
    end_statement();
    return node.done();
  }
  return expression_statement();
}

NodeId Parser::keyword_statement(Keyword keyword) {
  const std::uint32_t begin = here();
  if (at_declaration() || keyword == Keyword::kw_const) return declaration(attributes(), begin);
  switch (keyword) {
    case Keyword::kw_if:
      return if_statement();
    case Keyword::kw_while: {
      next();
      Builder node(*this, NodeKind::while_loop, begin);
      node.add(condition());
      node.add(body({Keyword::kw_endwhile}));
      return node.done();
    }
    case Keyword::kw_do: {
      next();
      Builder node(*this, NodeKind::do_loop, begin);
      node.add(body({}));
      if (!take(Keyword::kw_while)) return fail("`while` is missing");
      node.add(condition());
      end_statement();
      return node.done();
    }
    case Keyword::kw_for:
      return for_loop();
    case Keyword::kw_foreach:
      return foreach_loop();
    case Keyword::kw_switch:
      return switch_statement();
    case Keyword::kw_break:
      return jump(NodeKind::break_statement);
    case Keyword::kw_continue:
      return jump(NodeKind::continue_statement);
    case Keyword::kw_return:
      return jump(NodeKind::return_statement);
    case Keyword::kw_try:
      return try_statement();
    case Keyword::kw_echo:
      next();
      return expression_list(NodeKind::echo, true);
    case Keyword::kw_global:
      next();
      return expression_list(NodeKind::global_statement, true);
    case Keyword::kw_unset: {
      next();
      const NodeId node = list_in_parentheses(NodeKind::unset_statement);
      nodes_[node].span.begin = begin;
      end_statement();
      return node;
    }
    case Keyword::kw_static:
      return peek(1).kind == TokenKind::variable ? static_statement() : expression_statement();
    case Keyword::kw_goto: {
      next();
      Builder node(*this, NodeKind::goto_statement, begin);
      if (!at(TokenKind::name)) return fail("a label is missing");
      node.text(text_of(next()));
      end_statement();
      return node.done();
    }
    case Keyword::kw_declare:
      return declare_statement();
    case Keyword::kw_namespace:
      return namespace_statement();
    case Keyword::kw_use:
      return use_statement();
    case Keyword::kw_halt_compiler:
      return halt_statement();
    case Keyword::kw_else:
    case Keyword::kw_elseif:
    case Keyword::kw_endif:
    case Keyword::kw_endfor:
    case Keyword::kw_endforeach:
    case Keyword::kw_endwhile:
    case Keyword::kw_endswitch:
    case Keyword::kw_enddeclare:
    case Keyword::kw_case:
    case Keyword::kw_default:
    case Keyword::kw_catch:
    case Keyword::kw_finally:
      return fail("there is nothing that this word could go on");
    default:
      return expression_statement();
  }
}

NodeId Parser::expression_statement() {
  Builder node(*this, NodeKind::expression_statement, here());
  node.add(expression());
  end_statement();
  return node.done();
}

NodeId Parser::expression_list(NodeKind kind, bool statement) {
  Builder node(*this, kind, here());
  do
    node.add(expression());
  while (take(Symbol::comma));
  if (statement) end_statement();
  return node.done();
}

// `return`, `break` and `continue`, with an expression or without.
NodeId Parser::jump(NodeKind kind) {
  Builder node(*this, kind, here());
  next();
  node.add(at(Symbol::semicolon) ? absent() : expression());
  end_statement();
  return node.done();
}

NodeId Parser::condition() {
  expect(Symbol::paren_open, "`(` is missing");
  const NodeId inner = expression();
  expect(Symbol::paren_close, "`)` is missing");
  return inner;
}

NodeId Parser::if_statement() {
  const std::uint32_t begin = here();
  next();
  return if_rest(begin);
}

NodeId Parser::if_rest(std::uint32_t begin) {
  const NodeId first = condition();
  if (take(Symbol::colon)) return alternative_if(begin, first);
  Builder node(*this, NodeKind::if_statement, begin);
  Builder clause(*this, NodeKind::if_clause, begin);
  clause.add(first);
  clause.add(body({}));
  node.add(clause.done());
  while (at(Keyword::kw_elseif) || at(Keyword::kw_else)) {
    Builder further(*this, NodeKind::if_clause, here());
    const bool is_else = next().keyword == Keyword::kw_else;
    const std::uint32_t inner = here();
    const bool has_condition = !is_else || take(Keyword::kw_if);
    const NodeId test = has_condition ? condition() : absent();
    if (is_else && has_condition && take(Symbol::colon)) {
      // `else if (…): … endif;` is a whole statement of its own.
      further.add(absent());
      Builder only(*this, NodeKind::block, inner);
      only.add(alternative_if(inner, test));
      further.add(only.done());
      node.add(further.done());
      break;
    }
    further.add(test);
    further.add(body({}));
    node.add(further.done());
    if (!has_condition) break;
  }
  return node.done();
}

// Behind `if (condition):`.
NodeId Parser::alternative_if(std::uint32_t begin, NodeId condition_read) {
  const Words ends = {Keyword::kw_elseif, Keyword::kw_else, Keyword::kw_endif};
  Builder node(*this, NodeKind::if_statement, begin);
  Builder first(*this, NodeKind::if_clause, begin);
  first.add(condition_read);
  first.add(block_until(ends));
  node.add(first.done());
  while (at(Keyword::kw_elseif) || at(Keyword::kw_else)) {
    Builder clause(*this, NodeKind::if_clause, here());
    const bool is_else = next().keyword == Keyword::kw_else;
    clause.add(is_else ? absent() : condition());
    expect(Symbol::colon, "`:` is missing");
    clause.add(block_until(ends));
    node.add(clause.done());
    if (is_else) break;
  }
  if (!take(Keyword::kw_endif)) return fail("`endif` is missing");
  end_statement();
  return node.done();
}

NodeId Parser::for_part(Symbol end) {
  Builder node(*this, NodeKind::list, here());
  while (!at(end) && !at_end()) {
    node.add(expression());
    if (!take(Symbol::comma)) break;
  }
  expect(end, end == Symbol::semicolon ? "`;` is missing" : "`)` is missing");
  return node.done();
}

NodeId Parser::for_loop() {
  Builder node(*this, NodeKind::for_loop, here());
  next();
  expect(Symbol::paren_open, "`(` is missing");
  node.add(for_part(Symbol::semicolon));
  node.add(for_part(Symbol::semicolon));
  node.add(for_part(Symbol::paren_close));
  node.add(body({Keyword::kw_endfor}));
  return node.done();
}

NodeId Parser::foreach_loop() {
  Builder node(*this, NodeKind::foreach_loop, here());
  next();
  expect(Symbol::paren_open, "`(` is missing");
  node.add(expression());
  if (!take(Keyword::kw_as)) return fail("`as` is missing");
  bool reference = take(Symbol::ampersand);
  NodeId target = expression();
  NodeId key = 0;
  if (take(Symbol::double_arrow)) {
    key = target;
    reference = take(Symbol::ampersand);
    target = expression();
  }
  node.add(key == 0 ? absent() : key);
  node.add(target);
  if (reference) node.flags(by_reference);
  expect(Symbol::paren_close, "`)` is missing");
  node.add(body({Keyword::kw_endforeach}));
  return node.done();
}

NodeId Parser::switch_statement() {
  Builder node(*this, NodeKind::switch_statement, here());
  next();
  node.add(condition());
  const bool braces = !at(Symbol::colon);
  if (braces)
    expect(Symbol::brace_open, "`{` is missing");
  else
    next();
  take(Symbol::semicolon);
  while (at(Keyword::kw_case) || at(Keyword::kw_default)) {
    Builder arm(*this, NodeKind::switch_case, here());
    arm.add(next().keyword == Keyword::kw_case ? expression() : absent());
    if (!take(Symbol::colon)) expect(Symbol::semicolon, "`:` is missing");
    statements(arm, {Keyword::kw_case, Keyword::kw_default, Keyword::kw_endswitch});
    node.add(arm.done());
  }
  if (braces) {
    expect(Symbol::brace_close, "`}` is missing");
  } else {
    if (!take(Keyword::kw_endswitch)) return fail("`endswitch` is missing");
    end_statement();
  }
  return node.done();
}

NodeId Parser::try_statement() {
  Builder node(*this, NodeKind::try_statement, here());
  next();
  node.add(block());
  bool handled = false;
  while (at(Keyword::kw_catch)) {
    handled = true;
    Builder clause(*this, NodeKind::catch_clause, here());
    next();
    expect(Symbol::paren_open, "`(` is missing");
    Builder types(*this, NodeKind::list, here());
    do
      types.add(name(NameKind::class_name));
    while (take(Symbol::pipe));
    clause.add(types.done());
    if (at(TokenKind::variable)) clause.text(text_of(next()).substr(1));
    expect(Symbol::paren_close, "`)` is missing");
    clause.add(block());
    node.add(clause.done());
  }
  if (at(Keyword::kw_finally)) {
    handled = true;
    Builder clause(*this, NodeKind::finally_clause, here());
    next();
    clause.add(block());
    node.add(clause.done());
  }
  if (!handled) return fail("`catch` is missing");
  return node.done();
}

NodeId Parser::declare_statement() {
  Builder node(*this, NodeKind::declare_statement, here());
  next();
  expect(Symbol::paren_open, "`(` is missing");
  Builder directives(*this, NodeKind::list, here());
  constant_elements(directives);
  node.add(directives.done());
  expect(Symbol::paren_close, "`)` is missing");
  node.add(take(Symbol::semicolon) ? absent() : body({Keyword::kw_enddeclare}));
  return node.done();
}

NodeId Parser::namespace_statement() {
  Builder node(*this, NodeKind::namespace_statement, here());
  next();
  std::string_view space;
  if (at(TokenKind::name) || at(TokenKind::qualified_name)) space = text_of(next());
  names_.enter(space);
  node.text(space);
  if (at(Symbol::brace_open)) {
    node.add(block());
    names_.enter({});
  } else {
    node.add(absent());
    end_statement();
  }
  return node.done();
}

NodeId Parser::use_statement() {
  Builder node(*this, NodeKind::use_statement, here());
  next();
  unsigned kind = 0;
  if (take(Keyword::kw_function)) kind = function_import;
  if (take(Keyword::kw_const)) kind = const_import;
  do {
    if ((at(TokenKind::name) || at(TokenKind::qualified_name)) &&
        peek(1).symbol == Symbol::backslash) {
      const std::string_view prefix = text_of(next());
      next();
      expect(Symbol::brace_open, "`{` is missing");
      while (!at(Symbol::brace_close) && !at_end()) {
        unsigned inner = kind;
        if (take(Keyword::kw_function)) inner = function_import;
        if (take(Keyword::kw_const)) inner = const_import;
        node.add(use_clause(prefix, inner));
        if (!take(Symbol::comma)) break;
      }
      expect(Symbol::brace_close, "`}` is missing");
    } else {
      node.add(use_clause({}, kind));
    }
  } while (take(Symbol::comma));
  end_statement();
  return node.done();
}

NodeId Parser::use_clause(std::string_view prefix, unsigned kind) {
  Builder node(*this, NodeKind::use_clause, here());
  if (!at(TokenKind::name) && !at(TokenKind::qualified_name)) return fail("a name is missing");
  std::string_view full = text_of(next());
  if (!prefix.empty()) full = keep(std::string(prefix) + "\\" + std::string(full));
  if (full.starts_with('\\')) full.remove_prefix(1);
  std::string_view alias;
  if (take(Keyword::kw_as)) {
    if (!at(TokenKind::name)) return fail("a name is missing");
    alias = text_of(peek());
    node.add(leaf(NodeKind::identifier, alias));
  } else {
    node.add(absent());
  }
  names_.import(kind == function_import ? NameKind::function
                : kind == const_import  ? NameKind::constant
                                        : NameKind::class_name,
                full, alias);
  node.text(full).flags(kind);
  return node.done();
}

NodeId Parser::static_statement() {
  Builder node(*this, NodeKind::static_statement, here());
  next();
  do
    node.add(variable_element());
  while (take(Symbol::comma));
  end_statement();
  return node.done();
}

NodeId Parser::halt_statement() {
  Builder node(*this, NodeKind::halt_compiler, here());
  next();
  expect(Symbol::paren_open, "`(` is missing");
  expect(Symbol::paren_close, "`)` is missing");
  end_statement();
  return node.done();
}

}  // namespace gate::readers::php
