#include "gate/readers/formats/sql/cursor.h"

#include <algorithm>
#include <utility>

namespace gate::readers::sql {

const Token Cursor::kNothing{};

bool Cursor::at(std::initializer_list<std::string_view> words) const {
  std::size_t ahead = 0;
  return std::all_of(words.begin(), words.end(),
                     [&](std::string_view word) { return token(ahead++).is(word); });
}

bool Cursor::at_name() const {
  const TokenKind kind = token().kind;
  return !done() && (kind == TokenKind::word || kind == TokenKind::quoted ||
                     (kind == TokenKind::text && token().text.starts_with('"')));
}

bool Cursor::take(std::string_view word) {
  if (!at(word)) return false;
  ++at_;
  return true;
}

bool Cursor::take(std::initializer_list<std::string_view> words) {
  if (!at(words)) return false;
  at_ += words.size();
  return true;
}

bool Cursor::take_any(std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [this](std::string_view word) { return take(word); });
}

bool Cursor::take_symbol(std::string_view symbol) {
  if (!at_symbol(symbol)) return false;
  ++at_;
  return true;
}

void Cursor::skip() {
  std::size_t depth = 0;
  do {
    if (at_symbol("(") || at_symbol("[")) ++depth;
    if ((at_symbol(")") || at_symbol("]")) && depth > 0) --depth;
    ++at_;
  } while (!done() && depth > 0);
}

void Cursor::skip_element() {
  while (!done() && !at_symbol(",") && !at_symbol(")"))
    skip();
}

std::string Cursor::identifier() {
  if (!at_name()) return {};
  return sql::identifier(tokens_[at_++], dialect_);
}

Name Cursor::name() {
  Name name;
  if (!at_name()) return name;
  const std::size_t begin = at_;
  name.name = identifier();
  while (at_symbol(".") &&
         (token(1).kind == TokenKind::word || token(1).kind == TokenKind::quoted ||
          token(1).kind == TokenKind::text)) {
    ++at_;
    name.schema = std::exchange(name.name, identifier());
  }
  name.span = span_from(begin);
  return name;
}

std::vector<std::string> Cursor::name_list() {
  std::vector<std::string> names;
  if (!take_symbol("(")) return names;
  while (!done() && !at_symbol(")")) {
    std::string name = identifier();
    if (!name.empty()) names.push_back(std::move(name));
    skip_element();
    if (!take_symbol(",")) break;
  }
  take_symbol(")");
  return names;
}

std::vector<std::string> Cursor::argument_list() {
  std::vector<std::string> arguments;
  if (!take_symbol("(")) return arguments;
  while (!done() && !at_symbol(")")) {
    const bool is_text = token().kind == TokenKind::text;
    std::string text = is_text ? string_value(token(), dialect_) : std::string();
    const std::size_t begin = at_;
    skip_element();
    arguments.push_back(is_text ? std::move(text) : text_from(begin));
    if (!take_symbol(",")) break;
  }
  take_symbol(")");
  return arguments;
}

std::string Cursor::text_from(std::size_t begin) const {
  std::string text;
  for (std::size_t index = begin; index < std::min(at_, tokens_.size()); ++index) {
    if (index > begin && !tokens_[index].glued) text += ' ';
    text += tokens_[index].text;
  }
  return text;
}

base::Span Cursor::span_from(std::size_t begin) const {
  if (begin >= tokens_.size()) {
    const std::uint32_t end = tokens_.empty() ? 0 : tokens_.back().span.end;
    return {end, end};
  }
  const std::size_t last = std::max(begin + 1, std::min(at_, tokens_.size())) - 1;
  return {tokens_[begin].span.begin, tokens_[last].span.end};
}

void Cursor::fail(std::string why) {
  if (problem_.empty()) problem_ = std::move(why);
}

}  // namespace gate::readers::sql
