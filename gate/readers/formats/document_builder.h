// DocumentBuilder: lays out the nodes of a document in reading order.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/readers/formats/document.h"

namespace gate::readers {

class DocumentBuilder {
 public:
  // Begins with the root, an empty map.
  DocumentBuilder();

  // Adds a child at the end of a list or map and returns its number. `key` is copied.
  std::uint32_t add(std::uint32_t parent, Node node, std::string_view key = {},
                    base::Span key_span = {});

  // Returns a copy of the text that lives as long as the document.
  std::string_view keep(std::string text);

  // The node of this number; valid until the next add().
  [[nodiscard]] Node& node(std::uint32_t index) { return nodes_[index]; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }

  [[nodiscard]] std::shared_ptr<const Document> finish(
      std::shared_ptr<const base::Source> source) &&;

 private:
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> last_;  // by node: its last child
  std::vector<std::unique_ptr<std::string>> texts_;
};

}  // namespace gate::readers
