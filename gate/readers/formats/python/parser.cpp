#include "gate/readers/formats/python/parser.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace gate::readers::python {

TreeBuilder::TreeBuilder(std::string_view text, const Tokens& tokens)
    : text_(text), tokens_(tokens.tokens) {
  tree_.text_ = text;
  tree_.encoding_ = tokens.encoding;
  tree_.nodes_.reserve(tokens.tokens.size() + 1);
  heights_.reserve(tokens.tokens.size() + 1);
  tree_.nodes_.emplace_back();
  tree_.nodes_.back().kind = NodeKind::module;
  heights_.push_back(0);
}

void TreeBuilder::expect(Kind kind, std::string_view what) {
  if (!accept(kind)) fail(fmt::format("{} is missing", what));
}

void TreeBuilder::fail(std::string message) { fail_at(current().span, std::move(message)); }

void TreeBuilder::fail_at(base::Span span, std::string message) {
  if (!tree_.error_) tree_.error_ = SyntaxError{span, std::move(message)};
  at_ = tokens_.size() - 1;
}

void TreeBuilder::append(NodeList& list, NodeIndex child) {
  if (child == 0) return;
  if (list.last == 0) {
    list.first = child;
  } else {
    tree_.nodes_[list.last].next = child;
  }
  list.last = child;
  ++list.size;
  list.height = std::max(list.height, heights_[child]);
}

NodeIndex TreeBuilder::make(NodeKind kind, std::uint32_t begin, const NodeList& children, Op op,
                            std::uint8_t flags) {
  const auto height = static_cast<std::uint16_t>(children.height + 1);
  if (height > kMaxHeight) {
    fail("nested too deeply");
    return 0;
  }
  tree_.nodes_.push_back(
      {kind, op, flags, 0, {begin, std::max(begin, last_end_)}, children.first, 0});
  heights_.push_back(height);
  return static_cast<NodeIndex>(tree_.nodes_.size() - 1);
}

NodeIndex TreeBuilder::make(NodeKind kind, std::uint32_t begin,
                            std::initializer_list<NodeIndex> children, Op op, std::uint8_t flags) {
  NodeList list;
  for (const NodeIndex child : children)
    append(list, child);
  return make(kind, begin, list, op, flags);
}

NodeIndex TreeBuilder::absent() { return make(NodeKind::absent, begin()); }

NodeIndex TreeBuilder::leaf(NodeKind kind) {
  const std::uint32_t first = begin();
  step();
  return make(kind, first);
}

void TreeBuilder::go_back(const Mark& mark) {
  at_ = mark.at;
  last_end_ = mark.last_end;
  tree_.nodes_.resize(mark.nodes);
  heights_.resize(mark.nodes);
  tree_.error_.reset();
}

Tree Parser::run() && {
  NodeList statements;
  while (!at(Kind::end))
    statement(statements);
  Tree made = std::move(tree());
  if (made.error_) {
    made.nodes_.resize(1);
  } else {
    made.nodes_[0].first = statements.first;
    made.nodes_[0].span = {0, static_cast<std::uint32_t>(made.text_.size())};
  }
  return made;
}

Tree Tree::parse(std::string_view text) {
  const Tokens tokens = tokenize(text);
  if (tokens.error) {
    Tree none;
    none.text_ = text;
    none.nodes_.emplace_back();
    none.nodes_.front().kind = NodeKind::module;
    none.error_ = tokens.error;
    return none;
  }
  return Parser(text, tokens).run();
}

}  // namespace gate::readers::python
