// Functions, classes and their members, types, attributes: php.net/manual/en/language.oop5.php.
#include <algorithm>
#include <array>

#include "gate/base/ascii.h"
#include "gate/readers/formats/php/parser.h"
#include "gate/readers/formats/php/php.h"

namespace gate::readers::php {
namespace {

unsigned modifier_of(Keyword keyword) {
  switch (keyword) {
    case Keyword::kw_public:
      return is_public;
    case Keyword::kw_protected:
      return is_protected;
    case Keyword::kw_private:
      return is_private;
    case Keyword::kw_static:
      return is_static;
    case Keyword::kw_abstract:
      return is_abstract;
    case Keyword::kw_final:
      return is_final;
    case Keyword::kw_readonly:
      return is_readonly;
    default:
      return 0;
  }
}

// Types that are no classes, so that no namespace applies.
constexpr std::array<std::string_view, 17> kBuiltInTypes = {
    "array", "bool",   "callable", "false", "float",  "int",    "iterable", "mixed", "never",
    "null",  "object", "parent",   "self",  "static", "string", "true",     "void"};

bool is_built_in(std::string_view lowered) {
  return std::find(kBuiltInTypes.begin(), kBuiltInTypes.end(), lowered) != kBuiltInTypes.end();
}

}  // namespace

// Whether a class, function, interface, trait or enum is declared here; its attributes are read.
bool Parser::at_declaration() const {
  const auto names = [&](std::size_t ahead) {
    return peek(ahead).kind == TokenKind::name && peek(ahead).keyword != Keyword::kw_extends &&
           peek(ahead).keyword != Keyword::kw_implements;
  };
  switch (peek().keyword) {
    case Keyword::kw_function:
      return names(1) || (peek(1).symbol == Symbol::ampersand && names(2));
    case Keyword::kw_class:
    case Keyword::kw_interface:
    case Keyword::kw_trait:
      return true;
    case Keyword::kw_enum:
      return names(1);
    case Keyword::kw_abstract:
    case Keyword::kw_final:
      return true;
    case Keyword::kw_readonly:
      return peek(1).keyword == Keyword::kw_class || modifier_of(peek(1).keyword) != 0;
    default:
      return false;
  }
}

NodeId Parser::declaration(NodeId attributes_read, std::uint32_t begin) {
  if (at(Keyword::kw_const)) return const_statement(attributes_read, begin);
  if (at(Keyword::kw_function)) return function_declaration(attributes_read, begin);
  const unsigned flags = modifiers();
  return class_declaration(attributes_read, flags, begin);
}

unsigned Parser::modifiers() {
  unsigned flags = 0;
  while (true) {
    const unsigned one = modifier_of(peek().keyword);
    if (one == 0 && !at(Keyword::kw_var)) return flags;
    next();
    // `private(set)`: who may write it.
    if (at(Symbol::paren_open) && base::to_lower(text_of(peek(1))) == "set" &&
        peek(2).symbol == Symbol::paren_close) {
      at_ += 3;
      continue;
    }
    flags |= one;
  }
}

NodeId Parser::function_declaration(NodeId attributes_read, std::uint32_t begin) {
  Builder node(*this, NodeKind::function_declaration, begin);
  next();
  if (take(Symbol::ampersand)) node.flags(by_reference);
  const std::string_view written = text_of(peek());
  next();
  node.text(keep_like(names_.declare(written), written));
  node.add(attributes_read);
  node.add(parameters());
  node.add(return_type());
  node.add(block());
  return node.done();
}

NodeId Parser::class_declaration(NodeId attributes_read, unsigned flags, std::uint32_t begin) {
  NodeKind kind = NodeKind::class_declaration;
  switch (peek().keyword) {
    case Keyword::kw_class:
      break;
    case Keyword::kw_interface:
      kind = NodeKind::interface_declaration;
      break;
    case Keyword::kw_trait:
      kind = NodeKind::trait_declaration;
      break;
    case Keyword::kw_enum:
      kind = NodeKind::enum_declaration;
      break;
    default:
      return fail("`class` is missing");
  }
  next();
  if (!at(TokenKind::name)) return fail("the name of the class is missing");
  const std::string_view written = text_of(next());
  return class_rest(kind, attributes_read, flags, begin,
                    keep_like(names_.declare(written), written));
}

// Behind the name.
NodeId Parser::class_rest(NodeKind kind, NodeId attributes_read, unsigned flags,
                          std::uint32_t begin, std::string_view name) {
  Builder node(*this, kind, begin);
  node.text(name).flags(flags);
  node.add(attributes_read);
  if (kind == NodeKind::enum_declaration && at(Symbol::colon)) {
    Builder backing(*this, NodeKind::list, here());
    next();
    backing.add(type());
    node.add(backing.done());
  } else {
    node.add(name_list(take(Keyword::kw_extends)));
  }
  node.add(name_list(take(Keyword::kw_implements)));
  node.add(members());
  return node.done();
}

NodeId Parser::name_list(bool wanted) {
  Builder node(*this, NodeKind::list, here());
  if (wanted) {
    do
      node.add(name(NameKind::class_name));
    while (take(Symbol::comma));
  }
  return node.done();
}

NodeId Parser::members() {
  Builder node(*this, NodeKind::list, here());
  expect(Symbol::brace_open, "`{` is missing");
  while (!at_end() && !at(Symbol::brace_close)) {
    const NodeId read = guarded_member();
    if (failed_) {
      recover();
      nodes_[read].span.end = tokens_.list[at_ - 1].span.end;
      if (problems_.size() >= SyntaxTree::kMaxProblems) at_ = tokens_.list.size() - 1;
    }
    node.add(read);
  }
  expect(Symbol::brace_close, "`}` is missing");
  return node.done();
}

// A member, or an `opaque` and failed_ set.
NodeId Parser::guarded_member() {
  const std::uint32_t begin = here();
  const NodeId read = member();
  if (!failed_) return read;
  return Builder(*this, NodeKind::opaque, begin).done();
}

NodeId Parser::member() {
  const std::uint32_t begin = here();
  if (at(Keyword::kw_use)) return trait_use();
  const NodeId list = attributes();
  if (at(Keyword::kw_case)) return enum_case(list, begin);
  const std::size_t before = at_;
  const unsigned flags = modifiers();
  if (at(Keyword::kw_const)) return class_constants(list, flags, begin);
  if (at(Keyword::kw_function)) return method(list, flags, begin);
  if (at_ == before) return fail("a member of the class is missing");
  return property_declaration(list, flags, begin);
}

NodeId Parser::method(NodeId attributes_read, unsigned flags, std::uint32_t begin) {
  Builder node(*this, NodeKind::method, begin);
  next();
  node.flags(flags);
  if (take(Symbol::ampersand)) node.flags(by_reference);
  if (!at(TokenKind::name)) return fail("the name of the method is missing");
  node.text(text_of(next()));
  node.add(attributes_read);
  node.add(parameters());
  node.add(return_type());
  node.add(take(Symbol::semicolon) ? absent() : block());
  return node.done();
}

void Parser::constant_elements(Builder& into) {
  do {
    Builder element(*this, NodeKind::constant_element, here());
    if (!at(TokenKind::name)) {
      fail("the name of the constant is missing");
      return;
    }
    element.text(text_of(next()));
    expect(Symbol::assign, "`=` is missing");
    element.add(expression());
    into.add(element.done());
  } while (take(Symbol::comma));
}

NodeId Parser::const_statement(NodeId attributes_read, std::uint32_t begin) {
  Builder node(*this, NodeKind::const_statement, begin);
  next();
  node.add(attributes_read);
  constant_elements(node);
  end_statement();
  return node.done();
}

NodeId Parser::class_constants(NodeId attributes_read, unsigned flags, std::uint32_t begin) {
  Builder node(*this, NodeKind::class_constants, begin);
  next();
  node.flags(flags);
  node.add(attributes_read);
  const bool has_type = peek(1).symbol != Symbol::assign;
  node.add(has_type ? type() : absent());
  constant_elements(node);
  end_statement();
  return node.done();
}

NodeId Parser::variable_element() {
  Builder element(*this, NodeKind::variable_element, here());
  if (!at(TokenKind::variable)) return fail("a variable is missing");
  element.text(text_of(next()).substr(1));
  element.add(take(Symbol::assign) ? expression() : absent());
  return element.done();
}

NodeId Parser::property_declaration(NodeId attributes_read, unsigned flags, std::uint32_t begin) {
  Builder node(*this, NodeKind::property_declaration, begin);
  node.flags(flags);
  node.add(attributes_read);
  node.add(optional_type());
  do
    node.add(variable_element());
  while (take(Symbol::comma));
  if (at(Symbol::brace_open))
    node.add(property_hooks());
  else
    end_statement();
  return node.done();
}

// `{ get => …; set(string $value) { … } }`
NodeId Parser::property_hooks() {
  Builder list(*this, NodeKind::list, here());
  expect(Symbol::brace_open, "`{` is missing");
  while (!at_end() && !at(Symbol::brace_close))
    list.add(property_hook());
  expect(Symbol::brace_close, "`}` is missing");
  return list.done();
}

NodeId Parser::property_hook() {
  Builder hook(*this, NodeKind::property_hook, here());
  hook.add(attributes());
  hook.flags(modifiers());
  if (take(Symbol::ampersand)) hook.flags(by_reference);
  if (!at(TokenKind::name)) return fail("`get` or `set` is missing");
  hook.text(text_of(next()));
  hook.add(at(Symbol::paren_open) ? parameters() : absent());
  if (take(Symbol::semicolon)) {
    hook.add(absent());
  } else if (take(Symbol::double_arrow)) {
    hook.add(expression());
    end_statement();
  } else {
    hook.add(block());
  }
  return hook.done();
}

NodeId Parser::enum_case(NodeId attributes_read, std::uint32_t begin) {
  Builder node(*this, NodeKind::enum_case, begin);
  next();
  if (!at(TokenKind::name)) return fail("the name of the case is missing");
  node.text(text_of(next()));
  node.add(attributes_read);
  node.add(take(Symbol::assign) ? expression() : absent());
  end_statement();
  return node.done();
}

NodeId Parser::trait_use() {
  Builder node(*this, NodeKind::trait_use, here());
  next();
  do
    node.add(name(NameKind::class_name));
  while (take(Symbol::comma));
  if (at(Symbol::brace_open))
    skip_braces();
  else
    end_statement();
  return node.done();
}

void Parser::skip_braces() {
  next();
  while (!at_end() && !at(Symbol::brace_close))
    next();
  expect(Symbol::brace_close, "`}` is missing");
}

NodeId Parser::attributes() {
  Builder list(*this, NodeKind::list, here());
  while (take(Symbol::attribute_open)) {
    while (!at(Symbol::bracket_close) && !at_end()) {
      list.add(attribute());
      if (!take(Symbol::comma)) break;
    }
    expect(Symbol::bracket_close, "`]` is missing");
  }
  return list.done();
}

NodeId Parser::attribute() {
  Builder node(*this, NodeKind::attribute, here());
  node.add(name(NameKind::class_name));
  node.add(at(Symbol::paren_open) ? arguments() : absent());
  return node.done();
}

NodeId Parser::parameters() {
  Builder list(*this, NodeKind::list, here());
  expect(Symbol::paren_open, "`(` is missing");
  while (!at(Symbol::paren_close) && !at_end()) {
    list.add(parameter());
    if (!take(Symbol::comma)) break;
  }
  expect(Symbol::paren_close, "`)` is missing");
  return list.done();
}

NodeId Parser::parameter() {
  Builder node(*this, NodeKind::parameter, here());
  node.add(attributes());
  node.flags(modifiers());
  node.add(optional_type());
  if (take(Symbol::ampersand)) node.flags(by_reference);
  if (take(Symbol::ellipsis)) node.flags(spread);
  if (!at(TokenKind::variable)) return fail("a parameter is missing");
  node.text(text_of(next()).substr(1));
  node.add(take(Symbol::assign) ? expression() : absent());
  if (at(Symbol::brace_open)) node.add(property_hooks());
  return node.done();
}

NodeId Parser::return_type() { return take(Symbol::colon) ? type() : absent(); }

NodeId Parser::optional_type() {
  const bool begins = at(TokenKind::name) || at(TokenKind::qualified_name) ||
                      at(Symbol::question) || at(Symbol::paren_open);
  return begins ? type() : absent();
}

NodeId Parser::type() {
  const std::uint32_t begin = here();
  if (take(Symbol::question)) {
    Builder node(*this, NodeKind::nullable_type, begin);
    node.add(single_type());
    return node.done();
  }
  const NodeId first = single_type();
  // The `&` of a parameter by reference belongs to the parameter.
  const auto joins = [&](Symbol symbol) {
    return at(symbol) && peek(1).kind != TokenKind::variable &&
           peek(1).symbol != Symbol::ellipsis && peek(1).symbol != Symbol::ampersand;
  };
  const Symbol joint = at(Symbol::pipe) ? Symbol::pipe : Symbol::ampersand;
  if (!joins(joint)) return first;
  Builder node(*this, joint == Symbol::pipe ? NodeKind::union_type : NodeKind::intersection_type,
               begin);
  node.add(first);
  while (joins(joint)) {
    next();
    node.add(single_type());
  }
  return node.done();
}

NodeId Parser::single_type() {
  if (at(Symbol::paren_open)) {
    if (depth_ >= kMaxDepth) return fail("nested too deeply");
    ++depth_;
    next();
    const NodeId inner = type();
    expect(Symbol::paren_close, "`)` is missing");
    --depth_;
    return inner;
  }
  if (!at(TokenKind::name) && !at(TokenKind::qualified_name)) return fail("a type is missing");
  const std::string_view written = text_of(peek());
  std::string lowered = base::to_lower(written);
  if (is_built_in(lowered))
    return leaf(NodeKind::named_type, keep_like(std::move(lowered), written));
  return leaf(NodeKind::named_type,
              keep_like(names_.resolve(NameKind::class_name, written).name, written));
}

}  // namespace gate::readers::php
