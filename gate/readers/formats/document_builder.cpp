#include "gate/readers/formats/document_builder.h"

#include <utility>

namespace gate::readers {

DocumentBuilder::DocumentBuilder() : nodes_(1), last_(1) { nodes_[0].kind = NodeKind::map; }

std::uint32_t DocumentBuilder::add(std::uint32_t parent, Node node, std::string_view key,
                                   base::Span key_span) {
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  if (!key.empty()) node.key = keep(std::string(key));
  node.key_span = key_span;
  (last_[parent] == 0 ? nodes_[parent].first : nodes_[last_[parent]].next) = index;
  last_[parent] = index;
  ++nodes_[parent].size;
  nodes_.push_back(node);
  last_.push_back(0);
  return index;
}

std::string_view DocumentBuilder::keep(std::string text) {
  texts_.push_back(std::make_unique<std::string>(std::move(text)));
  return *texts_.back();
}

std::shared_ptr<const Document> DocumentBuilder::finish(
    std::shared_ptr<const base::Source> source) && {
  return std::make_shared<const Document>(std::move(source), std::move(nodes_), std::move(texts_));
}

}  // namespace gate::readers
