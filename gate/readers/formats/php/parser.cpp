#include "gate/readers/formats/php/parser.h"

#include <algorithm>
#include <utility>

#include "gate/readers/formats/php/php.h"

namespace gate::readers::php {
namespace {

const Token kEnd;

}  // namespace

Parser::Builder::Builder(Parser& parser, NodeKind kind, std::uint32_t begin)
    : parser_(parser), id_(static_cast<NodeId>(parser.nodes_.size())) {
  NodeData node;
  node.kind = kind;
  node.span = {begin, begin};
  parser_.nodes_.push_back(node);
  parser_.heights_.push_back(0);
}

Parser::Builder& Parser::Builder::add(NodeId child) {
  (last_ == 0 ? parser_.nodes_[id_].first : parser_.nodes_[last_].next) = child;
  last_ = child;
  const auto height = static_cast<std::uint16_t>(parser_.heights_[child] + 1);
  parser_.heights_[id_] = std::max(parser_.heights_[id_], height);
  if (height > kMaxHeight) parser_.fail_at(parser_.nodes_[child].span, "nested too deeply");
  return *this;
}

Parser::Builder& Parser::Builder::text(std::string_view text) {
  data().text = text;
  return *this;
}

Parser::Builder& Parser::Builder::op(Operator op) {
  data().op = op;
  return *this;
}

Parser::Builder& Parser::Builder::flags(unsigned flags) {
  data().flags = static_cast<std::uint16_t>(data().flags | flags);
  return *this;
}

NodeId Parser::Builder::done() {
  if (parser_.at_ > 0)
    data().span.end = std::max(data().span.begin, parser_.tokens_.list[parser_.at_ - 1].span.end);
  return id_;
}

Parser::Parser(std::shared_ptr<const base::Source> source)
    : source_(std::move(source)), text_(source_->text()) {}

std::shared_ptr<const SyntaxTree> Parser::run() {
  nodes_.emplace_back();
  heights_.push_back(0);
  Builder file(*this, NodeKind::file, 0);
  file.data().span.end =
      static_cast<std::uint32_t>(std::min<std::size_t>(text_.size(), UINT32_MAX));
  if (text_.size() > kMaxBytes) {
    problems_.push_back({{0, 0}, "the file is larger than 8 MB"});
  } else {
    tokens_ = tokenize(text_);
    nodes_.reserve(tokens_.list.size() * 2);
    heights_.reserve(tokens_.list.size() * 2);
    if (tokens_.problem) problems_.push_back(*tokens_.problem);
    statements(file, {}, true);
  }
  std::stable_sort(problems_.begin(), problems_.end(),
                   [](const Problem& a, const Problem& b) { return a.span.begin < b.span.begin; });
  return std::make_shared<const SyntaxTree>(std::move(source_), std::move(nodes_),
                                            std::move(texts_), std::move(problems_));
}

const Token& Parser::peek(std::size_t ahead) const {
  if (failed_) return kEnd;
  return tokens_.list[std::min(at_ + ahead, tokens_.list.size() - 1)];
}

const Token& Parser::next() {
  const Token& token = peek();
  if (token.kind != TokenKind::end) ++at_;
  return token;
}

bool Parser::take(Symbol symbol) {
  if (!at(symbol)) return false;
  next();
  return true;
}

bool Parser::take(Keyword keyword) {
  if (!at(keyword)) return false;
  next();
  return true;
}

void Parser::expect(Symbol symbol, std::string_view message) {
  if (!take(symbol)) fail(message);
}

std::string_view Parser::text_of(const Token& token) const {
  return text_.substr(token.span.begin, token.span.end - token.span.begin);
}

NodeId Parser::fail(std::string_view message) {
  return fail_at(tokens_.list[std::min(at_, tokens_.list.size() - 1)].span, message);
}

NodeId Parser::fail_at(base::Span span, std::string_view message) {
  // What cannot be read as tokens has been said; the tokens end there.
  const bool said = tokens_.problem && peek().kind == TokenKind::end && !failed_;
  if (!failed_ && !said && problems_.size() < SyntaxTree::kMaxProblems)
    problems_.push_back({span, message});
  failed_ = true;
  return absent();
}

NodeId Parser::absent() {
  NodeData node;
  const std::uint32_t place = at_ > 0 ? tokens_.list[at_ - 1].span.end : 0;
  node.span = {place, place};
  nodes_.push_back(node);
  heights_.push_back(0);
  return static_cast<NodeId>(nodes_.size() - 1);
}

NodeId Parser::leaf(NodeKind kind, std::string_view text) {
  Builder node(*this, kind, here());
  node.text(text);
  next();
  return node.done();
}

std::string_view Parser::keep(std::string text) { return texts_.emplace_back(std::move(text)); }

std::string_view Parser::keep_like(std::string text, std::string_view written) {
  if (text == written) return written;
  if (text.size() < written.size() && written.ends_with(text))
    return written.substr(written.size() - text.size());
  return keep(std::move(text));
}

std::shared_ptr<const SyntaxTree> parse(std::shared_ptr<const base::Source> source) {
  return Parser(std::move(source)).run();
}

}  // namespace gate::readers::php
