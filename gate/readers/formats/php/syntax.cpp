#include "gate/readers/formats/php/syntax.h"

#include <algorithm>

#include <fmt/format.h>

#include "gate/base/ascii.h"

namespace gate::readers::php {

Node Node::child(std::size_t place) const {
  NodeId id = data().first;
  while (place-- > 0 && id != 0)
    id = tree_->nodes()[id].next;
  return {tree_, id};
}

std::size_t Node::size() const {
  std::size_t count = 0;
  for (NodeId id = data().first; id != 0; id = tree_->nodes()[id].next)
    ++count;
  return count;
}

Node::Iterator& Node::Iterator::operator++() {
  id_ = tree_->nodes()[id_].next;
  return *this;
}

std::string SyntaxTree::first_problem() const {
  if (problems_.empty()) return {};
  // A file that is too large is not looked through for its lines.
  const std::uint32_t begin = problems_.front().span.begin;
  const base::Position at = begin == 0 ? base::Position{} : source_->lines().position(begin);
  return fmt::format("line {}, column {}: {}", at.line, at.column, problems_.front().message);
}

std::string_view SyntaxTree::written(Node node) const {
  const base::Span span = node.span();
  return std::string_view(source_->text()).substr(span.begin, span.end - span.begin);
}

bool same_name(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return base::to_lower(a) == base::to_lower(b); });
}

std::string_view short_name(std::string_view name) { return name.substr(name.rfind('\\') + 1); }

}  // namespace gate::readers::php
